"""Follows frozen cohorts to the end: debtors with enforceable debt at some month, and their claims.

In: claims and debtors of a world, before the phase `leaving` and at the end of each month. Out:
what has become of each cohort by the end of each month.

Who belongs to a cohort is decided once, at the end of its month. Claims and debtors are followed by
id, because rows are used again.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sim.agents.debtor.debtor import evades
from sim.measure.group_records import ENFORCEABLE
from sim.month.month_end.cohorts import PERFORMED
from sim.month.simulation import Simulation
from sim.terms import Option, Stage

UNPAID_ENDS = (Stage.DISMISSED, Stage.WRITTEN_OFF, Stage.ARCHIVED)
"""Stages of claims that closed without a payment of the debtor."""


class Cohort:
    """One cohort: its members, and what is known of each of its claims.

    Args:
        month: The month at whose end it is frozen.
        claims: The table of claims at that time, including those that close in this month.
        debtors: The table of debtors.
    """

    def __init__(self, month: int, claims: np.ndarray, debtors: np.ndarray) -> None:
        """Decide who belongs to the cohort: open claims that can be enforced, and their debtors."""
        mine = claims[ENFORCEABLE[claims["stage"]] & ~claims["closed"]]
        self.month = month
        self.claims = mine["id"].copy()
        self.rows = np.unique(mine["debtor"])
        self.debtors = debtors["id"][self.rows]
        self.yuan = float(mine["due"].sum())
        self._stage, self._seized = mine["stage"].copy(), mine["seized"].copy()
        self._closed, self._shared = np.zeros((2, len(mine)), bool)
        self._paid, self._recovered = mine["paid"].copy(), np.zeros(len(mine))

    def _found(self, claims: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For the claims still in the table: their places in the cohort, and their rows."""
        _, places, rows = np.intersect1d(self.claims, claims["id"], return_indices=True)
        return places, claims[rows]

    def note_payments(self, claims: np.ndarray) -> None:
        """Add what debtors and officers have paid this month, before cases are revived.

        `paid` begins again at 0 when a case is opened, so it misses payments earlier in that month.
        The field `received` contains those payments until creditors collect them. `record` adds the
        rest of the month.
        """
        places, now = self._found(claims)
        counts = ~(now["closed"] & np.isin(now["stage"], UNPAID_ENDS))  # a third party may pay then
        self._recovered[places] += np.where(counts, now["received"], 0.0)
        self._paid[places] = now["paid"]
        self._seized[places] |= now["seized"]

    def record(self, month: int, claims: np.ndarray, debtors: np.ndarray) -> dict[str, float]:
        """What has become of the cohort by the end of a month; see `FrozenCohorts.frame`."""
        places, now = self._found(claims)
        if month > self.month:
            since = now["paid"] - self._paid[places]
            self._recovered[places] += np.where(since < 0.0, now["paid"], since)
        self._stage[places], self._closed[places] = now["stage"], now["closed"]
        self._shared[places] = now["shared"]
        self._seized[places] |= now["seized"]
        performed = self._closed & np.isin(self._stage, PERFORMED)
        terminated = ~self._closed & (self._stage == Stage.TERMINATED)
        freely = performed & ~self._seized & ~self._shared
        still = debtors[self.rows][debtors["id"][self.rows] == self.debtors]
        n = max(1, len(self.claims))
        return {
            "cohort": self.month,
            "month": month,
            "claims": len(self.claims),
            "debtors": len(self.debtors),
            "yuan": self.yuan,
            "performed": performed.sum() / n,
            "unforced": freely.sum() / n,
            "open": (~self._closed & ~terminated).sum() / n,
            "terminated": terminated.sum() / n,
            "ended": (self._closed & ~performed).sum() / n,
            "recovered": self._recovered.sum() / self.yuan if self.yuan > 0.0 else 0.0,
            "listed": int(still["on_list"].sum()),
            "evading": int(np.sum(evades(still["option"]))),
            "unable": int((still["option"] == Option.UNABLE).sum()),
            "gone": len(self.debtors) - len(still),
        }


class FrozenCohorts:
    """The cohorts that were asked for, each followed from its month on.

    Args:
        months: Months at whose ends cohorts are frozen; 0 is the end of the burn-in.
    """

    def __init__(self, months: Iterable[int]) -> None:
        """Start before the first month."""
        self.months = tuple(sorted(set(months)))
        self._cohorts: list[Cohort] = []
        self._rows: list[dict[str, float]] = []

    def note_payments(self, simulation: Simulation) -> None:
        """Note the payments of the month; called just before the phase `leaving`."""
        for cohort in self._cohorts:
            cohort.note_payments(simulation.claims.rows)

    def add(self, simulation: Simulation) -> None:
        """Freeze the cohort of the month that ends, and record all cohorts."""
        claims, debtors = simulation.claims.rows, simulation.debtors.rows
        if simulation.month in self.months:
            self._cohorts.append(Cohort(simulation.month, claims, debtors))
        self._rows += [one.record(simulation.month, claims, debtors) for one in self._cohorts]

    def frame(self) -> pd.DataFrame:
        """One row per cohort and month, from the month in which it is frozen.

        Columns:
            cohort, month: The month in which it was frozen, and the month of the row.
            claims, debtors, yuan: Its size: enforceable claims, their debtors, and the sum due on
                the claims when it was frozen. These stay the same.
            performed: Share of its claims performed in full.
            unforced: Share of its claims performed in full without any seizure and outside
                insolvency.
            open: Share of its claims that are open but not terminated.
            terminated: Share of its claims that are terminated and not revived.
            ended: Share of its claims closed without full performance. With `performed`, `open` and
                `terminated`, it adds up to one.
            recovered: Yuan paid on its claims since it was frozen, as a share of `yuan`. Interest
                is paid too, so it can exceed 1.
            listed, evading, unable: Numbers of its debtors that are on the list, keep money back,
                or cannot pay. The reason may be a debt outside the cohort.
            gone: Number of its debtors that have died, closed or left.
        """
        return pd.DataFrame(self._rows, columns=COLUMNS)


COLUMNS = [
    *("cohort", "month", "claims", "debtors", "yuan"),
    *("performed", "unforced", "open", "terminated", "ended", "recovered"),
    *("listed", "evading", "unable", "gone"),
]

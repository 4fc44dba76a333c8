"""Outcomes by arm: of those that a policy assigned at random reaches, and of its control group.

In: rows of levers of each arm; claims and debtors at the ends of months. Out: the indicators in
`OUTCOMES`, defined as in all other tables, for treated and control. A claim is in the arm of its
row of levers, a debtor with enforceable debt in the arm of its oldest case, as in every other
breakdown.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, enforceable
from sim.agents.debtor.debtor import evades, is_able
from sim.books.counts import LONGEST, SPANS, Count, Span
from sim.measure.indicators import KNOWN
from sim.month.month_end.cohorts import PERFORMED
from sim.terms import Option, Stage

ARMS = ("treated", "control")
OUTCOMES = (
    *("performed_12", "performed_36", "voluntary_12", "voluntary_36", "months_to_money"),
    *("refusal", "inability"),
)
"""Indicators that can be counted from the tables of claims and debtors at the end of a month."""

KEPT = (
    *(Count.DUE, Count.DEBTORS_ENFORCEABLE),
    *(Count.DEBTORS_ABLE, Count.DEBTORS_EVADING, Count.DEBTORS_UNABLE),
)
"""Counts behind these indicators."""

ENFORCEABLE = np.array([enforceable(stage) for stage in Stage])


class Arm(NamedTuple):
    """Outcomes of one arm of a policy, over all measured months.

    Args:
        policy: Name of the policy.
        arm: ``treated`` or ``control``.
        debtors: Number of debtors with a claim in the arm in these months.
        claims: Number of claims in the arm that fell due in these months.
        outcomes: The indicators in `OUTCOMES` by name; NaN without a case.
    """

    policy: str
    arm: str
    debtors: int
    claims: int
    outcomes: dict[str, float]


class ByArm:
    """Counts of each month by arm, for all policies assigned at random; does nothing without any.

    Args:
        arms: For each policy, whether each row of levers is treated, and whether it is control.
    """

    def __init__(self, arms: Mapping[str, Sequence[np.ndarray]]) -> None:
        """Start without a month."""
        self.cells = [(policy, arm) for policy in arms for arm in ARMS]
        self._rows = [rows for pair in arms.values() for rows in pair]
        self._months: list[int] = []
        self._sums: list[np.ndarray] = []
        self._spans: list[np.ndarray] = []
        self._owing: list[list[np.ndarray]] = [[] for _ in self.cells]

    def add(self, month: int, claims: np.ndarray, debtors: np.ndarray) -> None:
        """Count a month at its end.

        Args:
            month: Number of the month; below 1 in the burn-in.
            claims: The table of claims, including those that close this month.
            debtors: The table of debtors.
        """
        if not self.cells:
            return
        sums = np.zeros((len(self.cells), len(Count)))
        spans = np.zeros((len(self.cells), SPANS, LONGEST + 1))
        since = month - (claims["id"] >> NUMBER_SHIFT) - FIRST_MONTH
        performed = claims["closed"] & np.isin(claims["stage"], PERFORMED)
        freely = performed & (claims["intake"] == 0) & ~claims["shared"]
        about = _oldest_cases(claims)
        owner = debtors[claims["debtor"][about]]
        able = is_able(owner["ability"])
        for cell, rows in enumerate(self._rows):
            mine = rows[claims["treatment"]]
            led = mine[about]
            sums[cell, Count.DUE] = (mine & (since == 0)).sum()
            sums[cell, Count.DEBTORS_ENFORCEABLE] = led.sum()
            sums[cell, Count.DEBTORS_ABLE] = (led & able).sum()
            sums[cell, Count.DEBTORS_EVADING] = (led & able & evades(owner["option"])).sum()
            sums[cell, Count.DEBTORS_UNABLE] = (led & (owner["option"] == Option.UNABLE)).sum()
            for span, done in (
                (Span.PERFORMED, performed),
                (Span.PERFORMED_VOLUNTARILY, freely),
            ):
                passed = np.minimum(since[mine & done], LONGEST)
                spans[cell, span] = np.bincount(passed, minlength=LONGEST + 1)
            if month >= 1:  # in the first month all open claims, then only new ones
                came = mine if month == 1 else mine & (since == 0)
                self._owing[cell].append(np.unique(debtors["id"][claims["debtor"][came]]))
        self._months.append(month)
        self._sums.append(sums)
        self._spans.append(spans)

    def frame(self, *, burn_in: bool = False, counts: bool = False) -> pd.DataFrame:
        """The outcomes of each month.

        Args:
            burn_in: Whether months before the first measured one are included.
            counts: Whether to add the counts in `KEPT`, as columns ``n_…``.

        Returns:
            One row per month and arm: month, breakdown (the policy), cell (the arm), and a column
            for each indicator.
        """
        sums, spans = np.array(self._sums), np.array(self._spans)
        columns: dict[str, object] = {
            "month": np.repeat(self._months, len(self.cells)),
            "breakdown": [policy for policy, _ in self.cells] * len(self._months),
            "cell": [arm for _, arm in self.cells] * len(self._months),
        }
        for name in OUTCOMES if self._months else ():
            columns[name] = KNOWN[name].values(sums, spans).ravel()
        if counts and self._months:
            columns |= {f"n_{one.name.lower()}": sums[..., one].ravel() for one in KEPT}
        frame = pd.DataFrame(columns)
        return frame if burn_in else frame[frame["month"] >= 1].reset_index(drop=True)

    def found(self) -> list[Arm]:
        """Outcomes of each arm over all measured months, in the order of the scenario."""
        measured = [place for place, month in enumerate(self._months) if month >= 1]
        if not measured:
            return []
        sums, spans = np.array(self._sums)[measured], np.array(self._spans)[measured]
        values = {name: KNOWN[name].evaluate(sums, spans) for name in OUTCOMES}
        return [
            Arm(
                policy,
                arm,
                len(np.unique(np.concatenate(self._owing[cell]))),
                int(sums[:, cell, Count.DUE].sum()),
                {name: float(found[cell]) for name, found in values.items()},
            )
            for cell, (policy, arm) in enumerate(self.cells)
        ]


def _oldest_cases(claims: np.ndarray) -> np.ndarray:
    """Row of the oldest claim of each debtor that can be enforced and is still open."""
    open_cases = np.flatnonzero(ENFORCEABLE[claims["stage"]] & ~claims["closed"])
    # the table is in the order in which claims fell due
    _, first = np.unique(claims["debtor"][open_cases], return_index=True)
    return open_cases[first]

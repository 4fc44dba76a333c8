"""How many viable firms close within a year after their assets were seized.

In: marks that seizures leave on claims against viable firms. Out: counts of seizures and closures.
The firms have a table of their own, because they are few and the rows of debtors do not contain
the date of a seizure.
"""

import numpy as np

from sim.agents.claim import Claim
from sim.agents.court.standard import VIABLE
from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.firm import viable
from sim.books.counts import Count, Span
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.month.shared.journal import BANDS, DISTRICTS, DOMAINS, KINDS, OVERALL
from sim.month.shared.state import State
from sim.parameters import AssetTraits, Choice
from sim.terms import Kind

WATCHED = 12
"""A closure is attributed to a seizure if it follows within this many months."""
SEIZED = np.dtype(
    [("debtor", "i8"), ("month", "i4"), ("district", "i2"), ("domain", "i1"), ("band", "i1")]
)


@rule
def mark_viable(debtor: Debtor, claim: Claim, assets: Records[AssetTraits], choice: Choice) -> None:
    """Mark a claim for which assets of a viable firm were seized (ODD eq. 136)."""
    if viable(debtor, assets, choice.death):
        claim.checks |= VIABLE


def cells(firm: np.void) -> tuple[int, ...]:
    """Cells (groups) in which a firm is counted: those of the claim behind the seizure."""
    there = (DOMAINS + firm["domain"], KINDS + Kind.FIRM, BANDS + firm["band"])
    return (OVERALL, *(int(cell) for cell in there), int(DISTRICTS + firm["district"]))


class Watch:
    """Viable firms whose assets were seized in the last twelve months.

    Each firm is listed once, with its first seizure in that time.
    """

    def __init__(self) -> None:
        """Start with an empty table."""
        self._firms = np.zeros(0, SEIZED)

    def follow(self, state: State) -> None:
        """Add firms with a seizure this month, count closures, remove firms whose year is over."""
        if state.journal.counts[:, KINDS + Kind.FIRM, Count.SEIZURES].any():
            self._take_in(state)
        if len(self._firms):
            self._count_closures(state)

    def _take_in(self, state: State) -> None:
        claims: np.ndarray = np.asarray(state.claims)
        rows = np.flatnonzero(claims["checks"] & VIABLE)
        if not len(rows):
            return
        claims["checks"][rows] &= ~VIABLE
        seized = np.zeros(len(rows), SEIZED)
        seized["debtor"] = np.asarray(state.debtors)["id"][claims["debtor"][rows]]
        seized["month"] = state.now.month
        for name in ("district", "domain", "band"):
            seized[name] = claims[name][rows]
        known = set(self._firms["debtor"].tolist())
        first = {who: k for k, who in reversed(list(enumerate(seized["debtor"].tolist())))}
        fresh = seized[sorted(k for who, k in first.items() if who not in known)]
        for firm in fresh:
            for cell in cells(firm):
                state.journal.counts[0, cell, Count.VIABLE_SEIZED] += 1.0
        self._firms = np.concatenate([self._firms, fresh])

    def _count_closures(self, state: State) -> None:
        debtors: np.ndarray = np.asarray(state.debtors)
        rows = self._firms["debtor"] >> 8  # an id is the debtor's row, then 8 bits of generation
        closes = debtors["leaving"][rows]
        passed = state.now.month - self._firms["month"]
        for firm, months in zip(self._firms[closes], passed[closes], strict=True):
            for cell in cells(firm):
                state.journal.spans[0, cell, Span.VIABLE_CLOSED, months] += 1.0
        self._firms = self._firms[~closes & (passed < WATCHED)]

"""One thing that an actor may do, with its ledger; and the cases that it may be about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.agents.claim import in_docket
from sim.month.shared.state import State, owned_by


@dataclass(frozen=True)
class Act:
    """One thing that an actor may do, and what it weighs about it.

    Args:
        what: What it may do.
        about: The case it is about; empty where it concerns the month.
        terms: The ledger, yuan; the first term is the gain, the others are costs.
        chance: Probability that it does so this month.
    """

    what: str
    about: str
    terms: dict[str, float]
    chance: float

    @property
    def net(self) -> float:
        """Gain less costs, yuan."""
        gain, *costs = self.terms.values()
        return gain - sum(costs)


def cases(state: State, district: int) -> Iterator[tuple[Any, Any]]:
    """Cases in a district's docket with their debtors."""
    for row in range(len(state.claims)):
        if in_docket(state.journal.stages[row]) and state.claims[row].district == district:
            claim = state.claims[row]
            yield claim, state.debtors[claim.debtor]


def owed_by(state: State, row: int) -> Iterator[Any]:
    """Open claims against a debtor, oldest first."""
    k = int(state.places[row])
    if 0 <= k < len(state.by_debtor.owners) and state.by_debtor.owners[k] == row:
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            yield owned.claims[owned.order[j]]


def named(claim: Any) -> str:
    """How a case is called."""
    return f"claim {claim.id} of {claim.due:,.0f} yuan"

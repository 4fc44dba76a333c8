"""An action that an actor weighs, with its gain and costs, as shown by `servanda explain`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Act:
    """An action that an actor may take, with its gain and costs (the ledger).

    Args:
        what: Description of the action.
        about: The case that the action concerns; empty if it concerns the whole month.
        terms: The ledger, yuan by name of the term: the first term is the gain, all others are
            costs.
        chance: Probability that the actor takes it this month.
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


def named(claim: Any) -> str:
    """Description of a case by its id and debt."""
    return f"claim {claim.id} of {claim.due:,.0f} yuan"

"""An action that an actor weighs in a month, with its ledger: what `servanda explain` shows."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Act:
    """An action that an actor may take, with its ledger.

    Args:
        what: The action.
        about: The case that it concerns; empty if it concerns the whole month.
        terms: The ledger, yuan; the first term is the gain, the others are costs.
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
    """Description of a case."""
    return f"claim {claim.id} of {claim.due:,.0f} yuan"

"""Call points: the places of the core at which mechanisms act.

The core calls a point once, whatever mechanisms there are. A mechanism attaches a rule of the same
signature (``@mechanism.at(claim_due)``). Points that return a number pass it along: each rule is
given what the one before it returned, in the order of the mechanisms' names; the first one gets
what the core passed.
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.debtor.debtor import Debtor
    from sim.month.shared.state import State


class Point:
    """What is attached to one call point.

    Args:
        stub: The function that the core calls.
        declared: The same with its documentation and signature.
    """

    def __init__(self, stub: Callable[..., Any], declared: Callable[..., Any]) -> None:
        """Nothing is attached yet."""
        self.stub, self.declared = stub, declared
        self.rules: list[Callable[..., Any]] = []

    def combined(self) -> Callable[..., Any]:
        """One function that calls all rules: plain source, so that Numba can inline every call."""
        names = list(signature(self.declared).parameters)
        arguments = ", ".join(names)
        passes = signature(self.declared).return_annotation is not None
        calls = [f"rule_{n}({arguments})" for n in range(len(self.rules))]
        lines = [f"{names[0]} = {call}" if passes else call for call in calls]
        lines += [f"return {names[0]}" if passes else "return"]
        source = f"def {self.declared.__name__}({arguments}):\n    " + "\n    ".join(lines)
        made: dict[str, Any] = {f"rule_{n}": one for n, one in enumerate(self.rules)}
        exec(source, made)
        return cast("Callable[..., Any]", made[self.declared.__name__])


POINTS: dict[Callable[..., Any], Point] = {}
"""Every call point, by the function that the core calls."""


def point[F: Callable[..., Any]](declared: F) -> F:
    """Declare a call point by its signature; the body is empty."""
    rules: list[Callable[..., Any]] = []
    passes = signature(declared).return_annotation is not None

    @wraps(declared)
    def stub(first: Any, *others: Any) -> Any:
        for one in rules:
            found = one(first, *others)
            first = found if passes else first
        return first if passes else None

    POINTS[stub] = Point(stub, declared)
    POINTS[stub].rules = rules
    return cast("F", stub)


@point
def claim_due(state: "State", claim: "Claim", block: int) -> None:
    """A claim has fallen due; its creditor, domain and treatment are known."""


@point
def suit_filed(state: "State", claim: "Claim", costs: float, block: int) -> None:
    """A creditor has filed a suit and advanced its costs, yuan."""


@point
def case_entered(state: "State", claim: "Claim", block: int) -> None:
    """A claim has entered enforcement as a case, for the first time or after a broken plan."""


@point
def assets_seized(state: "State", debtor: "Debtor", claim: "Claim", block: int) -> None:
    """Officers have seized money or goods for a claim."""


@point
def creditor_paid(state: "State", claim: "Claim", amount: float, block: int) -> None:
    """A payment has reached the creditor of a claim, yuan; what was due is lowered already."""


@point
def claim_unpaid(state: "State", claim: "Claim", block: int) -> None:
    """A case is terminated, or a claim is written off unpaid; `due` and `stage` are as before."""


@point
def own_costs(costs: float, state: "State", claim: "Claim") -> float:
    """Costs of a suit that the creditor expects to bear itself, yuan."""
    return costs


@point
def backed_share(share: float, state: "State", claim: "Claim") -> float:
    """Share of what stays unpaid that somebody else makes good to the creditor."""
    return share


@point
def inquiry_effort(share: float, state: "State", claim: "Claim") -> float:
    """Share of failed inquiries that effort beside the court's turns into finds."""
    return share


@point
def fees_first(fees: float, state: "State", claim: "Claim", recovered: float, block: int) -> float:
    """Fees taken from proceeds before the creditors, yuan, out of what is recovered for them."""
    return fees

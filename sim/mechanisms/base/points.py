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
    from sim.agents.court.court import Court, Registry
    from sim.agents.creditor import Creditor
    from sim.agents.debtor.debtor import Debtor
    from sim.agents.institutions.insurer import Insurer
    from sim.engine.draw import Now
    from sim.engine.record import Records
    from sim.levers.catalogue import Levers
    from sim.mechanisms.relief_fund import Fund
    from sim.month.shared.journal import Journal
    from sim.month.shared.state import District, Setting
    from sim.parameters import Choice, Procedure, Protection, Society


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
def claim_due(
    claim: "Claim",
    creditor: "Creditor",
    insurers: "Records[Insurer]",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """A claim has fallen due; its creditor, domain and treatment are known."""


@point
def suit_filed(claim: "Claim", costs: float, journal: "Journal") -> None:
    """A creditor has filed a suit and advanced its costs, yuan."""


@point
def willing_to_apply(
    willing: bool, claim: "Claim", creditor: "Creditor", setting: "Setting"
) -> bool:
    """Whether applying for enforcement is worth its trouble to the creditor of an unpaid claim."""
    return willing


@point
def applying_pace(
    pace: float, claim: "Claim", creditor: "Creditor", fund: "Fund", protection: "Protection"
) -> float:
    """Chance that a willing creditor applies for enforcement in a month."""
    return pace


@point
def applied(claim: "Claim", levers: "Levers", procedure: "Procedure", journal: "Journal") -> None:
    """A creditor has applied for enforcement; the case is opened next, over what is then due."""


@point
def assets_seized(
    debtor: "Debtor",
    claim: "Claim",
    levers: "Levers",
    procedure: "Procedure",
    now: "Now",
    journal: "Journal",
) -> None:
    """Officers have seized money or goods for a claim."""


@point
def punished_further(
    punished: bool,
    debtor: "Debtor",
    about: "Claim",
    creditor: "Creditor",
    district: "District",
    setting: "Setting",
    journal: "Journal",
) -> bool:
    """Whether a pursued debtor, evading or unable, is punished; fine and detention are decided."""
    return punished


@point
def lie_costs(cost: float, debtor: "Debtor", levers: "Levers", choice: "Choice") -> float:
    """What a declaration of assets that is found to be false costs the debtor, yuan."""
    return cost


@point
def found_to_lie(
    debtor: "Debtor",
    claim: "Claim",
    creditor: "Creditor",
    district: "District",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """A declaration of assets has been found to be false; the debtor is fined and detained."""


@point
def excess_undone(undone: bool, debtor: "Debtor", claim: "Claim", setting: "Setting") -> bool:
    """Whether what was just seized beyond the claim is freed at once: the same all month."""
    return undone


@point
def wrongly_sanctioned(
    spared: float,
    debtor: "Debtor",
    about: "Claim",
    fined: float,
    setting: "Setting",
    journal: "Journal",
) -> float:
    """Share of a detention spared to one who cannot pay; it was fined some yuan or detained."""
    return spared


@point
def creditor_paid(claim: "Claim", amount: float, journal: "Journal") -> None:
    """A payment has reached the creditor of a claim, yuan; `due` has been lowered already."""


@point
def claim_unpaid(claim: "Claim", protection: "Protection", journal: "Journal") -> None:
    """A case is terminated, or a claim is written off unpaid; `due` and `stage` are as before."""


@point
def own_costs(costs: float, claim: "Claim") -> float:
    """Costs of a suit that the creditor expects to bear itself, yuan."""
    return costs


@point
def backed_share(share: float, claim: "Claim", protection: "Protection") -> float:
    """Share of what stays unpaid that somebody else makes good to the creditor."""
    return share


@point
def court_hours(
    hours: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Hours of the court's officers that the next step of a case takes."""
    return hours


@point
def inquiry_effort(
    share: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Share of failed inquiries that effort beside the court's turns into finds."""
    return share


@point
def stalling(chance: float, registry: "Registry") -> float:
    """Chance that a body stalls an inquiry about a client, after it has weighed it."""
    return chance


@point
def strangers_honest(share: float, court: "Court", society: "Society") -> float:
    """Share of neighbours thought honest of whom nothing is known, in a court's district."""
    return share


@point
def fees_first(
    fees: float,
    claim: "Claim",
    recovered: float,
    levers: "Levers",
    now: "Now",
    journal: "Journal",
) -> float:
    """Fees taken from proceeds before the creditors, yuan, out of what is recovered for them."""
    return fees

"""Call points: the places of the core at which mechanisms act.

The core calls a point once, however many mechanisms act there. A mechanism attaches a rule
with the same signature (``@mechanism.at(claim_due)``). The rules of a point are called in the order
of the mechanisms' names. If the point returns a value, its first argument is the value so far: the
first rule receives it from the core, and each later rule receives the result of the rule before.
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
    from sim.month.debts.obligations import NewClaim
    from sim.month.shared.journal import Journal
    from sim.month.shared.state import District, Owned, Setting
    from sim.parameters import Choice, Parameters, Procedure, Protection, Society


class Point:
    """A call point with the rules attached to it.

    Args:
        stub: The function that the core calls.
        declared: The function by which the point was declared, with its signature.
    """

    def __init__(self, stub: Callable[..., Any], declared: Callable[..., Any]) -> None:
        """Make a point with no rules attached."""
        self.stub, self.declared = stub, declared
        self.rules: list[Callable[..., Any]] = []

    def combined(self) -> Callable[..., Any]:
        """One function that calls all rules, made from source so that Numba can inline them."""
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
    """Declare a call point by a function with its signature; the body is not used."""
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
def credit_refused(
    refused: bool,
    debtor: "Debtor",
    new: "NewClaim",
    creditor: "Creditor",
    court: "Court",
    setting: "Setting",
) -> bool:
    """Whether a lender refuses credit; asked twice a month, so the answer must stay the same.

    The answer so far takes account of the list, the debtor's means and its credit record.
    """
    return refused


@point
def claim_due(
    claim: "Claim",
    creditor: "Creditor",
    insurers: "Records[Insurer]",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """Called when a claim has fallen due; its creditor, domain and treatment are already set."""


@point
def suit_filed(claim: "Claim", costs: float, journal: "Journal") -> None:
    """Called when a creditor has filed a suit and advanced `costs` yuan for it."""


@point
def willing_to_apply(
    willing: bool, claim: "Claim", creditor: "Creditor", setting: "Setting"
) -> bool:
    """Whether the creditor of an unpaid claim finds it worthwhile to apply for enforcement."""
    return willing


@point
def applying_pace(
    pace: float, claim: "Claim", creditor: "Creditor", fund: "Fund", protection: "Protection"
) -> float:
    """Monthly chance that a willing creditor applies for enforcement."""
    return pace


@point
def applied(
    claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now", journal: "Journal"
) -> None:
    """Called when a creditor applies, before a case over the sum `due` is opened."""


@point
def assets_seized(
    debtor: "Debtor",
    claim: "Claim",
    levers: "Levers",
    procedure: "Procedure",
    now: "Now",
    journal: "Journal",
) -> None:
    """Called when officers have seized money or goods for a claim."""


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
    """Whether a debtor in the docket is punished; called after fines and detention are drawn."""
    return punished


@point
def lie_costs(cost: float, debtor: "Debtor", levers: "Levers", choice: "Choice") -> float:
    """Cost to the debtor of a declaration of assets that is found to be false, yuan."""
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
    """Called when a debtor has been punished for a declaration of assets found to be false."""


@point
def excess_undone(undone: bool, debtor: "Debtor", claim: "Claim", setting: "Setting") -> bool:
    """Whether excess property is freed at once; the answer must not change within a month."""
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
    """Share of the detention that is spared, if a debtor who cannot pay was fined or detained.

    If the share is above 0, the sanction does not count as a punishment. `fined` is the fine paid,
    yuan.
    """
    return spared


@point
def judged(claim: "Claim", parameters: "Parameters", now: "Now", journal: "Journal") -> None:
    """Called when a court has given judgment against a debtor, before the time to perform."""


@point
def known_to_debtor(known: bool, claim: "Claim") -> bool:
    """Whether the debtor knows of the judgment; nobody decides about one that it does not know."""
    return known


@point
def entry_at_deadline(chance: float, levers: "Levers") -> float:
    """Chance that a judgment unpaid when the time to perform ends is entered on the list."""
    return chance


@point
def entry_kept(share: float, levers: "Levers") -> float:
    """Share of the restrictions that remains after performance, until the entry's term ends."""
    return share


@point
def fees_to_come(fees: float, claim: "Claim", setting: "Setting") -> float:
    """Fees that the debtor expects to be charged if the claim is enforced from now on, yuan."""
    return fees


@point
def deadline_missed(
    debtor: "Debtor", claim: "Claim", levers: "Levers", setting: "Setting", journal: "Journal"
) -> None:
    """Called when the time to perform ends without full payment, and when a plan is broken."""


@point
def creditor_paid(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Called when a payment of `amount` yuan has reached the creditor and lowered `due`."""


@point
def claim_unpaid(claim: "Claim", protection: "Protection", journal: "Journal") -> None:
    """Called when a case is terminated or a claim written off, before `due` or `stage` changes."""


@point
def estate_sold(
    debtor: "Debtor", owed: float, owned: "Owned", setting: "Setting", journal: "Journal"
) -> None:
    """Called when the estate of a leaving debtor who owes `owed` yuan is sold, before it pays."""


@point
def own_costs(costs: float, claim: "Claim") -> float:
    """Costs of a suit that the creditor expects to bear itself, yuan."""
    return costs


@point
def backed_share(share: float, claim: "Claim", protection: "Protection") -> float:
    """Share of the unpaid debt that a third party pays to the creditor."""
    return share


@point
def court_hours(
    hours: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Hours of the court's officers needed for the next step of a case."""
    return hours


@point
def inquiry_effort(
    share: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Share of failed inquiries in which assets are found by efforts other than the court's."""
    return share


@point
def stalling(chance: float, registry: "Registry") -> float:
    """Chance that a body stalls an inquiry about a client, after weighing gain and cost."""
    return chance


@point
def strangers_honest(share: float, court: "Court", society: "Society") -> float:
    """Share believed honest among neighbours of unknown standing, in the district of a court."""
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
    """Fees deducted from the sum `recovered` before creditors are paid, yuan."""
    return fees

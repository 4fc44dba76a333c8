"""A creditor: a bank, trade partner or private person, who goes on when it seems worth while."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination
from sim.engine.compile import rule
from sim.engine.record import Byte, Short, Word, record
from sim.levers.at_source import AtSource
from sim.mechanisms import composed
from sim.parameters import Institutions, LenderTraits, Procedure, Pursuit


@record
@composed("creditors")
class Creditor:
    """One row. `cash` is what came in less what was spent since the world began, yuan."""

    id: int
    cash: float
    trust: float
    kind: Byte
    treatment: Short
    district: Short
    closed: Word


@rule
def hopes_for(creditor: Creditor, due: float, traits: LenderTraits) -> float:
    """Money the creditor expects back by going on, yuan: share hoped for, scaled by its trust."""
    return due * traits.expected_share * min(1.0, 0.5 + creditor.trust)


@rule
def suit_costs(principal: float, procedure: Procedure) -> float:
    """Court costs in advance, yuan; a loser owes them to the winner."""
    return procedure.suit_cost * principal


@rule
def stands_to_get(creditor: Creditor, due: float, backed: float, traits: LenderTraits) -> float:
    """What the creditor expects from a judgment, yuan: its hope, and cover for the rest.

    Args:
        creditor: The creditor.
        due: What is owed, yuan.
        backed: Share of what stays unpaid that its dispute cover pays; 0 without cover.
        traits: Traits of its kind.
    """
    hope = hopes_for(creditor, due, traits)
    return hope + backed * (due - hope)


@rule
def worth_suing(
    creditor: Creditor,
    due: float,
    costs: float,
    backed: float,
    traits: LenderTraits,
    procedure: Procedure,
) -> bool:
    """Whether what it stands to get exceeds what suing and applying will cost.

    Args:
        creditor: The creditor.
        due: What is owed, yuan.
        costs: Court costs that the creditor bears itself, yuan.
        backed: Share of what stays unpaid that its dispute cover pays; 0 without cover.
        traits: Traits of its kind.
        procedure: Chance to win, trouble of applying.
    """
    gain = procedure.win * stands_to_get(creditor, due, backed, traits)
    trusts = creditor.trust >= traits.trust_floor
    return trusts and gain > costs + procedure.apply_cost


@rule
def worth_applying(
    creditor: Creditor, due: float, backed: float, traits: LenderTraits, procedure: Procedure
) -> bool:
    """Whether what it stands to get by enforcement exceeds the trouble of applying."""
    trusts = creditor.trust >= traits.trust_floor
    return trusts and stands_to_get(creditor, due, backed, traits) > procedure.apply_cost


@rule
def reach(pursuit: Pursuit, levers: AtSource) -> float:
    """Share of the tracing network's coverage that preservation reaches."""
    return pursuit.leads + (1.0 - pursuit.leads) * levers.preservation_link


@rule
def preservation_fee(due: float, pursuit: Pursuit, levers: AtSource) -> float:
    """What the court asks for an application, yuan: a share of the claim up to a cap."""
    return min(pursuit.fee_cap, levers.preservation_fee * due)


class Terms(NamedTuple):
    """On what terms assets are preserved.

    Args:
        security: Share of the claim that the creditor gives as security.
        early: Months before the suit.
    """

    security: float
    early: float


@rule
def at_suit(levers: AtSource) -> Terms:
    """Terms of preservation together with the suit."""
    return Terms(levers.preservation_security, 0.0)


@rule
def before_suit(pursuit: Pursuit) -> Terms:
    """Terms of preservation in the month before the suit."""
    return Terms(pursuit.pre_suit_security, 1.0)


@rule
def security_cost(
    due: float, terms: Terms, traits: LenderTraits, procedure: Procedure, levers: AtSource
) -> float:
    """What money tied up as security costs until the claim can be enforced, yuan."""
    months = procedure.trial_months + procedure.grace + terms.early
    own = terms.security * (1.0 - levers.preservation_guarantee)
    return own * due * traits.capital_cost * months


@rule
def guarantee_premium(due: float, terms: Terms, pursuit: Pursuit, levers: AtSource) -> float:
    """What an insurer takes for a guarantee in place of security, yuan."""
    replaced = terms.security * levers.preservation_guarantee
    return replaced * due * pursuit.premium


@rule
def preservation_worth(
    creditor: Creditor,
    due: float,
    terms: Terms,
    traits: LenderTraits,
    procedure: Procedure,
    pursuit: Pursuit,
    levers: AtSource,
) -> float:
    """ΔP·D − fee − security − premium − expected damages, yuan (ODD eq. 30).

    ΔP = win·granted·reach·(1 − e): what the creditor would not hope to see otherwise, e its hope.
    """
    hope = hopes_for(creditor, 1.0, traits)
    found = levers.preservation * reach(pursuit, levers)
    months = procedure.trial_months + procedure.grace + terms.early
    gained = procedure.win * found * (1.0 - hope) * due
    damages = (1.0 - procedure.win) * found * pursuit.damages * months * due
    return (
        gained
        - damages
        - preservation_fee(due, pursuit, levers)
        - security_cost(due, terms, traits, procedure, levers)
        - guarantee_premium(due, terms, pursuit, levers)
    )


@rule
def worth_investigating(
    creditor: Creditor, due: float, traits: LenderTraits, pursuit: Pursuit
) -> bool:
    """Whether what an investigation order may bring exceeds the lawyer's fee (ODD eq. 35)."""
    return pursuit.order_reach * hopes_for(creditor, due, traits) > pursuit.order_fee


class Accusation(NamedTuple):
    """What a creditor weighs that could charge its debtor with refusing, yuan."""

    recovery: float
    gathering: float


@rule
def accusation(
    creditor: Creditor, due: float, traits: LenderTraits, of: Institutions
) -> Accusation:
    """Chance of a conviction·hope against what evidence costs (ODD eq. 130)."""
    return Accusation(of.evidence * hopes_for(creditor, due, traits), of.private_cost)


@rule
def accuses(
    creditor: Creditor, due: float, traits: LenderTraits, of: Institutions, noise: float
) -> float:
    """Chance that a creditor charges whom no prosecutor charged, where it may."""
    it = accusation(creditor, due, traits, of)
    return inclination(it.recovery, it.gathering, noise)


@rule
def least_acceptable(
    creditor: Creditor,
    due: float,
    held: float,
    costs: float,
    backed: float,
    traits: LenderTraits,
    procedure: Procedure,
) -> float:
    """The least for which a creditor settles, yuan: what going on is hoped to bring, less costs.

    What is preserved for it counts in full, the rest at its hope and its cover (ODD eq. 33).
    """
    sure = min(due, held)
    hoped = procedure.win * (sure + stands_to_get(creditor, due - sure, backed, traits))
    return max(0.0, hoped - costs - procedure.apply_cost)


@rule
def after_closing(trust: float, share: float) -> float:
    """Trust after a case ended with this share of it recovered: a tenth of the way."""
    return trust + 0.1 * (min(1.0, max(0.0, share)) - trust)

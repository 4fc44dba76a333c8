"""A creditor, who pursues a claim while that seems worthwhile."""

from typing import NamedTuple

from sim.agents.debtor.norm import towards_full
from sim.engine.compile import rule
from sim.engine.record import Byte, Short, Word, record
from sim.levers.at_source import AtSource
from sim.mechanisms import composed
from sim.parameters import LenderTraits, Procedure, Pursuit


@record
@composed("creditors")
class Creditor:
    """A creditor.

    Args:
        cash: Income less spending since the start of the world, yuan.
        trust: Trust in enforcement, in [0, 1].
        closed: Ended cases that have already changed this trust.
    """

    id: int
    cash: float
    trust: float
    kind: Byte
    treatment: Short
    district: Short
    closed: Word


@rule
def hopes_for(creditor: Creditor, due: float, traits: LenderTraits) -> float:
    """Money that the creditor hopes to recover by pursuing the debt, yuan; it rises with trust."""
    return due * traits.expected_share * min(1.0, 0.5 + creditor.trust)


@rule
def suit_costs(principal: float, procedure: Procedure) -> float:
    """Court costs paid in advance, yuan. The loser of the suit owes them to the winner."""
    return procedure.suit_cost * principal


@rule
def stands_to_get(creditor: Creditor, due: float, backed: float, traits: LenderTraits) -> float:
    """Expected proceeds of a judgment, yuan: what the creditor hopes for, plus cover for the rest.

    Args:
        creditor: The creditor.
        due: Debt, yuan.
        backed: Share of the unpaid rest that dispute cover pays; 0 without cover.
        traits: Traits of the creditor's kind.
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
    """Whether the expected proceeds exceed the costs of suing and applying.

    A creditor whose trust is below the `trust_floor` of its kind never finds this worthwhile.

    Args:
        creditor: The creditor.
        due: Debt, yuan.
        costs: Court costs that the creditor bears itself, yuan.
        backed: Share of the unpaid rest that dispute cover pays; 0 without cover.
        traits: Traits of the creditor's kind.
        procedure: Chance to win (`win`) and trouble of applying in yuan (`apply_cost`).
    """
    gain = procedure.win * stands_to_get(creditor, due, backed, traits)
    trusts = creditor.trust >= traits.trust_floor
    return trusts and gain > costs + procedure.apply_cost


@rule
def worth_applying(
    creditor: Creditor, due: float, backed: float, traits: LenderTraits, procedure: Procedure
) -> bool:
    """Whether the expected proceeds of enforcement exceed the trouble of applying.

    A creditor whose trust is below the `trust_floor` of its kind never finds this worthwhile.
    """
    trusts = creditor.trust >= traits.trust_floor
    return trusts and stands_to_get(creditor, due, backed, traits) > procedure.apply_cost


@rule
def preservation_coverage(pursuit: Pursuit, levers: AtSource) -> float:
    """Coverage of the tracing network for preservation, as a share of its usual coverage."""
    return pursuit.leads + (1.0 - pursuit.leads) * levers.preservation_link


@rule
def preservation_fee(due: float, pursuit: Pursuit, levers: AtSource) -> float:
    """Court fee for an application for preservation, yuan: a share of the claim up to a cap."""
    return min(pursuit.fee_cap, levers.preservation_fee * due)


class PreservationTerms(NamedTuple):
    """Terms on which assets are preserved.

    Args:
        security: Security that the creditor gives, as a share of the claim.
        early: Months by which preservation precedes the suit.
    """

    security: float
    early: float


@rule
def at_suit(levers: AtSource) -> PreservationTerms:
    """Terms of preservation requested together with the suit."""
    return PreservationTerms(levers.preservation_security, 0.0)


@rule
def before_suit(pursuit: Pursuit) -> PreservationTerms:
    """Terms of preservation requested in the month before the suit."""
    return PreservationTerms(pursuit.pre_suit_security, 1.0)


@rule
def security_cost(
    due: float,
    terms: PreservationTerms,
    traits: LenderTraits,
    procedure: Procedure,
    levers: AtSource,
) -> float:
    """Cost of the money tied up as security until the claim can be enforced, yuan."""
    months = procedure.trial_months + procedure.grace + terms.early
    own = terms.security * (1.0 - levers.preservation_guarantee)
    return own * due * traits.capital_cost * months


@rule
def guarantee_premium(
    due: float, terms: PreservationTerms, pursuit: Pursuit, levers: AtSource
) -> float:
    """Premium of an insurer's guarantee in place of security, yuan."""
    replaced = terms.security * levers.preservation_guarantee
    return replaced * due * pursuit.premium


@rule
def preservation_worth(
    creditor: Creditor,
    due: float,
    terms: PreservationTerms,
    traits: LenderTraits,
    procedure: Procedure,
    pursuit: Pursuit,
    levers: AtSource,
) -> float:
    """Net gain of preservation: ΔP·D − fee − security − premium − damages, yuan (ODD eq. 30).

    ΔP = win·granted·reach·(1 − e) is the additional share of the debt D that is recovered. Here e
    is the share that the creditor hopes for anyway. The damages are what the creditor expects to
    owe the debtor if it loses the suit.
    """
    hope = hopes_for(creditor, 1.0, traits)
    found = levers.preservation * preservation_coverage(pursuit, levers)
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
    """Whether the expected gain of an investigation order exceeds the lawyer's fee (ODD eq. 35)."""
    return pursuit.order_reach * hopes_for(creditor, due, traits) > pursuit.order_fee


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
    """The least for which a creditor settles, yuan: the expected result of suing, less costs.

    Preserved assets count in full. The rest counts by what the creditor hopes for and what cover
    pays (ODD eq. 33).

    Args:
        creditor: The creditor.
        due: Debt, yuan.
        held: Assets preserved for the claim, yuan.
        costs: Court costs that the creditor bears itself, yuan.
        backed: Share of the unpaid rest that dispute cover pays; 0 without cover.
        traits: Traits of the creditor's kind.
        procedure: Chance to win (`win`) and trouble of applying in yuan (`apply_cost`).
    """
    sure = min(due, held)
    hoped = procedure.win * (sure + stands_to_get(creditor, due - sure, backed, traits))
    return max(0.0, hoped - costs - procedure.apply_cost)


@rule
def after_closing(trust: float, share: float, followed: float) -> float:
    """Trust after a case: it moves a tenth of the way towards the share recovered (ODD eq. 152).

    If creditors can follow their cases, they blame the courts for only part of what is missing.

    Args:
        trust: Trust before, in [0, 1].
        share: Share of the claim recovered.
        followed: How much trust gains because enforcement can be followed, in [0, 1]; see
            `sim.agents.debtor.norm.followed`.
    """
    return trust + 0.1 * (towards_full(min(1.0, max(0.0, share)), followed) - trust)

"""The ledger of a debtor: what each dishonest option costs and gains.

A debtor decides once about all its enforceable claims. Money is in yuan, hazards are per month.
"""

import math
from typing import NamedTuple

from sim.agents.debtor.behaviour import loss, sure_gain
from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.perceived import Penalties
from sim.agents.debtor.score import keeps_records, months_withheld, worth_of_access
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import entry_kept
from sim.parameters import Choice, EvasionTraits, KindTraits, Parameters
from sim.terms import Behaviour, Kind


class Position(NamedTuple):
    """The situation of a debtor before it chooses.

    Args:
        due: D, sum of enforceable claims, yuan. Money in escrow for a claim is deducted. If assets
            were preserved for a claim before enforcement, the claim counts in full.
        wealth: W, true wealth less the minimum that enforcement leaves, yuan. Goods count at what
            the debtor's own sale would bring.
        payable: min(D, W), yuan.
        forced_loss: Share of payable that recovery by force costs the debtor besides the fee.
        hidable: Share of all assets that concealing keeps out of reach.
        frozen: Yuan of payable frozen for three months or more; prospect theory counts them as
            lost.
        recovery: Perceived hazard of recovery by force.
        listing: Perceived hazard of being listed.
        entered: Chance of an entry on the list at once, if a judgment is then unpaid.
        personal: Perceived hazard of a personal sanction of any kind.
        penalties: Proportions in which personal sanctions are expected.
        listed: Months on the list; negative if the debtor is not on it.
        honest: n̂, perceived share of honest neighbours.
        eligible: Whether dishonesty would cost the debtor a reward for honesty.
        preserved: Yuan of payable preserved for creditors before enforcement.
        partnered: Yuan of payable owed to creditors with whom the debtor does business regularly.
        withheld: Share of lenders who would refuse credit if the debtor keeps money back.
        withheld_anyway: Share of lenders who would refuse credit even if it performs.
        swayed: How much neighbours influence this debtor, as a factor on `society.norm`.
        outside: Whether the debtor has left the formal economy, so that restrictions cost it
            nothing.
    """

    due: float
    wealth: float
    payable: float
    forced_loss: float
    hidable: float
    frozen: float
    recovery: float
    listing: float
    entered: float
    personal: float
    penalties: Penalties
    listed: int
    honest: float
    eligible: bool
    preserved: float
    partnered: float
    withheld: float
    withheld_anyway: float
    swayed: float
    outside: bool


@rule
def after_breach(at: Position, factor: float) -> Position:
    """The position after breaking a plan. The plan disclosed means, so recovery is more likely.

    Args:
        at: The position before.
        factor: Factor on the perceived hazard of recovery.
    """
    return Position(
        due=at.due,
        wealth=at.wealth,
        payable=at.payable,
        forced_loss=at.forced_loss,
        hidable=at.hidable,
        frozen=at.frozen,
        recovery=factor * at.recovery,
        listing=at.listing,
        entered=at.entered,
        personal=at.personal,
        penalties=at.penalties,
        listed=at.listed,
        honest=at.honest,
        eligible=at.eligible,
        preserved=at.preserved,
        partnered=at.partnered,
        withheld=at.withheld,
        withheld_anyway=at.withheld_anyway,
        swayed=at.swayed,
        outside=at.outside,
    )


@rule
def on_the_rest(at: Position, listing: float, personal: float) -> Position:
    """The position after paying all that could be paid: no gain left, and sanctions only by error.

    A register of unpaid judgments does not ask why the rest is unpaid.

    Args:
        at: The position before.
        listing: Factor on the perceived hazard of being listed.
        personal: Factor on the perceived hazard of a personal sanction.
    """
    return Position(
        due=at.due - at.payable,
        wealth=0.0,
        payable=0.0,
        forced_loss=0.0,
        hidable=0.0,
        frozen=0.0,
        recovery=0.0,
        listing=listing * at.listing,
        entered=at.entered,
        personal=personal * at.personal,
        penalties=at.penalties,
        listed=at.listed,
        honest=at.honest,
        eligible=False,
        preserved=0.0,
        partnered=0.0,
        withheld=0.0,
        withheld_anyway=0.0,
        swayed=at.swayed,
        outside=at.outside,
    )


class Ledger(NamedTuple):
    """Gain and costs of one dishonest option, yuan; shown by `servanda explain`."""

    gain: float
    late_interest: float
    seizure_loss: float
    freeze_loss: float
    restrictions: float
    credit: float
    fine: float
    detention: float
    prison: float
    liquidation: float
    concealment: float
    conscience: float
    norm: float
    stigma: float
    reward_forgone: float
    relation: float


@rule
def net(ledger: Ledger) -> float:
    """Cost less gain, yuan; honesty pays if it is positive."""
    return (
        ledger.late_interest
        + ledger.seizure_loss
        + ledger.freeze_loss
        + ledger.restrictions
        + ledger.credit
        + ledger.fine
        + ledger.detention
        + ledger.prison
        + ledger.liquidation
        + ledger.concealment
        + ledger.conscience
        + ledger.norm
        + ledger.stigma
        + ledger.reward_forgone
        + ledger.relation
        - ledger.gain
    )


@rule
def breadth(kind: KindTraits, levers: Levers) -> float:
    """Breadth of restrictions, S: match rate · Σ over domains of (share closed · use).

    Use is how much this kind of debtor uses a domain. S is 1 if the match rate is 1 and everything
    that this kind of debtor uses is closed to it.
    """
    c = levers.comprehensive
    return c.match_rate * (
        c.procurement * kind.procurement
        + c.travel * kind.travel
        + c.finance * kind.finance
        + c.office * kind.office
        + c.honours * kind.honours
    )


@rule
def felt_restriction(s: float, age: int, choice: Choice) -> float:
    """Cost of month a on the list, in months of income: f·S^ε·felt(a) (ODD eq. 6).

    felt(a) = η + (1−η)·exp(−a/τ): debtors get used to a part of the restrictions.

    Args:
        s: Breadth of the restrictions, S.
        age: Months already on the list, a.
        choice: Parameters f (`restriction`), ε (`breadth_exponent`), η (`lasting`) and τ
            (`habituation`).
    """
    if s <= 0.0:
        return 0.0
    worn = choice.lasting + (1.0 - choice.lasting) * math.exp(-age / choice.habituation)
    return choice.restriction * math.pow(s, choice.breadth_exponent) * worn


@rule
def restriction_months(
    age: int, term: float, hazard: float, discount: float, choice: Choice
) -> float:
    """Present value of the remaining restrictions, in months of unabated restriction (ODD eq. 6).

    PV = Σ_{k < term−a} felt(a+k)/(1+r+h)^k, felt(a) = η + (1−η)·exp(−a/τ), in closed form.

    Args:
        age: Months already on the list, a.
        term: Months that an entry lasts.
        hazard: Perceived hazard h of recovery, which would end the restrictions, 1/month.
        discount: The debtor's discount rate r, 1/month.
        choice: Parameters η (`lasting`) and τ (`habituation`).
    """
    # A float on purpose: in compiled code, powers with an integer exponent differ in the last bits.
    months = float(math.floor(term - age))
    if months <= 0.0:
        return 0.0
    q = 1.0 / (1.0 + discount + hazard)
    fading = q * math.exp(-1.0 / choice.habituation)
    lasting = choice.lasting * (1.0 - math.pow(q, months)) / (1.0 - q)
    worn = (1.0 - choice.lasting) * math.exp(-age / choice.habituation)
    return lasting + worn * (1.0 - math.pow(fading, months)) / (1.0 - fading)


@rule
def wait_after_performance(levers: Levers) -> int:
    """Whole months by which restrictions outlast performance, if the term allows (ODD eq. 120).

    They are the whole term if a part of the restrictions remains after performance (ODD eq. 170).
    """
    if entry_kept(0.0, levers) > 0.0:
        return math.floor(levers.sanctions.listing_term)
    return math.floor(levers.comprehensive.repair_delay)


@rule
def weight_after_performance(levers: Levers) -> float:
    """Weight of a month of restrictions after performance: κ (ODD eq. 170), or 1 in a wait."""
    kept = entry_kept(0.0, levers)
    return kept if kept > 0.0 else 1.0


@rule
def months_for_the_dishonest(
    age: int, wait: int, hazard: float, discount: float, choice: Choice, levers: Levers
) -> float:
    """Present value of restrictions on a debtor who keeps money back (ODD eq. 6, 120 and 170).

    It is in months of unabated restriction. The first `wait` months are certain. A later month is
    restricted only if nothing had been recovered `wait` months earlier. If the share κ of the
    restrictions remains after performance, this share of all months is certain.

    Args:
        age: Months already on the list.
        wait: Months by which restrictions outlast performance.
        hazard: Perceived hazard of recovery, 1/month.
        discount: The debtor's discount rate, 1/month.
        choice: Parameters of habituation.
        levers: Term of an entry on the list.
    """
    term = levers.sanctions.listing_term
    kept = entry_kept(0.0, levers)
    if kept > 0.0:
        unpaid = restriction_months(age, term, hazard, discount, choice)
        return unpaid + kept * (restriction_months(age, term, 0.0, discount, choice) - unpaid)
    if wait <= 0:
        return restriction_months(age, term, hazard, discount, choice)
    sure = restriction_months(age, min(term, age + float(wait)), 0.0, discount, choice)
    later = restriction_months(age + wait, term, hazard, discount, choice)
    return sure + math.pow(1.0 + discount, -float(wait)) * later


@rule
def left_by_performing(
    age: int, wait: int, debtor: Debtor, kind: KindTraits, levers: Levers, choice: Choice
) -> float:
    """Cost of the restrictions that a listed debtor bears after it performs, yuan (eq. 120, 170).

    Args:
        age: Months on the list; negative if the debtor is not on it.
        wait: Months by which restrictions outlast performance.
        debtor: The debtor.
        kind: Traits of the debtor's kind.
        levers: Breadth and matching of restrictions, and the term of an entry on the list.
        choice: Parameters of restrictions and habituation.
    """
    if age < 0 or wait <= 0:
        return 0.0
    s = breadth(kind, levers)
    if s <= 0.0:
        return 0.0
    until = min(levers.sanctions.listing_term, age + float(wait))
    months = restriction_months(age, until, 0.0, debtor.discount, choice)
    felt = choice.restriction * math.pow(s, choice.breadth_exponent)
    return debtor.income * felt * months * weight_after_performance(levers)


@rule
def months_without_credit(
    at: Position, listed: float, force: float, alpha: float, discount: float, memory: float
) -> float:
    """Months of credit lost by keeping money back instead of performing now (ODD eq. 151).

    Args:
        at: The position, with the shares of lenders who would refuse in either case.
        listed: Discounted chance of being on the list; lenders who check refuse everyone on it.
        force: Discounted chance of recovery by force.
        alpha: Discount rate plus chance of the debtor's end plus hazard of recovery, 1/month.
        discount: The debtor's discount rate r, 1/month.
        memory: Months in which a record fades.
    """
    withheld = at.withheld + listed * (1.0 - at.withheld)
    kept = withheld / alpha + force * months_withheld(withheld, discount, memory)
    return max(0.0, kept - months_withheld(at.withheld_anyway, discount, memory))


@rule
def weigh(
    position: Position,
    debtor: Debtor,
    evasion: EvasionTraits,
    kind: KindTraits,
    levers: Levers,
    parameters: Parameters,
) -> Ledger:
    """The ledger of one dishonest option (ODD eq. 4 to 7, 31, 151, 163, 170; Becker 1968).

    In the simplest case there is one option, and no conscience, norm, stigma, reward, freeze loss
    or noise. Then a debtor pays iff

    h·(φ + i/A) + Σ h_s·M_s/payable + A·y·RESTR/payable ≥ r + x.

    Here h is the hazard of recovery, φ the share lost in a seizure, i monthly late interest, y
    income, r the discount rate, x `choice.death`, and A = r + x + h. Personal sanction s has hazard
    h_s and cost M_s. RESTR are the restrictions, in months of income.
    """
    choice, law = parameters.choice, levers.sanctions
    p, y = position.payable, debtor.income
    hazard = (
        position.recovery * evasion.recovery * ((1.0 - position.hidable) if evasion.hides else 1.0)
    )
    alpha = debtor.discount + choice.death + hazard
    force = hazard / alpha
    gone = position.frozen if choice.behaviour == Behaviour.PROSPECT else 0.0
    held = position.preserved
    toll = parameters.pursuit.held_recovery
    alpha_held = debtor.discount + choice.death + toll
    at_stake = max(0.0, p - gone - held)
    late = min(p * law.late_interest / alpha, max(0.0, position.wealth - p))
    idle = choice.freeze_loss * (1.0 - levers.rule_of_law.live_freeze) if kind.freezes else 0.0
    use = (p - held) * idle
    taken = law.enforcement_fee + position.forced_loss

    on_list = position.listed >= 0
    h_list = position.listing * evasion.listing
    listed = 1.0 if on_list else h_list / (alpha + h_list)
    listed += position.entered * (1.0 - listed)
    s = breadth(kind, levers)
    felt = 0.0
    if s > 0.0 and not position.outside:
        felt = choice.restriction * math.pow(s, choice.breadth_exponent)
    wait = wait_after_performance(levers)
    months = months_for_the_dishonest(
        max(0, position.listed), wait, hazard, debtor.discount, choice, levers
    )

    lost = 0.0
    if kind.credit > 0.0 and keeps_records(levers):
        memory = levers.at_source.report_memory
        lost = worth_of_access(y, kind, levers, parameters.obligations)
        lost *= months_without_credit(position, listed, force, alpha, debtor.discount, memory)

    used = position.penalties
    rates = used.fine + used.detention + used.prison
    personal = position.personal / rates / alpha if rates > 0.0 else 0.0
    h_fine = personal * used.fine * evasion.personal
    h_detention = personal * used.detention * evasion.personal
    h_prison = personal * used.prison * evasion.crime
    dissolved = levers.special.compulsory_liquidation if debtor.kind == Kind.FIRM else 0.0
    trust = 0.5 + debtor.trust
    seen = levers.comprehensive.visibility
    r = debtor.discount
    reward = (
        levers.comprehensive.honesty_reward
        * y
        * (1.0 - math.pow(1.0 + r, -choice.reward_months))
        / r
    )
    reward_forgone = sure_gain(reward, choice) if position.eligible else 0.0

    return Ledger(
        gain=at_stake - loss(force, at_stake, choice),
        late_interest=loss(force, late, choice),
        seizure_loss=loss(force, (p - held) * taken, choice)
        + loss(toll / alpha_held, held * taken, choice),
        freeze_loss=loss(hazard / (alpha + hazard), use / alpha, choice) + held * idle / alpha_held,
        restrictions=loss(listed, y * felt * months, choice),
        credit=loss(1.0, lost, choice),
        fine=loss(h_fine, min(law.fine_amount * y, position.wealth), choice),
        detention=loss(
            h_detention, law.detention_days / 30.0 * y * choice.detention_weight, choice
        ),
        prison=loss(h_prison, law.prison_months * y * choice.prison_weight, choice),
        liquidation=loss(dissolved / (alpha + dissolved), choice.firm_value * y, choice),
        concealment=evasion.cost * p,
        conscience=(debtor.conscience + levers.rule_of_law.persuasion) * trust * p,
        norm=parameters.society.norm
        * position.swayed
        * trust
        * (position.honest - parameters.society.prior_honest)
        * p,
        stigma=loss(listed, choice.stigma * y * seen * position.honest, choice),
        reward_forgone=reward_forgone,
        relation=sure_gain(parameters.pursuit.relation * position.partnered, choice),
    )

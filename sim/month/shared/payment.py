"""Payments on claims, and the closing of claims that are paid or given up."""

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, Claim, in_docket, months_since_intake
from sim.agents.court.standard import PROPERTY, overrun
from sim.agents.debtor.belief import PAID_UP
from sim.agents.debtor.debtor import ASSETS, Debtor, take_money
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT, IN_ENFORCEMENT
from sim.books.accounts import Flow
from sim.books.counts import LONGEST, Count, Span
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.mechanisms.base.points import claim_unpaid, creditor_paid
from sim.month.shared.journal import Journal, book, count, count_after, move
from sim.parameters import AssetTraits, Parameters, Procedure
from sim.terms import LIQUID, Asset, Decision, Ending, EnforceableTitle, Stage


@rule
def money_at_hand(debtor: Debtor) -> float:
    """Money above the exempt minimum, yuan."""
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    return max(0.0, money - debtor.exempt)


@rule
def raise_money(
    debtor: Debtor, wanted: float, assets: Records[AssetTraits], now: Now, journal: Journal
) -> None:
    """Sell the debtor's goods until it has `wanted` yuan at hand (ODD eq. 14).

    Whether a sale succeeds is drawn for each class of goods.
    """
    for k in range(LIQUID, ASSETS):
        short = wanted - money_at_hand(debtor)
        if short <= 0.0:
            return
        traits = assets[k]
        if debtor.assets[k] > 0.0 and happens(
            now, Decision.OWN_SALE, debtor.id, traits.own_sale, k
        ):
            value = min(debtor.assets[k], short / traits.own_price)
            price = value * traits.own_price
            debtor.assets[k] -= value
            debtor.assets[Asset.BANK] += price
            book(journal, Flow.OWN_SALE, value - price)


@rule
def credit(claim: Claim, amount: float, now: Now, journal: Journal) -> None:
    """Reduce a claim by a payment to the creditor. The caller books where the money comes from."""
    claim.due -= amount
    claim.paid += amount
    claim.received += amount
    book(journal, Flow.CLAIM_PAID, amount)
    since = months_since_intake(claim, now.month)
    if since >= 0:
        count_after(journal, claim, Span.RECOVERED, since, amount)
    count(journal, claim, Count.RECEIVED_YUAN, amount)
    due_since = now.month - ((claim.id >> NUMBER_SHIFT) + FIRST_MONTH)
    count_after(journal, claim, Span.RECEIVED, due_since, amount)
    creditor_paid(claim, amount, journal)


@rule
def pay(debtor: Debtor, claim: Claim, flow: int, now: Now, journal: Journal) -> float:
    """Pay one claim as far as money at hand allows; return the sum paid, yuan."""
    return pay_part(debtor, claim, claim.due, flow, now, journal)


@rule
def pay_part(
    debtor: Debtor, claim: Claim, amount: float, flow: int, now: Now, journal: Journal
) -> float:
    """Pay up to `amount` yuan of one claim, as far as money allows; return the sum paid, yuan."""
    wanted = min(amount, claim.due - claim.escrow, money_at_hand(debtor))
    if wanted <= 0.0:
        return 0.0
    paid = take_money(debtor, wanted)
    if claim.due - paid < 0.005:  # less than half a cent is a rounding error
        rest = claim.due - paid
        claim.due -= rest
        book(journal, Flow.CLAIM_OFF, rest)
    credit(claim, paid, now, journal)
    book(journal, flow, paid)
    return paid


@rule
def hand_over(claim: Claim, now: Now, journal: Journal) -> float:
    """Pay preserved money to the creditor with the debtor's consent; return the sum, yuan."""
    amount = min(claim.escrow, claim.due)
    claim.escrow -= amount
    credit(claim, amount, now, journal)
    book(journal, Flow.PRESERVED_PAID, amount)
    return amount


@rule
def concede(claim: Claim, price: float, journal: Journal) -> None:
    """The creditor waives the part of the claim that exceeds the agreed price."""
    given = max(0.0, claim.due - price)
    claim.due -= given
    book(journal, Flow.CLAIM_OFF, given)
    count(journal, claim, Count.CONCEDED_YUAN, given)


@rule
def release(debtor: Debtor, claim: Claim, journal: Journal) -> None:
    """Return to the debtor what is still attached or in escrow."""
    for k in range(ASSETS - LIQUID):
        debtor.assets[LIQUID + k] += claim.attached[k]
        debtor.frozen -= claim.attached[k]
        claim.attached[k] = 0.0
    claim.wrongful = 0.0
    if claim.escrow > 0.0:
        debtor.assets[Asset.BANK] += claim.escrow
        book(journal, Flow.SURPLUS, claim.escrow)
        claim.escrow = 0.0
    claim.preserved = False


@rule
def pending(claim: Claim) -> bool:
    """Whether the claim is an open case: in the docket of a court, or in a plan made there."""
    return in_docket(claim.stage) or (claim.stage == Stage.PLAN and claim.plan == IN_ENFORCEMENT)


@rule
def close_case(claim: Claim, ending: int, procedure: Procedure, now: Now, journal: Journal) -> None:
    """Count a case that leaves the docket, by its ending.

    `ending` is a code of `Ending`. The creditor is informed at month end.
    """
    claim.ended = True
    count(journal, claim, Count.CLOSED, 1.0)
    count(journal, claim, Count.CLOSED_MONTHS, float(claim.docket))
    if claim.livelihood:
        count(journal, claim, Count.CLOSED_LIVELIHOOD, 1.0)
        count(journal, claim, Count.CLOSED_LIVELIHOOD_MONTHS, float(claim.docket))
    count(journal, claim, Count.CLOSED_CLAIMED, claim.claimed)
    count(journal, claim, Count.CLOSED_RECOVERED, claim.paid)
    limit = procedure.term_after
    if claim.checks & PROPERTY and overrun(claim.docket, claim.suspended, limit) <= 0.0:
        count(journal, claim, Count.WITH_PROPERTY_DUE, 1.0)
        if ending == Ending.PAID:
            count(journal, claim, Count.WITH_PROPERTY_IN_TIME, 1.0)
    since = months_since_intake(claim, now.month)
    first = Span.PAID_AGAIN if claim.again else Span.PAID_FIRST
    count_after(journal, claim, first + ending, since, 1.0)
    count_after(journal, claim, Span.CLOSED_AGE, claim.docket, 1.0)
    share = min(1.0, claim.paid / claim.claimed) if claim.claimed > 0.0 else 1.0
    count_after(journal, claim, Span.RECOVERED_SHARE, int(share * LONGEST + 0.5), claim.claimed)


@rule
def settle(
    debtor: Debtor,
    claim: Claim,
    at: int,
    voluntary: bool,
    procedure: Procedure,
    now: Now,
    journal: Journal,
) -> None:
    """Close a claim that is paid in full, at any stage."""
    stage = claim.stage
    release(debtor, claim, journal)
    if pending(claim):
        ending = Ending.SETTLED.value if stage == Stage.PLAN else Ending.PAID.value
        close_case(claim, ending, procedure, now, journal)
        count(journal, claim, Count.CLOSED_FULL, 1.0)
        if claim.able:
            by_choice = voluntary and not claim.seized
            what = Count.CLOSED_ABLE_PAID if by_choice else Count.CLOSED_ABLE_FORCED
            count(journal, claim, what, 1.0)
    if stage == Stage.GRACE or stage == Stage.UNPAID:
        leave_grace(claim, True, journal)
    if voluntary:
        debtor.events |= PAID_UP
    claim.closed = True
    claim.wait = 0
    claim.agreed = 0.0
    move(journal, claim, at, Stage.PAID, claim.paid)


@rule
def leave_grace(claim: Claim, paid: bool, journal: Journal) -> None:
    """Count the end of the time before enforcement, and whether the claim was paid by then.

    A claim that had a plan before enforcement was counted when the plan began.
    """
    if claim.plan == BEFORE_ENFORCEMENT:
        return
    count(journal, claim, Count.GRACE_LEFT, 1.0)
    if claim.able:
        count(journal, claim, Count.GRACE_LEFT_ABLE, 1.0)
    if claim.title == EnforceableTitle.MEDIATION:
        count(journal, claim, Count.MEDIATED_LEFT, 1.0)
        if paid:
            count(journal, claim, Count.MEDIATED_KEPT, 1.0)
    if paid:
        count(journal, claim, Count.GRACE_PAID, 1.0)
        if claim.able:
            count(journal, claim, Count.GRACE_PAID_ABLE, 1.0)


@rule
def write_off(
    debtor: Debtor,
    claim: Claim,
    at: int,
    stage: int,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> None:
    """Close a claim that is not paid: dismissed, written off, or archived."""
    if pending(claim):
        close_case(claim, Ending.DROPPED.value, parameters.procedure, now, journal)
    if claim.stage == Stage.GRACE or claim.stage == Stage.UNPAID:
        leave_grace(claim, False, journal)
    release(debtor, claim, journal)
    if stage != Stage.DISMISSED:
        claim_unpaid(claim, parameters.protection, journal)
    book(journal, Flow.CLAIM_OFF, claim.due)
    owed = claim.due
    claim.due = 0.0
    claim.closed = True
    claim.wait = 0
    claim.agreed = 0.0
    move(journal, claim, at, stage, owed)

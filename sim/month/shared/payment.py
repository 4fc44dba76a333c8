"""How money reaches a claim, and what happens when nothing is owed any more."""

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, Claim, in_docket, months_since_intake
from sim.agents.court.standard import PROPERTY, overrun
from sim.agents.debtor.belief import PAID_UP
from sim.agents.debtor.debtor import ASSETS, Debtor, take_money
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT, IN_ENFORCEMENT
from sim.books.accounts import Flow
from sim.books.counts import LONGEST, Count, Span
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.mechanisms.base.points import claim_unpaid, creditor_paid
from sim.month.shared.state import State, book, count, count_after, move
from sim.terms import LIQUID, Asset, Decision, Ending, Stage, Title


@rule
def money_at_hand(debtor: Debtor) -> float:
    """Money above the exempt minimum, yuan."""
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    return max(0.0, money - debtor.exempt)


@rule
def raise_money(state: State, debtor: Debtor, wanted: float, block: int) -> None:
    """Sell own goods as far as money is short; a sale succeeds in its own time (ODD eq. 14)."""
    for k in range(LIQUID, ASSETS):
        short = wanted - money_at_hand(debtor)
        if short <= 0.0:
            return
        traits = state.assets[k]
        if debtor.assets[k] > 0.0 and happens(
            state.now, Decision.OWN_SALE, debtor.id, traits.own_sale, k
        ):
            value = min(debtor.assets[k], short / traits.own_price)
            price = value * traits.own_price
            debtor.assets[k] -= value
            debtor.assets[Asset.BANK] += price
            book(state, block, Flow.OWN_SALE, value - price)


@rule
def credit(state: State, claim: Claim, amount: float, block: int) -> None:
    """Lower what is owed by a payment to the creditor; who pays is booked by the caller.

    Relief had is returned to the fund first, as far as subrogation goes.
    """
    claim.due -= amount
    claim.paid += amount
    claim.received += amount
    book(state, block, Flow.CLAIM_PAID, amount)
    since = months_since_intake(claim, state.now.month)
    if since >= 0:
        count_after(state, block, claim, Span.RECOVERED, since, amount)
    count(state, block, claim, Count.RECEIVED_YUAN, amount)
    due_since = state.now.month - ((claim.id >> NUMBER_SHIFT) + FIRST_MONTH)
    count_after(state, block, claim, Span.RECEIVED, due_since, amount)
    if claim.relief > 0.0:
        back = min(claim.relief, amount)
        claim.relief -= back
        claim.spent += back
        book(state, block, Flow.RELIEF_BACK, back)
        count(state, block, claim, Count.RELIEF_BACK, back)
    creditor_paid(state, claim, amount, block)


@rule
def pay(state: State, debtor: Debtor, row: int, flow: int, block: int) -> float:
    """Pay one claim as far as money at hand goes; what was paid, yuan."""
    return pay_part(state, debtor, row, state.claims[row].due, flow, block)


@rule
def pay_part(state: State, debtor: Debtor, row: int, amount: float, flow: int, block: int) -> float:
    """Pay up to `amount` yuan of one claim as far as money at hand goes; what was paid, yuan."""
    claim = state.claims[row]
    wanted = min(amount, claim.due - claim.escrow, money_at_hand(debtor))
    if wanted <= 0.0:
        return 0.0
    paid = take_money(debtor, wanted)
    if claim.due - paid < 0.005:  # half a cent left by rounding is nothing owed
        rest = claim.due - paid
        claim.due -= rest
        book(state, block, Flow.CLAIM_OFF, rest)
    credit(state, claim, paid, block)
    book(state, block, flow, paid)
    return paid


@rule
def hand_over(state: State, claim: Claim, block: int) -> float:
    """Preserved money goes to the creditor with the debtor's consent; what went, yuan."""
    amount = min(claim.escrow, claim.due)
    claim.escrow -= amount
    credit(state, claim, amount, block)
    book(state, block, Flow.PRESERVED_PAID, amount)
    return amount


@rule
def concede(state: State, claim: Claim, price: float, block: int) -> None:
    """The creditor gives up what is owed beyond the price agreed on."""
    given = max(0.0, claim.due - price)
    claim.due -= given
    book(state, block, Flow.CLAIM_OFF, given)
    count(state, block, claim, Count.CONCEDED_YUAN, given)


@rule
def release(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Give back what is still attached or in escrow."""
    for k in range(ASSETS - LIQUID):
        debtor.assets[LIQUID + k] += claim.attached[k]
        debtor.frozen -= claim.attached[k]
        claim.attached[k] = 0.0
    claim.wrongful = 0.0
    if claim.escrow > 0.0:
        debtor.assets[Asset.BANK] += claim.escrow
        book(state, block, Flow.SURPLUS, claim.escrow)
        claim.escrow = 0.0
    claim.preserved = False


@rule
def pending(claim: Claim) -> bool:
    """Whether the claim is a case not yet closed: in the docket, or in a plan made there."""
    return in_docket(claim.stage) or (claim.stage == Stage.PLAN and claim.plan == IN_ENFORCEMENT)


@rule
def close_case(state: State, claim: Claim, ending: int, block: int) -> None:
    """Count a case that leaves the docket, by how it ends; its creditor will hear of it."""
    claim.ended = True
    count(state, block, claim, Count.CLOSED, 1.0)
    count(state, block, claim, Count.CLOSED_MONTHS, float(claim.docket))
    if claim.livelihood:
        count(state, block, claim, Count.CLOSED_LIVELIHOOD, 1.0)
        count(state, block, claim, Count.CLOSED_LIVELIHOOD_MONTHS, float(claim.docket))
    count(state, block, claim, Count.CLOSED_CLAIMED, claim.claimed)
    count(state, block, claim, Count.CLOSED_RECOVERED, claim.paid)
    limit = state.parameters[0].procedure.term_after
    if claim.checks & PROPERTY and overrun(claim.docket, claim.suspended, limit) <= 0.0:
        count(state, block, claim, Count.WITH_PROPERTY_DUE, 1.0)
        if ending == Ending.PAID:
            count(state, block, claim, Count.WITH_PROPERTY_IN_TIME, 1.0)
    since = months_since_intake(claim, state.now.month)
    first = Span.PAID_AGAIN if claim.again else Span.PAID_FIRST
    count_after(state, block, claim, first + ending, since, 1.0)
    count_after(state, block, claim, Span.CLOSED_AGE, claim.docket, 1.0)
    share = min(1.0, claim.paid / claim.claimed) if claim.claimed > 0.0 else 1.0
    count_after(
        state, block, claim, Span.RECOVERED_SHARE, int(share * LONGEST + 0.5), claim.claimed
    )


@rule
def settle(state: State, debtor: Debtor, row: int, block: int, voluntary: bool) -> None:
    """Close a claim that is paid in full, wherever it stands."""
    claim = state.claims[row]
    stage = claim.stage
    release(state, debtor, claim, block)
    if pending(claim):
        ending = Ending.SETTLED.value if stage == Stage.PLAN else Ending.PAID.value
        close_case(state, claim, ending, block)
        count(state, block, claim, Count.CLOSED_FULL, 1.0)
        if claim.able:
            by_choice = voluntary and not claim.seized
            what = Count.CLOSED_ABLE_PAID if by_choice else Count.CLOSED_ABLE_FORCED
            count(state, block, claim, what, 1.0)
    if stage == Stage.GRACE or stage == Stage.UNPAID:
        leave_grace(state, claim, block, True)
    if voluntary:
        debtor.events |= PAID_UP
    claim.closed = True
    claim.wait = 0
    claim.agreed = 0.0
    move(state, row, Stage.PAID, claim.paid)


@rule
def leave_grace(state: State, claim: Claim, block: int, paid: bool) -> None:
    """Count the end of the time before enforcement: paid, or not; once, if a plan came between."""
    if claim.plan == BEFORE_ENFORCEMENT:
        return
    count(state, block, claim, Count.GRACE_LEFT, 1.0)
    if claim.able:
        count(state, block, claim, Count.GRACE_LEFT_ABLE, 1.0)
    if claim.title == Title.MEDIATION:
        count(state, block, claim, Count.MEDIATED_LEFT, 1.0)
        if paid:
            count(state, block, claim, Count.MEDIATED_KEPT, 1.0)
    if paid:
        count(state, block, claim, Count.GRACE_PAID, 1.0)
        if claim.able:
            count(state, block, claim, Count.GRACE_PAID_ABLE, 1.0)


@rule
def write_off(state: State, debtor: Debtor, row: int, stage: int, block: int) -> None:
    """Close a claim that is not paid: dismissed, written off, or archived."""
    claim = state.claims[row]
    if pending(claim):
        close_case(state, claim, Ending.DROPPED.value, block)
    if claim.stage == Stage.GRACE or claim.stage == Stage.UNPAID:
        leave_grace(state, claim, block, False)
    release(state, debtor, claim, block)
    if stage != Stage.DISMISSED:
        claim_unpaid(state, claim, block)
    book(state, block, Flow.CLAIM_OFF, claim.due)
    owed = claim.due
    claim.due = 0.0
    claim.closed = True
    claim.wait = 0
    claim.agreed = 0.0
    move(state, row, stage, owed)

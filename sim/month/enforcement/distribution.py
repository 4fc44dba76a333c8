"""Distribution: proceeds go to the fee, then to the creditors of the debtor by law's order.

Livelihood claims come first where the lever says so. Among the rest a firm's proceeds go to the
case that seized, then by age; a person's proceeds are shared in proportion to what is owed.
"""

from sim.agents.claim import Claim, in_docket, takes_turn
from sim.agents.debtor.debtor import Debtor
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.mechanisms.base.points import fees_first
from sim.month.enforcement.tracing import next_attempt
from sim.month.shared.payment import credit, settle
from sim.month.shared.state import State, book, count, move
from sim.terms import Asset, Kind, Stage


@rule
def first_class(state: State, claim: Claim) -> bool:
    """Whether the claim is paid out before others."""
    return claim.livelihood and state.levers[claim.treatment].special.livelihood_priority > 0.5


@rule
def lose(state: State, claim: Claim, pot: float, block: int) -> float:
    """Proceeds that leak into officers' hands before they are paid out, yuan (ODD eq. 61)."""
    unmanaged = 1.0 - state.levers[claim.treatment].rule_of_law.proceeds_management
    lost = pot * state.parameters[0].procedure.leakage * unmanaged
    book(state, block, Flow.LEAKAGE, lost)
    count(state, block, claim, Count.LEAKED, lost)
    return lost


@rule
def pay_out(state: State, claim: Claim, amount: float, block: int) -> None:
    """Pay a creditor from escrow; of what a tip brought in, it pays the bounty."""
    credit(state, claim, amount, block)
    if claim.tipped:
        bounty = state.levers[claim.treatment].collaborative.bounty * amount
        claim.spent += bounty
        book(state, block, Flow.BOUNTY, bounty)
    book(state, block, Flow.DISTRIBUTED, amount)
    count(state, block, claim, Count.RECOVERED_BY_FORCE, amount)


@rule
def share_class(
    state: State, debtor: Debtor, k: int, pot: float, mine: int, wanted: bool, block: int
) -> float:
    """Pay one class of the debtor's cases from the pot; what is left, yuan."""
    owed = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        claim = state.claims[state.order[j]]
        if in_docket(claim.stage) and first_class(state, claim) == wanted:
            owed += claim.due
    if owed <= 0.0 or pot <= 0.0:
        return pot
    if debtor.kind == Kind.PERSON:
        part = min(1.0, pot / owed)
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if in_docket(claim.stage) and first_class(state, claim) == wanted:
                amount = min(pot, claim.due * part)
                pot -= amount
                pay_out(state, claim, amount, block)
        return pot
    claim = state.claims[mine]
    if first_class(state, claim) == wanted:
        amount = min(pot, claim.due)
        pot -= amount
        pay_out(state, claim, amount, block)
    for j in range(state.starts[k], state.starts[k + 1]):
        claim = state.claims[state.order[j]]
        if in_docket(claim.stage) and first_class(state, claim) == wanted:
            amount = min(pot, claim.due)
            pot -= amount
            pay_out(state, claim, amount, block)
    return pot


@rule
def owed_in_docket(state: State, k: int) -> float:
    """What the `k`-th owner owes on all its cases, yuan: on no more is a fee due."""
    owed = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if in_docket(state.stages[state.order[j]]):
            owed += state.claims[state.order[j]].due
    return owed


@kernel
def distribute(state: State, first: int, last: int) -> None:
    """Pay out the proceeds of each case served; the case closes, or goes back to tracing."""
    for k in range(first, last):
        row = state.hand_owners[k]
        debtor = state.debtors[row]
        block = k // state.block
        mine = state.places[row]
        paid_out = False
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            claim = state.claims[at]
            if not takes_turn(claim, Stage.SOLD.value):
                continue
            paid_out = True
            rate = state.levers[debtor.treatment].sanctions.enforcement_fee
            fee = min(claim.escrow, owed_in_docket(state, mine) / (1.0 - rate)) * rate
            pot = claim.escrow - fee
            claim.escrow = 0.0
            book(state, block, Flow.FEE, fee)
            pot -= lose(state, claim, pot, block)
            recovered = min(pot, owed_in_docket(state, mine))
            pot -= fees_first(0.0, state, claim, recovered, block)
            pot = share_class(state, debtor, mine, pot, at, True, block)
            pot = share_class(state, debtor, mine, pot, at, False, block)
            debtor.assets[Asset.BANK] += pot
            book(state, block, Flow.SURPLUS, pot)
            if claim.due > 0.005:
                claim.wait = next_attempt(state, claim)
                move(state, at, Stage.QUEUED, claim.due)
        if not paid_out:
            continue
        for j in range(state.starts[mine], state.starts[mine + 1]):
            at = state.order[j]
            claim = state.claims[at]
            if in_docket(claim.stage) and claim.due <= 0.005:
                book(state, block, Flow.CLAIM_OFF, claim.due)
                claim.due = 0.0
                settle(state, debtor, at, block, False)

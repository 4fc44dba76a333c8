"""Trial courts: suits are mediated or judged, and the time to perform begins."""

from sim.agents.claim import Claim
from sim.agents.creditor import suit_costs
from sim.agents.debtor.debtor import Debtor, evades, take_money
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.before_judgment.preservation import answer_for
from sim.month.before_judgment.settlement import mediate
from sim.month.enforcement.transfer import dissipate
from sim.month.shared.payment import credit, money_at_hand, write_off
from sim.month.shared.state import State, book, count, move
from sim.terms import Asset, Decision, Stage


@kernel
def judge(state: State, first: int, last: int) -> None:
    """New suits are mediated; a suit ends with chance 1/trial_months a month.

    Meanwhile who will keep money back moves assets away, if not before (ODD eq. 32).
    """
    parameters = state.parameters[0]
    early = parameters.pursuit.dissipate_overdue
    for k in range(first, last):
        row = state.owners[k]
        debtor = state.debtors[row]
        block = k // state.block
        moving = False
        warned = False
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            if early > 0.0 and state.stages[at] == Stage.OVERDUE:
                warned = warned or state.claims[at].refused or evades(debtor.option)
            if state.stages[at] != Stage.FILED:
                continue
            claim = state.claims[at]
            moving = moving or claim.refused or evades(debtor.option)
            if claim.months == 0:
                if mediate(state, row, at, block):
                    continue
                consider_advance(state, debtor, claim, block)
            if happens(
                state.now, Decision.TRIAL, claim.id, 1.0 / parameters.procedure.trial_months
            ):
                decide(state, debtor, claim, at, block)
        if moving:
            dissipate(state, debtor, parameters.pursuit.dissipate_pending, block)
        elif warned:
            dissipate(state, debtor, early, block)


@rule
def decide(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Judgment: the loser owes the winner's costs; who loses answers for what was held or paid."""
    parameters = state.parameters[0]
    count(state, block, claim, Count.JUDGED, 1.0)
    if happens(state.now, Decision.VERDICT, claim.id, parameters.procedure.win):
        costs = suit_costs(claim.principal, parameters.procedure)
        claim.due += costs
        book(state, block, Flow.CLAIM_COSTS, costs)
        clear = state.levers[claim.treatment].at_source.clarity
        unclear = parameters.pursuit.ambiguous * (1.0 - clear)
        claim.ambiguous = happens(state.now, Decision.AMBIGUOUS, claim.id, unclear)
        move(state, at, Stage.GRACE, claim.due)
        return
    if claim.preserved:
        answer_for(state, debtor, claim, block)
    if claim.advanced > 0.0:
        debtor.assets[Asset.BANK] += claim.advanced
        claim.spent += claim.advanced
        book(state, block, Flow.ADVANCE_RETURNED, claim.advanced)
    write_off(state, debtor, at, Stage.DISMISSED, block)


@rule
def consider_advance(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Advance enforcement (先予执行): who needs the money to live gets a part during the suit."""
    advance = state.levers[claim.treatment].at_source.advance
    if not claim.livelihood or not happens(state.now, Decision.ADVANCE, claim.id, advance):
        return
    wanted = min(state.parameters[0].pursuit.advanced * claim.due, money_at_hand(debtor))
    paid = take_money(debtor, wanted)
    if paid <= 0.0:
        return
    claim.advanced = paid
    credit(state, claim, paid, block)
    book(state, block, Flow.ADVANCED, paid)
    count(state, block, claim, Count.ADVANCES, 1.0)

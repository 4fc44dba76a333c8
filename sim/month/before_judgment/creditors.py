"""Creditors act: settle, sue and preserve, apply for enforcement, or give up in the end."""

from sim.agents.claim import FIRST_MONTH, Claim, open_case, size_band
from sim.agents.court.standard import BEFORE_SUIT
from sim.agents.creditor import at_suit, suit_costs, worth_applying
from sim.agents.debtor.debtor import UNABLE_BELOW, Debtor, ability, is_able, means, wealth
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT
from sim.agents.institutions.insurer import effort
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.mechanisms.base.points import backed_share, suit_filed
from sim.month.before_judgment.preservation import consider_preserving, turn_into_seizure
from sim.month.before_judgment.settlement import keep_promise, talk
from sim.month.before_judgment.suit import hold_before_suit, lapse, sues
from sim.month.debts.relief import award
from sim.month.decision.position import with_escrow
from sim.month.shared.payment import leave_grace, write_off
from sim.month.shared.state import State, book, count, count_after, move
from sim.terms import Decision, Lender, Option, Stage, Title


@kernel
def act(state: State, first: int, last: int) -> None:
    """Each creditor of a debtor decides on its overdue or unpaid claim."""
    procedure = state.parameters[0].procedure
    for k in range(first, last):
        row = state.owners[k]
        debtor = state.debtors[row]
        block = k // state.block
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            stage = state.stages[at]
            if stage != Stage.OVERDUE and stage != Stage.UNPAID and stage != Stage.SETTLED:
                continue
            claim = state.claims[at]
            if stage == Stage.SETTLED:
                keep_promise(state, row, at, block)
            elif stage == Stage.OVERDUE:
                if claim.months >= procedure.prescription:
                    write_off(state, debtor, at, Stage.WRITTEN_OFF, block)
                    continue
                held = claim.preserved
                if not held:
                    hold_before_suit(state, debtor, claim, block)
                talk(state, row, at, block)
                if claim.stage == Stage.OVERDUE:
                    consider_suing(state, debtor, claim, at, block)
                if held and claim.stage == Stage.OVERDUE:
                    lapse(state, debtor, claim, block)
            elif claim.months >= procedure.prescription:
                write_off(state, debtor, at, Stage.WRITTEN_OFF, block)
            else:
                consider_applying(state, debtor, claim, at, block)


@rule
def consider_suing(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Sue when worth while, at the creditor's pace; the costs are paid in advance.

    With an award or a notarised document there is nothing to try: the time to perform begins.
    """
    if not sues(state, claim, state.now):
        return
    spent = suit_costs(claim.principal, state.parameters[0].procedure)
    claim.spent += spent
    book(state, block, Flow.SUIT_COSTS, spent)
    suit_filed(state, claim, spent, block)
    if claim.title == Title.AWARD or claim.title == Title.NOTARISED:
        claim.due += spent
        book(state, block, Flow.CLAIM_COSTS, spent)
        move(state, at, Stage.GRACE, claim.due)
        return
    count(state, block, claim, Count.FILED, 1.0)
    move(state, at, Stage.FILED, claim.due)
    if claim.preserved:
        count(state, block, claim, Count.PRESERVATIONS, 1.0)
    elif not claim.checks & BEFORE_SUIT:
        terms = at_suit(state.levers[claim.treatment].at_source)
        consider_preserving(state, debtor, claim, state.now, terms, block)


@rule
def consider_applying(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Apply for enforcement when worth the trouble; the claim enters the docket.

    No claim gets there before it is handed over; some the court itself transfers.
    """
    procedure = state.parameters[0].procedure
    levers = state.levers[claim.treatment].at_source
    handover = state.parameters[0].pursuit.handover * (1.0 - levers.linkage)
    if claim.months < handover:
        return
    if (claim.livelihood or claim.title == Title.CRIMINAL) and happens(
        state.now, Decision.TRANSFER, claim.id, levers.ex_officio
    ):
        count(state, block, claim, Count.TRANSFERRED, 1.0)
        leave_grace(state, claim, block, False)
        enter_docket(state, debtor, claim, at, block)
        return
    creditor = state.creditors[claim.creditor]
    traits = state.lenders[creditor.kind]
    if debtor.option == Option.PAY and claim.months < procedure.patience:
        return
    backed = backed_share(0.0, state, claim)
    if not worth_applying(creditor, claim.due, backed, traits, procedure):
        return
    pace = procedure.apply * traits.litigiousness
    if creditor.kind == Lender.PRIVATE:
        protection = state.parameters[0].protection
        fund = state.funds[claim.district]
        share = fund.livelihood if claim.livelihood else fund.other
        pace *= effort(share, award(claim, protection), claim.due, protection)
    if happens(state.now, Decision.APPLY, claim.id, pace):
        claim.spent += procedure.apply_cost
        book(state, block, Flow.APPLICATION, procedure.apply_cost)
        if claim.plan != BEFORE_ENFORCEMENT:  # a broken plan has left its cohort as performed
            count_after(state, block, claim, Span.APPLIED, claim.months, 1.0)
        leave_grace(state, claim, block, False)
        enter_docket(state, debtor, claim, at, block)


@rule
def enter_docket(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Open a case: what it asks for and whether the debtor could pay it, in truth, are kept."""
    of = with_escrow(means(debtor, state.assets), claim.escrow)
    claim.band = size_band(claim.due)
    claim.intake = state.now.month - FIRST_MONTH
    open_case(claim, is_able(ability(claim.due, of)))
    debtor.prompted = True
    count(state, block, claim, Count.ENTERED, 1.0)
    count(state, block, claim, Count.ENTERED_YUAN, claim.due)
    count(state, block, claim, Count.ENTERED_COLLECTABLE, min(claim.due, wealth(of)))
    if wealth(of) < UNABLE_BELOW * claim.due:
        count(state, block, claim, Count.ENTERED_UNABLE, 1.0)
    move(state, at, Stage.QUEUED, claim.due)
    if claim.preserved:
        turn_into_seizure(state, debtor, claim, at, block)

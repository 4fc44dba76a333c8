"""Performance of what is due: who cannot pay is kept apart from who will not."""

from sim.agents.claim import Claim
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import REFUSED
from sim.agents.debtor.debtor import ability, is_able, means
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, normal
from sim.month.debts.insurance import pay_first
from sim.month.decision.position import left_to_bear, position, preferred
from sim.month.sanctions.credit_and_listing import enter
from sim.month.shared.payment import pay, raise_money, settle
from sim.month.shared.state import State, count, move
from sim.terms import Ability, Decision, Stage


@rule
def reminder(state: State, claim: Claim) -> float:
    """What a reminder weighs, yuan per yuan payable; nothing where none is sent."""
    share = state.levers[claim.treatment].at_source.reminder
    if happens(state.now, Decision.REMIND, claim.id, share):
        return state.parameters[0].pursuit.reminded
    return 0.0


@kernel
def perform(state: State, first: int, last: int) -> None:
    """Who owes a claim that falls due weighs it with the same ledger, a suit still lying ahead.

    Where there is cover, the insurer pays first.
    """
    parameters = state.parameters[0]
    procedure = parameters.procedure
    for k in range(first, last):
        row = state.owners[k]
        debtor = state.debtors[row]
        block = k // state.block
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            stage = state.stages[at]
            if len(state.insurers) > 0 and stage <= Stage.UNPAID and stage != Stage.SETTLED:
                pay_first(state, debtor, at, block)
                if state.claims[at].due <= 0.0:
                    if stage == Stage.DUE:
                        count(state, block, state.claims[at], Count.DUE_PAID, 1.0)
                    settle(state, debtor, at, block, False)
                    continue
            if stage != Stage.DUE:
                continue
            claim = state.claims[at]
            of = means(debtor, state.assets)
            can = ability(claim.due, of)
            claim.able = is_able(can)
            willing = False
            if can == Ability.EMPTY:
                count(state, block, claim, Count.OVERDUE_UNABLE, 1.0)
            elif happens(
                state.now, Decision.DISPUTED, claim.id, state.domains[claim.domain].disputed
            ):
                claim.disputed = True
            else:
                ahead = procedure.sue * procedure.win
                with_partner = claim.due if claim.partner else 0.0
                here = position(
                    state, row, claim.due, of, 1.0, ahead, procedure.suit_cost, 0.0, with_partner
                )
                taste = taste_of(normal(Now(state.now.seed, 0), Decision.DUE_TASTE, claim.id))
                best = preferred(state, debtor, here)
                bargain = best.net + reminder(state, claim) * here.payable
                left = left_to_bear(state, debtor, here)
                willing = pays(bargain, left, here.payable, debtor.income, taste, parameters.choice)
                claim.refused = not willing
                if not willing:
                    debtor.events |= REFUSED
                    enter(state, debtor, -parameters.obligations.score_refusal)
            if willing:
                raise_money(state, debtor, claim.due, block)
                pay(state, debtor, at, Flow.PAID_DUE, block)
            if claim.due <= 0.0:
                count(state, block, claim, Count.DUE_PAID, 1.0)
                enter(state, debtor, parameters.obligations.score_performed)
                settle(state, debtor, at, block, True)
            else:
                move(state, at, Stage.OVERDUE, claim.due)

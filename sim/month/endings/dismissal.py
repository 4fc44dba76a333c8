"""Abuse of bankruptcy found out: the petition is dismissed, and its debts are back.

In: a person in a proceeding in which it conceals assets. Out: what was hidden, shared among the
creditors; fine and detention; claims in enforcement again.
"""

from sim.agents.claim import open_case
from sim.agents.debtor.debtor import ASKED, CONCEALS, FOUND, Debtor, ability, is_able, means
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT
from sim.agents.institutions.administrator import monthly
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.month.endings.estate import NOTHING, at_most, owed_together, pay_off, realise, share_out
from sim.month.endings.personal_bankruptcy import months_to_discharge
from sim.month.enforcement.declaration import penalise
from sim.month.sanctions.credit_and_listing import enter
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State, count, move
from sim.terms import Decision, Stage


@rule
def exposed(state: State, debtor: Debtor) -> bool:
    """Whether the administrator finds this month that assets are concealed (ODD eq. 127)."""
    if not debtor.petition & CONCEALS:
        return False
    share = state.levers[debtor.treatment].at_source.bankruptcy_examination
    chance = monthly(share, months_to_discharge(state, debtor))
    return happens(state.now, Decision.EXAMINATION, debtor.id, chance)


@rule
def dismiss(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Who concealed assets loses the stay and what it hid; its debts are back (ODD eq. 128).

    Creditors share what was hidden before the fine is taken.
    """
    realise(state, debtor, block)
    hidden = at_most(state, k, money_at_hand(debtor))
    about = state.claims[state.order[state.starts[k]]]
    count(state, block, about, Count.BANKRUPTCY_ABUSE_FOUND, 1.0)
    count(state, block, about, Count.BANKRUPTCY_ABUSE_YUAN, hidden)
    share_out(state, debtor, k, hidden, block)
    penalise(state, debtor, about, block)
    debtor.petition = ASKED | FOUND
    debtor.broken = True
    enter(state, debtor, -state.parameters[0].obligations.score_refusal)
    debtor.prompted = True
    able = is_able(ability(max(NOTHING, owed_together(state, k)), means(debtor, state.assets)))
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.INSOLVENT:
            give_back(state, state.order[j], able, block)


@rule
def give_back(state: State, at: int, able: bool, block: int) -> None:
    """A claim leaves a dismissed proceeding: a case is taken up anew, others can be applied for.

    What was recognised in the proceeding needs no judgment any more.
    """
    claim = state.claims[at]
    if claim.due < NOTHING:
        pay_off(state, at, block)
        return
    if claim.intake > 0:
        count(state, block, claim, Count.REVIVED, 1.0)
        open_case(claim, able)
        claim.again = True
        move(state, at, Stage.QUEUED, claim.due)
        return
    claim.able = able
    claim.wait = 0
    claim.plan = BEFORE_ENFORCEMENT  # its time before enforcement has been counted
    move(state, at, Stage.UNPAID, claim.due)

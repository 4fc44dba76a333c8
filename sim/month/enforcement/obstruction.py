"""Obstruction: a case that is taken up is put off by a government's word or a bribe."""

from sim.agents.claim import Claim
from sim.agents.court.officer import takes
from sim.agents.debtor.debtor import Debtor, evades, take_money
from sim.agents.institutions.government import interferes
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State, book, count
from sim.terms import Decision, Option


@rule
def obstructed(state: State, debtor: Debtor, claim: Claim, block: int) -> bool:
    """Whether the case is put off this month; it then waits, and the hours on it are lost."""
    count(state, block, claim, Count.TAKEN_UP, 1.0)
    return spared(state, debtor, claim, block) or bought(state, debtor, claim, block)


@rule
def spared(state: State, debtor: Debtor, claim: Claim, block: int) -> bool:
    """A local government has the case of a connected debtor put off (ODD eq. 85)."""
    of = state.parameters[0].institutions
    if debtor.connections <= 0 or of.local_weight <= 0.0 or debtor.option == Option.PAY:
        return False
    levers = state.levers[state.courts[claim.district].treatment]
    noise = state.parameters[0].choice.noise
    chance = interferes(debtor.connections, claim.due, levers, of, noise)
    if not happens(state.now, Decision.INTERFERE, claim.id, chance):
        return False
    count(state, block, claim, Count.INTERFERED, 1.0)
    claim.wait = int(of.interference_months)
    return True


@rule
def bought(state: State, debtor: Debtor, claim: Claim, block: int) -> bool:
    """An officer takes money from one who keeps money back, and lets the case lie (ODD eq. 83)."""
    of = state.parameters[0].institutions
    if of.bribe_share <= 0.0 or not evades(debtor.option):
        return False
    levers = state.levers[state.courts[claim.district].treatment]
    offered = min(claim.due, money_at_hand(debtor))
    chance = takes(offered, levers, of, state.parameters[0].choice.noise)
    if not happens(state.now, Decision.BRIBE, claim.id, chance):
        return False
    book(state, block, Flow.BRIBE, take_money(debtor, of.bribe_share * offered))
    count(state, block, claim, Count.BRIBED, 1.0)
    claim.wait = int(of.bribe_months)
    return True


@rule
def put_off(state: State, debtor: Debtor, due: float) -> float:
    """Chance that a case of this debtor is put off when it is taken up, if it does not pay.

    Args:
        state: The world.
        debtor: Who; it knows its connections and what it could offer.
        due: What it keeps back, yuan.
    """
    of = state.parameters[0].institutions
    noise = state.parameters[0].choice.noise
    levers = state.levers[state.courts[debtor.district].treatment]
    asked = 0.0
    if debtor.connections > 0 and of.local_weight > 0.0:
        asked = interferes(debtor.connections, due, levers, of, noise)
    paid = 0.0
    if of.bribe_share > 0.0:
        paid = takes(min(due, money_at_hand(debtor)), levers, of, noise)
    return asked + (1.0 - asked) * paid


@rule
def unobstructed(state: State, debtor: Debtor, due: float) -> float:
    """Factor on the hazard of recovery of one who foresees obstruction (ODD eq. 133)."""
    foreseen = state.parameters[0].choice.foresees_obstruction
    return 1.0 - foreseen * put_off(state, debtor, due) if foreseen > 0.0 else 1.0

"""Transfers to others, and how they are had again: avoidance, and parties added to the case."""

from sim.agents.claim import Claim
from sim.agents.debtor.belief import FAIR, RECOVERED, believed, felt_optimism
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.debtor.transfer import brought_back, worth_moving
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.month.shared.attachment import needed, to_payout
from sim.month.shared.state import State, book, count
from sim.terms import Decision, Kind


@rule
def moves_away(state: State, debtor: Debtor) -> bool:
    """Whether one who keeps money back finds it worth while to put assets into others' hands."""
    parameters = state.parameters[0]
    levers = state.levers[debtor.treatment]
    learning = parameters.learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation) * learning.notice
    hazard = tint * believed(
        debtor.seen_recovery, debtor.exposure, learning.prior_recovery, learning.prior_weight
    )
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    return worth_moving(hazard, impatience + hazard, back, parameters.choice.transfer_cost)


@rule
def dissipate(state: State, debtor: Debtor, rate: float, block: int) -> None:
    """While a case waits, who keeps money back moves assets to others, if it is worth while."""
    if not moves_away(state, debtor):
        return
    gone = 0.0
    for a in range(ASSETS):
        part = debtor.assets[a] * rate
        debtor.assets[a] -= part
        gone += part
    book(state, block, Flow.DISSIPATION, gone)
    if gone > 0.0:
        debtor.transferred += gone
        debtor.transferred_month = state.now.month


@rule
def avoided(state: State, debtor: Debtor, claim: Claim, need: float, block: int) -> float:
    """What an attempt at avoidance brings back of transfers within the look-back, yuan (eq. 58)."""
    law = state.levers[claim.treatment].rule_of_law
    since = state.now.month - debtor.transferred_month
    if debtor.transferred <= 0.0 or since > 12.0 * law.avoidance_lookback:
        return 0.0
    if not happens(state.now, Decision.AVOIDANCE, claim.id, law.avoidance):
        return 0.0
    taken = min(need, debtor.transferred)
    debtor.transferred -= taken
    book(state, block, Flow.AVOIDED, taken)
    count(state, block, claim, Count.AVOIDANCES, 1.0)
    return taken


@rule
def added(state: State, debtor: Debtor, claim: Claim, need: float, block: int) -> float:
    """What shareholders of a firm, added to the case once, have to pay for it, yuan (eq. 58)."""
    if debtor.kind != Kind.FIRM or claim.added or need <= 0.0:
        return 0.0
    chance = state.levers[claim.treatment].rule_of_law.added_parties
    if not happens(state.now, Decision.ADDED_PARTY, claim.id, chance):
        return 0.0
    claim.added = True
    taken = min(need, state.parameters[0].procedure.controller_wealth * debtor.usual)
    book(state, block, Flow.ADDED_PARTY, taken)
    count(state, block, claim, Count.PARTIES_ADDED, 1.0)
    return taken


@rule
def reach_beyond(state: State, debtor: Debtor, at: int, block: int) -> bool:
    """After a fruitless search look behind the debtor; whether anything came of it."""
    claim = state.claims[at]
    need = needed(claim, state.levers[debtor.treatment])
    taken = avoided(state, debtor, claim, need, block)
    taken += added(state, debtor, claim, need - taken, block)
    if taken <= 0.0:
        return False
    claim.escrow += taken
    claim.seized = True
    claim.fruitless = 0
    debtor.events |= RECOVERED | FAIR
    to_payout(state, at, taken)
    return True

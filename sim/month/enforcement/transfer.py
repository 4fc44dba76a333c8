"""Transfers to others, and how they are had again: avoidance, and parties added to the case."""

from sim.agents.claim import Claim
from sim.agents.court.court import Court
from sim.agents.debtor.belief import FAIR, RECOVERED, felt_optimism
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.debtor.perceived import believed_before_statistics
from sim.agents.debtor.transfer import brought_back, worth_moving
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.attachment import needed, to_payout
from sim.month.shared.journal import Journal, book, count
from sim.parameters import Parameters, Procedure
from sim.terms import Decision, Kind


@rule
def moves_away(debtor: Debtor, court: Court, levers: Levers, parameters: Parameters) -> bool:
    """Whether one who keeps money back finds it worth while to put assets into others' hands."""
    learning = parameters.learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation) * learning.notice
    hazard = tint * believed_before_statistics(debtor, court, learning)
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    return worth_moving(hazard, impatience + hazard, back, parameters.choice.transfer_cost)


@rule
def dissipate(
    debtor: Debtor,
    court: Court,
    rate: float,
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> None:
    """While a case waits, who keeps money back moves assets to others, if it is worth while."""
    if not moves_away(debtor, court, levers, parameters):
        return
    gone = 0.0
    for a in range(ASSETS):
        part = debtor.assets[a] * rate
        debtor.assets[a] -= part
        gone += part
    book(journal, Flow.DISSIPATION, gone)
    if gone > 0.0:
        debtor.transferred += gone
        debtor.transferred_month = now.month


@rule
def avoided(
    debtor: Debtor, claim: Claim, need: float, levers: Levers, now: Now, journal: Journal
) -> float:
    """What an attempt at avoidance brings back of transfers within the look-back, yuan (eq. 58)."""
    law = levers.rule_of_law
    since = now.month - debtor.transferred_month
    if debtor.transferred <= 0.0 or since > 12.0 * law.avoidance_lookback:
        return 0.0
    if not happens(now, Decision.AVOIDANCE, claim.id, law.avoidance):
        return 0.0
    taken = min(need, debtor.transferred)
    debtor.transferred -= taken
    book(journal, Flow.AVOIDED, taken)
    count(journal, claim, Count.AVOIDANCES, 1.0)
    return taken


@rule
def added(
    debtor: Debtor,
    claim: Claim,
    need: float,
    levers: Levers,
    procedure: Procedure,
    now: Now,
    journal: Journal,
) -> float:
    """What shareholders of a firm, added to the case once, have to pay for it, yuan (eq. 58)."""
    if debtor.kind != Kind.FIRM or claim.added or need <= 0.0:
        return 0.0
    chance = levers.rule_of_law.added_parties
    if not happens(now, Decision.ADDED_PARTY, claim.id, chance):
        return 0.0
    claim.added = True
    taken = min(need, procedure.controller_wealth * debtor.usual)
    book(journal, Flow.ADDED_PARTY, taken)
    count(journal, claim, Count.PARTIES_ADDED, 1.0)
    return taken


@rule
def reach_beyond(
    debtor: Debtor,
    claim: Claim,
    at: int,
    treatments: Records[Levers],
    procedure: Procedure,
    now: Now,
    journal: Journal,
) -> bool:
    """After a fruitless search look behind the debtor; whether anything came of it."""
    levers = treatments[claim.treatment]
    need = needed(claim, treatments[debtor.treatment])
    taken = avoided(debtor, claim, need, levers, now, journal)
    taken += added(debtor, claim, need - taken, levers, procedure, now, journal)
    if taken <= 0.0:
        return False
    claim.escrow += taken
    claim.seized = True
    claim.fruitless = 0
    debtor.events |= RECOVERED | FAIR
    to_payout(claim, at, taken, levers, procedure, journal)
    return True

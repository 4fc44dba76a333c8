"""Assets transferred to others, and two ways to get them back: avoidance and added parties."""

from sim.agents.claim import Claim, is_open
from sim.agents.court.court import Court
from sim.agents.debtor.belief import FAIR, RECOVERED, felt_optimism
from sim.agents.debtor.debtor import ASSETS, YEARS, Debtor
from sim.agents.debtor.perceived import believed_before_statistics
from sim.agents.debtor.transfer import (
    at_stake,
    brought_back,
    held_outside,
    put_away,
    reachable,
    within_reach,
    worth_moving,
)
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.attachment import covered, needed, to_payout
from sim.month.shared.journal import Journal, book, count
from sim.month.shared.state import Owned, Setting
from sim.parameters import AssetTraits, Parameters, Procedure
from sim.terms import Decision, Kind


@rule
def unsecured(owned: Owned, assets: Records[AssetTraits]) -> float:
    """Sum of the open claims against a debtor, less what is held for each claim, yuan."""
    due = 0.0
    for j in range(owned.first, owned.last):
        if is_open(owned.stages[owned.order[j]]):
            claim = owned.claims[owned.order[j]]
            due += max(0.0, claim.due - covered(claim, assets))
    return due


@rule
def moves_away(
    debtor: Debtor, due: float, court: Court, levers: Levers, parameters: Parameters
) -> bool:
    """Whether a debtor who keeps money back finds it worthwhile to transfer assets to others."""
    learning = parameters.learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation) * learning.notice
    hazard = tint * believed_before_statistics(debtor, court, learning)
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    choice = parameters.choice
    stake = at_stake(debtor, due, choice)
    return worth_moving(stake, hazard, impatience + hazard, back, choice.transfer_cost)


@rule
def dissipate(
    debtor: Debtor,
    court: Court,
    due: float,
    rate: float,
    levers: Levers,
    setting: Setting,
    journal: Journal,
) -> None:
    """A debtor who keeps money back transfers assets to others, if this is worthwhile.

    `rate` is the share transferred per month, and `due` the debt for which nothing is held, yuan.
    Limits on cash and transfers lower the rate for the classes they control (ODD eq. 20).
    """
    if not moves_away(debtor, due, court, levers, setting.parameters):
        return
    gone = 0.0
    for a in range(ASSETS):
        slowed = levers.comprehensive.cash_control * setting.traits.assets[a].controlled
        part = debtor.assets[a] * rate * (1.0 - slowed)
        debtor.assets[a] -= part
        gone += part
    book(journal, Flow.DISSIPATION, gone)
    put_away(debtor, gone)


@rule
def avoided(
    debtor: Debtor, claim: Claim, need: float, levers: Levers, now: Now, journal: Journal
) -> float:
    """Sum that avoidance gets back from transfers in the look-back, at most `need`, yuan (eq. 58).

    The look-back is a number of years set by law. Earlier transfers cannot be undone.
    """
    law = levers.rule_of_law
    reached = reachable(debtor, now.month, law.avoidance_lookback)
    if reached <= 0.0 or not happens(now, Decision.AVOIDANCE, claim.id, law.avoidance):
        return 0.0
    taken = min(need, reached)
    for year in range(YEARS):
        share = within_reach(year, now.month, law.avoidance_lookback)
        debtor.transferred[year] *= 1.0 - share * taken / reached
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
    """Sum that shareholders pay once they are added as parties, at most `need`, yuan (eq. 58)."""
    if debtor.kind != Kind.FIRM or claim.added or need <= 0.0:
        return 0.0
    chance = levers.rule_of_law.added_parties
    if not happens(now, Decision.ADDED_PARTY, claim.id, chance):
        return 0.0
    claim.added = True
    taken = min(need, held_outside(debtor, procedure))
    debtor.answered += taken
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
    """After a fruitless search, turn to transfers and shareholders. Return whether money came."""
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

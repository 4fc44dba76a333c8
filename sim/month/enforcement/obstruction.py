"""Obstruction: a case is put off when its turn comes, by a local government or for a bribe."""

from sim.agents.claim import Claim
from sim.agents.court.officer import takes
from sim.agents.debtor.debtor import Debtor, evades, take_money
from sim.agents.institutions.government import interferes
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.levers.catalogue import Levers
from sim.month.shared.journal import Journal, book, count
from sim.month.shared.payment import money_at_hand
from sim.parameters import Parameters
from sim.terms import Decision, Option


@rule
def obstructed(
    debtor: Debtor,
    claim: Claim,
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> bool:
    """Whether the case is put off this month. It then waits, and the hours spent on it are lost.

    Args:
        debtor: The debtor.
        claim: The case.
        levers: Levers of the court.
        parameters: Parameters of institutions, and the noise of choices.
        now: Seed and month.
        journal: Journal in which counts are kept.
    """
    count(journal, claim, Count.TAKEN_UP, 1.0)
    return spared(debtor, claim, levers, parameters, now, journal) or bought(
        debtor, claim, levers, parameters, now, journal
    )


@rule
def spared(
    debtor: Debtor,
    claim: Claim,
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> bool:
    """Whether a local government makes the court put off a connected debtor's case (ODD eq. 85).

    If the debtor has chosen to pay, the government does nothing.
    """
    institutions = parameters.institutions
    if debtor.connections <= 0 or institutions.local_weight <= 0.0 or debtor.option == Option.PAY:
        return False
    noise = parameters.choice.noise
    chance = interferes(debtor.connections, claim.due, levers, institutions, noise)
    if not happens(now, Decision.INTERFERE, claim.id, chance):
        return False
    count(journal, claim, Count.INTERFERED, 1.0)
    claim.wait = int(institutions.interference_months)
    return True


@rule
def bought(
    debtor: Debtor,
    claim: Claim,
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> bool:
    """Whether a debtor who evades bribes an officer to put the case off (ODD eq. 83)."""
    institutions = parameters.institutions
    if institutions.bribe_share <= 0.0 or not evades(debtor.option):
        return False
    offered = min(claim.due, money_at_hand(debtor))
    chance = takes(offered, levers, institutions, parameters.choice.noise)
    if not happens(now, Decision.BRIBE, claim.id, chance):
        return False
    book(journal, Flow.BRIBE, take_money(debtor, institutions.bribe_share * offered))
    count(journal, claim, Count.BRIBED, 1.0)
    claim.wait = int(institutions.bribe_months)
    return True


@rule
def put_off(debtor: Debtor, due: float, levers: Levers, parameters: Parameters) -> float:
    """Chance that the case of a debtor who does not pay is put off when its turn comes.

    Args:
        debtor: The debtor, who knows its connections and what it could offer.
        due: Debt that the debtor does not pay, yuan.
        levers: Levers of the court.
        parameters: Parameters of institutions, and the noise of choices.
    """
    institutions = parameters.institutions
    noise = parameters.choice.noise
    asked = 0.0
    if debtor.connections > 0 and institutions.local_weight > 0.0:
        asked = interferes(debtor.connections, due, levers, institutions, noise)
    paid = 0.0
    if institutions.bribe_share > 0.0:
        paid = takes(min(due, money_at_hand(debtor)), levers, institutions, noise)
    return asked + (1.0 - asked) * paid


@rule
def unobstructed(debtor: Debtor, due: float, levers: Levers, parameters: Parameters) -> float:
    """Factor on the risk of recovery that a debtor expects if it foresees obstruction (eq. 133)."""
    foreseen = parameters.choice.foresees_obstruction
    if foreseen <= 0.0:
        return 1.0
    return 1.0 - foreseen * put_off(debtor, due, levers, parameters)

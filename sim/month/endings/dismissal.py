"""Dismissal for abuse of bankruptcy: the petition fails, and the debts are owed again.

In: a person who conceals assets in a bankruptcy proceeding. Out: creditors share the hidden assets,
the person is fined and detained, and claims can be enforced again.
"""

from sim.agents.claim import Claim, open_case
from sim.agents.debtor.debtor import ASKED, CONCEALS, FOUND, Debtor, ability, is_able, means
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT
from sim.agents.institutions.administrator import monthly
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.endings.estate import NOTHING, at_most, owed_together, pay_off, realise, share_out
from sim.month.endings.personal_bankruptcy import months_to_discharge
from sim.month.enforcement.declaration import penalise
from sim.month.sanctions.credit import enter
from sim.month.shared.journal import Journal, count, move
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import Owned, oldest_of
from sim.parameters import AssetTraits, Parameters
from sim.terms import Decision, Stage


@rule
def exposed(debtor: Debtor, levers: Levers, now: Now) -> bool:
    """Whether the administrator finds this month that assets are concealed (ODD eq. 127)."""
    if not debtor.petition & CONCEALS:
        return False
    share = levers.at_source.bankruptcy_examination
    chance = monthly(share, months_to_discharge(levers))
    return happens(now, Decision.EXAMINATION, debtor.id, chance)


@rule
def dismiss(
    debtor: Debtor,
    owned: Owned,
    assets: Records[AssetTraits],
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> None:
    """A debtor who concealed assets loses them, and its debts can be enforced again (ODD eq. 128).

    Creditors share the hidden assets before the fine is taken.
    """
    realise(debtor, assets, journal)
    hidden = at_most(owned, money_at_hand(debtor), parameters.procedure)
    about = oldest_of(owned)
    count(journal, about, Count.BANKRUPTCY_ABUSE_FOUND, 1.0)
    count(journal, about, Count.BANKRUPTCY_ABUSE_YUAN, hidden)
    share_out(debtor, owned, hidden, parameters.procedure, now, journal)
    penalise(debtor, about, True, levers, parameters.choice, journal)
    debtor.petition = ASKED | FOUND
    debtor.broken = True
    enter(debtor, -parameters.obligations.score_refusal, levers)
    debtor.prompted = True
    able = is_able(ability(max(NOTHING, owed_together(owned)), means(debtor, assets)))
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.INSOLVENT:
            give_back(owned.claims[owned.order[j]], owned.order[j], able, journal)


@rule
def give_back(claim: Claim, at: int, able: bool, journal: Journal) -> None:
    """Take a claim out of a dismissed proceeding: a former case revives, any other is unpaid again.

    The claim needs no judgment any more, because the proceeding has recognised it.
    """
    if claim.due < NOTHING:
        pay_off(claim, at, journal)
        return
    if claim.intake > 0:
        count(journal, claim, Count.REVIVED, 1.0)
        open_case(claim, able)
        claim.again = True
        move(journal, claim, at, Stage.QUEUED, claim.due)
        return
    claim.able = able
    claim.wait = 0
    claim.plan = BEFORE_ENFORCEMENT  # because the time before enforcement has been counted
    move(journal, claim, at, Stage.UNPAID, claim.due)

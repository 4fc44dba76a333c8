"""Prosecution of refusal: the public charge, the creditor's own where there is none, a sentence."""

from sim.agents.claim import Claim
from sim.agents.creditor import Creditor, accuses
from sim.agents.debtor.debtor import Debtor
from sim.agents.institutions.prosecutor import Prosecutor, charges
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.levers.catalogue import Levers
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.month.shared.journal import Journal, book, count
from sim.month.shared.state import Setting
from sim.parameters import Choice, Parameters
from sim.terms import Decision, Option


@rule
def charged(debtor: Debtor, prosecutor: Prosecutor, parameters: Parameters, now: Now) -> bool:
    """Whether the district's prosecutor charges a debtor who is reported (ODD eq. 88)."""
    room = prosecutor.room
    chance = charges(parameters.institutions, room, parameters.choice.noise)
    return happens(now, Decision.CHARGE, debtor.id, chance)


@rule
def accused(
    debtor: Debtor, about: Claim, creditor: Creditor, setting: Setting, journal: Journal
) -> bool:
    """Whether the creditor of the oldest case charges its debtor itself (自诉) and succeeds.

    Those who cannot pay are shielded by the quality of evidence here too (ODD eq. 130).
    """
    levers = setting.treatments[debtor.treatment]
    admitted = levers.special.private_prosecution
    if admitted <= 0.0:
        return False
    parameters = setting.parameters
    of = parameters.institutions
    traits = setting.traits.lenders[creditor.kind]
    willing = accuses(creditor, about.due, traits, of, parameters.choice.noise)
    if not happens(setting.now, Decision.ACCUSE, debtor.id, admitted * willing):
        return False
    about.spent += of.private_cost
    book(journal, Flow.ACCUSATION, of.private_cost)
    count(journal, about, Count.PRIVATE_CHARGES, 1.0)
    chance = of.evidence
    if debtor.option == Option.UNABLE:
        chance = of.private_error * (1.0 - levers.special.evidence)
    if not happens(setting.now, Decision.ACCUSED_VERDICT, debtor.id, chance):
        return False
    count(journal, about, Count.PRIVATE_CONVICTIONS, 1.0)
    return True


@rule
def sentence(
    debtor: Debtor, about: Claim, levers: Levers, choice: Choice, journal: Journal
) -> None:
    """A prison sentence: counted and felt; of one who cannot pay it is an error."""
    law = levers.sanctions
    count(journal, about, Count.PRISONS, 1.0)
    count(journal, about, Count.PRISON_MONTHS, law.prison_months)
    felt = law.prison_months * debtor.income * choice.prison_weight
    count(journal, about, Count.FELT_HARM, felt)
    if debtor.option == Option.UNABLE:
        count(journal, about, Count.FALSE_CONVICTIONS, 1.0)

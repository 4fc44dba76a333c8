"""Prosecution of refusal: the public charge, the creditor's own where there is none, a sentence."""

from sim.agents.claim import Claim
from sim.agents.creditor import accuses
from sim.agents.debtor.debtor import Debtor
from sim.agents.institutions.prosecutor import charges
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.month.shared.state import State, book, count
from sim.terms import Decision, Option


@rule
def charged(state: State, debtor: Debtor) -> bool:
    """Whether the district's prosecutor charges a debtor who is reported (ODD eq. 88)."""
    parameters = state.parameters[0]
    room = state.prosecutors[debtor.district].room
    chance = charges(parameters.institutions, room, parameters.choice.noise)
    return happens(state.now, Decision.CHARGE, debtor.id, chance)


@rule
def accused(state: State, debtor: Debtor, about: Claim, block: int) -> bool:
    """Whether the creditor of the oldest case charges its debtor itself (自诉) and succeeds.

    Those who cannot pay are shielded by the quality of evidence here too (ODD eq. 130).
    """
    admitted = state.levers[debtor.treatment].special.private_prosecution
    if admitted <= 0.0:
        return False
    parameters = state.parameters[0]
    of = parameters.institutions
    creditor = state.creditors[about.creditor]
    traits = state.lenders[creditor.kind]
    willing = accuses(creditor, about.due, traits, of, parameters.choice.noise)
    if not happens(state.now, Decision.ACCUSE, debtor.id, admitted * willing):
        return False
    about.spent += of.private_cost
    book(state, block, Flow.ACCUSATION, of.private_cost)
    count(state, block, about, Count.PRIVATE_CHARGES, 1.0)
    chance = of.evidence
    if debtor.option == Option.UNABLE:
        chance = of.private_error * (1.0 - state.levers[debtor.treatment].special.evidence)
    if not happens(state.now, Decision.ACCUSED_VERDICT, debtor.id, chance):
        return False
    count(state, block, about, Count.PRIVATE_CONVICTIONS, 1.0)
    return True


@rule
def sentence(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """A prison sentence: counted and felt; of one who cannot pay it is an error."""
    law = state.levers[debtor.treatment].sanctions
    count(state, block, about, Count.PRISONS, 1.0)
    count(state, block, about, Count.PRISON_MONTHS, law.prison_months)
    felt = law.prison_months * debtor.income * state.parameters[0].choice.prison_weight
    count(state, block, about, Count.FELT_HARM, felt)
    if debtor.option == Option.UNABLE:
        count(state, block, about, Count.FALSE_CONVICTIONS, 1.0)

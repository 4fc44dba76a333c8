"""Private enforcement agents at work: which cases are theirs, effort, fee and abuse."""

from sim.agents.claim import Claim
from sim.agents.debtor.belief import UNFAIR
from sim.agents.debtor.debtor import Debtor
from sim.agents.institutions.private_agent import abuse_chance, effort
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.month.shared.state import State, book, count
from sim.terms import Decision


@rule
def private(state: State, claim: Claim) -> bool:
    """Whether private agents pursue the case: drawn once a claim, by their share of cases."""
    share = state.levers[claim.treatment].collaborative.private_agents
    return happens(Now(state.now.seed, 0), Decision.AGENT, claim.id, share)


@rule
def agent_effort(state: State, claim: Claim) -> float:
    """Share of failed inquiries that the agent of a case avoids; none without one."""
    if not private(state, claim):
        return 0.0
    fee = state.levers[claim.treatment].collaborative.private_agents_fee
    return effort(fee, state.parameters[0].procedure)


@rule
def abuse(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """A private seizure may be abused: felt as harm, and as unfair."""
    procedure = state.parameters[0].procedure
    fee = state.levers[claim.treatment].collaborative.private_agents_fee
    if happens(state.now, Decision.ABUSE, claim.id, abuse_chance(fee, procedure)):
        debtor.events |= UNFAIR
        count(state, block, claim, Count.AGENT_ABUSES, 1.0)
        count(state, block, claim, Count.FELT_HARM, procedure.agent_harm * debtor.income)


@rule
def agent_fee(state: State, claim: Claim, recovered: float, block: int) -> float:
    """The agent's share of what is recovered, paid before the creditors, yuan (ODD eq. 60)."""
    if not private(state, claim):
        return 0.0
    fee = recovered * state.levers[claim.treatment].collaborative.private_agents_fee
    book(state, block, Flow.AGENT_FEE, fee)
    count(state, block, claim, Count.AGENT_CASES, 1.0)
    count(state, block, claim, Count.AGENT_PAID, fee)
    return fee

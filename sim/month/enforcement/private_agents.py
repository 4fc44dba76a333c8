"""Private enforcement agents at work: which cases are theirs, effort, fee and abuse."""

from sim.agents.claim import Claim
from sim.agents.debtor.belief import UNFAIR
from sim.agents.debtor.debtor import Debtor
from sim.agents.institutions.private_agent import abuse_chance, effort
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.levers.catalogue import Levers
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.month.shared.journal import Journal, book, count
from sim.parameters import Procedure
from sim.terms import Decision


@rule
def private(claim: Claim, levers: Levers, now: Now) -> bool:
    """Whether private agents pursue the case: drawn once a claim, by their share of cases."""
    share = levers.collaborative.private_agents
    return happens(Now(now.seed, 0), Decision.AGENT, claim.id, share)


@rule
def agent_effort(claim: Claim, levers: Levers, procedure: Procedure, now: Now) -> float:
    """Share of failed inquiries that the agent of a case avoids; none without one."""
    if not private(claim, levers, now):
        return 0.0
    fee = levers.collaborative.private_agents_fee
    return effort(fee, procedure)


@rule
def abuse(
    debtor: Debtor, claim: Claim, levers: Levers, procedure: Procedure, now: Now, journal: Journal
) -> None:
    """A private seizure may be abused: felt as harm, and as unfair."""
    fee = levers.collaborative.private_agents_fee
    if happens(now, Decision.ABUSE, claim.id, abuse_chance(fee, procedure)):
        debtor.events |= UNFAIR
        count(journal, claim, Count.AGENT_ABUSES, 1.0)
        count(journal, claim, Count.FELT_HARM, procedure.agent_harm * debtor.income)


@rule
def agent_fee(claim: Claim, recovered: float, levers: Levers, now: Now, journal: Journal) -> float:
    """The agent's share of what is recovered, paid before the creditors, yuan (ODD eq. 60)."""
    if not private(claim, levers, now):
        return 0.0
    fee = recovered * levers.collaborative.private_agents_fee
    book(journal, Flow.AGENT_FEE, fee)
    count(journal, claim, Count.AGENT_CASES, 1.0)
    count(journal, claim, Count.AGENT_PAID, fee)
    return fee

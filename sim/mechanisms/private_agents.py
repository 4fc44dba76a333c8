"""Private enforcement agents (执行权市场化): they pursue a share of cases for a share of proceeds.

Their efforts find assets where the court's inquiries fail, their fee is deducted before creditors
are paid, and they may abuse their power in a seizure.
"""

import math
from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.engine.record import Quantity as Q
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import assets_seized, court_hours, fees_first, inquiry_effort
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.court.court import is_search
    from sim.agents.debtor.belief import UNFAIR
    from sim.agents.debtor.debtor import Debtor
    from sim.books.counts import Count
    from sim.engine.draw import Now, happens
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import Journal, book, count
    from sim.parameters import Procedure
    from sim.terms import Stage

# ---------------------------------------------------------------- declarations

AGENTS = Mechanism(
    title="Private enforcement agents",
    zh="执行权市场化",
    summary="Private agents pursue a share of cases for a share of what is recovered: they find "
    "more assets, cost creditors a fee, and sometimes abuse their power.",
)


@AGENTS.add_to("collaborative")
class Market:
    """The levers that set agents' share of cases, their fee and their powers."""

    private_agents: Annotated[
        float,
        Lever(
            title="Private enforcement agents",
            zh="执行权市场化",
            unit="share of cases pursued by private agents",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H+",
            passage="5.2",
            source="investigation and disposal by lawyers and others; assumed",
        ),
    ] = 0.0
    private_agents_fee: Annotated[
        float,
        Lever(
            title="Fee of private agents",
            zh="市场化执行报酬",
            unit="share of what is recovered",
            low=0.0,
            high=0.5,
            off=0.0,
            reads="claim",
            expected="R± H+",
            passage="5.2",
            bites={"collaborative.private_agents": 1.0},
            source="value assumed; plausible range considered: .05 to .3",
        ),
    ] = 0.1
    private_agents_disposal: Annotated[
        float,
        Lever(
            title="Disposal by private agents",
            zh="让渡财产处分权",
            unit="share of agents' cases in which they may sell attached goods",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="5.2",
            bites={
                "collaborative.private_agents": 1.0,
                "procedure.agent_hours": 1.0,
                "comprehensive.officers": 0.1,
            },
            source="the article proposes disposal by lawyers and others; value assumed",
        ),
    ] = 0.0


PURSUED = {
    "collaborative.private_agents": 1.0,
    "collaborative.private_agents_fee": 0.3,
    "comprehensive.officers": 0.6,
}
"""Settings, by path, of a world in which the parameters below matter."""


@AGENTS.add_to("procedure")
class Shapes:
    """Parameters of how an agent's effort and abuse depend on its fee."""

    agent_reach: Annotated[
        float,
        Q(
            unit="share of failed inquiries avoided by full effort of a private agent",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=PURSUED,
        ),
    ] = 0.5
    agent_scale: Annotated[
        float,
        Q(
            unit="fee at which effort is 63 % of full effort",
            low=0.001,
            high=1.0,
            source="assumed: effort concave in the fee",
            bites=PURSUED,
        ),
    ] = 0.1
    agent_hours: Annotated[
        float,
        Q(
            unit="share of officers' hours for a step that an agent provides instead",
            low=0.0,
            high=1.0,
            source="assumed: officers do all the work",
            bites=PURSUED | {"comprehensive.officers": 0.1},
        ),
    ] = 0.0
    agent_abuse: Annotated[
        float,
        Q(
            unit="probability of abuse per seizure, divided by the square of the fee",
            low=0.0,
            high=100.0,
            source="assumed: abuse convex in the fee",
            bites=PURSUED,
        ),
    ] = 2.0
    agent_harm: Annotated[
        float,
        Q(
            unit="harm done by an abuse, months of income",
            low=0.0,
            high=60.0,
            source="assumed",
            bites=PURSUED,
        ),
    ] = 1.0


market_of = AGENTS.view(Market)
shapes_of = AGENTS.view(Shapes)

AGENT = AGENTS.decision("agent", 171)
ABUSE = AGENTS.decision("abuse", 172)
DISPOSAL = AGENTS.decision("disposal", 173)

FEE = AGENTS.flow(
    "agent_fee", Account.ESCROW, Account.PROFESSIONALS, "fees of private enforcement agents"
)

CASES = AGENTS.count("agent_cases")
PAID = AGENTS.count("agent_paid")
ABUSES = AGENTS.count("agent_abuses")

# ---------------------------------------------------------------- rules


@rule
def effort(fee: float, procedure: "Procedure") -> float:
    """Share of failed inquiries avoided: reach·(1 − exp(−fee/scale)) (ODD eq. 60)."""
    shapes = shapes_of(procedure)
    return shapes.agent_reach * (1.0 - math.exp(-fee / shapes.agent_scale))


@rule
def abuse_chance(fee: float, procedure: "Procedure") -> float:
    """Chance of abuse in a seizure: min(1, κ·fee²), with κ `agent_abuse` (ODD eq. 60)."""
    return min(1.0, shapes_of(procedure).agent_abuse * fee * fee)


@rule
def private(claim: "Claim", levers: "Levers", now: "Now") -> bool:
    """Whether a private agent pursues the case: drawn once per claim."""
    share = market_of(levers.collaborative).private_agents
    return happens(Now(now.seed, 0), AGENT, claim.id, share)


@rule
def fee_share(levers: "Levers") -> float:
    """An agent's share of what is recovered."""
    return market_of(levers.collaborative).private_agents_fee


@AGENTS.at(inquiry_effort)
def agent_effort(
    share: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Share of failed inquiries avoided, with the effort of the case's agent, if any, added."""
    if not private(claim, levers, now):
        return share
    fee = fee_share(levers)
    return share + (1.0 - share) * effort(fee, procedure)


@AGENTS.at(court_hours)
def hours_left_to_officers(
    hours: float, claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now"
) -> float:
    """Hours that officers need for a step in a case with an agent (ODD eq. 60).

    Agents search and seize; they sell only in cases in which they have this right.
    """
    brought = shapes_of(procedure).agent_hours
    if brought <= 0.0 or not private(claim, levers, now):
        return hours
    may_sell = market_of(levers.collaborative).private_agents_disposal
    theirs = is_search(claim.stage)
    if claim.stage == Stage.SEIZED:
        theirs = happens(Now(now.seed, 0), DISPOSAL, claim.id, may_sell)
    return hours * (1.0 - brought) if theirs else hours


@AGENTS.at(assets_seized)
def abuse(
    debtor: "Debtor",
    claim: "Claim",
    levers: "Levers",
    procedure: "Procedure",
    now: "Now",
    journal: "Journal",
) -> None:
    """Draw whether the agent abuses its power, which harms the debtor and seems unfair to it."""
    if not private(claim, levers, now):
        return
    fee = fee_share(levers)
    if happens(now, ABUSE, claim.id, abuse_chance(fee, procedure)):
        debtor.events |= UNFAIR
        count(journal, claim, ABUSES, 1.0)
        harm = shapes_of(procedure).agent_harm * debtor.income
        count(journal, claim, Count.FELT_HARM, harm)


@AGENTS.at(fees_first)
def agent_fee(
    fees: float,
    claim: "Claim",
    recovered: float,
    levers: "Levers",
    now: "Now",
    journal: "Journal",
) -> float:
    """Add the agent's share of the sum recovered to the fees, yuan (ODD eq. 60)."""
    if not private(claim, levers, now):
        return fees
    fee = recovered * fee_share(levers)
    book(journal, FEE, fee)
    count(journal, claim, CASES, 1.0)
    count(journal, claim, PAID, fee)
    return fees + fee


# ---------------------------------------------------------------- what is reported

AGENTS.payment("agents", "private enforcement agents", "市场化执行人", FEE)

AGENTS.equation(
    60,
    "private enforcement agents",
    r"""
(`effort`, `abuse_chance`, `hours_left_to_officers`). Private agents pursue a share
`collaborative.private_agents` of claims for a share $\varphi$ = `private_agents_fee` of what is
paid out, deducted before creditors are paid. In these cases, a share
$`\text{reach}\,(1-e^{-\varphi/\text{scale}})`$ of failed inquiries succeeds after all
(`agent_reach`, `agent_scale`), and a seizure is abused with chance $`\min(1,\kappa\varphi^2)`$
(`agent_abuse`), which is felt as a harm of `agent_harm` months of income and as unfair. Agents
provide the share `agent_hours` of the hours for searching and seizing and, in a share
`private_agents_disposal` of their cases, of the hours for selling; a case that needs no officer
does not wait for one. With these functions, a creditor's share
$(1-\varphi)(c+(1-c)\,\text{effort})$ of the money that can be recovered is largest at a fee inside
the range if the coverage $c$ of the courts' own inquiries is moderate, and at no fee if courts find
nearly everything: the optimum follows from the assumed functions and is not evidence for them.
""",
)

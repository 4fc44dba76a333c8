"""Holders of debtors' assets (banks, platforms, registries), which answer or stall inquiries."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Assisting(NamedTuple):
    """What a holder gains and risks if it stalls an inquiry about a client, yuan."""

    relationship: float
    liability: float
    fine: float


@rule
def assisting(balance: float, due: float, levers: Levers, institutions: Institutions) -> Assisting:
    """Gain: relationship·balance; costs: liability·proof·loss, and the fine (ODD eq. 84).

    Args:
        balance: The debtor's assets with the holder, yuan.
        due: Amount of the claim, yuan, which bounds the loss caused by stalling.
        levers: Levers of the claim.
        institutions: Parameters of institutions.
    """
    return Assisting(
        institutions.relationship * balance,
        levers.rule_of_law.assistance_liability * institutions.proof * min(balance, due),
        raised(institutions.proof, levers.special.anti_passive_assistance)
        * institutions.assist_fine,
    )


@rule
def stalls(
    balance: float, due: float, levers: Levers, institutions: Institutions, noise: float
) -> float:
    """Chance that the holder of a client's assets stalls an inquiry."""
    terms = assisting(balance, due, levers, institutions)
    return inclination(terms.relationship, terms.liability + terms.fine, noise)

"""Holders of debtors' assets (banks, platforms, registries), who assist or stall."""

from typing import NamedTuple

from sim.agents.institutions.institution import inclination, raised
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.parameters import Institutions


class Assisting(NamedTuple):
    """Gain and cost, to a holder, of stalling an inquiry about a client, yuan."""

    relationship: float
    liability: float
    fine: float


@rule
def assisting(balance: float, due: float, levers: Levers, of: Institutions) -> Assisting:
    """Relation·balance against liability·proof·loss and the fine (ODD eq. 84).

    Args:
        balance: The debtor's assets with the holder, yuan.
        due: Amount of the claim, yuan, which bounds the loss caused by stalling.
        levers: Levers of the claim.
        of: Parameters of institutions.
    """
    return Assisting(
        of.relationship * balance,
        levers.rule_of_law.assistance_liability * of.proof * min(balance, due),
        raised(of.proof, levers.special.anti_passive_assistance) * of.assist_fine,
    )


@rule
def stalls(balance: float, due: float, levers: Levers, of: Institutions, noise: float) -> float:
    """Chance that the holder of a client's assets stalls an inquiry."""
    it = assisting(balance, due, levers, of)
    return inclination(it.relationship, it.liability + it.fine, noise)

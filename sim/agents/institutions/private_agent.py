"""Private enforcement agents: effort and abuse as functions of the fee."""

import math

from sim.engine.compile import rule
from sim.parameters import Procedure


@rule
def effort(fee: float, procedure: Procedure) -> float:
    """Share of failed inquiries avoided: reach·(1 − exp(−fee/scale)), concave (ODD eq. 60)."""
    return procedure.agent_reach * (1.0 - math.exp(-fee / procedure.agent_scale))


@rule
def abuse_chance(fee: float, procedure: Procedure) -> float:
    """Chance that a seizure is abused: min(1, κ·fee²), convex (ODD eq. 60)."""
    return min(1.0, procedure.agent_abuse * fee * fee)

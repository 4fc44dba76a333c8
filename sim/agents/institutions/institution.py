"""How an institution weighs gain against cost: the chance that it acts is a logistic function.

The noise parameter is the same as for debtors. Here it is a share of gain plus cost.
"""

from sim.engine.compile import rule
from sim.engine.draw import logistic


@rule
def inclination(gain: float, cost: float, noise: float) -> float:
    """Chance of an act with this gain and cost (ODD eq. 80).

    Λ((gain − cost)/(noise·(gain + cost))) with Λ the logistic function; 0 if there is no gain.

    Args:
        gain: Gain, yuan.
        cost: Expected cost, yuan.
        noise: `choice.noise`, as a share of gain plus cost.
    """
    if gain <= 0.0:
        return 0.0
    scale = noise * (gain + cost)
    if scale <= 0.0:
        return 1.0 if gain > cost else 0.0
    return logistic((gain - cost) / scale)


@rule
def raised(base: float, lever: float) -> float:
    """A chance raised towards certainty by a lever: base + (1 − base)·lever."""
    return base + (1.0 - base) * lever


@rule
def room(capacity: float, wanted: float) -> float:
    """Share of the wanted amount that capacity allows, in [0, 1]; 1 if nothing is wanted."""
    return min(1.0, capacity / wanted) if wanted > 0.0 else 1.0

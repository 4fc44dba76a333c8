"""How an institution weighs: a logistic choice on a ledger in yuan a month.

The noise is that of debtors: a share of what is in the balance.
"""

from sim.engine.compile import rule
from sim.engine.draw import logistic


@rule
def inclination(gain: float, cost: float, noise: float) -> float:
    """Chance of doing what brings `gain` and costs `cost` (ODD eq. 80).

    Λ((gain − cost)/(noise·(gain + cost))); zero where nothing is to be gained.

    Args:
        gain: What it brings, yuan a month.
        cost: What it is feared to cost, yuan a month.
        noise: `choice.noise`, a share of what is in the balance.
    """
    if gain <= 0.0:
        return 0.0
    scale = noise * (gain + cost)
    if scale <= 0.0:
        return 1.0 if gain > cost else 0.0
    return logistic((gain - cost) / scale)


@rule
def raised(base: float, lever: float) -> float:
    """A chance that a lever raises towards certainty: base + (1 − base)·lever."""
    return base + (1.0 - base) * lever

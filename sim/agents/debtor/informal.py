"""Despair: who has lived under broad restrictions for long goes over to cash and informal work."""

import math

from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.weigh import breadth
from sim.engine.compile import rule
from sim.engine.draw import Now, uniform
from sim.levers.catalogue import Levers
from sim.parameters import Economy, KindTraits
from sim.terms import Decision


@rule
def pushed_out(
    debtor: Debtor, kind: KindTraits, levers: Levers, economy: Economy, seed: int
) -> bool:
    """Whether restrictions have pushed a listed debtor out of the formal economy (ODD eq. 163).

    After a months on the list 1 − (1 − δ·(S − S₀)+)^a of the listed have left. Each debtor has one
    draw for a spell of debt, so that nothing has to be remembered: who has left comes back when
    the entry ends or restrictions become narrower.
    """
    if not debtor.on_list or economy.despair <= 0.0:
        return False
    hazard = economy.despair * max(0.0, breadth(kind, levers) - economy.despair_floor)
    if hazard <= 0.0:
        return False
    stays = math.pow(1.0 - hazard, float(debtor.listed))
    return uniform(Now(seed, 0), Decision.DESPAIR, debtor.id, debtor.spell) > stays


@rule
def informal_loss(debtor: Debtor, economy: Economy) -> float:
    """Income that informal work does not bring, yuan a month (ODD eq. 163)."""
    return economy.informal_loss * debtor.usual * math.exp(debtor.deviation)

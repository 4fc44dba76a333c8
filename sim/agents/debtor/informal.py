"""Despair: after a long time under broad restrictions, debtors turn to informal work for cash."""

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

    By month a on the list, the share 1 − (1 − δ·(S − S₀)+)^a of listed debtors has left. Here δ is
    `despair`, S the breadth of restrictions and S₀ `despair_floor`.

    Each debtor has one random number per spell (period with enforceable debt), so that no state is
    stored. Whoever has left returns when the entry ends, or when restrictions become narrow enough.
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
    """Income lost by working informally, yuan per month (ODD eq. 163)."""
    return economy.informal_loss * debtor.usual * math.exp(debtor.deviation)

"""The chain of a case: find the person, find the assets, control, sell (ODD eq. 52).

Paying out never fails, so it is not a link. If `procedure.chain_exponent` is 0, every step has its
own chance of success. Otherwise every step has the same chance: the power mean of the four. The
chance of the whole chain is then the fourth power of this mean.
"""

from sim.agents.claim import Claim
from sim.agents.court.auction import sale_chance
from sim.agents.court.chain import power_mean
from sim.agents.court.court import Registry, coverage, succeeds
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.evasion import Hiding, class_chance, hiding, resistance
from sim.month.shared.state import Setting
from sim.terms import LIQUID


@rule
def asset_link(
    debtor: Debtor, claim: Claim, how: Hiding, registries: Records[Registry], levers: Levers
) -> float:
    """Share of the debtor's assets, by value, that an attempt is expected to find.

    Goods already attached are included.

    Args:
        debtor: The debtor.
        claim: The case.
        how: How the debtor hides assets; see `sim.month.shared.evasion.hiding`.
        registries: Registries, with the share of each class that can be hidden.
        levers: Levers of the claim.
    """
    total = 0.0
    found = 0.0
    for k in range(ASSETS):
        held = debtor.assets[k]
        if k >= LIQUID:
            held += claim.attached[k - LIQUID]
        total += held
        found += held * class_chance(debtor, k, coverage(k, levers), how, registries)
    return found / total if total > 0.0 else 0.0


@rule
def mean_link(
    debtor: Debtor, claim: Claim, registries: Records[Registry], setting: Setting
) -> float:
    """Chance of each of the four steps of a case if the exponent is not 0."""
    levers = setting.treatments[claim.treatment]
    procedure = setting.parameters.procedure
    evasions = setting.traits.evasions
    return power_mean(
        levers.comprehensive.find_person,
        asset_link(debtor, claim, hiding(debtor, levers, setting), registries, levers),
        succeeds(procedure.control, levers) * resistance(debtor.option, evasions),
        sale_chance(0, False, procedure, levers),
        procedure.chain_exponent,
    )

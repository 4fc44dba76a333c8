"""The chain of a case: find the person, find the assets, control, sell (ODD eq. 52).

Paying out never fails, so it is no link. With `procedure.chain_exponent` 0 every step has its own
chance; otherwise each has the power mean of the four, so that together they come to the chain's.
"""

from sim.agents.claim import Claim
from sim.agents.court.auction import sale_chance
from sim.agents.court.chain import power_mean
from sim.agents.court.court import coverage, succeeds
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.month.shared.evasion import class_chance, resistance
from sim.month.shared.state import State
from sim.terms import LIQUID


@rule
def asset_link(state: State, debtor: Debtor, claim: Claim) -> float:
    """Chance that an attempt finds a yuan of what the debtor owns, or is attached already."""
    levers: Levers = state.levers[claim.treatment]
    total = 0.0
    found = 0.0
    for k in range(ASSETS):
        held = debtor.assets[k]
        if k >= LIQUID:
            held += claim.attached[k - LIQUID]
        total += held
        found += held * class_chance(
            state, debtor, k, coverage(k, levers), levers.rule_of_law.avoidance
        )
    return found / total if total > 0.0 else 0.0


@rule
def mean_link(state: State, debtor: Debtor, claim: Claim) -> float:
    """Chance that stands for each step of this case when the exponent is not 0."""
    procedure = state.parameters[0].procedure
    levers: Levers = state.levers[claim.treatment]
    return power_mean(
        levers.comprehensive.find_person,
        asset_link(state, debtor, claim),
        succeeds(procedure.control, levers) * resistance(state, debtor.option),
        sale_chance(0, False, procedure, levers),
        procedure.chain_exponent,
    )

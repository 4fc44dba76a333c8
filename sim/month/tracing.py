"""Tracing: the person is sought, and the network is asked about each class of assets."""

from sim.agents.claim import Claim
from sim.agents.court import coverage
from sim.agents.debtor import ASSETS, Debtor
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.chain import asset_link, mean_link
from sim.month.declaration import declared_classes, declares
from sim.month.evasion import class_chance
from sim.month.private_agents import agent_effort
from sim.month.state import State, count, move
from sim.month.tally import Count
from sim.month.transfer import reach_beyond
from sim.terms import Decision, Stage

WORTH_SEIZING = 0.01
"""Share of a claim below which what was found is not worth a seizure."""


@rule
def found_classes(state: State, debtor: Debtor, claim: Claim, block: int) -> int:
    """Classes of assets that an attempt finds, as bits; each answer is one draw (ODD eq. 16)."""
    levers = state.levers[claim.treatment]
    exponent = state.setting[0].procedure.chain_exponent
    mine = asset_link(state, debtor, claim) if exponent != 0.0 else 0.0
    mean = mean_link(state, debtor, claim) if exponent != 0.0 else 0.0
    extra = agent_effort(state, claim)
    found = 0
    for k in range(ASSETS):
        registry = claim.district * ASSETS + k
        state.inquiries[block, registry, 0] += 1.0
        chance = class_chance(state, debtor, k, coverage(k, levers), levers.rule_of_law.avoidance)
        if exponent != 0.0:
            chance = min(1.0, chance * mean / mine) if mine > 0.0 else mean
        chance += (1.0 - chance) * extra
        if debtor.assets[k] > 0.0 and happens(state.now, Decision.FIND_ASSET, claim.id, chance, k):
            found |= 1 << k
            state.inquiries[block, registry, 1] += 1.0
            state.inquiries[block, registry, 2] += debtor.assets[k]
    return found


@kernel
def trace(state: State, first: int, last: int) -> None:
    """One attempt for each case served: found something worth seizing, or wait for the next."""
    procedure = state.setting[0].procedure
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        block = k // state.block
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            claim = state.claims[at]
            if not claim.served or claim.stage != Stage.QUEUED:
                continue
            claim.served = False
            claim.attempts += 1
            claim.found = 0
            count(state, block, claim, Count.TRACES, 1.0)
            levers = state.levers[claim.treatment]
            value = 0.0
            person = levers.comprehensive.find_person
            if procedure.chain_exponent != 0.0:
                person = mean_link(state, debtor, claim)
            if declares(state, state.hand_owners[k], claim, block):
                claim.found = declared_classes(debtor)
            elif happens(state.now, Decision.FIND_PERSON, claim.id, person):
                claim.found = found_classes(state, debtor, claim, block)
            for c in range(ASSETS):
                if claim.found & (1 << c):
                    value += debtor.assets[c]
            if value >= WORTH_SEIZING * claim.due and value > 0.0:
                count(state, block, claim, Count.TRACES_HIT, 1.0)
                move(state, at, Stage.TRACED, value)
            elif not reach_beyond(state, debtor, at, block):
                claim.fruitless += 1
                claim.wait = int(procedure.retrace)

"""Tracing: the person is sought, and the network is asked about each class of assets."""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.court import coverage
from sim.agents.court.standard import ASKED, HEARD, PROPERTY, SOUGHT
from sim.agents.creditor import worth_investigating
from sim.agents.debtor.belief import UNFAIR
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.institutions.bank import stalls
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, uniform
from sim.mechanisms.base.points import inquiry_effort
from sim.month.enforcement.declaration import declared_classes, declares
from sim.month.enforcement.obstruction import obstructed
from sim.month.enforcement.transfer import reach_beyond
from sim.month.shared.chain import asset_link, mean_link
from sim.month.shared.evasion import class_chance
from sim.month.shared.state import State, book, count, move
from sim.terms import Asset, Decision, Option, Stage

WORTH_SEIZING = 0.01
"""Share of a claim below which what was found is not worth a seizure."""


IN_VAIN = -1.0
"""What a mistaken word brings in place of yuan: the search that follows it takes a month."""
STALLED = 1 << ASSETS
"""Bit beside those of the classes found: a holder stalled."""


@rule
def whole_months(state: State, claim: Claim, months: float) -> int:
    """A waiting time in whole months; a part of a month is one, with that chance."""
    whole = int(months)
    if months > whole and happens(state.now, Decision.LATENCY, claim.id, months - whole):
        return whole + 1
    return whole


@rule
def next_attempt(state: State, claim: Claim) -> int:
    """Months until the network is asked again: fewer when it asks by itself (ODD eq. 84)."""
    often = 1.0 - state.levers[claim.treatment].collaborative.trace_frequency
    return whole_months(state, claim, int(state.parameters[0].procedure.retrace) * often)


@rule
def delay(state: State, claim: Claim) -> int:
    """Months that a stalled inquiry takes longer: fewer when bodies are coordinated."""
    alone = 1.0 - state.levers[claim.treatment].comprehensive.coordination
    return whole_months(state, claim, state.parameters[0].institutions.assist_delay * alone)


@rule
def client(state: State, debtor: Debtor, asset: int) -> bool:
    """Whether the holder of a class of a debtor's assets wants to keep the debtor: for good."""
    share = state.parameters[0].institutions.client_share
    return uniform(Now(state.now.seed, 0), Decision.CLIENT, debtor.id, asset) < share


@rule
def stalled(state: State, debtor: Debtor, claim: Claim, asset: int) -> bool:
    """Whether the holder of a class of assets, which knows them, keeps that to itself."""
    of = state.parameters[0].institutions
    if of.relationship <= 0.0 or asset == Asset.CASH or not client(state, debtor, asset):
        return False
    levers = state.levers[claim.treatment]
    noise = state.parameters[0].choice.noise
    chance = stalls(debtor.assets[asset], claim.due, levers, of, noise)
    return happens(state.now, Decision.ASSIST, claim.id, chance, asset)


@rule
def found_classes(state: State, debtor: Debtor, claim: Claim, block: int) -> int:
    """Classes of assets that an attempt finds, as bits; each answer is one draw (ODD eq. 16).

    A holder that stalls leaves the bit `STALLED`, and nothing is found with it (ODD eq. 84).
    """
    levers = state.levers[claim.treatment]
    exponent = state.parameters[0].procedure.chain_exponent
    mine = asset_link(state, debtor, claim) if exponent != 0.0 else 0.0
    mean = mean_link(state, debtor, claim) if exponent != 0.0 else 0.0
    extra = inquiry_effort(0.0, state, claim)
    found = 0
    for k in range(ASSETS):
        registry = claim.district * ASSETS + k
        state.inquiries[block, registry, 0] += 1.0
        chance = class_chance(state, debtor, k, coverage(k, levers), levers.rule_of_law.avoidance)
        if exponent != 0.0:
            chance = min(1.0, chance * mean / mine) if mine > 0.0 else mean
        chance += (1.0 - chance) * extra
        if debtor.assets[k] > 0.0 and happens(state.now, Decision.FIND_ASSET, claim.id, chance, k):
            if stalled(state, debtor, claim, k):
                found |= STALLED
                state.inquiries[block, registry, 3] += 1.0
                count(state, block, claim, Count.INQUIRIES_STALLED, 1.0)
                continue
            found |= 1 << k
            state.inquiries[block, registry, 1] += 1.0
            state.inquiries[block, registry, 2] += debtor.assets[k]
    return found


@rule
def ask_trial_court(state: State, claim: Claim, block: int) -> None:
    """A judgment that cannot be enforced as it reads goes back; meanwhile the case waits."""
    claim.ambiguous = False
    claim.wait = int(state.parameters[0].pursuit.clarify)
    count(state, block, claim, Count.UNCLEAR, 1.0)


@rule
def investigate(state: State, debtor: Debtor, claim: Claim, block: int) -> float:
    """The creditor's lawyer looks where the network did not; yuan found (ODD eq. 35)."""
    ordered = state.levers[claim.treatment].collaborative.investigation_order
    if not happens(state.now, Decision.INVESTIGATE, claim.id, ordered):
        return 0.0
    pursuit = state.parameters[0].pursuit
    creditor = state.creditors[claim.creditor]
    if not worth_investigating(creditor, claim.due, state.lenders[creditor.kind], pursuit):
        return 0.0
    claim.spent += pursuit.order_fee
    book(state, block, Flow.INVESTIGATION, pursuit.order_fee)
    count(state, block, claim, Count.ORDERS, 1.0)
    avoidance = state.levers[claim.treatment].rule_of_law.avoidance
    value = 0.0
    for k in range(ASSETS):
        chance = class_chance(state, debtor, k, pursuit.order_reach, avoidance)
        known = claim.found & (1 << k)
        if not known and happens(state.now, Decision.INVESTIGATE_FIND, claim.id, chance, k):
            claim.found |= 1 << k
            value += debtor.assets[k]
    return value


@rule
def hear_tip(state: State, debtor: Debtor, claim: Claim, block: int) -> float:
    """Someone who knows tells of the debtor's largest holding, hidden or not; yuan found."""
    offered = state.levers[claim.treatment].collaborative.bounty
    chance = state.parameters[0].pursuit.tips * offered
    if not happens(state.now, Decision.BOUNTY, claim.id, chance):
        return 0.0
    best = 0
    for k in range(1, ASSETS):
        if debtor.assets[k] > debtor.assets[best]:
            best = k
    if debtor.assets[best] <= 0.0 or claim.found & (1 << best):
        return 0.0
    claim.found |= 1 << best
    claim.tipped = True
    count(state, block, claim, Count.TIPS, 1.0)
    return debtor.assets[best]


@rule
def hear_witness(state: State, debtor: Debtor, claim: Claim, block: int) -> float:
    """A neighbour tells of the largest thing it can see; yuan found (ODD eq. 140).

    Money in accounts and securities is not to be seen. A mistaken word is `IN_VAIN`, and unfair to
    one who cannot pay.
    """
    willing = state.levers[claim.treatment].collaborative.witnesses
    if not happens(state.now, Decision.WITNESS, claim.id, willing):
        return 0.0
    if happens(state.now, Decision.WITNESS, claim.id, state.parameters[0].pursuit.mistaken, 1):
        count(state, block, claim, Count.WITNESSED_WRONGLY, 1.0)
        if debtor.option == Option.UNABLE:
            debtor.events |= UNFAIR
        return IN_VAIN
    best = Asset.CASH.value
    for k in (Asset.REALTY.value, Asset.VEHICLES.value):
        if debtor.assets[k] > debtor.assets[best]:
            best = k
    if debtor.assets[best] <= 0.0 or claim.found & (1 << best):
        return 0.0
    claim.found |= 1 << best
    count(state, block, claim, Count.WITNESSED, 1.0)
    return debtor.assets[best]


@rule
def attempt(state: State, debtor: Debtor, at: int, block: int) -> None:
    """One attempt: something worth seizing is found, or the case waits for the next."""
    procedure = state.parameters[0].procedure
    claim = state.claims[at]
    if obstructed(state, debtor, claim, block):
        return
    if claim.ambiguous:
        ask_trial_court(state, claim, block)
        return
    claim.attempts += 1
    claim.checks |= SOUGHT
    if happens(state.now, Decision.HEARING, claim.id, procedure.hearing):
        claim.checks |= HEARD
    claim.found = 0
    count(state, block, claim, Count.TRACES, 1.0)
    levers = state.levers[claim.treatment]
    value = 0.0
    late = 0
    person = levers.comprehensive.find_person
    if procedure.chain_exponent != 0.0:
        person = mean_link(state, debtor, claim)
    if declares(state, claim.debtor, claim, block):
        claim.found = declared_classes(debtor)
    elif happens(state.now, Decision.FIND_PERSON, claim.id, person):
        answer = found_classes(state, debtor, claim, block)
        claim.found = answer & (STALLED - 1)
        if not answer & STALLED:
            claim.checks |= ASKED
        late = delay(state, claim) if answer & STALLED else 0
    for c in range(ASSETS):
        if claim.found & (1 << c):
            value += debtor.assets[c]
    if value < WORTH_SEIZING * claim.due:
        value += investigate(state, debtor, claim, block)
    if value < WORTH_SEIZING * claim.due:
        value += hear_tip(state, debtor, claim, block)
    if value < WORTH_SEIZING * claim.due:
        told = hear_witness(state, debtor, claim, block)
        if told < 0.0:
            late += 1
        else:
            value += told
    if value >= WORTH_SEIZING * claim.due and value > 0.0:
        count(state, block, claim, Count.TRACES_HIT, 1.0)
        claim.wait = late
        claim.checks |= PROPERTY
        move(state, at, Stage.TRACED, value)
    elif not reach_beyond(state, debtor, at, block):
        claim.fruitless += 1
        claim.wait = next_attempt(state, claim) + late


@kernel
def trace(state: State, first: int, last: int) -> None:
    """One attempt for each queued case whose turn it is."""
    for k in range(first, last):
        debtor = state.debtors[state.hand_owners[k]]
        for j in range(state.hand_starts[k], state.hand_starts[k + 1]):
            at = state.hand_order[j]
            if takes_turn(state.claims[at], Stage.QUEUED.value):
                attempt(state, debtor, at, k // state.block)

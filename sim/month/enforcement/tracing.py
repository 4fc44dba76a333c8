"""Tracing: officers look for the debtor and ask the network about each class of assets."""

from sim.agents.claim import Claim, takes_turn
from sim.agents.court.court import Court, Registry, coverage, with_effort
from sim.agents.court.standard import ASKED, HEARD, PROPERTY, SOUGHT
from sim.agents.creditor import Creditor, worth_investigating
from sim.agents.debtor.belief import UNFAIR
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.agents.institutions.bank import stalls
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, uniform
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import inquiry_effort, stalling
from sim.month.enforcement.declaration import declared_classes, declares
from sim.month.enforcement.obstruction import obstructed
from sim.month.enforcement.transfer import reach_beyond
from sim.month.shared.chain import asset_link, mean_link
from sim.month.shared.evasion import class_chance, hiding
from sim.month.shared.journal import (
    ANSWERED,
    HELD_BACK,
    INQUIRED,
    YUAN_FOUND,
    Journal,
    at_row,
    book,
    count,
    count_inquiry,
    move,
)
from sim.month.shared.police import with_police
from sim.month.shared.state import Setting, State, Surroundings, setting_of, surroundings_of
from sim.parameters import Institutions, Parameters, Procedure, Pursuit
from sim.terms import Asset, Decision, Option, Stage

WORTH_SEIZING = 0.01
"""Share of a claim that assets must be worth before they are seized."""


IN_VAIN = -1.0
"""If a report was mistaken, this is returned as the sum found. The search takes a month longer."""
STALLED = 1 << ASSETS
"""Bit above those of all classes of assets. It is set if a holder of assets stalled."""


@rule
def whole_months(claim: Claim, months: float, now: Now) -> int:
    """A wait in whole months. It is rounded up with a chance equal to its fraction."""
    whole = int(months)
    if months > whole and happens(now, Decision.LATENCY, claim.id, months - whole):
        return whole + 1
    return whole


@rule
def next_attempt(
    claim: Claim, effort: float, levers: Levers, procedure: Procedure, now: Now
) -> int:
    """Months until the network is asked again (ODD eq. 84 and 147).

    The wait is shorter if the network is also asked automatically, or if officers have time left.
    """
    often = 1.0 - levers.collaborative.trace_frequency
    return whole_months(claim, int(procedure.retrace) * often / max(1.0, effort), now)


@rule
def delay(claim: Claim, levers: Levers, institutions: Institutions, now: Now) -> int:
    """Additional months that a stalled inquiry takes. Coordinated institutions need fewer."""
    alone = 1.0 - levers.comprehensive.coordination
    return whole_months(claim, institutions.assist_delay * alone, now)


@rule
def client(debtor: Debtor, asset: int, institutions: Institutions, now: Now) -> bool:
    """Whether the holder of a class of assets wants to keep the debtor as a client.

    This is drawn once per debtor and class.
    """
    share = institutions.client_share
    return uniform(Now(now.seed, 0), Decision.CLIENT, debtor.id, asset) < share


@rule
def stalled(
    debtor: Debtor,
    claim: Claim,
    asset: int,
    registry: Registry,
    levers: Levers,
    parameters: Parameters,
    now: Now,
) -> bool:
    """Whether the holder of a class of assets knows of them but does not report them."""
    institutions = parameters.institutions
    if (
        institutions.relationship <= 0.0
        or asset == Asset.CASH
        or not client(debtor, asset, institutions, now)
    ):
        return False
    noise = parameters.choice.noise
    chance = stalls(debtor.assets[asset], claim.due, levers, institutions, noise)
    chance = stalling(chance, registry)
    return happens(now, Decision.ASSIST, claim.id, chance, asset)


@rule
def found_classes(
    debtor: Debtor,
    claim: Claim,
    effort: float,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> int:
    """Classes of assets that an attempt finds, as bits. Each answer is one draw (ODD eq. 16).

    If a holder stalls, the class is not found and the bit `STALLED` is set (ODD eq. 84).
    """
    parameters, now = setting.parameters, setting.now
    levers = setting.treatments[claim.treatment]
    exponent = parameters.procedure.chain_exponent
    how = hiding(debtor, levers, setting)
    mine = 0.0
    mean = 0.0
    if exponent != 0.0:
        mine = asset_link(debtor, claim, how, registries, levers)
        mean = mean_link(debtor, claim, registries, setting)
    extra = inquiry_effort(0.0, claim, levers, parameters.procedure, now)
    found = 0
    for k in range(ASSETS):
        registry = claim.district * ASSETS + k
        count_inquiry(journal, registry, INQUIRED, 1.0)
        reach = with_effort(coverage(k, levers), effort, parameters.procedure)
        chance = class_chance(debtor, k, reach, how, registries)
        if exponent != 0.0:
            chance = min(1.0, chance * mean / mine) if mine > 0.0 else mean
        chance += (1.0 - chance) * extra
        if debtor.assets[k] > 0.0 and happens(now, Decision.FIND_ASSET, claim.id, chance, k):
            if stalled(debtor, claim, k, registries[registry], levers, parameters, now):
                found |= STALLED
                count_inquiry(journal, registry, HELD_BACK, 1.0)
                count(journal, claim, Count.INQUIRIES_STALLED, 1.0)
                continue
            found |= 1 << k
            count_inquiry(journal, registry, ANSWERED, 1.0)
            count_inquiry(journal, registry, YUAN_FOUND, debtor.assets[k])
    return found


@rule
def ask_trial_court(claim: Claim, pursuit: Pursuit, journal: Journal) -> None:
    """Return an ambiguous judgment to the trial court. The case waits for clarification."""
    claim.ambiguous = False
    claim.wait = int(pursuit.clarify)
    count(journal, claim, Count.UNCLEAR, 1.0)


@rule
def investigate(
    debtor: Debtor,
    claim: Claim,
    creditor: Creditor,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> float:
    """The creditor's lawyer may search beyond the network; return the sum found, yuan (eq. 35)."""
    levers = setting.treatments[claim.treatment]
    ordered = levers.collaborative.investigation_order
    if not happens(setting.now, Decision.INVESTIGATE, claim.id, ordered):
        return 0.0
    pursuit = setting.parameters.pursuit
    if not worth_investigating(creditor, claim.due, setting.traits.lenders[creditor.kind], pursuit):
        return 0.0
    claim.spent += pursuit.order_fee
    book(journal, Flow.INVESTIGATION, pursuit.order_fee)
    count(journal, claim, Count.ORDERS, 1.0)
    how = hiding(debtor, levers, setting)
    value = 0.0
    for k in range(ASSETS):
        chance = class_chance(debtor, k, pursuit.order_reach, how, registries)
        known = claim.found & (1 << k)
        if not known and happens(setting.now, Decision.INVESTIGATE_FIND, claim.id, chance, k):
            claim.found |= 1 << k
            value += debtor.assets[k]
    return value


@rule
def hear_tip(
    debtor: Debtor, claim: Claim, levers: Levers, pursuit: Pursuit, now: Now, journal: Journal
) -> float:
    """Someone may report the debtor's largest asset, hidden or not. Return its value, yuan, or 0.

    This can happen once per proceeding.
    """
    offered = levers.collaborative.bounty
    chance = pursuit.tips * offered
    if not happens(now, Decision.BOUNTY, claim.id, chance):
        return 0.0
    best = 0
    for k in range(1, ASSETS):
        if debtor.assets[k] > debtor.assets[best]:
            best = k
    if debtor.assets[best] <= 0.0 or claim.found & (1 << best):
        return 0.0
    claim.found |= 1 << best
    claim.tipped = True
    count(journal, claim, Count.TIPS, 1.0)
    return debtor.assets[best]


@rule
def hear_witness(
    debtor: Debtor, claim: Claim, levers: Levers, pursuit: Pursuit, now: Now, journal: Journal
) -> float:
    """A neighbour may report the largest asset it can see; return its value, yuan (ODD eq. 140).

    Accounts and securities cannot be seen. If the report is mistaken, `IN_VAIN` is returned, and a
    debtor who cannot pay feels treated unfairly.
    """
    willing = levers.collaborative.witnesses
    if not happens(now, Decision.WITNESS, claim.id, willing):
        return 0.0
    if happens(now, Decision.WITNESS, claim.id, pursuit.mistaken, 1):
        count(journal, claim, Count.WITNESSED_WRONGLY, 1.0)
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
    count(journal, claim, Count.WITNESSED, 1.0)
    return debtor.assets[best]


@rule
def found_in_person(
    claim: Claim, chance: float, court: Court, setting: Setting, journal: Journal
) -> bool:
    """Whether the debtor is found in person, given the police hours available (ODD eq. 156)."""
    institutions = setting.parameters.institutions
    hours = institutions.police_find_hours
    chance = with_police(chance, claim, hours, court, institutions, journal)
    return happens(setting.now, Decision.FIND_PERSON, claim.id, chance)


@rule
def attempt(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> None:
    """Try once to find assets. If nothing worth seizing is found, the case waits for another try.

    A case whose judgment is ambiguous goes back to the trial court instead.
    """
    parameters, now = setting.parameters, setting.now
    procedure, pursuit = parameters.procedure, parameters.pursuit
    levers = setting.treatments[claim.treatment]
    registries = around.district.registries
    effort = around.district.court.effort
    if obstructed(debtor, claim, around.district.levers, parameters, now, journal):
        return
    if claim.ambiguous:
        ask_trial_court(claim, pursuit, journal)
        return
    claim.attempts += 1
    claim.checks |= SOUGHT
    if happens(now, Decision.HEARING, claim.id, procedure.hearing):
        claim.checks |= HEARD
    claim.found = 0
    count(journal, claim, Count.TRACES, 1.0)
    value = 0.0
    late = 0
    person = levers.comprehensive.find_person
    if procedure.chain_exponent != 0.0:
        person = mean_link(debtor, claim, registries, setting)
    if declares(debtor, claim, creditor, around, setting, journal):
        claim.found = declared_classes(debtor)
    elif found_in_person(claim, person, around.district.court, setting, journal):
        answer = found_classes(debtor, claim, effort, registries, setting, journal)
        claim.found = answer & (STALLED - 1)
        if not answer & STALLED:
            claim.checks |= ASKED
        else:
            late = delay(claim, levers, parameters.institutions, now)
    for c in range(ASSETS):
        if claim.found & (1 << c):
            value += debtor.assets[c]
    if value < WORTH_SEIZING * claim.due:
        value += investigate(debtor, claim, creditor, registries, setting, journal)
    if claim.attempts == 1 and value < WORTH_SEIZING * claim.due:
        value += hear_tip(debtor, claim, levers, pursuit, now, journal)
    if value < WORTH_SEIZING * claim.due:
        seen = hear_witness(debtor, claim, levers, pursuit, now, journal)
        if seen < 0.0:
            late += 1
        else:
            value += seen
    if value >= WORTH_SEIZING * claim.due and value > 0.0:
        count(journal, claim, Count.TRACES_HIT, 1.0)
        claim.wait = late
        claim.checks |= PROPERTY
        move(journal, claim, at, Stage.TRACED, value)
    elif not reach_beyond(debtor, claim, at, setting.treatments, procedure, now, journal):
        claim.fruitless += 1
        claim.wait = next_attempt(claim, effort, levers, procedure, now) + late


@kernel
def trace(state: State, first: int, last: int) -> None:
    """Try to find assets for each queued case whose turn it is."""
    setting = setting_of(state)
    journal = at_row(state.journal, first)
    for k in range(first, last):
        row = state.hands.owners[k]
        debtor = state.debtors[row]
        around = surroundings_of(state, row)
        for j in range(state.hands.starts[k], state.hands.starts[k + 1]):
            at = state.hands.order[j]
            claim = state.claims[at]
            if takes_turn(claim, Stage.QUEUED.value):
                creditor = state.creditors[claim.creditor]
                attempt(debtor, claim, at, creditor, around, setting, journal)

"""Where a debtor stands before it weighs: means, beliefs, neighbours; and what it prefers."""

from typing import NamedTuple

from sim.agents.court.auction import lower_price
from sim.agents.debtor.belief import believed, felt_optimism, informed, law_as_written, vigour
from sim.agents.debtor.debtor import ASSETS, Debtor, Means, wealth
from sim.agents.debtor.norm import (
    DISHONEST,
    HONEST,
    NEIGHBOURS,
    UNKNOWN,
    standing_now,
    susceptibility,
)
from sim.agents.debtor.transfer import brought_back
from sim.agents.debtor.weigh import Position, left_by_performing, net, on_the_rest, weigh
from sim.engine.compile import rule
from sim.levers.catalogue import Levers
from sim.month.enforcement.obstruction import unobstructed
from sim.month.sanctions.credit_and_listing import months_to_wait
from sim.month.shared.evasion import hidden, still_hidden
from sim.month.shared.state import State
from sim.parameters import Parameters
from sim.terms import LIQUID


@rule
def honest_share(state: State, row: int) -> float:
    """n̂: share of neighbours thought honest; one of whom nothing is known counts as the prior."""
    society = state.parameters[0].society
    total = 0.0
    for j in range(NEIGHBOURS):
        other = state.neighbours[row, j]
        known = UNKNOWN
        if other >= 0:
            seen = state.debtors[other]
            known = standing_now(seen.standing, seen.standing_since, state.now.month, society)
        if known == UNKNOWN:
            total += society.prior_honest
        elif known == HONEST:
            total += 1.0
    return total / NEIGHBOURS


@rule
def with_escrow(of: Means, escrow: float) -> Means:
    """Means with the money that is preserved: still the debtor's, and good for paying."""
    return Means(of.liquid + escrow, of.illiquid, of.surplus)


@rule
def clean(state: State, debtor: Debtor) -> bool:
    """Whether the debtor's remembered conduct lets it be rewarded: nothing dishonest is known."""
    society = state.parameters[0].society
    known = standing_now(debtor.standing, debtor.standing_since, state.now.month, society)
    return known != DISHONEST


@rule
def forced_loss(state: State, debtor: Debtor, of: Means) -> float:
    """Share of wealth that forced sales destroy beyond what the owner's own sale would."""
    total = wealth(of)
    if total <= 0.0:
        return 0.0
    lost = 0.0
    for k in range(LIQUID, ASSETS):
        traits = state.assets[k]
        price = lower_price(traits, state.parameters[0].procedure, state.levers[debtor.treatment])
        lost += debtor.assets[k] * max(0.0, traits.own_price - price)
    return min(1.0, lost / total)


@rule
def hidable(state: State, debtor: Debtor, levers: Levers) -> float:
    """Share of assets that concealing keeps out of reach, by class; what lowers it: eq. 16."""
    total = 0.0
    kept = 0.0
    for k in range(ASSETS):
        total += debtor.assets[k]
        kept += debtor.assets[k] * hidden(state, debtor, k)
    if total <= 0.0:
        return 0.0
    parameters = state.parameters[0]
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    return kept / total * still_hidden(state, debtor, back)


@rule
def position(
    state: State,
    row: int,
    due: float,
    of: Means,
    notice: float,
    chance: float,
    extra: float,
    held: float,
    partnered: float,
) -> Position:
    """The position from which a debtor weighs.

    Args:
        state: The world.
        row: The debtor.
        due: What it weighs whether to pay, yuan.
        of: Its means.
        notice: Factor on perceived hazards: above one once enforcement has begun.
        chance: Factor on all hazards: below one while a suit still lies ahead.
        extra: Share of payable lost on recovery beyond fee and forced sale: suit costs.
        held: Yuan preserved for the creditors before enforcement.
        partnered: Yuan owed to standing partners.
    """
    debtor = state.debtors[row]
    levers = state.levers[debtor.treatment]
    parameters: Parameters = state.parameters[0]
    learning = parameters.learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation) * notice
    weight = learning.prior_weight
    recovery = informed(
        believed(debtor.seen_recovery, debtor.exposure, learning.prior_recovery, weight),
        state.courts[debtor.district].recovery,
        levers.rule_of_law.openness,
    )
    listing = believed(debtor.seen_listing, debtor.unlisted, learning.prior_listing, weight)
    written = law_as_written(levers)
    personal = written * vigour(
        debtor.seen_personal + debtor.heard, debtor.foreseen, written, weight
    )
    if levers.comprehensive.list_rate <= 0.0 and not debtor.on_list:
        listing = 0.0  # no list, nothing to fear from it
    recovery *= unobstructed(state, debtor, due)
    payable = min(due, wealth(of))
    return Position(
        due=due,
        wealth=wealth(of),
        payable=payable,
        forced_loss=forced_loss(state, debtor, of) + extra,
        hidable=hidable(state, debtor, levers),
        frozen=min(payable, debtor.frozen) if debtor.frozen_months >= 3 else 0.0,
        recovery=tint * chance * recovery if state.kinds[debtor.kind].seizable else 0.0,
        listing=tint * chance * listing,
        personal=tint * chance * personal,
        listed=debtor.listed if debtor.on_list else -1,
        honest=honest_share(state, row),
        preserved=min(payable, held),
        partnered=min(payable, partnered),
        eligible=not debtor.on_list and clean(state, debtor),
        swayed=susceptibility(state.now.seed, debtor.id, parameters.society),
    )


@rule
def left_to_bear(state: State, debtor: Debtor, at: Position) -> float:
    """Restrictions that honesty now would leave to one on the list, yuan (ODD eq. 120)."""
    levers = state.levers[debtor.treatment]
    kind = state.kinds[debtor.kind]
    wait = months_to_wait(state, debtor)
    return left_by_performing(at.listed, wait, debtor, kind, levers, state.parameters[0].choice)


class Preference(NamedTuple):
    """The dishonest option of least net, by its row in `evasions`, and that net in yuan."""

    evasion: int
    net: float


@rule
def preferred(state: State, debtor: Debtor, at: Position) -> Preference:
    """The best dishonest option; of equal ones the first, so that a copy changes nothing."""
    levers = state.levers[debtor.treatment]
    kind = state.kinds[debtor.kind]
    best = 0
    least = 0.0
    for k in range(len(state.evasions)):
        this = net(weigh(at, debtor, state.evasions[k], kind, levers, state.parameters[0]))
        if k == 0 or this < least:
            best = k
            least = this
    return Preference(best, least)


@rule
def residual(state: State, debtor: Debtor, at: Position) -> float:
    """What sanctions still cost one who paid all it has and owes the rest, yuan (ODD eq. 68).

    The ledger of stalling with nothing left to pay, listing and personal sanctions at the rates
    that meet those who cannot pay. Where inability is always recognised, and nobody is on the
    list, it is nothing.
    """
    levers = state.levers[debtor.treatment]
    rest = on_the_rest(
        at,
        1.0 - levers.comprehensive.list_accuracy,
        1.0 - levers.collaborative.target_accuracy,
    )
    kind = state.kinds[debtor.kind]
    return max(0.0, net(weigh(rest, debtor, state.evasions[0], kind, levers, state.parameters[0])))

"""A debtor's position before it chooses (means, beliefs, neighbours), and its preference."""

from typing import NamedTuple

from sim.agents.court.auction import lower_price
from sim.agents.court.court import Registry
from sim.agents.debtor.belief import felt_optimism
from sim.agents.debtor.debtor import ASSETS, Debtor, Means, wealth
from sim.agents.debtor.informal import pushed_out
from sim.agents.debtor.norm import (
    DISHONEST,
    HONEST,
    NEIGHBOURS,
    UNKNOWN,
    standing_now,
    susceptibility,
)
from sim.agents.debtor.perceived import (
    believed_listing,
    believed_personal,
    believed_recovery,
    penalties,
)
from sim.agents.debtor.score import moved, objectionable
from sim.agents.debtor.transfer import brought_back
from sim.agents.debtor.weigh import Position, left_by_performing, net, on_the_rest, weigh
from sim.engine.compile import rule
from sim.engine.draw import Now
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import entry_at_deadline, entry_kept, strangers_honest
from sim.month.enforcement.obstruction import unobstructed
from sim.month.sanctions.listing import months_to_wait
from sim.month.shared.evasion import hidden, still_hidden
from sim.month.shared.state import Neighbourhood, Setting, Surroundings, Traits
from sim.parameters import AssetTraits, Choice, KindTraits, Parameters, Procedure, Society
from sim.terms import LIQUID


@rule
def honest_share(
    neighbourhood: Neighbourhood, strangers: float, society: Society, now: Now
) -> float:
    """n̂, share of neighbours believed honest.

    A neighbour of unknown standing, or a place without a neighbour, counts as `strangers`: the
    share of strangers believed honest.
    """
    total = 0.0
    for j in range(NEIGHBOURS):
        other = neighbourhood.neighbours[neighbourhood.row, j]
        known = UNKNOWN
        if other >= 0:
            seen = neighbourhood.debtors[other]
            known = standing_now(seen.standing, seen.standing_since, now.month, society)
        if known == UNKNOWN:
            total += strangers
        elif known == HONEST:
            total += 1.0
    return total / NEIGHBOURS


@rule
def with_escrow(own_means: Means, escrow: float) -> Means:
    """Means plus preserved money, which still belongs to the debtor and can be used to pay."""
    return Means(own_means.liquid + escrow, own_means.illiquid, own_means.surplus)


@rule
def clean(debtor: Debtor, society: Society, now: Now) -> bool:
    """Whether nobody remembers the debtor as dishonest. Only then honesty is rewarded."""
    known = standing_now(debtor.standing, debtor.standing_since, now.month, society)
    return known != DISHONEST


@rule
def forced_loss(
    debtor: Debtor,
    own_means: Means,
    assets: Records[AssetTraits],
    levers: Levers,
    procedure: Procedure,
) -> float:
    """Share of wealth that forced sales lose compared with sales by the owner."""
    total = wealth(own_means)
    if total <= 0.0:
        return 0.0
    lost = 0.0
    for k in range(LIQUID, ASSETS):
        traits = assets[k]
        price = lower_price(traits, procedure, levers)
        lost += debtor.assets[k] * max(0.0, traits.own_price - price)
    return min(1.0, lost / total)


@rule
def hidable(
    debtor: Debtor,
    levers: Levers,
    registries: Records[Registry],
    assets: Records[AssetTraits],
    parameters: Parameters,
) -> float:
    """Share of the debtor's assets that concealing would keep out of reach (eq. 16)."""
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    total = 0.0
    kept = 0.0
    for k in range(ASSETS):
        total += debtor.assets[k]
        works = still_hidden(back, levers, assets[k], parameters.procedure)
        kept += debtor.assets[k] * hidden(debtor, k, registries) * works
    return kept / total if total > 0.0 else 0.0


class Stake(NamedTuple):
    """The debt that a debtor decides whether to pay, and the circumstances.

    Args:
        due: The debt, yuan.
        means: Means with which the debtor could pay it.
        notice: Factor on the risks that the debtor expects; above one once enforcement has begun.
        chance: Factor on all risks; below one while a suit is still to come.
        extra: Costs of a suit or fees of an enforcement still to come, as a share of the sum
            payable. In a recovery by force the debtor bears them besides the fee and the loss in
            the forced sale.
        held: Value preserved for the creditors before enforcement, yuan.
        partnered: Debt to creditors with whom the debtor does business regularly, yuan.
        on_record: How far the credit score would still fall if the debtor keeps the money, as a
            share of the whole scale.
        deadline: Chance that the time to perform a judgment ends if the debtor keeps the money: one
            if it ends now, below one while a suit is still to come, zero if it has ended.
    """

    due: float
    means: Means
    notice: float
    chance: float
    extra: float
    held: float
    partnered: float
    on_record: float
    deadline: float


@rule
def position(debtor: Debtor, stake: Stake, around: Surroundings, setting: Setting) -> Position:
    """The position from which a debtor weighs its options about the debt in `stake`."""
    district, parameters, traits = around.district, setting.parameters, setting.traits
    levers = setting.treatments[debtor.treatment]
    learning = parameters.learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation) * stake.notice
    court = district.court
    recovery = believed_recovery(debtor, court, levers, learning)
    listing = believed_listing(debtor, court, learning)
    personal = believed_personal(debtor, court, levers, learning)
    if levers.comprehensive.list_rate <= 0.0 and not debtor.on_list:
        listing = 0.0  # without a list, nobody fears being listed
    recovery *= unobstructed(debtor, stake.due, district.levers, parameters)
    hazards = tint * stake.chance
    payable = min(stake.due, wealth(stake.means))
    destroyed = forced_loss(debtor, stake.means, traits.assets, levers, parameters.procedure)
    kind = traits.kinds[debtor.kind]
    if not kind.seizable:
        recovery = 0.0
    frozen = min(payable, debtor.frozen) if debtor.frozen_months >= 3 else 0.0
    strangers = strangers_honest(parameters.society.prior_honest, court, parameters.society)
    listed = debtor.listed if debtor.on_list else -1
    entered = 0.0
    anyway = objectionable(debtor.score)
    if debtor.on_list:
        anyway = max(anyway, entry_kept(0.0, levers))
    elif stake.deadline > 0.0:
        entered = stake.deadline * entry_at_deadline(0.0, levers)
    eligible = not debtor.on_list and clean(debtor, parameters.society, setting.now)
    return Position(
        due=stake.due,
        wealth=wealth(stake.means),
        payable=payable,
        forced_loss=destroyed + stake.extra,
        hidable=hidable(debtor, levers, district.registries, traits.assets, parameters),
        frozen=frozen,
        recovery=hazards * recovery,
        listing=hazards * listing,
        entered=entered,
        personal=hazards * personal,
        penalties=penalties(court, levers, learning),
        listed=listed,
        honest=honest_share(around.neighbourhood, strangers, parameters.society, setting.now),
        preserved=min(payable, stake.held),
        partnered=min(payable, stake.partnered),
        withheld=objectionable(moved(debtor.score, -stake.on_record)),
        withheld_anyway=anyway,
        eligible=eligible,
        swayed=susceptibility(setting.now.seed, debtor.id, parameters.society),
        outside=pushed_out(debtor, kind, levers, parameters.economy, setting.now.seed),
    )


@rule
def left_to_bear(
    debtor: Debtor, at: Position, kind: KindTraits, levers: Levers, choice: Choice
) -> float:
    """Cost of restrictions on a listed debtor after it performed, yuan (eq. 120, 163, 170)."""
    if at.outside:
        return 0.0
    wait = months_to_wait(debtor, levers)
    return left_by_performing(at.listed, wait, debtor, kind, levers, choice)


class Preference(NamedTuple):
    """The dishonest option of lowest net cost: its row in `evasions`, and that cost, yuan."""

    evasion: int
    net: float


@rule
def preferred(
    debtor: Debtor, at: Position, traits: Traits, levers: Levers, parameters: Parameters
) -> Preference:
    """The best dishonest option; the first one if several are equally good."""
    kind = traits.kinds[debtor.kind]
    best = 0
    least = 0.0
    for k in range(len(traits.evasions)):
        this = net(weigh(at, debtor, traits.evasions[k], kind, levers, parameters))
        if k == 0 or this < least:
            best = k
            least = this
    return Preference(best, least)


@rule
def residual(
    debtor: Debtor, at: Position, traits: Traits, levers: Levers, parameters: Parameters
) -> float:
    """Cost of sanctions on a debtor who has paid all it can and owes the rest, yuan (ODD eq. 68).

    It is the net cost of stalling with nothing left to pay. Listing and personal sanctions then
    happen at the rates for debtors who cannot pay. If courts always recognise inability, the cost
    is 0 for a debtor who is not on the list.
    """
    rest = on_the_rest(
        at,
        1.0 - levers.comprehensive.list_accuracy,
        1.0 - levers.collaborative.target_accuracy,
    )
    kind = traits.kinds[debtor.kind]
    return max(0.0, net(weigh(rest, debtor, traits.evasions[0], kind, levers, parameters)))

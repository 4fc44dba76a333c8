"""Effects of evasion: assets are hidden from tracing or moved, and seizures fail."""

from typing import NamedTuple

from sim.agents.claim import Claim
from sim.agents.court.court import Registry, coverage
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.journal import Journal, count
from sim.month.shared.state import Setting
from sim.parameters import AssetTraits, EvasionTraits, Procedure
from sim.terms import LIQUID, Option


@rule
def evasion_of(option: int, evasions: Records[EvasionTraits]) -> int:
    """Row of an option in `evasions`, or -1 if it is not there. Honest options never are.

    A scenario contains each option at most once, so the first row found is the only one.
    """
    for k in range(len(evasions)):
        if evasions[k].option == option:
            return k
    return -1


@rule
def hides(option: int, evasions: Records[EvasionTraits]) -> bool:
    """Whether an option hides assets from the tracing network."""
    k = evasion_of(option, evasions)
    return evasions[k].hides if k >= 0 else False


class Hiding(NamedTuple):
    """What decides how much of a class of assets a debtor keeps hidden despite the law.

    Args:
        conceals: Whether the debtor conceals at all.
        avoidance: Share of transfers to others that the law undoes.
        levers: Levers of the debtor.
        assets: Traits of each class of assets.
        procedure: Parameters: share of hidden assets that others hold (`held_by_others`).
    """

    conceals: bool
    avoidance: float
    levers: Levers
    assets: Records[AssetTraits]
    procedure: Procedure


@rule
def still_hidden(
    avoidance: float, levers: Levers, traits: AssetTraits, procedure: Procedure
) -> float:
    """Share of the hidden assets of a class that stay hidden despite the law (ODD eq. 16).

    It is (1 − cash control·controlled)·(1 − anti-evasion·uncovered)·(1 − held by others·avoidance).
    The last factor stands for avoidance: it gets back assets that others hold.
    """
    untouched = 1.0 - levers.comprehensive.cash_control * traits.controlled
    unsearched = 1.0 - levers.special.anti_evasion * traits.uncovered
    return untouched * unsearched * (1.0 - procedure.held_by_others * avoidance)


@rule
def hidden(debtor: Debtor, k: int, registries: Records[Registry]) -> float:
    """Share of class `k` that can be hidden from the registry of the debtor's district."""
    return registries[debtor.district * ASSETS + k].hide


@rule
def secret(
    debtor: Debtor,
    k: int,
    registries: Records[Registry],
    assets: Records[AssetTraits],
    levers: Levers,
    procedure: Procedure,
) -> float:
    """Share of class `k` that a concealing debtor keeps out of reach despite the law."""
    avoidance = levers.rule_of_law.avoidance
    kept = still_hidden(avoidance, levers, assets[k], procedure)
    return hidden(debtor, k, registries) * kept


@rule
def hiding(debtor: Debtor, levers: Levers, setting: Setting) -> Hiding:
    """How a debtor hides from an attempt to find its assets.

    Args:
        debtor: The debtor.
        levers: Levers of the claim, which determine the avoidance of transfers.
        setting: Parameters, traits and levers of the month.
    """
    return Hiding(
        hides(debtor.option, setting.traits.evasions),
        levers.rule_of_law.avoidance,
        setting.treatments[debtor.treatment],
        setting.traits.assets,
        setting.parameters.procedure,
    )


@rule
def class_chance(
    debtor: Debtor, k: int, coverage: float, how: Hiding, registries: Records[Registry]
) -> float:
    """Chance that an attempt finds class `k`: coverage times the share not hidden (ODD eq. 16)."""
    if not how.conceals:
        return coverage
    kept = still_hidden(how.avoidance, how.levers, how.assets[k], how.procedure)
    return coverage * (1.0 - hidden(debtor, k, registries) * kept)


@rule
def displace(
    debtor: Debtor,
    about: Claim,
    registries: Records[Registry],
    levers: Levers,
    setting: Setting,
    journal: Journal,
) -> None:
    """A concealing debtor moves money to the class traced least (waterbed effect, ODD eq. 56)."""
    procedure = setting.parameters.procedure
    rate = procedure.displacement
    if rate <= 0.0 or not hides(debtor.option, setting.traits.evasions):
        return
    how = Hiding(True, 0.0, levers, setting.traits.assets, procedure)
    into = 0
    least = 2.0
    for k in range(LIQUID):
        reach = class_chance(debtor, k, coverage(k, levers), how, registries)
        if reach < least:
            least = reach
            into = k
    moved = 0.0
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
        if k != into:
            part = rate * debtor.assets[k]
            debtor.assets[k] -= part
            moved += part
    debtor.assets[into] += moved
    count(journal, about, Count.DISPLACEABLE, money)
    count(journal, about, Count.DISPLACED, moved)


@rule
def resistance(option: int, evasions: Records[EvasionTraits]) -> float:
    """Factor on the chance of seizure: below one for debtors who resist by force."""
    if option != Option.RESIST:
        return 1.0
    k = evasion_of(option, evasions)
    return min(1.0, evasions[k].recovery) if k >= 0 else 1.0

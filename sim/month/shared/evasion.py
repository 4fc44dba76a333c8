"""What evasion does: assets hidden from tracing and moved about, control made to fail."""

from sim.agents.claim import Claim
from sim.agents.court.court import coverage
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.month.shared.state import State, count
from sim.terms import LIQUID, Option


@rule
def hides(state: State, option: int) -> bool:
    """Whether the debtor's option keeps assets out of the network's reach."""
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return state.evasions[k].hides
    return False


@rule
def still_hidden(state: State, debtor: Debtor, avoidance: float) -> float:
    """Share of hiding that works against the law (ODD eq. 16).

    (1 − cash control)·(1 − anti-evasion)·(1 − held by others·avoidance): what others hold is within
    reach of avoidance.
    """
    levers = state.levers[debtor.treatment]
    others = state.parameters[0].procedure.held_by_others
    open_cash = 1.0 - levers.comprehensive.cash_control
    return open_cash * (1.0 - levers.special.anti_evasion) * (1.0 - others * avoidance)


@rule
def hidden(state: State, debtor: Debtor, k: int) -> float:
    """Share of class `k` that can be hidden from the registry of the debtor's district."""
    return state.registries[debtor.district * ASSETS + k].hide


@rule
def secret(state: State, debtor: Debtor, k: int) -> float:
    """Share of class `k` that one who conceals keeps out of reach, against the law as it stands."""
    avoidance = state.levers[debtor.treatment].rule_of_law.avoidance
    return hidden(state, debtor, k) * still_hidden(state, debtor, avoidance)


@rule
def class_chance(state: State, debtor: Debtor, k: int, coverage: float, avoidance: float) -> float:
    """Chance that an attempt finds assets of class `k`: coverage less what is hidden (eq. 16)."""
    if not hides(state, debtor.option):
        return coverage
    return coverage * (1.0 - hidden(state, debtor, k) * still_hidden(state, debtor, avoidance))


@rule
def displace(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """Who conceals moves money to the class of it that is traced least (ODD eq. 56; waterbed)."""
    rate = state.parameters[0].procedure.displacement
    if rate <= 0.0 or not hides(state, debtor.option):
        return
    levers = state.levers[debtor.treatment]
    into = 0
    least = 2.0
    for k in range(LIQUID):
        reach = class_chance(state, debtor, k, coverage(k, levers), 0.0)
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
    count(state, block, about, Count.DISPLACEABLE, money)
    count(state, block, about, Count.DISPLACED, moved)


@rule
def resistance(state: State, option: int) -> float:
    """Factor on the chance of control: below one for who resists by force."""
    if option != Option.RESIST:
        return 1.0
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return min(1.0, state.evasions[k].recovery)
    return 1.0

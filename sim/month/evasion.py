"""What evasion does to enforcement: assets hidden from tracing, control made to fail."""

from sim.agents.debtor import Debtor
from sim.engine.compile import rule
from sim.month.state import State
from sim.terms import Option


@rule
def hides(state: State, option: int) -> bool:
    """Whether the debtor's option keeps assets out of the network's reach."""
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return state.evasions[k].hides
    return False


@rule
def class_chance(state: State, debtor: Debtor, k: int, coverage: float) -> float:
    """Chance that an attempt finds assets of class `k`: coverage less what is hidden (eq. 16)."""
    if not hides(state, debtor.option):
        return coverage
    open_cash = 1.0 - state.levers[debtor.treatment].comprehensive.cash_control
    return coverage * (1.0 - state.assets[k].hide * open_cash)


@rule
def resistance(state: State, option: int) -> float:
    """Factor on the chance of control: below one for who resists by force."""
    if option != Option.RESIST:
        return 1.0
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return min(1.0, state.evasions[k].recovery)
    return 1.0

"""The arms race: hiding raises the share of assets that can be hidden, and tracing lowers it."""

from sim.agents.court.court import coverage, next_hide
from sim.engine.compile import kernel
from sim.month.shared.state import State


@kernel
def contest(state: State, first: int, last: int) -> None:
    """At month end, update the share that can be hidden from each registry (ODD eq. 55)."""
    procedure = state.parameters[0].procedure
    for row in range(first, last):
        registry = state.registries[row]
        court = state.courts[registry.district]
        debtors = max(1, court.debtors)
        spent = registry.asked / debtors * coverage(registry.asset, state.levers[court.treatment])
        registry.hide = next_hide(registry.hide, court.concealing / debtors, spent, procedure)

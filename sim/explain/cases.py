"""The cases to which an action of an actor may apply."""

from collections.abc import Iterator
from typing import Any

from sim.agents.claim import in_docket
from sim.month.shared.state import State, owned_by


def cases(state: State, district: int) -> Iterator[tuple[Any, Any]]:
    """Cases in a district's docket, each with its debtor."""
    for row in range(len(state.claims)):
        if in_docket(state.journal.stages[row]) and state.claims[row].district == district:
            claim = state.claims[row]
            yield claim, state.debtors[claim.debtor]


def owed_by(state: State, row: int) -> Iterator[Any]:
    """Claims against a debtor, oldest first; those that have closed this month are included."""
    k = int(state.places[row])
    if 0 <= k < len(state.by_debtor.owners) and state.by_debtor.owners[k] == row:
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            yield owned.claims[owned.order[j]]

"""Asking a world about one month without moving it, and whom one may ask.

In: a world. Out: a world that stands just before a phase of a month; the debtors that are worth
asking and all institutions, as plain data.
"""

import pickle
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from sim.agents.debtor.debtor import evades, is_able
from sim.engine.plain import view
from sim.errors import ServandaError
from sim.measure.chooser import Chooser
from sim.month.calendar import position
from sim.month.shared.state import State
from sim.terms import Ability, Asset, Kind, Option, label
from sim.world import World

CHOICE = "choice"
"""The phase before which debtors are asked."""

OFFERED = 6
"""Debtors offered in each group."""

INSTITUTIONS = {
    "court": "courts",
    "bank": "registries",
    "government": "governments",
    "prosecutor": "prosecutors",
    "supervisor": "supervisors",
}
"""Kinds of institutions, and the tables of their rows."""


def stopped(world: World, phase: str, month: int | None = None) -> World:
    """A world just before a phase; the world itself if it stands there, otherwise a copy.

    Args:
        world: A world that has not passed this point.
        phase: Name of the phase.
        month: Measured month; by default the first in which the phase is still to come.

    Raises:
        ServandaError: If there is no such month, or the phase of that month is past.
    """
    under_way = world.month + 1  # the month of the next phase
    passed = position(world.calendar, world.phase) > position(world.calendar, phase)
    if month is None:
        month = max(1, under_way + (1 if passed else 0))
    last = world.setup.run.months
    if not 1 <= month <= last:
        hint = f"months 1 to {last} are measured; a world that has ended has no month left to ask"
        raise ServandaError(f"month {month}", "there is no such month in this scenario", hint)
    if month == under_way and world.phase == phase:
        return world
    if month < under_way or (month == under_way and passed):
        what = f"its phase {phase} is past: the world is in month {under_way}, before {world.phase}"
        hint = f'ask a world that has run no farther than run_to({month}, before="{phase}")'
        raise ServandaError(f"month {month}", what, hint)
    copy: World = pickle.loads(pickle.dumps(world))
    return copy.run_to(month, before=phase)


class Asked(NamedTuple):
    """A debtor with enforceable debt, and what it will decide."""

    chooser: Chooser
    decision: Option

    def margin(self) -> float:
        """By how much it prefers its best honest way before its taste is added, yuan."""
        return self.chooser.balance().net

    def shown(self) -> dict[str, Any]:
        """The debtor in a list."""
        debtor = self.chooser.debtor
        return {
            "who": f"debtor {debtor.id}",
            "kind": label(Kind(debtor.kind)),
            "district": debtor.district,
            "due": self.chooser.owed.due,
            "ability": label(self.chooser.ability),
            "decision": label(self.decision),
            "listed": debtor.on_list,
        }


def whom(world: World, month: int | None = None) -> dict[str, Any]:
    """Whom one may ask in a month.

    Args:
        world: A world that has not passed the choice of this month.
        month: Measured month; by default the first whose choice is still to come.

    Returns:
        The `month`; `debtors` by the reason to look at them, at most `OFFERED` for each:
        ``largest_debt``, ``evading`` (who could pay), ``unable``, ``listed``, the largest debts
        first, and ``barely_paying``, those for whom honesty is the better bargain by least first;
        all `institutions`. Each has the name by which `sim.view.why.why` knows it, `who`.

    Raises:
        ServandaError: If there is no such month, or its choice is past.
    """
    at = stopped(world, CHOICE, month)
    state: State = view(at.simulation.state())
    choosers = (Chooser(state, k) for k in range(len(state.by_debtor.owners)))
    asked = [Asked(one, one.decision()) for one in choosers if one.owed.due > 0.0]
    asked.sort(key=lambda one: -one.chooser.owed.due)
    paying = [(one.margin(), one) for one in asked if one.decision == Option.PAY]
    paying = sorted((pair for pair in paying if pair[0] >= 0.0), key=lambda pair: pair[0])
    able = (one for one in asked if is_able(one.chooser.ability))
    groups: dict[str, Iterable[Asked]] = {
        "largest_debt": asked,
        "evading": (one for one in able if evades(one.decision)),
        "unable": (one for one in asked if one.chooser.ability == Ability.EMPTY),
        "listed": (one for one in asked if one.chooser.debtor.on_list),
        "barely_paying": (one for _, one in paying),
    }
    return {
        "month": at.month + 1,
        "debtors": {
            name: [one.shown() for one in islice(group, OFFERED)] for name, group in groups.items()
        },
        "institutions": institutions(at),
    }


def institutions(world: World) -> list[dict[str, Any]]:
    """All institutions that can be asked."""
    found: list[dict[str, Any]] = []
    for kind, table in INSTITUTIONS.items():
        for row in getattr(world.simulation, table).rows:
            one: dict[str, Any] = {"who": f"{kind} {row['id']}", "kind": kind}
            if "district" in row.dtype.names:
                one["district"] = int(row["district"])
            if "asset" in row.dtype.names:
                if row["asset"] == Asset.CASH:  # nobody holds it for others
                    continue
                one["asset"] = label(Asset(int(row["asset"])))
            found.append(one)
    return found

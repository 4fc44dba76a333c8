"""Holding channels: kernels run with parts of the world as they are in the baseline run.

A kernel is a compiled loop over the rows of a table, such as debtors. The baseline run has the same
seed but no policies. A channel is a mechanism through which policies work.

In: the names of the channels that are held, and the `Path` of the baseline run.
Out: an `Execution`. It puts recorded values into the tables before each kernel that reads them, and
takes them out afterwards (ODD eq. 167). The rules of the model do not know that channels are held.
A world without held channels therefore runs unchanged, and no slower.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from sim.analysis.channels import path as of
from sim.analysis.channels.channel import CHANNELS
from sim.analysis.channels.path import DUE, ENFORCEABLE, USED, Moment, Path
from sim.engine.blocks import Execution
from sim.engine.compile import Kernel
from sim.month.before_judgment import creditors
from sim.month.debts import economy
from sim.month.decision import choice, performance
from sim.month.enforcement import docket, tracing
from sim.month.month_end import institutions
from sim.month.sanctions import sanctions
from sim.month.shared.state import State
from sim.parameters import Learning
from sim.world import World

WEIGHING: tuple[Kernel, ...] = (performance.perform, creditors.act, choice.choose)
"""Kernels in which debtors weigh their ledger (the gains and costs of an option). In them, levers
of `Channel.weighed` are held."""
MOMENTS: dict[Kernel, int] = {
    performance.perform: DUE,
    creditors.act: DUE,
    choice.choose: ENFORCEABLE,
    tracing.trace: ENFORCEABLE,
    sanctions.sanction: ENFORCEABLE,
}
"""Kernels in which debtors decide by what they believe, each with a moment of the month. In the
kernel, debtors see the values that the baseline run had at that moment."""
RECORDED: tuple[Kernel, ...] = (performance.perform, choice.choose)
"""The first kernel of each moment. Values are recorded just before it runs."""
WORKING: tuple[Kernel, ...] = (
    *(docket.count_hours, docket.pool, docket.serve),
    *(institutions.supervise, institutions.staff),
)
"""Kernels that determine how many hours courts have and how many hours a step takes."""
ATTACHING = ("sanctions.late_interest", "sanctions.enforcement_fee")
"""Levers that also determine what creditors attach. They are not held in `creditors.act`."""


class Recording(Execution):
    """Runs kernels as usual, and records the path of a baseline run.

    Args:
        learning: Parameters of beliefs.
    """

    def __init__(self, learning: Learning) -> None:
        """Begin with an empty path."""
        super().__init__()
        self.learning, self.path = learning, Path()

    def run_kernel(self, kernel: Kernel, state: Any, rows: int) -> None:
        """Run the kernel over rows 0 to ``rows - 1``."""
        if kernel in RECORDED:
            self.path.record(state, self.learning, MOMENTS[kernel])
        super().run_kernel(kernel, state, rows)


class Holding(Execution):
    """Runs kernels with channels held as in the baseline run.

    Args:
        held: Names of the channels that are held.
        path: The path of the baseline run of the same seed.
        learning: Parameters of beliefs.
    """

    def __init__(self, held: Collection[str], path: Path, learning: Learning) -> None:
        """Collect the levers that debtors weigh as if there were no package."""
        super().__init__()
        self.held, self.path, self.learning = frozenset(held), path, learning
        self.prompted: np.ndarray | None = None
        """Which debtors were about to choose before policies changed this month."""
        self._weighed = [p for one in CHANNELS if one.name in self.held for p in one.weighed]

    def run_kernel(self, kernel: Kernel, state: Any, rows: int) -> None:
        """Run the kernel over rows 0 to ``rows - 1``."""
        if kernel is economy.live and self.prompted is not None:
            state.debtors["prompted"] = self.prompted
            self.prompted = None
        if kernel in WORKING and "capacity" in self.held:
            untreated = state.levers.copy()
            untreated[:] = state.levers[0]
            state = state._replace(levers=untreated)
        if kernel in WEIGHING:
            state = state._replace(levers=self._as_weighed(kernel, state.levers))
        if kernel not in MOMENTS:
            super().run_kernel(kernel, state, rows)
            return
        with self._in_place(state, self.path.at(state.now.month, MOMENTS[kernel])):
            super().run_kernel(kernel, state, rows)

    def _as_weighed(self, kernel: Kernel, levers: np.ndarray) -> np.ndarray:
        """The levers as debtors read them while they weigh their ledger."""
        if not self._weighed:
            return levers
        changed = levers.copy()
        for path in self._weighed:
            if not (kernel is creditors.act and path in ATTACHING):
                untreat(changed, path)
        return changed

    @contextmanager
    def _in_place(self, state: State, then: Moment) -> Iterator[None]:
        """Within the block, the tables contain the values of the baseline for held channels."""
        debtors, courts = np.asarray(state.debtors), np.asarray(state.courts)
        registries = np.asarray(state.registries)
        before: list[tuple[np.ndarray, str, np.ndarray]] = []

        def put(table: np.ndarray, column: str, values: Any) -> None:
            before.append((table, column, table[column].copy()))
            table[column] = values

        for table, column, values in [
            *self._believed(state, then),
            *self._others(debtors, courts, registries, then),
        ]:
            put(table, column, values)
        try:
            yield
        finally:
            for table, column, values in reversed(before):
                table[column] = values

    def _believed(self, state: State, then: Moment) -> list[tuple[np.ndarray, str, Any]]:
        """Columns that make debtors perceive the hazards of the baseline.

        These are counts of what debtors have seen happen. A debtor who perceives the same hazard
        as in the baseline keeps the count exactly. One exception: if the hazard of recovery is
        published to any debtor, counts for recovery are kept only if all debtors perceive the same
        as in the baseline.
        """
        debtors, courts = np.asarray(state.debtors), np.asarray(state.courts)
        felt, learning = of.optimism(state, self.learning), self.learning
        hazards = {"recovery": of.recovery, "listing": of.listing, "personal": of.personal}
        counts = {
            "recovery": of.seen_for_recovery,
            "listing": of.seen_for_listing,
            "personal": of.seen_for_personal,
        }
        found: list[tuple[np.ndarray, str, Any]] = []
        for name, hazard in hazards.items():
            if name not in self.held:
                continue
            wanted = getattr(then, name)
            alike = felt * hazard(state, learning) == wanted
            if alike.all():
                continue
            column = f"seen_{name}"
            if name == "recovery" and of.openness(state).any():
                alike[:] = False
                found.append((courts, "recovery", -1.0))  # nothing is published
            seen = counts[name](wanted / felt, state, learning)
            found.append((debtors, column, np.where(alike, debtors[column], seen)))
        return found

    def _others(
        self, debtors: np.ndarray, courts: np.ndarray, registries: np.ndarray, then: Moment
    ) -> list[tuple[np.ndarray, str, Any]]:
        """Columns of the other channels, with the values of the baseline."""
        found: list[tuple[np.ndarray, str, Any]] = []
        if "recovery" in self.held:
            found.append((registries, "hide", then.hide))
        if "personal" in self.held:
            found += [(courts, name, then.used[k]) for k, name in enumerate(USED)]
        if "norm" in self.held:
            found += [(debtors, n, getattr(then, n)) for n in ("standing", "standing_since")]
            found.append((courts, "examples", then.examples))
        if "trust" in self.held:
            found += [(debtors, name, getattr(then, name)) for name in ("conscience", "trust")]
        return found


def untreat(levers: np.ndarray, path: str) -> None:
    """Give a lever in all rows the value of row 0, which no policy reaches; in place."""
    mode, name = path.split(".")
    levers[mode][name] = levers[mode][name][0]


def hold(world: World, held: Collection[str], path: Path) -> None:
    """Hold channels of a world from its next month on.

    Args:
        world: A world at the end of a month.
        held: Names of the channels.
        path: The path of the baseline run of the same seed.
    """
    simulation = world.simulation
    execution = Holding(held, path, simulation.inputs.parameters.learning)
    everywhere = [p for one in CHANNELS if one.name in held for p in one.everywhere]
    before = simulation.inputs.refresh

    def refresh(rows: np.ndarray, added: np.ndarray, month: int) -> None:
        before(rows, added, month)
        for lever in everywhere:
            untreat(rows, lever)
        if "news" in execution.held:
            execution.prompted = simulation.debtors.rows["prompted"].copy()

    simulation.execution = execution
    simulation.inputs = simulation.inputs._replace(refresh=refresh)


def without_policies(world: World) -> Path:
    """Make a world continue without policies from its next month on, and record its path.

    Args:
        world: A world at the end of a month.

    Returns:
        The path, which fills as the world runs.
    """
    simulation = world.simulation
    execution = Recording(simulation.inputs.parameters.learning)
    before = simulation.inputs.refresh

    def refresh(rows: np.ndarray, added: np.ndarray, month: int) -> None:
        before(rows, added, month)
        rows[:], added[:] = rows[0].copy(), added[0].copy()

    simulation.execution = execution
    simulation.inputs = simulation.inputs._replace(refresh=refresh)
    return execution.path

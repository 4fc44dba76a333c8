"""The same world as plain Mesa objects: one agent per debtor, claim, creditor and institution.

In: a compiled world after some months. Out: the same world, whose rules run uncompiled on agents
with plain attributes (Python floats, ints, bools, lists), as a modeller who uses Mesa alone would
write them. It goes on from the same state with the same draws, so its counts must be the same.

Work of the month that is done with NumPy on whole tables (sums of a month, monthly records of
courts) is the same in both worlds and needs arrays. Agents are then copied to the tables and back.
A model without tables would not do this, so `copying` counts the seconds, to be deducted.
"""

import time
import tracemalloc
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import mesa
import numpy as np

from sim import World
from sim.engine.compile import Kernel
from sim.engine.draw import Now
from sim.engine.table import Table
from sim.month.shared.state import State
from sim.month.simulation import Simulation

TABLES = (
    *("debtors", "claims", "creditors", "courts", "registries", "agencies", "governments"),
    *("prosecutors", "administrators", "supervisors", "insurers", "funds"),
)
"""Tables of agents, by their names in a `Simulation`."""


class Part:
    """A record inside an agent, or a row of parameters or levers: an object with attributes."""


class Clock:
    """Processor seconds spent in copying between agents and tables."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> None:
        self._begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.process_time() - self._begun


def write_attributes(things: list[Any], rows: np.ndarray) -> None:
    """Give objects the fields of rows as attributes: numbers, lists of numbers, and parts.

    Args:
        things: The objects, one per row.
        rows: Structured array.
    """
    for name in rows.dtype.names or ():
        column = rows[name]
        if column.dtype.fields:
            parts = [thing.__dict__.setdefault(name, Part()) for thing in things]
            write_attributes(parts, column)
        else:
            for thing, value in zip(things, column.tolist(), strict=True):
                setattr(thing, name, value)


def read_attributes(things: list[Any], rows: np.ndarray) -> None:
    """Write the attributes of objects into rows; the reverse of `write_attributes`."""
    if things:
        values = _reader(rows.dtype)
        rows[:] = [values(thing) for thing in things]


def _reader(kind: np.dtype[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A function that gives the fields of an object as a tuple, as NumPy takes a row."""
    names = kind.names or ()
    if len(names) > 1 and not any(kind[name].fields for name in names):
        return attrgetter(*names)
    readers = {name: _reader(kind[name]) for name in names if kind[name].fields}

    def values(thing: Any) -> tuple[Any, ...]:
        found = vars(thing)
        return tuple(readers[n](found[n]) if n in readers else found[n] for n in names)

    return values


def parts_of(rows: np.ndarray) -> list[Any]:
    """Rows of parameters, traits or levers as objects."""
    parts: list[Any] = [Part() for _ in rows]
    write_attributes(parts, rows)
    return parts


def cells(thing: Any) -> Any:
    """Arrays as memory views, also inside named tuples.

    Their cells are read and written as Python numbers, which is faster than NumPy's own numbers.
    """
    if isinstance(thing, np.ndarray):
        return parts_of(thing) if thing.dtype.fields else memoryview(thing)
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return type(thing)(*(cells(part) for part in thing))
    return thing


class Agents(Table):
    """A table whose rows are Mesa agents; the array is only brought up to date when it is read.

    Args:
        table: The table to convert; its array is taken over.
        model: The Mesa model in which the agents are registered.
        clock: Clock for copying.
    """

    def __init__(self, table: Table, model: mesa.Model, clock: Clock) -> None:
        self.__dict__.update(table.__dict__)
        # Each kind of agent has a class of its own, as in a model written for Mesa.
        self.cls: type[mesa.Agent] = type(self.kind.__name__, (mesa.Agent,), {})
        self._model, self._clock = model, clock
        self._ahead = False
        self._lent: bytes | None = None
        self._agents = self._made(super().rows)

    def _made(self, rows: np.ndarray) -> list[Any]:
        made = [self.cls(self._model) for _ in rows]
        write_attributes(made, rows)
        return made

    @property
    def rows(self) -> np.ndarray:
        """The rows in use, for code that works on arrays; it may write to them."""
        found = super().rows
        with self._clock:
            if self._ahead:
                read_attributes(self._agents, found)
            if self._lent is None:
                self._lent = found.tobytes()
        self._ahead = False
        return found

    @property
    def agents(self) -> list[Any]:
        """The agents, for rules that read and write their attributes."""
        if self._lent is not None:
            with self._clock:
                if super().rows.tobytes() != self._lent:
                    write_attributes(self._agents, super().rows)
        self._ahead, self._lent = True, None
        return self._agents

    def append(self, count: int) -> slice:
        """Add agents, whose numbers are all 0."""
        there = super().append(count)
        self._agents += self._made(super().rows[there])
        self._lent = None if self._lent is None else b""
        return there

    def retire(self, gone: np.ndarray) -> np.ndarray:
        """Remove agents from table and model."""
        for agent, leaves in zip(self._agents, gone.tolist(), strict=True):
            if leaves:
                agent.remove()
        kept = zip(self._agents, gone.tolist(), strict=True)
        self._agents = [agent for agent, leaves in kept if not leaves]
        self._lent = None if self._lent is None else b""
        return super().retire(gone)

    def bytes_of(self) -> int:
        """Bytes of all agents, with their attributes and their places in the Mesa model."""
        rows = self.rows
        own, self._model = self._model, mesa.Model(rng=1)
        tracemalloc.start()
        try:
            copies = self._made(rows)
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            self._model = own
        del copies
        return held


class OfAgents(Simulation):
    """A simulation whose tables consist of Mesa agents and whose rules are not compiled.

    Args:
        simulation: A simulation between two months. It must not be used afterwards.
    """

    def __init__(self, simulation: Simulation) -> None:
        self.__dict__.update(simulation.__dict__)
        self._state = None
        self.clock = Clock()
        self.model = mesa.Model(rng=1)
        for name in TABLES:
            setattr(self, name, Agents(getattr(simulation, name), self.model, self.clock))
        self._levers_then, self._lever_parts = b"", parts_of(self.levers)
        self._parameter_parts = parts_of(self._parameters)
        traits = self._traits
        self._trait_parts = type(traits)(*(parts_of(rows) for rows in traits))  # type: ignore[arg-type]

    def state(self) -> State:
        """The world as arrays, brought up to date."""
        self._state = None
        return super().state()

    def run_kernel(self, kernel: Kernel, rows: int) -> None:
        """Run the rules of a kernel over agents, in plain Python, one block at a time."""
        block = self.execution.block
        for first in range(0, rows, block):
            kernel.py_func(self._seen(), first, min(rows, first + block))

    def _seen(self) -> State:
        """The world as rules see it: lists of agents, and arrays whose cells are Python numbers."""
        with self.clock:
            arrays = (self._journal(), self.owned, self.hands, self.cases, self.news)
            journal, owned, hands, cases, news = map(cells, arrays)
            if self.levers.tobytes() != self._levers_then:
                self._levers_then = self.levers.tobytes()
                self._lever_parts = parts_of(self.levers)
        tables = {name: getattr(self, name).agents for name in TABLES if name in State._fields}
        others = {name: cells(getattr(self, name)) for name in ARRAYS}
        given = {name: cells(getattr(self.inputs, name)) for name in GIVEN}
        return State(
            now=Now(self.inputs.seed, self.month),
            parameters=self._parameter_parts,
            traits=self._trait_parts,
            levers=self._lever_parts,
            by_debtor=owned,
            hands=hands,
            cases=cases,
            news=news,
            places=cells(self._places),
            keys=cells(self._keys),
            journal=journal,
            covers_change=self.covers_change,
            **tables,
            **others,
            **given,
        )


ARRAYS = (
    *("neighbours", "signals", "rates", "covered", "covers", "arrivals", "shocks"),
    "lender_first",
)
"""Arrays that a simulation holds for its rules."""
GIVEN = ("debtor_treatment", "claim_treatment", "amount_edges", "assignment")
"""Arrays that come with the inputs of a simulation."""


def as_agents(world: World) -> OfAgents:
    """Replace the tables of a compiled world by agents; it must have completed a month.

    Returns:
        Its new simulation, with the clock of what is not counted.
    """
    world.simulation = OfAgents(world.simulation)
    return world.simulation

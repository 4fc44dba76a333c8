"""A mechanism: an optional part of the model, declared in one file or one folder.

In: a file or folder of `sim/mechanisms/` that makes one `Mechanism` and declares with it. Out: what
the core composes: fields of records, levers and parameters, sums, movements of money, phases,
indicators, lines of payments, equations for the description of the model, actors to explain.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from sim.books.accounts import Account, add_flow
from sim.books.counts import add_count
from sim.engine.named import Named
from sim.mechanisms.base.points import POINTS
from sim.mechanisms.base.rules import rule, same_row
from sim.terms import Decision

if TYPE_CHECKING:
    from sim.indicator import Indicator
    from sim.mechanisms.base.act import Act
    from sim.month.shared.state import State
    from sim.month.simulation import Simulation


class Payment(NamedTuple):
    """A line of the table of money: movements of one payer and one receiver.

    Args:
        name: As it is written in results.
        title: English title.
        zh: Chinese title.
        flows: The movements in it.
    """

    name: str
    title: str
    zh: str
    flows: tuple[Named, ...]


class Equation(NamedTuple):
    """An equation of the description of the model.

    Args:
        number: Its number, which the docstrings of rules cite.
        title: What it is about, in a few words.
        text: The equation with its explanation, Markdown.
    """

    number: int
    title: str
    text: str


class Phase(NamedTuple):
    """A phase of the month, and the name of the one that it follows."""

    function: "Callable[[Simulation], None]"
    after: str


class Decider(NamedTuple):
    """An actor whose decision `servanda explain` shows.

    Args:
        actor: Its name on the command line.
        before: The phase before which it decides.
        table: The table of the simulation in which it has a row.
        acts: What the actor in a row weighs.
    """

    actor: str
    before: str
    table: str
    acts: "Callable[[State, int], Iterator[Act]]"


class Mechanism:
    """Everything that one mechanism adds to the model.

    Args:
        title: English title.
        zh: Chinese title.
        summary: What it does, a sentence or two for the description of the model.

    Attributes:
        fields: Classes whose fields are added to a record, by the name under which the record is
            composed: tables such as ``claims``, modes of levers such as ``at_source``, sections of
            parameters such as ``protection``.
        decisions: Numbers of its draws, by name.
        counts: Its sums of a month.
        flows: Its movements of money.
        phases: Its phases of the month.
        starts: Functions called once as a simulation is built.
        month_ends: Functions called as institutions settle the month.
        indicators: Its indicators.
        payments: Its lines of the table of money.
        equations: Its equations.
        deciders: Its actors whose decisions can be explained.
        terms: Words for the terms of their ledgers.
        module: Its module; `files` lists it with those of its folder, if it is one.
    """

    def __init__(self, title: str, zh: str, summary: str) -> None:
        """A mechanism that adds nothing yet."""
        self.title, self.zh, self.summary = title, zh, summary
        self.module = ""
        self.files: tuple[str, ...] = ()
        self.fields: list[tuple[str, type]] = []
        self.decisions: dict[str, int] = {}
        self.counts: list[Named] = []
        self.flows: list[Named] = []
        self.phases: list[Phase] = []
        self.starts: list[Callable[[Simulation], None]] = []
        self.month_ends: list[Callable[[Simulation, np.ndarray], None]] = []
        self.indicators: list[Indicator] = []
        self.payments: list[Payment] = []
        self.equations: list[Equation] = []
        self.deciders: list[Decider] = []
        self.terms: dict[str, str] = {}
        MECHANISMS.append(self)

    def add_to[T](self, record: str) -> Callable[[type[T]], type[T]]:
        """Add the fields of a class to a record of the core.

        Args:
            record: A table (``claims``, ``debtors``, ``creditors``, ``courts``, ``registries``), a
                mode of levers (``at_source``, …) or a section of parameters (``protection``, …).
                Levers and parameters need a default.

        Returns:
            A decorator that leaves the class as it is.
        """

        def noted(cls: type[T]) -> type[T]:
            self.fields.append((record, cls))
            return cls

        return noted

    def view[T](self, cls: type[T]) -> Callable[[object], T]:
        """A rule that returns a row of the core typed as the fields that this mechanism added.

        The row is the same; only type checkers see another class, so a misspelt field is an error
        for mypy, and for Numba as it would be without the view.
        """
        return cast("Callable[[object], T]", same_row)

    def decision(self, name: str, number: int) -> int:
        """A number for draws of its own.

        Args:
            name: Name of the decision.
            number: A number that no other decision has or had, below 10,000.

        Raises:
            ValueError: If the number is taken.
        """
        taken = {one.value: one.name for one in Decision}
        taken |= {n: key for one in MECHANISMS for key, n in one.decisions.items()}
        if number in taken or not 0 <= number < 10_000:
            found = taken.get(number, "extensions")
            raise ValueError(f"{name}: decision {number} belongs to {found}; take a free number")
        self.decisions[name] = number
        return number

    def flow(self, name: str, source: Account, target: Account, what: str) -> Named:
        """Declare a movement of money between two accounts; `book` takes what is returned."""
        self.flows.append(add_flow(name, source, target, what))
        return self.flows[-1]

    def count(self, name: str) -> Named:
        """Declare a sum over the month; `count` and indicators take what is returned."""
        self.counts.append(add_count(name))
        return self.counts[-1]

    def at[F: Callable[..., Any]](self, point: Callable[..., Any]) -> Callable[[F], F]:
        """Attach a rule to a call point of the core (`sim.mechanisms.base.points`)."""

        def attached(function: F) -> F:
            POINTS[point].rules.append(rule(function))
            return function

        return attached

    def phase(
        self, after: str
    ) -> "Callable[[Callable[[Simulation], None]], Callable[[Simulation], None]]":
        """Put a function of the simulation into the month, behind the phase named."""

        def noted(function: "Callable[[Simulation], None]") -> "Callable[[Simulation], None]":
            self.phases.append(Phase(function, after))
            return function

        return noted

    def start(self, function: "Callable[[Simulation], None]") -> "Callable[[Simulation], None]":
        """Call a function once, as a simulation is built."""
        self.starts.append(function)
        return function

    def month_end(
        self, function: "Callable[[Simulation, np.ndarray], None]"
    ) -> "Callable[[Simulation, np.ndarray], None]":
        """Call a function as institutions settle the month.

        It is given the simulation and the month's counts by cell, shape (cells, counts).
        """
        self.month_ends.append(function)
        return function

    def indicator(self, indicator: "Indicator") -> None:
        """Add an indicator."""
        self.indicators.append(indicator)

    def payment(self, name: str, title: str, zh: str, *flows: Named) -> None:
        """Add a line to the table of money."""
        self.payments.append(Payment(name, title, zh, flows))

    def equation(self, number: int, title: str, text: str) -> None:
        """Add an equation to the description of the model."""
        self.equations.append(Equation(number, title, text.strip()))

    def decider[F: Callable[..., Any]](
        self, actor: str, before: str, table: str
    ) -> Callable[[F], F]:
        """Let `servanda explain` show what an actor weighs, by a function of the state and its row.

        Args:
            actor: Its name on the command line.
            before: The phase before which it decides.
            table: The table of the simulation in which it has a row.
        """

        def noted(function: F) -> F:
            self.deciders.append(Decider(actor, before, table, function))
            return function

        return noted

    def words(self, **terms: str) -> None:
        """Add words for terms of ledgers that `decider` shows; say which term is the gain."""
        self.terms |= terms


MECHANISMS: list[Mechanism] = []
"""Every mechanism, in the order of the names of their files."""

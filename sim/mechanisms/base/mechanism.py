"""A mechanism: an optional part of the model, declared in one file or one folder.

In: a file or folder of `sim/mechanisms/` that makes one `Mechanism` and uses its methods for all
declarations. Out: parts that the core composes: fields of tables, levers and parameters, sums,
movements of money, phases, indicators, lines of payments, equations for the description of the
model, and actors whose decisions can be explained.
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
    """A line of the table of money: movements from one payer to one receiver.

    Args:
        name: Name in results.
        title: English title.
        zh: Chinese title.
        flows: The movements added up in this line.
    """

    name: str
    title: str
    zh: str
    flows: tuple[Named, ...]


class Equation(NamedTuple):
    """An equation of the description of the model.

    Args:
        number: Number of the equation, as cited in the docstrings of rules.
        title: Subject of the equation, in a few words.
        text: The equation with its explanation, in Markdown.
    """

    number: int
    title: str
    text: str


class Phase(NamedTuple):
    """A function that is a phase of the month, and the name of the phase after which it runs."""

    function: "Callable[[Simulation], None]"
    after: str


class Decider(NamedTuple):
    """An actor whose decision `servanda explain` shows.

    Args:
        actor: Name of the actor on the command line.
        before: Name of the phase before which it decides.
        table: The table of the simulation in which it has a row.
        acts: Function that returns the actions weighed by the actor in a row.
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
        summary: Description of its effect in one or two sentences, for the description of the
            model.

    Attributes:
        fields: Pairs of a record's name and a class whose fields are added to that record.
            Records are tables such as ``claims``, modes of levers such as ``at_source``, and
            sections of parameters such as ``protection``.
        decisions: Numbers that identify its draws, by name of the decision.
        counts: Its sums of a month.
        flows: Its movements of money.
        phases: Its phases of the month.
        starts: Functions called once when a simulation is built.
        month_ends: Functions called when institutions settle the month.
        indicators: Its indicators.
        payments: Its lines of the table of money.
        equations: Its equations.
        deciders: Its actors whose decisions can be explained.
        terms: Descriptions of the terms of these actors' ledgers.
        module: Name of its module.
        files: Names of all its modules: `module` and, if that is a folder, the modules in it.
    """

    def __init__(self, title: str, zh: str, summary: str) -> None:
        """Make a mechanism that adds nothing yet."""
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
                Levers and parameters must have a default.

        Returns:
            A decorator that does not change the class.
        """

        def noted(cls: type[T]) -> type[T]:
            self.fields.append((record, cls))
            return cls

        return noted

    def view[T](self, cls: type[T]) -> Callable[[object], T]:
        """A rule that returns a row of the core, typed as the class of this mechanism's fields.

        The row itself is unchanged. Type checkers regard it as an instance of `cls`, so they report
        a misspelt field. Numba reports it too.
        """
        return cast("Callable[[object], T]", same_row)

    def decision(self, name: str, number: int) -> int:
        """Declare a decision of this mechanism, and return the number that identifies its draws.

        Args:
            name: Name of the decision.
            number: A number from 0 to 9,999 that no other decision has or has ever had.

        Raises:
            ValueError: If the number is in use or out of range.
        """
        taken = {one.value: one.name for one in Decision}
        taken |= {n: key for one in MECHANISMS for key, n in one.decisions.items()}
        if number in taken or not 0 <= number < 10_000:
            found = taken.get(number, "extensions")
            raise ValueError(
                f"{name}: decision {number} belongs to {found}; choose a free number below 10,000"
            )
        self.decisions[name] = number
        return number

    def flow(self, name: str, source: Account, target: Account, what: str) -> Named:
        """Declare a movement of money between two accounts; rules pass the result to `book`."""
        self.flows.append(add_flow(name, source, target, what))
        return self.flows[-1]

    def count(self, name: str) -> Named:
        """Declare a sum over the month, for calls of `count` in rules and for indicators."""
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
        """Make a function a phase of the month, which runs after the phase named `after`."""

        def noted(function: "Callable[[Simulation], None]") -> "Callable[[Simulation], None]":
            self.phases.append(Phase(function, after))
            return function

        return noted

    def start(self, function: "Callable[[Simulation], None]") -> "Callable[[Simulation], None]":
        """Call a function once, when a simulation is built."""
        self.starts.append(function)
        return function

    def month_end(
        self, function: "Callable[[Simulation, np.ndarray], None]"
    ) -> "Callable[[Simulation, np.ndarray], None]":
        """Call a function when institutions settle the month.

        Its arguments are the simulation and the month's counts by cell (group of claims), shape
        (cells, counts).
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
        """Let `servanda explain` show the actions that a kind of actor weighs.

        The decorated function is called with the state and the actor's row and returns the actions.

        Args:
            actor: Name of the actor on the command line.
            before: Name of the phase before which it decides.
            table: The table of the simulation in which it has a row.
        """

        def noted(function: F) -> F:
            self.deciders.append(Decider(actor, before, table, function))
            return function

        return noted

    def words(self, **terms: str) -> None:
        """Describe the terms of a `decider`'s ledgers; the gain's text begins with ``gain:``."""
        self.terms |= terms


MECHANISMS: list[Mechanism] = []
"""Every mechanism, in the order of file names."""

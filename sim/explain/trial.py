"""One debtor's decision, tried again and again with other values of levers.

In: a debtor just before its choice, and the table of levers that its state reads. Out: whether it
decides otherwise with some levers at other values. Everything else stays as it is in this month.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from sim.agents.debtor.weigh import Position
from sim.levers.catalogue import catalogue
from sim.levers.lever import Lever, Reader
from sim.measure.chooser import Chooser
from sim.month.decision.deliberation import chosen, least_net, prefers_honesty
from sim.terms import Option

TIDY = 0.002
"""Share of a lever's range by which a value may be rounded, so that it is short to read."""


@dataclass(frozen=True)
class Handle:
    """A lever that can be moved for one debtor.

    Args:
        path: Path of the lever.
        about: Its declaration, with unit and range.
        now: Its value today, as it applies to this debtor.
        rows: Rows of the lever table from which the lever is read for this debtor. Depending on
            the lever, they belong to the debtor itself, to its court, or to its claims.
    """

    path: str
    about: Lever
    now: float
    rows: tuple[int, ...]

    def share(self, value: float) -> float:
        """Share of the lever's range between its value today and another one."""
        return abs(value - self.now) / (self.about.high - self.about.low)


class Trial:
    """One debtor's decision, computed with levers at other values.

    Args:
        chooser: A debtor with something to weigh; its state reads `table`.
        table: A copy of the lever table; changed during a try and restored after it.

    Attributes:
        honest: Whether the debtor today prefers its best honest way to dishonesty.
        tries: Number of decisions computed so far.
    """

    def __init__(self, chooser: Chooser, table: np.ndarray) -> None:
        """Note today's decision."""
        self._chooser, self._table = chooser, table
        self._taste = chooser.taste
        self.tries = 0
        self._score, self.honest, self._then = self._weigh()

    def handles(self) -> list[Handle]:
        """Every lever, with its value today for this debtor."""
        rows = rows_read(self._chooser)
        found = []
        for entry in catalogue():
            at = rows[entry.lever.reads]
            now = float(self._table[entry.mode][entry.name][at[0]])
            found.append(Handle(entry.path, entry.lever, now, at))
        return found

    def turned(self, *values: tuple[Handle, float]) -> bool:
        """Whether the debtor decides otherwise with these levers at these values."""
        with self._set(values):
            return self._weigh()[1] != self.honest

    def gain(self, *values: tuple[Handle, float]) -> float:
        """How far these levers bring the debtor towards deciding otherwise, yuan."""
        with self._set(values):
            towards = self._weigh()[0] - self._score
        return -towards if self.honest else towards

    def then(self, *values: tuple[Handle, float]) -> Option:
        """What the debtor would choose with these levers at these values."""
        with self._set(values):
            return self._weigh()[2]

    def tidied(self, handle: Handle, value: float, *others: tuple[Handle, float]) -> float:
        """A value with few digits, slightly farther from today's, at which the debtor also turns.

        Args:
            handle: The lever.
            value: A value at which the debtor turns.
            others: Other levers that are moved with it.
        """
        about = handle.about
        most = min(TIDY * (about.high - about.low), 0.05 * abs(value - handle.now))
        for digits in range(1, 7):
            near = float(f"{value:.{digits}g}")
            step = 10.0 ** (int(f"{value:e}".split("e")[1]) - digits + 1)
            away = step if value > handle.now else -step
            for one in (near, float(f"{near + away:.{digits}g}")):
                beyond = (one - value) * away >= 0.0
                allowed = about.low <= one <= about.high and abs(one - value) <= most
                if beyond and allowed and self.turned((handle, one), *others):
                    return one
        return value

    def _weigh(self) -> tuple[float, bool, Option]:
        """Net cost of dishonesty plus taste, yuan; whether honesty is preferred; the choice."""
        self.tries += 1
        chooser = self._chooser
        it = chooser.deliberation()
        honest = prefers_honesty(it, chooser.debtor, self._taste, chooser.choice)
        taste = pull(chooser, it.position, self._taste)
        option = Option(chosen(it, honest, chooser.state.traits.evasions))
        return least_net(it) - it.way.cost + taste, honest, option

    @contextmanager
    def _set(self, values: tuple[tuple[Handle, float], ...]) -> Iterator[None]:
        """Set levers in the table, and restore them."""
        before = []
        for handle, value in values:
            mode, name = handle.path.split(".")
            column = self._table[mode][name]
            rows = list(handle.rows)
            before.append((column, rows, column[rows]))
            column[rows] = value
        try:
            yield
        finally:
            for column, rows, kept in before:
                column[rows] = kept


def rows_read(chooser: Chooser) -> dict[Reader, tuple[int, ...]]:
    """Rows of the lever table from which levers are read for a debtor, its court and its claims."""
    owned = chooser.claims
    claims = (owned.claims[owned.order[j]] for j in range(owned.first, owned.last))
    return {
        "debtor": (chooser.debtor.treatment,),
        "court": (chooser.state.courts[chooser.debtor.district].treatment,),
        "claim": tuple(dict.fromkeys(claim.treatment for claim in claims)),
    }


def pull(chooser: Chooser, here: Position, taste: float) -> float:
    """A taste for honesty in yuan, as it is added to the net cost (ODD eq. 8).

    Args:
        chooser: The debtor.
        here: The position from which it chooses.
        taste: Its taste, standard logistic.
    """
    return chooser.choice.noise * max(here.payable, 0.1 * chooser.debtor.income) * taste

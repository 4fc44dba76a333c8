"""Keeps the event log: every transition of a claim, with month, parties, amount and actor."""

from enum import IntEnum

import numpy as np
import pandas as pd

from sim.agents.transitions import TRANSITIONS
from sim.month.shared.journal import STEPS
from sim.terms import Domain, Kind, Mover, Stage, label


def coded(codes: "np.ndarray | pd.Series[int]", words: type[IntEnum]) -> "pd.Categorical[object]":
    """Convert codes into a categorical column of words, stored as one byte per entry."""
    return pd.Categorical.from_codes(
        np.asarray(codes, np.int8), pd.Index([label(w) for w in words], dtype=object)
    )


def movers() -> np.ndarray:
    """Build a table of who takes a step: codes of `Mover`, shape (stages + 1, stages).

    Rows are stages before the step, with a last row for new claims; columns are stages after it.
    """
    table = np.full((len(Stage) + 1, len(Stage)), Mover.TIME.value)
    for before, following in TRANSITIONS.items():
        for after, mover in following.items():
            table[before, after] = mover
    return table


MOVERS = movers()


class Events:
    """The transitions of all claims, month after month."""

    def __init__(self) -> None:
        """Start with an empty log."""
        self._parts: list[np.ndarray] = []

    KIND = np.dtype(
        [
            ("month", "i4"),
            ("claim", "i8"),
            ("debtor", "i8"),
            ("creditor", "i4"),
            ("district", "i2"),
            ("domain", "i1"),
            ("kind", "i1"),
            ("stage", "i1"),
            ("amount", "f8"),
        ]
    )

    def add(self, month: int, claims: np.ndarray, debtors: np.ndarray, trail: np.ndarray) -> None:
        """Add the transitions of a month, ordered by claim and then by step.

        Args:
            month: Number of the month.
            claims: Rows of the table of claims.
            debtors: Rows of the table of debtors.
            trail: Stages and amounts of each claim's steps in the month; one row per claim.
        """
        moved = np.flatnonzero(trail["steps"])
        if not len(moved):
            return
        steps = np.minimum(trail["steps"][moved].astype(int), STEPS)
        rows = np.repeat(moved, steps)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(steps) - steps, steps)
        part = np.zeros(len(rows), self.KIND)
        part["month"] = month
        part["claim"] = claims["id"][rows]
        part["debtor"] = debtors["id"][claims["debtor"][rows]]
        for name in ("creditor", "district", "domain", "kind"):
            part[name] = claims[name][rows]
        part["stage"] = trail["stages"][rows, nth]
        part["amount"] = trail["amounts"][rows, nth]
        self._parts.append(part)

    def of(self, month: int) -> np.ndarray:
        """The transitions of a month, ordered by claim and then by step; fields as in `KIND`."""
        found = np.zeros(0, self.KIND)
        for part in reversed(self._parts):
            if part["month"][0] <= month:
                found = part if part["month"][0] == month else found
                break
        return found

    def frame(self) -> pd.DataFrame:
        """One row per transition; columns as in `KIND`, with words for domain, kind and stage.

        `mover` is who took the step (see `TRANSITIONS`); for a claim's first entry it is ``time``.
        """
        table = np.concatenate([np.zeros(0, self.KIND), *self._parts])
        frame = pd.DataFrame({name: table[name] for name in self.KIND.names or ()})
        before = frame.groupby("claim", sort=False)["stage"].shift(fill_value=len(MOVERS) - 1)
        frame["mover"] = coded(MOVERS[before, frame["stage"]], Mover)
        for name, words in (("domain", Domain), ("kind", Kind), ("stage", Stage)):
            frame[name] = coded(frame[name], words)
        return frame

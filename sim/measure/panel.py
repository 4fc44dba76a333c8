"""Keeps the panel: a sample of debtors, recorded at the end of each month."""

import numpy as np
import pandas as pd

from sim.engine.draw import Now, uniform
from sim.measure.events import coded
from sim.terms import Ability, Asset, Decision, Kind, Option, label


def sample(seed: int, ids: np.ndarray, size: int) -> np.ndarray:
    """Draw a sample of debtors: those with the smallest draws.

    A larger sample from the same debtors therefore contains every smaller one.

    Args:
        seed: Seed of the run.
        ids: Ids of all debtors, in the order of their rows.
        size: Number of debtors to sample.

    Returns:
        Rows of the sampled debtors, ascending.
    """
    now = Now(seed, 0)
    drawn = np.array([uniform(now, Decision.PANEL, int(i)) for i in ids])
    return np.sort(np.argsort(drawn, kind="stable")[:size])


class Panel:
    """The records of sampled debtors, month after month.

    Args:
        rows: Rows of the debtors' table to follow; a newcomer who takes over a row is followed too.
    """

    NUMBERS = ("income", "need", "conscience", "trust", "listed", "spell", "on_list", "zombie")

    def __init__(self, rows: np.ndarray) -> None:
        """Start with an empty panel."""
        self.rows = rows
        self._parts: list[tuple[int, np.ndarray]] = []

    def add(self, month: int, debtors: np.ndarray) -> None:
        """Copy the sampled rows at the end of a month."""
        self._parts.append((month, debtors[self.rows].copy()))

    def frame(self) -> pd.DataFrame:
        """One row per month and debtor: id, fields in `NUMBERS`, assets, kind, option, ability."""
        frames = []
        for month, part in self._parts:
            columns: dict[str, object] = {"month": month, "debtor": part["id"]}
            columns |= {name: part[name] for name in self.NUMBERS}
            columns |= {f"assets_{label(a)}": part["assets"][:, a] for a in Asset}
            for name, words in (("kind", Kind), ("option", Option), ("ability", Ability)):
                columns[name] = coded(part[name], words)
            frames.append(pd.DataFrame(columns))
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

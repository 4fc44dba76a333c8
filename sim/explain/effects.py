"""By how much each lever alone changes the net cost of dishonesty for one debtor."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.levers.catalogue import catalogue
from sim.measure.chooser import Balance, Chooser

CENT = 0.01
"""Smaller changes of the net cost, in yuan, do not count as a contribution."""


@dataclass(frozen=True)
class Effect:
    """A debtor's balance if one lever had another value.

    Args:
        lever: Path of the lever.
        title: English title.
        zh: Chinese title.
        now: Present value of the lever for this debtor.
        other: The other value.
        net: Net cost of the best dishonest option at the other value, yuan.
        change: That net cost minus the present one, yuan.
        chance: Probability of paying at the other value.
    """

    lever: str
    title: str
    zh: str
    now: float
    other: float
    net: float
    change: float
    chance: float


def contributions(chooser: Chooser, rows: np.ndarray, balance: Balance) -> list[Effect]:
    """Effects of each lever at its `off` value, where they change the net cost; largest first.

    Args:
        chooser: The debtor, with levers read from `rows`.
        rows: A copy of the lever table; changed temporarily and restored.
        balance: The present balance.
    """
    found = _variations(chooser, rows, balance)
    return sorted((e for e in found if abs(e.change) > CENT), key=lambda e: -abs(e.change))


def _variations(chooser: Chooser, rows: np.ndarray, balance: Balance) -> Iterator[Effect]:
    """The balance with each lever in turn at its `off` value, unless it is there already."""
    row = chooser.debtor.treatment
    for entry in catalogue():
        column = rows[entry.mode][entry.name]
        now, off = float(column[row]), entry.lever.off
        if off == now:
            continue
        column[row] = off
        then = chooser.balance()
        column[row] = now
        change = then.net - balance.net
        title = (entry.path, entry.lever.title, entry.lever.zh)
        yield Effect(*title, now, off, then.net, change, then.chance)

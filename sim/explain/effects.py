"""What each lever contributes to one debtor's balance, one lever at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.explain.case import Balance, Case
from sim.levers.catalogue import catalogue

CENT = 0.01
"""Yuan; a lever that moves net by less is said to contribute nothing."""


@dataclass(frozen=True)
class Effect:
    """A debtor's balance with one lever at another value.

    Args:
        lever: Its path.
        title: English title.
        zh: Chinese title.
        now: Its value for this debtor.
        other: The value it is tried at.
        net: Net of the best dishonest option then, yuan.
        change: That net less net as it is, yuan.
        chance: Probability of paying then.
    """

    lever: str
    title: str
    zh: str
    now: float
    other: float
    net: float
    change: float
    chance: float


def contributions(case: Case, rows: np.ndarray, balance: Balance) -> list[Effect]:
    """Each lever at its `off` value, where that changes net; the largest change first.

    Args:
        case: The debtor; its state reads levers from `rows`.
        rows: The lever table, a copy that may be changed; it is left as it was.
        balance: The balance as it is.
    """
    found = _tried(case, rows, balance, ("off",))
    return sorted((e for e in found if abs(e.change) > CENT), key=lambda e: -abs(e.change))


def turning(case: Case, rows: np.ndarray, balance: Balance) -> list[Effect]:
    """Each lever that alone turns the sign of net at its off, lowest or highest value."""
    found = _tried(case, rows, balance, ("off", "low", "high"))
    return [e for e in found if (e.net < 0.0) != (balance.net < 0.0)]


def _tried(
    case: Case, rows: np.ndarray, balance: Balance, values: tuple[str, ...]
) -> Iterator[Effect]:
    """The balance with one lever at a time at each of its named values but the present one."""
    row = case.debtor.treatment
    for entry in catalogue():
        column = rows[entry.mode][entry.name]
        now = float(column[row])
        for other in dict.fromkeys(getattr(entry.lever, value) for value in values):
            if other == now:
                continue
            column[row] = other
            then = case.balance()
            change = then.net - balance.net
            title = (entry.path, entry.lever.title, entry.lever.zh)
            yield Effect(*title, now, other, then.net, change, then.chance)
        column[row] = now

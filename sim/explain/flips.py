"""What would change a debtor's mind: the smallest move of a lever that reverses the decision.

In: a debtor just before its choice, and a table of levers that may be changed. Out: `Flips`: for
each lever that enters the decision, the value nearest to today's at which the debtor turns from
dishonesty to its best honest way, or the other way round; and the smallest move of two levers.

The search asks the model's own rules how the debtor decides, by net cost and taste together.
Levers are moved in this one ledger only: what the debtor believes, owns and owes, its neighbours'
conduct, the docket and its taste stay as they are in this month. If the lever had been moved
from the start, all of these could differ.
"""

from dataclasses import dataclass

import numpy as np

from sim.explain.pairs import smallest_pair
from sim.explain.trial import Handle, Trial
from sim.measure.chooser import Chooser
from sim.terms import Option

STEPS = 8
"""Number of values tried on the way from today's value to an end of the range. A lever that
changes the decision only midway is found too, if it does so over an eighth of the way or more."""

HALVINGS = 20
"""Halvings of the interval in which the decision changes: down to a millionth of the range."""


@dataclass(frozen=True)
class Flip:
    """One lever that enters a debtor's decision.

    Args:
        lever: Path of the lever.
        title: English title.
        zh: Chinese title.
        unit: Unit of its values.
        low: Lower end of its range.
        high: Upper end of its range.
        now: Its value today, as it applies to this debtor.
        at: Value nearest to today's at which the debtor decides otherwise; None if none does.
        share: Share of the range between `now` and `at`; None without `at`.
        then: What the debtor would choose at `at`; None without `at`.
    """

    lever: str
    title: str
    zh: str
    unit: str
    low: float
    high: float
    now: float
    at: float | None = None
    share: float | None = None
    then: Option | None = None


@dataclass(frozen=True)
class Pair:
    """Two levers that together change a debtor's decision, though neither does alone.

    Args:
        levers: Both of them, each with the value and the share that it has in the pair.
        share: Joint move: the sum of the two shares of the levers' ranges.
        then: What the debtor would choose.
    """

    levers: tuple[Flip, Flip]
    share: float
    then: Option


@dataclass(frozen=True)
class Flips:
    """What would change a debtor's mind.

    Args:
        honest: Whether the debtor prefers its best honest way today. A flip reverses this.
        levers: Number of levers tried.
        alone: Levers that alone change the decision, the smallest share of the range first.
        never: Levers that enter the decision, but alone do not change it at any value.
        searched: Whether a pair was searched for.
        pair: The pair with the smallest joint move, if one was found. The search is bounded (see
            `sim.explain.pairs`), so a still smaller pair may exist.
    """

    honest: bool
    levers: int
    alone: list[Flip]
    never: list[Flip]
    searched: bool
    pair: Pair | None


def flips(chooser: Chooser, table: np.ndarray, *, pair: bool | None = None) -> Flips:
    """Search for the levers, and the pair of levers, that change a debtor's decision.

    A debtor that does not choose this month keeps to its last choice, whatever the levers. The
    result then says what would change the choice that this debtor would make now, with its last
    taste.

    Args:
        chooser: A debtor with something to weigh (`Chooser.weighs`); its state reads `table`.
        table: A copy of the lever table; changed temporarily and restored.
        pair: Whether to search for a pair; by default only if no single lever is enough.
    """
    trial = Trial(chooser, table)
    handles = trial.handles()
    alone: list[tuple[float, Flip]] = []
    never: list[Flip] = []
    for handle in handles:
        ends = [end for end in (handle.about.low, handle.about.high) if end != handle.now]
        if all(trial.gain((handle, end)) == 0.0 for end in ends):
            continue  # it does not enter this debtor's decision
        values = [at for end in ends if (at := _towards(trial, handle, end)) is not None]
        if not values:
            never.append(_flip(handle))
            continue
        at = trial.tidied(handle, min(values, key=handle.share))
        alone.append((handle.share(at), _flip(handle, at, trial.then((handle, at)))))
    alone.sort(key=lambda one: one[0])
    searched = pair if pair is not None else not alone
    found = None
    if searched:
        enough = {flip.lever for _, flip in alone}
        found = _pair(trial, [handle for handle in handles if handle.path not in enough])
    return Flips(trial.honest, len(handles), [flip for _, flip in alone], never, searched, found)


def _towards(trial: Trial, handle: Handle, end: float) -> float | None:
    """The first value on the way from today's to an end at which the debtor turns, if any."""
    now = handle.now
    near = 0.0
    for step in range(1, STEPS + 1):
        far = step / STEPS
        if trial.turned((handle, end if step == STEPS else now + far * (end - now))):
            break
        near = far
    else:
        return None
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        if trial.turned((handle, now + middle * (end - now))):
            far = middle
        else:
            near = middle
    return end if far >= 1.0 else now + far * (end - now)


def _pair(trial: Trial, handles: list[Handle]) -> Pair | None:
    """The pair with the smallest joint move, as part of a result."""
    moves = smallest_pair(trial, handles)
    if moves is None:
        return None
    then = trial.then(*moves)
    one, other = (_flip(handle, value, then) for handle, value in moves)
    return Pair((one, other), sum(handle.share(value) for handle, value in moves), then)


def _flip(handle: Handle, at: float | None = None, then: Option | None = None) -> Flip:
    """A lever as part of a result; `at` and `then` are given if the lever changes the decision."""
    about = handle.about
    return Flip(
        lever=handle.path,
        title=about.title,
        zh=about.zh,
        unit=about.unit,
        low=about.low,
        high=about.high,
        now=handle.now,
        at=at,
        share=None if at is None else handle.share(at),
        then=then,
    )

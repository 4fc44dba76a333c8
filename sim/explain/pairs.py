"""The smallest move of two levers that together change a debtor's decision.

In: a debtor's decision (`Trial`), and levers that alone do not change it. Out: two levers with
their values. A move is measured as the share of the lever's range between its value today and
the new one; the joint move is the sum of both shares.

The search is bounded. Each lever is moved towards either end of its range. The `STRONGEST` of
these moves are combined with every other one; a pair is dropped if it does not change the decision
with both levers at the ends of their ranges. In every other pair, one lever takes `STEPS` values on
a grid, and for each of them bisection finds the smallest move of the other lever. A pair is left as
soon as it cannot improve on the best pair so far. No new pair is begun once `TRIES` decisions have
been computed.
"""

from collections.abc import Callable
from typing import NamedTuple

from sim.explain.trial import Handle, Trial

STRONGEST = 10
STEPS = 8
TRIES = 5000
"""Number of decisions after which no new pair is begun. Computing a decision takes about half a
millisecond."""
HALVINGS = 16
FINER = 16
"""Number of finer steps into which a step of the grid is divided, on either side of the best value
of the first lever."""
NEARER = 0.01
"""Share of a lever's range. A pair is rounded only if each of its levers is then still needed: the
decision no longer changes if that lever alone is moved back by this share."""


class Way(NamedTuple):
    """The way of a lever from its value today to an end of its range.

    Args:
        handle: The lever.
        end: The end of its range.
        gain: How far this lever alone, at that end, brings the debtor towards deciding otherwise,
            yuan.
    """

    handle: Handle
    end: float
    gain: float

    @property
    def width(self) -> float:
        """Share of the lever's range that the way covers."""
        return self.handle.share(self.end)

    def at(self, part: float) -> tuple[Handle, float]:
        """The lever after this part of the way, 0 to 1."""
        now = self.handle.now
        return self.handle, self.end if part >= 1.0 else now + part * (self.end - now)


class Best(NamedTuple):
    """The best pair so far: two ways, the parts of them, and the joint move."""

    ways: tuple[Way, Way]
    parts: tuple[float, float]
    share: float


def smallest_pair(
    trial: Trial, handles: list[Handle]
) -> tuple[tuple[Handle, float], tuple[Handle, float]] | None:
    """The two levers with the smallest joint move that change the decision, if any are found.

    Args:
        trial: The debtor's decision.
        handles: Levers that alone do not change it.
    """
    last = trial.tries + TRIES
    best: Best | None = None
    for ways in _candidates(trial, _ways(trial, handles)):
        if trial.tries > last:
            break
        grid = [step / STEPS for step in range(1, STEPS + 1)]
        best = _better(trial, ways, grid, best)
    if best is None:
        return None
    step = 1.0 / (STEPS * FINER)
    around = [best.parts[0] + n * step for n in range(-FINER, FINER + 1)]
    finer = _better(trial, best.ways, [part for part in around if 0.0 < part <= 1.0], best)
    return _rounded(trial, _settled(trial, finer or best))


def _ways(trial: Trial, handles: list[Handle]) -> list[Way]:
    """The ways of all levers, the strongest first."""
    ways = [
        Way(handle, end, trial.gain((handle, end)))
        for handle in handles
        for end in (handle.about.low, handle.about.high)
        if end != handle.now
    ]
    return sorted(ways, key=lambda way: -way.gain)


def _candidates(trial: Trial, ways: list[Way]) -> list[tuple[Way, Way]]:
    """Pairs that change the decision at the ends of their ranges, the most effective ones first.

    A pair is effective if a small joint move brings the debtor far towards deciding otherwise.
    """
    found: list[tuple[float, tuple[Way, Way]]] = []
    for place, one in enumerate(ways[:STRONGEST]):
        for other in ways[place + 1 :]:
            if one.handle.path == other.handle.path:
                continue
            both = one.at(1.0), other.at(1.0)
            if trial.turned(*both):
                found.append(((one.width + other.width) / trial.gain(*both), (one, other)))
    return [ways for _, ways in sorted(found, key=lambda pair: pair[0])]


def _better(
    trial: Trial, ways: tuple[Way, Way], grid: list[float], best: Best | None
) -> Best | None:
    """The best of a pair's moves on a grid of the first lever, or `best` if none is smaller."""
    one, other = ways
    for part in grid:
        room = float("inf") if best is None else best.share - part * one.width
        most = min(1.0, room / other.width)
        if most <= 0.0:
            break
        if not trial.turned(one.at(part), other.at(most)):
            continue
        least = _least(most, _turning(trial, one.at(part), other))
        share = part * one.width + least * other.width
        if best is None or share < best.share:
            best = Best(ways, (part, least), share)
    return best


def _turning(trial: Trial, fixed: tuple[Handle, float], way: Way) -> Callable[[float], bool]:
    """A test: does the debtor decide otherwise after a part of a way, the other lever fixed?"""
    return lambda part: trial.turned(fixed, way.at(part))


def _least(most: float, turns: Callable[[float], bool]) -> float:
    """The smallest part of a way for which `turns` holds, by bisection; it holds at `most`."""
    near, far = 0.0, most
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        near, far = (near, middle) if turns(middle) else (middle, far)
    return far


def _settled(trial: Trial, best: Best) -> Best:
    """The same pair with each lever moved no farther than the other one requires."""
    one, other = best.ways
    first = _least(best.parts[0], _turning(trial, other.at(best.parts[1]), one))
    second = _least(best.parts[1], _turning(trial, one.at(first), other))
    return Best(best.ways, (first, second), first * one.width + second * other.width)


def _rounded(trial: Trial, best: Best) -> tuple[tuple[Handle, float], tuple[Handle, float]]:
    """The pair with few digits, unless one lever could then be moved back noticeably."""
    exact = best.ways[0].at(best.parts[0]), best.ways[1].at(best.parts[1])
    (one, at), (other, then) = exact
    at = trial.tidied(one, at, exact[1])
    then = trial.tidied(other, then, (one, at))
    short = (one, at), (other, then)
    back = ((one, _nearer(one, at)), short[1]), (short[0], (other, _nearer(other, then)))
    return exact if any(trial.turned(*pair) for pair in back) else short


def _nearer(handle: Handle, value: float) -> float:
    """A value nearer to today's by `NEARER` of the range, but not beyond today's."""
    step = NEARER * (handle.about.high - handle.about.low)
    if value > handle.now:
        return max(handle.now, value - step)
    return min(handle.now, value + step)

"""Effects on common random numbers: differences of pairs of runs that share every draw they can.

In: points beside their baselines, and seeds. Out: a row a point, with five effects and whether the
signs came that its lever declares.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Literal, NamedTuple

from sim.analysis.comparison.interventions import Intervention
from sim.analysis.comparison.replicates import INDICATOR, Failure, Outcome, replicate
from sim.analysis.pairs import Effect, effect
from sim.measure.indicators import KNOWN
from sim.scenario.scenario import Scenario

MEASURES: tuple[str, ...] = tuple(part.name for part in fields(Outcome))
LETTERS = {"C": "performance", "R": "recovery", "B": "backlog", "H": "harm"}
"""What the letters of a lever's expected signs stand for."""
Verdict = Literal["as expected", "nil", "against", "up", "down", "missing"]


@dataclass(frozen=True)
class Row:
    """What came of a point.

    Args:
        point: The point.
        effects: An effect for each of `MEASURES`; none where a run failed.
        error: What stopped a run of it or of its baseline.
    """

    point: Intervention
    effects: dict[str, Effect]
    error: str = ""

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """By letter, whether the sign came that the lever declares for this end of its range.

        Where the declared sign depends, it is the direction that is told.
        """
        point = self.point
        if not self.effects or point.lever is None:
            return {}
        found: dict[str, Verdict] = {}
        for word in point.lever.expected.split():
            letter, expected = word[0], word[1:]
            one = self.effects[LETTERS[letter]]
            came = one.sign
            if not one.known:
                found[letter] = "missing"
            elif came == 0:
                found[letter] = "nil"
            elif expected == "±":
                found[letter] = "up" if came > 0 else "down"
            else:
                meant = (1 if expected == "+" else -1) * (1 if point.end == "high" else -1)
                found[letter] = "as expected" if came == meant else "against"
        return found


def effects(
    points: Sequence[Intervention],
    seeds: Sequence[int],
    jobs: int = 1,
    done: Callable[[int], None] | None = None,
) -> list[Row]:
    """Run points and their baselines over seeds, and set them against each other.

    Args:
        points: What is run; baselines that points share are run once.
        seeds: Seeds of the pairs.
        jobs: Processes; they change no number.
        done: Told after each run how many are over.
    """
    setups = to_run(points)
    came = dict(zip(setups, replicate([*setups.values()], seeds, jobs, done), strict=True))
    return [
        _row(point, seeds, came[id(point.setup)], came[id(point.reference.baseline)])
        for point in points
    ]


def to_run(points: Iterable[Intervention]) -> dict[int, Scenario]:
    """The scenarios to be run for points, each once, by their identity in memory."""
    return {
        id(setup): setup for point in points for setup in (point.reference.baseline, point.setup)
    }


def _row(
    point: Intervention,
    seeds: Sequence[int],
    mine: Sequence[Outcome | Failure],
    base: Sequence[Outcome | Failure],
) -> Row:
    """A row of two scenarios' outcomes."""
    pairs: list[tuple[Outcome, Outcome]] = []
    for seed, one, other in zip(seeds, mine, base, strict=True):
        if isinstance(other, Failure):
            return Row(point, {}, f"baseline, seed {seed}: {other.error}")
        if isinstance(one, Failure):
            return Row(point, {}, f"seed {seed}: {one.error}")
        pairs.append((one, other))
    found = {
        name: effect(
            ((getattr(one, name), getattr(other, name)) for one, other in pairs),
            KNOWN[INDICATOR[name]],
        )
        for name in MEASURES
    }
    return Row(point, found)


class Nil(NamedTuple):
    """A lever without a clear effect at either end, in any world in which it was run.

    Args:
        name: Its path.
        but_cost: Whether it has one on public cost and on nothing else.
        bit: Whether it was run where it should bite, or declares no such world.
    """

    name: str
    but_cost: bool
    bit: bool


def nil(rows: Iterable[Row]) -> Iterator[Nil]:
    """Levers that do nothing the pairs can tell; silent where a run failed or pairs are missing."""
    levers = [row for row in rows if row.point.lever is not None]
    for name, group in groupby(sorted(levers, key=_name), key=_name):
        told = list(group)
        if any(row.error for row in told):
            continue
        found = [(part, one) for row in told for part, one in row.effects.items()]
        clear = {part for part, one in found if one.clear}
        if all(one.known for _, one in found) and not clear - {"cost"}:
            lever = told[0].point.lever
            bit = not (lever and lever.bites) or any(row.point.reference.bites for row in told)
            yield Nil(name, "cost" in clear, bit)


def _name(row: Row) -> str:
    return row.point.name


def against(rows: Iterable[Row]) -> list[tuple[Row, str]]:
    """Rows with a measure in which a clear sign came that was not expected, clearest first."""
    found = [
        (row, LETTERS[letter])
        for row in rows
        for letter, verdict in row.verdicts.items()
        if verdict == "against"
    ]
    return sorted(found, key=lambda one: _narrowness(one[0].effects[one[1]]), reverse=True)


def _narrowness(one: Effect) -> float:
    """How many half-widths a mean lies from 0."""
    return abs(one.mean) / one.half if one.half else math.inf

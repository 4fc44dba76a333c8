"""Effects on common random numbers: differences of pairs of runs that share every draw they can.

In: points with their baselines, and seeds. Out: a row per point, with its effects and whether they
have the signs that its lever declares.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

import pandas as pd

from sim.analysis.comparison.interventions import Intervention
from sim.analysis.comparison.pairing import compared, first_error
from sim.analysis.comparison.reach import reached, too_few
from sim.analysis.paired import Difference
from sim.measure.headline import possible
from sim.runs.results import Results
from sim.runs.scenarios import ScenarioRuns
from sim.scenario.scenario import Scenario

INDICATOR = {
    "performed": "performed_12",
    "voluntary": "voluntary_12",
    "months": "months_to_money",
    "refusal": "refusal",
    "harm": "harm",
    "cost": "public_outlay",
    "performance": "grace_performance",
    "recovery": "recovery",
    "backlog": "backlog",
}
"""The indicator behind each measure; first those that head every table.

Voluntary performance is of all claims, not of those able: a lever that makes more debtors able
changes who is counted among the able, and would seem to act on their will.
"""
MEASURES: tuple[str, ...] = tuple(INDICATOR)
KEPT = tuple(INDICATOR.values())
"""The indicators that are kept of a run."""
LETTERS = {"C": "performance", "R": "recovery", "B": "backlog", "H": "harm"}
"""What the letters of a lever's expected signs stand for."""
Verdict = Literal["as expected", "nil", "against", "up", "down", "missing"]


@dataclass(frozen=True)
class Row:
    """The results of a point.

    Args:
        point: The point.
        effects: An effect for each of `MEASURES` that the runs are long enough for; none where a
            run failed.
        error: What stopped a run of it or of its baseline.
    """

    point: Intervention
    effects: dict[str, Difference]
    error: str = ""

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """By letter, whether the sign came that the lever declares for this end of its range.

        Where the declared sign depends on circumstances, the direction is given instead.
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
    progress: Callable[[int], object] = lambda _: None,
) -> list[Row]:
    """Run points and their baselines over seeds, and compare each point with its baseline.

    Args:
        points: What is run; baselines that points share are run once.
        seeds: Seeds of the pairs.
        jobs: Processes; they change no number.
        progress: Called now and then with the number of runs that are done.
    """
    setups = {str(number): one for number, one in to_run(points).items()}
    with ScenarioRuns(seeds, jobs) as runs:
        found = runs.run(setups, progress, indicators=KEPT, read=("runs", "reach"))
    by_name = {str(name): part for name, part in found.runs.groupby("scenario", sort=False)}
    place = {name: number for number, name in enumerate(setups)}
    return [_row(point, by_name, place, found) for point in points]


def to_run(points: Iterable[Intervention]) -> dict[int, Scenario]:
    """The scenarios to be run for points, each once, by their identity in memory."""
    return {
        id(setup): setup for point in points for setup in (point.reference.baseline, point.setup)
    }


def _row(
    point: Intervention,
    by_name: Mapping[str, pd.DataFrame],
    place: Mapping[str, int],
    found: Results,
) -> Row:
    """The row of a point: the differences of its runs from those of its baseline.

    Args:
        point: The point.
        by_name: The runs of each scenario.
        place: The number of each scenario among the points of the sweep.
        found: The sweep.
    """
    base, name = str(id(point.reference.baseline)), str(id(point.setup))
    for word, part in (("baseline, ", by_name[base]), ("", by_name[name])):
        if error := first_error(part):
            return Row(point, {}, f"{word}{error}")
    mine, theirs = (by_name[one].set_index("replicate").sort_index() for one in (name, base))
    own = {policy.name for policy in point.reference.baseline.policies}
    few = too_few(reached(found, place[name], own))
    there = set(possible(KEPT, point.setup.run.months))
    parts = {part: indicator for part, indicator in INDICATOR.items() if indicator in there}
    return Row(
        point,
        {part: compared(mine, theirs, indicator, few=few) for part, indicator in parts.items()},
    )


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
    """Levers without a clear effect; none of which a run failed or pairs are missing."""
    levers = [row for row in rows if row.point.lever is not None]
    for name, group in groupby(sorted(levers, key=_name), key=_name):
        of_lever = list(group)
        if any(row.error for row in of_lever):
            continue
        found = [(part, one) for row in of_lever for part, one in row.effects.items()]
        clear = {part for part, one in found if one.clear}
        if all(one.known for _, one in found) and not clear - {"cost"}:
            lever = of_lever[0].point.lever
            bites = any(row.point.reference.bites for row in of_lever)
            bit = not (lever and lever.bites) or bites
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


def _narrowness(one: Difference) -> float:
    """How many half-widths a mean lies from 0."""
    return abs(one.mean) / one.half if one.half else math.inf

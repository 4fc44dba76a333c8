"""Effects of interventions: differences of pairs of runs on common random numbers.

In: interventions ("points"), each with a baseline, and seeds. Out: a row per point, with the
effects, and whether they have the signs that the lever (the number moved) declares.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from sim.analysis.comparison.interventions import Intervention
from sim.analysis.comparison.pairing import compared, first_error
from sim.analysis.comparison.reach import reached, too_few
from sim.analysis.paired import Difference
from sim.experiment.ensemble import Ensemble
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
"""The indicator behind each measure. The measures at the head of every table come first.

Voluntary performance is measured over all claims, and not only over those against able debtors.
Otherwise a lever that makes more debtors able would seem to change how willing debtors are.
"""
MEASURES: tuple[str, ...] = tuple(INDICATOR)
KEPT = tuple(INDICATOR.values())
"""The indicators that are recorded for a run."""
LETTERS = {"C": "performance", "R": "recovery", "B": "backlog", "H": "harm"}
"""The measure for each letter in the expected signs of a lever."""
Verdict = Literal["as expected", "nil", "against", "up", "down", "missing"]


@dataclass(frozen=True)
class Row:
    """The results of a point.

    Args:
        point: The point.
        effects: By measure, the effect, if the runs are long enough for it; empty if a run failed.
        error: Error of the first failed run of the point or of its baseline; empty if none failed.
    """

    point: Intervention
    effects: dict[str, Difference]
    error: str = ""

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """By letter, whether the effect has the sign that the lever declares for this end.

        The end is the end of the range to which the lever is moved. The verdict is ``nil`` if the
        effect is not clear, and ``missing`` if there is no interval. If the declared sign depends
        on circumstances (±), the verdict is the direction.
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
    burn_ins: Path | None = None,
    ensemble: Ensemble | None = None,
    fixed: Collection[str] = (),
) -> list[Row]:
    """Run points and their baselines over seeds, and compare each point with its baseline.

    Args:
        points: The points. A baseline that several points share is run once.
        seeds: One seed for each pair of runs.
        jobs: Number of processes; it does not change results.
        progress: Called from time to time with the number of finished runs.
        burn_ins: Folder of worlds at the end of their burn-in, as for `sim.runs.sweep.sweep`.
        ensemble: Sets of parameters that take the place of the scenarios' own, one for each seed.
        fixed: Paths that keep the value of the scenario.
    """
    setups = {str(number): one for number, one in to_run(points).items()}
    members = () if ensemble is None else ensemble.members(len(seeds), seeds[0], fixed)
    with ScenarioRuns(seeds, jobs, burn_ins=burn_ins, members=members) as runs:
        found = runs.run(setups, progress, indicators=KEPT, read=("runs", "reach"))
    by_name = {str(name): part for name, part in found.runs.groupby("scenario", sort=False)}
    place = {name: number for number, name in enumerate(setups)}
    return [_row(point, by_name, place, found) for point in points]


def to_run(points: Iterable[Intervention]) -> dict[int, Scenario]:
    """The scenarios to be run for points, each once, by the `id` of the Python object."""
    return {
        id(setup): setup for point in points for setup in (point.reference.baseline, point.setup)
    }


def _row(
    point: Intervention,
    by_name: Mapping[str, pd.DataFrame],
    place: Mapping[str, int],
    found: Results,
) -> Row:
    """The row of a point: how its runs differ from those of the baseline.

    Args:
        point: The point.
        by_name: Runs by scenario.
        place: Number among the points of the sweep, by scenario.
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
    """A lever without a clear effect at either end of its range, in any world that was run.

    It may have a clear effect on public cost alone (`but_cost`).

    Args:
        name: Path of the lever.
        but_cost: Whether it has a clear effect on public cost, but on nothing else.
        bit: Whether it was run in the world in which it should have an effect. Levers that do not
            name such a world count as run in it.
    """

    name: str
    but_cost: bool
    bit: bool


def nil(rows: Iterable[Row]) -> Iterator[Nil]:
    """Levers without a clear effect on anything except perhaps public cost.

    Levers with a failed run or a missing interval are left out.
    """
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
    """Rows and measures whose clear effect has the unexpected sign, the clearest first."""
    found = [
        (row, LETTERS[letter])
        for row in rows
        for letter, verdict in row.verdicts.items()
        if verdict == "against"
    ]
    return sorted(found, key=lambda one: _clearness(one[0].effects[one[1]]), reverse=True)


def _clearness(one: Difference) -> float:
    """Distance of a mean from 0, in half-widths of its interval."""
    return abs(one.mean) / one.half if one.half else math.inf

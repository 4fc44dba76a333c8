"""Runs the worlds of a lesson: tapes of the first seed, and what every seed shows.

In: a lesson. Out: a tape for each arm, and for each claim the value in both arms and every seed.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.indicator import Indicator
from sim.machine.workers import Pool
from sim.measure.indicators import KNOWN
from sim.view.lessons.lesson import Claim, Lesson
from sim.view.tape.recorder import recorded
from sim.view.why.why import why
from sim.world import World

BESIDE = 2
"""Number of worlds shown side by side; the other arms appear only in the table over seeds."""


@dataclass(frozen=True)
class Outcome:
    """What one arm shows with one seed.

    Args:
        tape: The tape, if the arm is shown.
        values: The value for each claim of the lesson, in order.
        person: The one debtor of the lesson and its ledger (see `sim.view.why.why`), if the arm is
            shown and the lesson is about one.
    """

    tape: dict[str, Any] | None
    values: list[float]
    person: dict[str, Any] | None = None


@dataclass(frozen=True)
class LessonRuns:
    """A lesson that has been run.

    Args:
        lesson: The lesson.
        tapes: Tapes of the first seed, for the arms shown.
        values: Values of the claims by arm and seed; shape (arms, seeds, claims).
        people: The one debtor of the lesson in each arm shown; empty if it is about many.
    """

    lesson: Lesson
    tapes: list[dict[str, Any]]
    values: np.ndarray
    people: list[dict[str, Any]]

    def pairs(self, claim: int) -> np.ndarray:
        """Values of a claim in its two arms; shape (seeds, 2)."""
        keys = [arm.key for arm in self.lesson.arms]
        first, second = (keys.index(key) for key in self.lesson.claims[claim].arms)
        return np.stack([self.values[first, :, claim], self.values[second, :, claim]], axis=1)

    def held(self, claim: int) -> int:
        """The number of seeds in which a claim holds."""
        return int(self._holds(claim).sum())

    def all_held(self) -> int:
        """The number of seeds in which every claim of the lesson holds."""
        every = [self._holds(claim) for claim in range(len(self.lesson.claims))]
        return int(np.all(every, axis=0).sum())

    def _holds(self, claim: int) -> np.ndarray:
        """Whether a claim holds in each seed; shape (seeds,)."""
        pairs = self.pairs(claim)
        return np.array([self.lesson.claims[claim].holds(one - other) for one, other in pairs])


def over(world: World, one: Indicator, months: tuple[int, int]) -> float:
    """An indicator over a span of months, both ends included.

    Indicators of a cohort take the cohorts that fell due in the span and can be judged in it.
    """
    series = world.measured
    inside = (series.months >= months[0]) & (series.months <= months[1])
    sums, spans = series.sums(burn_in=True), series.spans(burn_in=True)
    return float(one.evaluate(sums[inside, :1], spans[inside, :1])[0])


def _value(world: World, claim: Claim) -> float:
    return over(world, KNOWN[claim.measure], claim.months)


def outcome(lesson: Lesson, arm: int, seed: int) -> Outcome:
    """Run one arm with one seed."""
    scenario, tape, person = lesson.scenario(lesson.arms[arm], seed), None, None
    if seed == lesson.seeds[0] and arm < BESIDE:
        world, tape = recorded(scenario, lesson.curves)
        person = _person(lesson, arm)
    else:
        world = World(scenario).run()
    return Outcome(tape, [_value(world, claim) for claim in lesson.claims], person)


def _person(lesson: Lesson, arm: int) -> dict[str, Any] | None:
    """The one debtor of a lesson just before its choice."""
    one = lesson.debtor
    if one is None:
        return None
    world = World(lesson.scenario(lesson.arms[arm], one.seed)).run_to(one.month, before="choice")
    return why(world, f"debtor {one.id}", pair=False)


def run_lessons(
    chosen: Iterable[Lesson], jobs: int = 1, progress: Callable[[int], object] = lambda done: None
) -> list[LessonRuns]:
    """Run lessons, each arm with each seed.

    Args:
        chosen: The lessons.
        jobs: Number of worker processes.
        progress: Called after each run with the number of runs done.
    """
    several = list(chosen)
    calls = [
        (one, arm, seed) for one in several for arm in range(len(one.arms)) for seed in one.seeds
    ]
    found: dict[tuple[str, int, int], Outcome] = {}
    with closing(Pool(jobs)) as pool:
        for k, result in pool.each(outcome, calls):
            one, arm, seed = calls[k]
            found[one.name, arm, seed] = result
            progress(len(found))
    return [together(one, found) for one in several]


def number_of_runs(lesson: Lesson) -> int:
    """Number of runs that a lesson takes."""
    return len(lesson.arms) * len(lesson.seeds)


def together(
    lesson: Lesson, found: dict[tuple[str, int, int], Outcome], seeds: Sequence[int] | None = None
) -> LessonRuns:
    """A lesson with its outcomes, by name of the lesson, arm and seed.

    Args:
        lesson: The lesson.
        found: The outcomes.
        seeds: The seeds that are taken; by default all of the lesson.
    """
    shown = [found[lesson.name, arm, lesson.seeds[0]] for arm in range(BESIDE)]
    values = [
        [found[lesson.name, arm, seed].values for seed in seeds or lesson.seeds]
        for arm in range(len(lesson.arms))
    ]
    tapes = [one.tape for one in shown if one.tape is not None]
    people = [one.person for one in shown if one.person is not None]
    return LessonRuns(lesson, tapes, np.array(values), people)

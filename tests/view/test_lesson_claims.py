"""What lessons claim is what the model shows, at their own size.

By default with the first seed of each lesson; with SERVANDA_ALL_SEEDS=1 with all of them, which
takes some minutes.
"""

import os

import pytest

from sim.scenario.reading.file import load
from sim.view.lessons.lesson import Lesson, lessons
from sim.view.lessons.pages import lesson_page, path
from sim.view.lessons.runs import run_lessons
from sim.view.setting.compared import from_query, side_by_side
from sim.view.setting.setting import YOURS, from_link, scenario
from sim.view.setting.worlds import known_shipped
from sim.view.why.why import why
from sim.words.language import LANGUAGES
from sim.world import World

ALL = os.environ.get("SERVANDA_ALL_SEEDS") == "1"


def seeds(lesson: Lesson) -> list[int]:
    return lesson.seeds if ALL else lesson.seeds[:1]


MOST_BYTES = 400_000
"""Size of a lesson's file: a class may load it over one slow line."""
CASES = [(one, seed) for one in lessons() for seed in seeds(one)]


@pytest.mark.parametrize(("lesson", "seed"), CASES, ids=[f"{a.name}-{b}" for a, b in CASES])
def test_every_claim_holds_and_the_file_is_small(lesson: Lesson, seed: int) -> None:
    (run,) = run_lessons([lesson.model_copy(update={"seeds": [seed]})])
    failed = [
        f"{claim.measure}, {claim.arms}, {claim.months}: {run.pairs(k)[0]}"
        for k, claim in enumerate(lesson.claims)
        if not run.held(k)
    ]
    assert not failed
    for lang in LANGUAGES:
        assert len(lesson_page(run, lang).encode()) < MOST_BYTES


@pytest.mark.parametrize("lesson", lessons(), ids=[one.name for one in lessons()])
def test_every_world_of_a_lesson_can_be_built(lesson: Lesson) -> None:
    for arm in lesson.arms:
        found = load(lesson.scenario(arm, lesson.seeds[0]))
        mine = [dict(policy.set) for policy in found.policies if policy.name == YOURS]
        assert mine == ([arm.set] if arm.set else [])


@pytest.mark.parametrize("lesson", lessons(), ids=[one.name for one in lessons()])
def test_the_link_of_a_lesson_opens_the_worlds_that_it_runs(lesson: Lesson) -> None:
    there = known_shipped()
    query = path(lesson, "zh", there).partition("?")[2]
    second, said = from_link(query, there)
    beside, more = from_query(query, there)
    opened = [scenario(one, there) for one in side_by_side(beside, second, there)]
    assert (said, more) == ([], [])
    assert opened == [lesson.scenario(arm, lesson.seeds[0]) for arm in lesson.arms]


def test_there_are_ten_lessons_one_for_each_mode_and_four_on_the_mechanism() -> None:
    modes = sorted(one.mode for one in lessons())
    assert [one.number for one in lessons()] == list(range(1, 11))
    assert modes.count("mechanism") == 4
    assert len(set(modes)) == 7


def test_the_one_debtor_conceals_in_the_first_world_and_pays_in_the_second() -> None:
    lesson = next(one for one in lessons() if one.debtor is not None)
    person = lesson.debtor
    assert person is not None
    decisions = []
    for arm in lesson.arms[:2]:
        world = World(lesson.scenario(arm, person.seed)).run_to(person.month, before="choice")
        decisions.append(why(world, f"debtor {person.id}", pair=False)["decision"])
    assert decisions == ["conceal", "pay"]

"""Lessons: what a file may hold, what their worlds show, and what their pages contain."""

import re
from pathlib import Path

import numpy as np
import pytest

from sim import World
from sim.errors import ServandaError
from sim.measure.indicators import KNOWN
from sim.view.lessons.lesson import Lesson, read
from sim.view.lessons.pages import path, words, write
from sim.view.lessons.runs import LessonRuns, number_of_runs, over, run_lessons
from sim.view.setting.setting import YOURS, from_link
from sim.view.setting.worlds import known

SMALL = Path(__file__).with_name("06_small.toml")


@pytest.fixture(scope="module")
def small() -> Lesson:
    return read(SMALL)


@pytest.fixture(scope="module")
def run(small: Lesson) -> LessonRuns:
    return run_lessons([small], jobs=2)[0]


@pytest.mark.parametrize(
    ("was", "wrong", "says"),
    [
        ('watch = "completion"', 'watch = "completeness"', "no indicator 'completeness'"),
        ("right = 2", "right = 3", "none of the answers"),
        ('arms = ["preservation", "as_is"]', 'arms = ["x", "as_is"]', "an arm 'x'"),
        ('{ as_is = "As it is", ', "{ ", "titles of arms"),
        ('title = "Before', 'titel = "Before', "en.title"),
        ("number = 6", "number 6", "not a TOML file"),
        ("months = [13, 30]", "months = [13, 31]", "13 to 31, are not within 1 to 30"),
        ("months = 30", "months = 0", "months: "),
        ("seeds = [1, 2]", "seeds = []", "seeds: "),
        ("seeds = [1, 2]", "seeds = [1, 1]", "a seed is named twice"),
        ('scenario = "china_2016"', 'scenario = "China 2016"', "arms.0.scenario"),
        ('scenario = "china_2016"', 'scenario = "china"', "no shipped scenario 'china'"),
        ('scenario = "china_2016"', 'scenario = "china_2016"\nset = { x = 1 }', "arms.0.set.x"),
        ('[[arms]]\nkey = "preservation"\nscenario = "preservation_only"\n', "", "arms: "),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(
    tmp_path: Path, was: str, wrong: str, says: str
) -> None:
    text = SMALL.read_text(encoding="utf-8")
    assert was in text
    (tmp_path / "06_small.toml").write_text(text.replace(was, wrong, 1), encoding="utf-8")
    with pytest.raises(ServandaError, match=re.escape(says)):
        read(tmp_path / "06_small.toml")


def test_a_link_opens_the_worlds_of_a_lesson(small: Lesson, tmp_path: Path) -> None:
    arms = (small.arms[0], small.arms[1].model_copy(update={"set": {"sanctions.fine_rate": 0.05}}))
    lesson = small.model_copy(update={"arms": [*arms, small.arms[0]], "seeds": [3]})
    (tmp_path / "mine.toml").write_text(
        'format = 1\ntitle = "Mine"\nextends = "village"\n', encoding="utf-8"
    )
    for there in (known(), known(str(tmp_path / "mine.toml"))):
        at, _, query = path(lesson, "zh", there).partition("?")
        second, said = from_link(query, there)
        first, more = from_link(query, there, "a.")
        assert (at, said, more) == ("/compare", [], [])
        assert (second.world, dict(second.levers)) == ("preservation_only", arms[1].set)
        assert (second.seed, second.debtors, second.months, second.lang) == (3, 1000, 30, "zh")
        third, _ = from_link(query, there, "c.")
        assert (first.world, first.moved) == ("china_2016", False) == (third.world, third.moved)


def test_both_worlds_are_equal_before_the_first_month(run: LessonRuns, small: Lesson) -> None:
    one, other = run.tapes
    assert [tape["curves"]["completion"][0] for tape in (one, other)] == [
        one["curves"]["completion"][0]
    ] * 2
    assert one["claims"] != other["claims"]
    assert number_of_runs(small) == 4


def test_values_are_those_of_the_worlds(run: LessonRuns, small: Lesson) -> None:
    world = World(small.scenario(small.arms[1], seed=2)).run()
    assert run.pairs(0)[1, 0] == over(world, KNOWN["completion"], (13, 30))
    counts = world.series(counts=True)
    late = counts[counts["month"] >= 13]
    share = late["n_closed_full"].sum() / late["n_closed"].sum()
    assert run.pairs(0)[1, 0] == pytest.approx(share)


def test_a_claim_holds_only_with_its_sign_and_size(small: Lesson) -> None:
    claim = small.claims[0]
    assert claim.holds(-0.06)
    assert not claim.holds(-0.04)
    assert not claim.holds(0.06)


def test_only_seeds_in_which_every_claim_holds_are_counted(small: Lesson) -> None:
    twice = small.model_copy(update={"seeds": [1, 2, 3], "claims": small.claims * 2})
    lower, as_before = [0.2, 0.2], [0.5, 0.5]
    values = np.array(
        [[as_before] * 3, [lower, [lower[0], as_before[0]], [as_before[0], lower[0]]]]
    )
    run = LessonRuns(twice, [], values, [])
    assert [run.held(0), run.held(1), run.all_held()] == [2, 2, 1]


def test_levers_of_an_arm_act_from_the_first_month_on(small: Lesson) -> None:
    arm = small.arms[0].model_copy(update={"set": {"sanctions.fine_rate": 0.05}})
    world = World(small.scenario(arm, seed=1))
    assert world.setup.levers.sanctions.fine_rate != 0.05
    assert [policy.start for policy in world.setup.policies if policy.name == YOURS] == [1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_need_nothing_from_outside(run: LessonRuns, tmp_path: Path, lang: str) -> None:
    files = write([run], tmp_path, lang)  # type: ignore[arg-type]
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in files}
    for file in files:
        page = file.read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert "unsafe" not in page
        assert not re.search(r"\b(?:src|href)=\"(?:https?:)?//(?!127\.0\.0\.1)", page)
        assert file.stat().st_size < 400_000
    lesson = files[0].read_text(encoding="utf-8")
    texts = run.lesson.texts(lang)
    assert texts.question in lesson
    assert words(lang)["lock"] in lesson  # type: ignore[arg-type]
    gaps = run.pairs(0)[:, 0] - run.pairs(0)[:, 1]
    assert all(f"<td>{100 * gap:+.1f}</td>".replace("-", "−") in lesson for gap in gaps)


def test_an_unknown_lesson_is_refused() -> None:
    from sim.view.lessons.lesson import lesson

    with pytest.raises(ServandaError, match="no lesson 'preservtion'"):
        lesson("preservtion")

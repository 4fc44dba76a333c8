"""A lesson in a real browser, from its file: guess, lock in, run, explain."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.view.lessons.lesson import read
from sim.view.lessons.pages import first_page, lesson_page, waiting_page, words, write
from sim.view.lessons.runs import LessonRuns, run_lessons
from sim.view.setting.worlds import known_shipped
from sim.view.tape.conduct import DOCKET, GONE, Place
from sim.view.tape.packing import unpacked
from tests.view.conftest import PHONE, WIDE, Window
from tests.view.test_lessons import SMALL
from tests.view.test_tape import Replay

Open = Callable[..., Window]


@pytest.fixture(scope="module")
def run() -> LessonRuns:
    return run_lessons([read(SMALL)], jobs=2)[0]


@pytest.fixture(scope="module")
def folder(run: LessonRuns, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lessons")
    for lang in ("en", "zh"):
        write([run], out, lang)  # type: ignore[arg-type]
    return out


def lock_in(one: Window, answer: int) -> None:
    one.page.get_by_role("radio").nth(answer).check()
    one.page.locator("#lock").click()


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lesson_from_guess_to_explanation(
    window: Open, folder: Path, run: LessonRuns, lang: str, size: tuple[int, int]
) -> None:
    one, texts = window(size), run.lesson.texts(lang)
    file = folder / ("06_small.html" if lang == "en" else f"06_small.{lang}.html")
    one.page.goto(file.as_uri())
    assert one.page.locator("#lock").is_disabled()
    assert one.page.locator("#stage").is_hidden()
    assert one.page.locator("#answer").is_hidden()
    lock_in(one, 0)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    assert texts.answers[texts.right] in one.page.locator("#verdict").inner_text()
    assert all(radio.is_disabled() for radio in one.page.get_by_role("radio").all())
    assert one.inked(".sv-figure") > 1000
    assert one.inked(".sv-curve") > 100
    assert one.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert one.requests == [file.as_uri()]
    assert one.errors == []
    assert one.violations() == []


def test_the_figure_says_the_numbers_of_the_tape(
    window: Open, folder: Path, run: LessonRuns
) -> None:
    one = window()
    one.page.goto((folder / "06_small.html").as_uri())
    lock_in(one, 2)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    slider = one.page.get_by_role("slider")
    slider.focus()
    one.page.keyboard.press("Home")
    for _ in range(5):
        one.page.keyboard.press("ArrowRight")
    assert one.page.locator(".sv-month").inner_text() == "5"
    for pane, tape in enumerate(run.tapes):
        replay = Replay(tape)
        for _ in range(6):
            replay.month()
        road = np.minimum(replay.place[replay.place < GONE], Place.GIVEN_UP)
        counts = np.bincount(road, minlength=Place.GIVEN_UP + 1)
        label = one.page.locator(".sv-figure").nth(pane).get_attribute("aria-label") or ""
        said = re.findall(r" (\d+)(?:, |$)", label.split(". ", 1)[1])
        assert [int(number) for number in said] == counts.tolist()


def test_the_right_guess_is_told_from_a_wrong_one(window: Open, folder: Path) -> None:
    one, said = window(reduced_motion="reduce"), words("en")["hit"]
    one.page.goto((folder / "06_small.html").as_uri())
    lock_in(one, 2)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    assert one.page.locator("#verdict").inner_text() == said.format(guess="lower")


def test_courts_show_cases_by_age_from_the_first_month_on(
    window: Open, folder: Path, run: LessonRuns
) -> None:
    one = window()
    one.page.goto((folder / "06_small.html").as_uri())
    lock_in(one, 1)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    one.page.locator("[data-figure=courts]").click()
    one.page.get_by_role("slider").focus()
    one.page.keyboard.press("Home")
    label = one.page.locator(".sv-figure").first.get_attribute("aria-label") or ""
    said = np.array([int(n) for n in re.findall(r"[a-z0-9] (\d+)(?=[,;]|$)", label)])
    replay, tape = Replay(run.tapes[0]), run.tapes[0]
    replay.month()
    ages = unpacked(tape["ages"])
    inside = np.flatnonzero(np.isin(replay.place[: len(ages)], DOCKET))
    courts = np.array(replay.owners)[inside] % tape["districts"]
    expected = np.zeros((tape["districts"], 4), int)
    np.add.at(expected, (courts, np.digitize(ages[inside], [3, 6, 12])), 1)
    assert said.reshape(-1, 4).tolist() == expected.tolist()
    assert expected[:, 1:].sum() > 0


@pytest.mark.parametrize("figure", ["flows", "town", "courts", "ledger"])
def test_other_figures_are_drawn(window: Open, folder: Path, figure: str) -> None:
    one = window()
    one.page.goto((folder / "06_small.html").as_uri())
    lock_in(one, 1)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    before = one.page.locator(".sv-figure").first.get_attribute("aria-label")
    one.page.locator(f"[data-figure={figure}]").click()
    assert one.page.locator(".sv-figure").first.get_attribute("aria-label") != before
    assert one.inked(".sv-figure") > 500
    assert one.errors == []


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_live_page_opens_a_lesson_before_all_its_seeds_are_run(
    window: Open, run: LessonRuns, size: tuple[int, int]
) -> None:
    one, lesson, home = window(size), run.lesson, "http://127.0.0.1:8765"
    first = LessonRuns(lesson, run.tapes, run.values[:, :1], run.people)
    pages = {
        "wait": waiting_page(lesson, "en"),
        "first": first_page(first, "en", known_shipped(), home),
        "": lesson_page(run, "en"),
    }
    asked, held = [], []

    def answer(route: Any) -> None:
        query = route.request.url.partition("?")[2]
        asked.append(query)
        if query == "run=2" and not held:
            held.append(route)
        elif query.startswith("run="):
            route.fulfill(body="done")
        else:
            route.fulfill(body=pages[query], content_type="text/html; charset=utf-8")

    one.page.route("**/*", answer)
    one.page.goto(f"{home}/lessons/06_small.html?wait", wait_until="commit")
    lock_in(one, 0)
    one.page.wait_for_selector("#answer:not([hidden])", timeout=30_000)
    assert "2 of 4 runs are done" in one.page.locator("#chance").inner_text()
    assert one.violations() == []
    held[0].fulfill(body="done")
    one.page.wait_for_selector("#chance table")
    assert one.page.locator("#runs").count() == 0
    assert one.page.locator("#answer").is_visible()
    assert asked == ["wait", "run=0", "run=1", "first", "run=2", "run=3", ""]
    assert one.errors == []


@pytest.mark.parametrize("name", ["index", "teacher"])
def test_index_and_teachers_page_are_readable(window: Open, folder: Path, name: str) -> None:
    one = window(PHONE)
    one.page.goto((folder / f"{name}.html").as_uri())
    assert one.errors == []
    assert one.violations() == []

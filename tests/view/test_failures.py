"""The page says what cannot be computed, and does not wait for ever."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest

pytest.importorskip("solara", reason="the extra 'view' is not installed")

import solara

from sim.errors import ServandaError
from sim.view import page, player
from sim.view.parts.lessons import Lessons
from sim.view.parts.seeds import Seeds
from sim.view.server.lesson_files import lesson_answer
from sim.view.server.worker import Progress
from sim.view.setting.setting import Setting
from sim.view.setting.worlds import known


class Desk:
    """Is ready, gives some answers, and fails after that.

    Args:
        good: Number of answers.
    """

    progress = Progress("ready")

    def __init__(self, good: int = 0) -> None:
        """Nothing was asked yet."""
        self.good = good

    def get(self, name: str, **_arguments: Any) -> Any:
        """The next answer."""
        self.good -= 1
        if self.good < 0:
            raise ServandaError("", f"no {name}: out of memory")
        return {}

    async def answer(self, name: str, **arguments: Any) -> Any:
        """The next answer, for those who await it."""
        return self.get(name, **arguments)


def parts(widget: Any) -> Iterator[Any]:
    """A widget and all inside it."""
    yield widget
    for one in getattr(widget, "children", ()):
        if not isinstance(one, str):
            yield from parts(one)


def shown(element: Any, has: str, then: Callable[[Any], object] = lambda part: None) -> list[Any]:
    """The property `has` of all parts of an element, once its questions have failed."""

    async def show() -> list[Any]:
        box, context = solara.render(element, handle_error=False)
        found = [one for one in parts(box) if hasattr(one, has)]
        for one in found:
            then(one)
        texts: list[Any] = []
        for _ in range(40):
            await asyncio.sleep(0.05)
            texts = [getattr(one, has) for one in parts(box) if hasattr(one, has)]
            if "out of memory" in str(texts):
                break
        context.close()
        return texts

    # Solara runs a task in a thread, with an event loop that it does not close.
    loops: list[asyncio.AbstractEventLoop] = []

    def opened() -> asyncio.AbstractEventLoop:
        loops.append(make())
        return loops[-1]

    make = asyncio.new_event_loop
    with mock.patch("asyncio.new_event_loop", opened):
        found = asyncio.run(show())
    for thread in threading.enumerate():
        if thread.name.startswith("TaskAsyncio"):
            thread.join()
    for loop in loops:
        if not loop.is_running():  # one belongs to a thread of Solara's that never ends
            loop.close()
    return found


def test_lessons_that_cannot_be_listed_are_told() -> None:
    assert "cannot be shown. no lessons: out of memory" in str(
        shown(Lessons(Desk(), "en", []), "said")
    )


def test_a_page_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    for good, name in ((0, "known"), (1, "player_parts")):
        desk = Desk(good)
        monkeypatch.setattr(page, "shared", lambda desk=desk: desk)
        monkeypatch.setattr(solara, "use_router", lambda: type("Router", (), {"search": ""}))
        assert f"cannot be run: no {name}: out of memory" in str(shown(page.Prepared(), "status"))


def test_seeds_that_fail_stop_with_the_reason() -> None:
    chrome = {"curves": {"en": player.curves(["completion"], "en")}}
    there = known()
    second = Setting(levers={"sanctions.fine_rate": 0.05})
    element = Seeds(Desk(3), there, chrome, [Setting(), second])
    (failed,) = shown(element, "failed", lambda part: part.vue_event_run(4))
    assert failed == "Stopped after 1 of 4 seeds. no outcome: out of memory"


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        ("06_preservation.html", (503, "no lessons: out of memory")),
        ("index.zh.html", (503, "no lesson_index: out of memory")),
        ("nothing.html", (404, "there is no such lesson")),
    ],
)
def test_a_lesson_that_cannot_be_shown_has_a_status(file: str, answer: tuple[int, str]) -> None:
    desk: Any = Desk()
    assert asyncio.run(lesson_answer(desk, file, "http://127.0.0.1:8765", {})) == answer


class Answering:
    """A desk that answers at once, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    async def answer(self, what: str, /, later: bool = False, **arguments: Any) -> Any:
        if what == "lessons":
            return [{"name": "net", "arms": 2, "seeds": [5, 6], "file": ["07_net.html"] * 2}]
        self.asked.append((what, *(arguments.get(key) for key in ("seed", "arm", "first"))))
        return "a page"


@pytest.mark.parametrize(
    ("query", "answer", "asked"),
    [
        ({"wait": ""}, (200, "a page"), [("lesson_waiting", None, None, None)]),
        ({"run": "2"}, (200, "done"), [("lesson_run", 6, 0, None)]),
        ({"run": "4"}, (404, "there is no such lesson"), []),
        (
            {"first": ""},
            (200, "a page"),
            [*(("lesson_run", 5, arm, None) for arm in (0, 1)), ("lesson_page", None, None, True)],
        ),
    ],
)
def test_a_window_asks_for_one_run_after_the_other(
    query: dict[str, str], answer: tuple[int, str], asked: list[tuple[Any, ...]]
) -> None:
    desk: Any = Answering()
    assert asyncio.run(lesson_answer(desk, "07_net.html", "http://127.0.0.1:1", query)) == answer
    assert desk.asked == asked

"""Answers requests for the files of lessons, such as ``/lessons/06_preservation.zh.html``.

In: the name of a file, as `servanda lessons` would write it, and what is asked of it. Out: a text.
The file as it is has all its runs. As they take a while, the page opens it with ``?wait``: a page
that asks for the runs one by one (``?run=0``, ``?run=1``, …) and goes on to ``?first`` when those
of the first seed are there. Nothing is run that no window asks for.
"""

import re
from collections.abc import Mapping
from typing import Any

from sim.errors import ServandaError
from sim.view.server.worker import Desk
from sim.words.language import Language

FILE = re.compile(r"(?:(?P<list>index|teacher)|\d\d_(?P<name>[a-z_]+))(?P<zh>\.zh)?\.html")
"""Names of the files: the two lists, and lessons by number and name."""
DONE = "done"
"""The answer when a run is there."""


async def lesson_answer(
    desk: Desk, file: str, home: str, asked: Mapping[str, str]
) -> tuple[int, str]:
    """The HTTP status and the text with which a request for a file is answered; see `lesson_file`.

    Without a lesson of that name the status is 404; if its worlds cannot be run, 503 with why.
    """
    try:
        text = await lesson_file(desk, file, home, asked)
    except ServandaError as error:
        return 503, str(error)
    return (404, "there is no such lesson") if text is None else (200, text)


async def lesson_file(desk: Desk, file: str, home: str, asked: Mapping[str, str]) -> str | None:
    """The text of a file, or of what is asked of it; None if there is no such lesson or run.

    Args:
        desk: Where worlds are run.
        file: Name of the file.
        home: Address of this server, to which links to the page lead.
        asked: The query: ``wait``, ``first``, the number of a ``run``, or nothing.

    Raises:
        ServandaError: If a world of the lesson cannot be run.
    """
    found = FILE.fullmatch(file)
    if found is None:
        return None
    lang: Language = "zh" if found["zh"] else "en"
    if found["list"]:
        teacher = found["list"] == "teacher"
        text: str = await desk.answer("lesson_index", lang=lang, teacher=teacher)
        return text
    known: list[dict[str, Any]] = await desk.answer("lessons")
    one = next((one for one in known if file in one["file"]), None)
    if one is None:
        return None
    name, arms = one["name"], range(one["arms"])
    if "wait" in asked:
        page: str = await desk.answer("lesson_waiting", name=name, lang=lang)
        return page
    runs = [{"arm": arm, "seed": seed} for seed in one["seeds"] for arm in arms]
    numbers = {str(number): [run] for number, run in enumerate(runs)}
    first = "first" in asked
    if "run" in asked:
        runs = numbers.get(asked["run"], [])
    elif first:
        runs = runs[: len(arms)]
    for run in runs:  # one by one, so that others need not wait for all of them
        await desk.answer("lesson_run", later=True, name=name, **run)
    if "run" in asked:
        return DONE if runs else None
    lesson: str = await desk.answer("lesson_page", name=name, lang=lang, home=home, first=first)
    return lesson

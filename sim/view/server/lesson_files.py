"""Answers requests for the files of lessons, such as ``/lessons/06_preservation.zh.html``.

In: the name of a file, as `servanda lessons` would write it. Out: its text; the worlds of a lesson
are run when its file is first asked for, behind everything else that is asked.
"""

import re
from typing import Any

from sim.errors import ServandaError
from sim.view.server.worker import Desk
from sim.words.language import Language

FILE = re.compile(r"(?:(?P<list>index|teacher)|\d\d_(?P<name>[a-z_]+))(?P<zh>\.zh)?\.html")
"""Names of the files: the two lists, and lessons by number and name."""


async def lesson_answer(desk: Desk, file: str, home: str) -> tuple[int, str]:
    """The HTTP status and the text with which a request for a file is answered; see `lesson_file`.

    Without a lesson of that name the status is 404; if its worlds cannot be run, 503 with why.
    """
    try:
        text = await lesson_file(desk, file, home)
    except ServandaError as error:
        return 503, str(error)
    return (404, "there is no such lesson") if text is None else (200, text)


async def lesson_file(desk: Desk, file: str, home: str) -> str | None:
    """The text of a file; None if there is no lesson of that name.

    Args:
        desk: Where worlds are run.
        file: Name of the file.
        home: Address of this server, to which links to the page lead.

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
    for arm in range(one["arms"]):
        for seed in one["seeds"]:  # one by one, so that others need not wait for all of them
            await desk.answer("lesson_run", later=True, name=one["name"], arm=arm, seed=seed)
    page: str = await desk.answer("lesson_page", name=one["name"], lang=lang, home=home)
    return page

"""The lessons: what each is about, its file, and a link that opens its worlds."""

from typing import Any

import solara
import solara.lab

from sim.view.parts.notice import Notice
from sim.view.server.worker import Desk
from sim.view.setting.known import Plain
from sim.view.words import all_in, say
from sim.words.language import Language


@solara.component_vue("lessons.vue")
def _Lessons(lessons: list[dict[str, Any]], teacher: str, w: dict[str, str]) -> None:
    """The template; see `Lessons`."""


@solara.component
def Lessons(desk: Desk, lang: Language, said: list[str]) -> None:
    """The lessons in a language.

    Args:
        desk: Where worlds are run.
        lang: The language.
        said: Sentences on what was ignored.
    """
    task = solara.lab.use_task(lambda: desk.get("lessons"), dependencies=[], raise_error=False)
    w = all_in(lang)
    wrong = [say(lang, "no_lessons", error=task.exception)] if task.error else []
    with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
        solara.v.Html(tag="h1", class_="pg-h1", children=[w["lessons_intro"]])
        if said or wrong:
            Notice(said=[*said, *wrong], status="")
        _Lessons(
            lessons=[_shown(one, lang) for one in task.value or []] if task.finished else [],
            teacher=f"/lessons/teacher{'.zh' if lang == 'zh' else ''}.html",
            w=w,
        )


def _shown(one: Plain, lang: Language) -> dict[str, Any]:
    """A lesson as the list shows it."""
    zh = int(lang == "zh")
    return {
        "name": one["name"],
        "number": one["number"],
        "title": one["title"][zh],
        "goal": one["goal"][zh],
        "minutes": say(lang, "minutes", n=one["minutes"]),
        "file": f"/lessons/{one['file'][zh]}",
        "link": one["links"][zh],
    }

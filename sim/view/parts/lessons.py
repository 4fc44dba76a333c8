"""The lessons: what each is about, its file, and a link that opens its world."""

from dataclasses import replace
from typing import Any

import solara
import solara.lab

from sim.view.known import Known, Plain
from sim.view.setting import Setting, of_world, to_link
from sim.view.words import all_in, say
from sim.view.worker import Desk
from sim.words.language import Language


@solara.component_vue("lessons.vue")
def _Lessons(lessons: list[dict[str, Any]], lists: list[str], w: dict[str, str]) -> None:
    """The template; see `Lessons`."""


@solara.component
def Lessons(desk: Desk, known: Known, lang: Language) -> None:
    """The lessons in a language.

    Args:
        desk: Where worlds are run.
        known: What can be chosen.
        lang: The language.
    """
    task = solara.lab.use_task(lambda: desk.get("lessons"), dependencies=[], raise_error=False)
    ending = ".zh.html" if lang == "zh" else ".html"
    _Lessons(
        lessons=[_shown(one, known, lang) for one in task.value or []] if task.finished else [],
        lists=[f"index{ending}", f"teacher{ending}"],
        w=all_in(lang),
    )


def _shown(one: Plain, known: Known, lang: Language) -> dict[str, Any]:
    """A lesson as the list shows it; its link is empty if its world cannot be opened in Explore."""
    zh = int(lang == "zh")
    link = ""
    if one["world"] in known.worlds:
        setting = of_world(Setting(lang=lang), one["world"], known)
        size = {"debtors": one["debtors"], "months": one["months"], "seed": one["seeds"][0]}
        setting = replace(setting, levers=one["levers"], **size)
        link = "/" + (to_link(setting, known) or "?")
    return {
        "name": one["name"],
        "number": one["number"],
        "title": one["title"][zh],
        "goal": one["goal"][zh],
        "minutes": say(lang, "minutes", n=one["minutes"]),
        "file": f"/lessons/{one['file'][zh]}",
        "link": link,
    }

"""The lessons: what each is about, and a link that opens its world."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import solara

from sim.view.known import Known
from sim.view.setting import Setting, of_world, to_link
from sim.view.words import Lang, all_in, say

FOLDER = Path(__file__).parents[1] / "lessons"


@solara.component_vue("lessons.vue")
def _Lessons(lessons: list[dict[str, Any]], w: dict[str, str]) -> None:
    """The template; see `Lessons`."""


@solara.component
def Lessons(known: Known, lang: Lang) -> None:
    """The lessons in a language.

    Args:
        known: What can be chosen.
        lang: The language.
    """
    found = solara.use_memo(lambda: _found(known, lang), [lang])
    _Lessons(lessons=found, w=all_in(lang))


def _found(known: Known, lang: Lang) -> list[dict[str, Any]]:
    """Number, title, goal and link of each lesson, in the order of their numbers."""
    made = []
    for path in sorted(FOLDER.glob("*.toml")):
        lesson = tomllib.loads(path.read_text(encoding="utf-8"))
        arm = lesson["arms"][-1]
        setting = of_world(Setting(lang=lang), arm["scenario"], known)
        setting = replace(setting, debtors=lesson["debtors"], months=lesson["months"])
        setting = replace(setting, seed=lesson["seeds"][0], levers=arm.get("set", {}))
        made.append(
            {"name": path.stem, "number": lesson["number"], "title": lesson[lang]["title"]}
            | {"goal": lesson[lang]["goal"], "minutes": say(lang, "minutes", n=lesson["minutes"])}
            | {"link": to_link(setting, known)}
        )
    return sorted(made, key=lambda one: int(one["number"]))

"""The tab that explains one actor: what it weighs, and what would change its mind."""

import json
from collections.abc import Callable
from typing import Any

import solara
import solara.lab

from sim.errors import ServandaError
from sim.view.parts.notice import Notice
from sim.view.server.worker import Desk
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, scenario, yours
from sim.view.words import all_in, say


@solara.component_vue("why.vue")
def _Why(
    it: dict[str, Any] | None,
    groups: list[dict[str, Any]],
    conduct: dict[str, str],
    w: dict[str, str],
    event_choose: Callable[[str], None],
    event_attempt: Callable[[dict[str, str]], None],
) -> None:
    """The template; see `Why`."""


@solara.component
def Why(
    desk: Desk,
    known: Known,
    player_parts: Plain,
    setting: Setting,
    said: list[str],
    on_change: Callable[[dict[str, Any]], None],
    on_attempt: Callable[[dict[str, str]], None],
) -> None:
    """One debtor or institution in the month shown; in month 0, that of month 1.

    Args:
        desk: Where worlds are run.
        known: What can be chosen.
        player_parts: The player's words.
        setting: The world, with its levers; its month and its actor.
        said: Sentences on what was ignored.
        on_change: Called with changes of the setting.
        on_attempt: Called with levers that are to be tried in Explore.
    """
    lang = setting.lang
    w = all_in(lang, known.worlds[setting.world]["currency"])
    month = max(1, setting.month)
    world = scenario(setting, known)

    mine = (yours(setting, known) or {}).get("name", "")

    async def ask() -> tuple[Plain, Plain | None, str]:
        there: Plain = await desk.answer("whom", scenario=world, month=month)
        who = setting.chosen or _first(there)
        about = {"scenario": world, "month": month, "who": who, "lang": lang, "mine": mine}
        try:
            return there, await desk.answer("why", **about), ""
        except ServandaError as error:  # whom one may ask is shown all the same
            return there, None, str(error)

    key = json.dumps([world, month, setting.chosen, lang], sort_keys=True)
    task = solara.lab.use_task(ask, dependencies=[key], raise_error=False)
    last = solara.use_ref(None)
    if task.finished and task.value is not None:
        last.current = task.value
    there, it, none = last.current or (None, None, "")
    words = player_parts["words"][lang]["conduct"]
    with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
        solara.v.Html(tag="h1", class_="pg-h1", children=[w["why_intro"]])
        wrong = [str(task.exception)] if task.error else [none] if none else []
        running = w["explaining"] if task.pending else say(lang, "in_month", month=month)
        Notice(said=[*said, *wrong], status=running)
        _Why(
            it=it,
            groups=_groups(there, w) if there else [],
            conduct=dict(zip(CONDUCT, words, strict=True)),
            w=w,
            event_choose=lambda who: on_change({"chosen": who}),
            event_attempt=on_attempt,
        )


CONDUCT = (
    *(
        "none",
        "pays",
        "plan",
        "unable",
        "stalls",
        "conceals",
        "resists",
        "bankrupt",
        "listed",
        "listed_unable",
    ),
)
"""Words for conduct in the answers, in the order of the player's texts."""


def _first(there: Plain) -> str:
    """Whom to explain if nobody was chosen: who could pay and does not, or else anybody."""
    debtors = there["debtors"]
    for group in ("evading", *debtors):
        if debtors[group]:
            return str(debtors[group][0]["who"])
    return str(there["institutions"][0]["who"])


def _groups(there: Plain, w: dict[str, str]) -> list[dict[str, Any]]:
    """Whom one may choose, in groups."""
    groups = [
        {"title": w[name], "ones": [_named(one, w) for one in ones]}
        for name, ones in there["debtors"].items()
        if ones
    ]
    institutions = [_named(one, w) for one in there["institutions"]]
    return [*groups, {"title": w["institutions"], "ones": institutions}]


def _named(one: Plain, w: dict[str, str]) -> dict[str, str]:
    """An actor in the list: a debtor by its number and debt, an institution by its district."""
    kind, _, number = one["who"].partition(" ")
    if kind == "debtor":
        parts = [f"{w[kind]} {number}", w[one["kind"]], f"{one['due']:,.0f}"]
    else:
        asset = [w[f"asset_{one['asset']}"]] if "asset" in one else []
        where = [w["district"].format(n=one["district"] + 1)] if "district" in one else []
        parts = [w[kind], *asset, *where]
    return {"who": one["who"], "title": " · ".join(parts)}

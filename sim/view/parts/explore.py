"""The first tab: one world, as it is and with the levers that were moved."""

import asyncio
import json
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import solara
import solara.lab

from sim.view.parts.notice import Notice
from sim.view.parts.panel import Panel
from sim.view.parts.player import Player
from sim.view.parts.share import Share
from sim.view.server.worker import Desk
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, command, scenario, to_link, to_save, toml
from sim.view.words import all_in, say

Change = Callable[[dict[str, Any]], None]


def use_tapes(desk: Desk, scenarios: list[Plain]) -> tuple[list[Plain] | None, str, bool]:
    """Run scenarios in the worker; while that lasts, the last tapes stay.

    Args:
        desk: Where worlds are run.
        scenarios: What to run.

    Returns:
        The tapes of the last scenarios that could be run, if there are any; why the present ones
        cannot be run, or nothing; and whether they are being run.
    """
    last = solara.use_ref(None)

    async def run() -> list[Plain | BaseException]:
        answers = (desk.answer("tape", scenario=one) for one in scenarios)
        return list(await asyncio.gather(*answers, return_exceptions=True))

    task = solara.lab.use_task(
        run, dependencies=[json.dumps(scenarios, sort_keys=True)], raise_error=False
    )
    if not task.finished or task.value is None:
        return last.current, str(task.exception) if task.error else "", bool(task.pending)
    faults = [one for one in task.value if isinstance(one, BaseException)]
    if not faults:
        last.current = task.value
    elif last.current is None:
        ran = takewhile(lambda one: not isinstance(one, BaseException), task.value)
        last.current = list(ran) or None
    return last.current, str(faults[0]) if faults else "", False


def shown(
    player_parts: Plain,
    curves: list[Plain],
    titles: list[str],
    tapes: list[Plain],
    setting: Setting,
    figure: str,
) -> Plain:
    """What the player is given."""
    return {
        "tapes": [
            {"title": title, "tape": tape} for title, tape in zip(titles, tapes, strict=False)
        ],
        "words": player_parts["words"][setting.lang],
        "curves": curves,
        "base": {
            "curves": tapes[0]["curves"]
        },  # dotted to the end, so that its whole course is seen
        "figure": figure,
        "month": setting.month,
    }


@solara.component
def Explore(
    desk: Desk,
    known: Known,
    player_parts: Plain,
    setting: Setting,
    said: list[str],
    on_change: Change,
    on_debtor: Callable[[int], None],
) -> None:
    """World and levers on the left, the player on the right.

    Args:
        desk: Where worlds are run.
        known: What can be chosen.
        player_parts: The player's script, style, words and curves.
        setting: What is shown.
        said: Sentences on what was ignored.
        on_change: Called with changes of the setting.
        on_debtor: Called with the row of a debtor whose mark was clicked.
    """
    lang = setting.lang
    w = solara.use_memo(lambda: all_in(lang), [lang])
    asked = [scenario(setting.as_it_is(), known)]
    if setting.moved:
        asked.append(scenario(setting, known))
    tapes, error, running = use_tapes(desk, asked)
    titles = [w["as_it_is"], w["with_yours"]]
    curves = [*player_parts["curves"][lang], *known.curves_of(lang, setting.world)]
    show = solara.use_memo(
        lambda: (
            shown(player_parts, curves, titles, tapes, setting, setting.figure) if tapes else None
        ),
        [id(tapes), lang],
    )
    with solara.v.Html(tag="div", class_="pg-body"):
        with solara.v.Html(tag="div", class_="pg-side"):
            Panel(setting=setting, known=known, on_change=on_change)
        with solara.v.Html(tag="main", class_="pg-main", attributes={"id": "pg-main"}):
            solara.v.Html(tag="h1", class_="pg-h1", children=[w["intro"]])
            wrong = [say(lang, "refused", error=error)] if error else []
            status = w["running"] if running else say(lang, "one_run", seed=setting.seed)
            Notice(said=[*said, *wrong], status=status)
            if show is not None:
                Player(
                    player_parts=player_parts,
                    show=show,
                    w=w,
                    on_stopped=lambda month: on_change({"month": str(month)}),
                    on_figure=lambda name: on_change({"figure": name}),
                    on_debtor=on_debtor,
                )
            Share(
                path="/",
                link=to_link(setting, known),
                command=command(setting, known),
                file=toml(setting, known),
                name=to_save(setting, known),
                w=w,
            )

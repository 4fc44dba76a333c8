"""The tab that puts two worlds side by side, in one run and over several seeds."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara
import solara.lab

from sim.view.parts.explore import shown, use_tapes
from sim.view.parts.notice import Notice
from sim.view.parts.player import Player
from sim.view.parts.share import Share
from sim.view.server.worker import Desk
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, command, scenario, to_save, toml
from sim.view.words import all_in, say


@solara.component_vue("compare.vue")
def _Choice(
    worlds: list[dict[str, str]],
    state: dict[str, Any],
    differing: list[list[str]],
    w: dict[str, str],
    event_change: Callable[[dict[str, Any]], None],
    event_other: Callable[[str], None],
) -> None:
    """Both worlds and what they have in common; a table of what differs."""


@solara.component_vue("seeds.vue")
def _Seeds(
    rows: list[dict[str, Any]],
    asked: int,
    done: int,
    failed: str,
    w: dict[str, str],
    event_run: Callable[[int], None],
) -> None:
    """Means of pairs of runs, with intervals."""


@solara.component
def Compare(
    desk: Desk,
    known: Known,
    player_parts: Plain,
    setting: Setting,
    first: Setting,
    link: str,
    said: list[str],
    on_change: Callable[[dict[str, Any]], None],
    on_other: Callable[[str], None],
) -> None:
    """Two worlds with the same seed, size and length.

    Args:
        desk: Where worlds are run.
        known: What can be chosen.
        player_parts: The player's script, style, words and curves.
        setting: The second world, B.
        first: The first world, A.
        link: Query that shows the same.
        said: Sentences on what was ignored.
        on_change: Called with changes of B and of what both have in common.
        on_other: Called with the name of another world for A.
    """
    lang = setting.lang
    w = all_in(lang)
    asked = [scenario(first, known), scenario(setting, known)]
    tapes, error, running = use_tapes(desk, asked)
    titles = [f"A: {_title(first, known)}", f"B: {_title(setting, known)}"]
    curves = [*player_parts["curves"][lang], *known.curves_of(lang, first.world, setting.world)]
    show = solara.use_memo(
        lambda: (
            shown(player_parts, curves, titles, tapes, setting, setting.figure) if tapes else None
        ),
        [id(tapes), lang],
    )
    state = {"a": first.world, "b": setting.world, "seed": setting.seed}
    state |= {"debtors": setting.debtors, "months": setting.months}
    zh = int(lang == "zh")
    with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
        solara.v.Html(tag="h1", class_="pg-h1", children=[w["compare_intro"]])
        _Choice(
            worlds=[{"name": n, "title": one["title"][zh]} for n, one in known.worlds.items()],
            state=state,
            differing=differing(first, setting, known),
            w=w,
            event_change=on_change,
            event_other=on_other,
        )
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
            )
        Seeds(desk=desk, known=known, player_parts=player_parts, first=first, setting=setting)
        Share(
            path="/compare",
            link=link,
            command=command(setting, known),
            file=toml(setting, known),
            name=to_save(setting, known),
            w=w,
        )


@solara.component
def Seeds(desk: Desk, known: Known, player_parts: Plain, first: Setting, setting: Setting) -> None:
    """Pairs of runs over several seeds, in the background.

    Args:
        desk: Where worlds are run; what other windows wait for goes first.
        known: What can be chosen.
        player_parts: Titles of the indicators.
        first: World A.
        setting: World B.
    """
    worlds = [scenario(replace(one, seed=0, month=0), known) for one in (first, setting)]
    key = json.dumps([worlds, setting.seed], sort_keys=True)
    # The worlds, the number of pairs, and how often they were asked for, so that one can try again.
    wanted, want = solara.use_state((key, 0, 0))
    done, tell = solara.use_state(0)
    number = wanted[1] if wanted[0] == key else 0
    added = [known.curves_of(setting.lang, one.world) for one in (first, setting)]
    curves = [*player_parts["curves"][setting.lang], *(one for one in added[0] if one in added[1])]

    async def run() -> Plain:
        names = [one["name"] for one in curves]
        outcomes: list[tuple[Plain, Plain]] = []
        tell(0)
        for seed in range(setting.seed, setting.seed + number):
            pair = [
                await desk.answer(
                    "outcome",
                    later=True,
                    scenario=scenario(replace(one, seed=seed), known),
                    names=names,
                )
                for one in (first, setting)
            ]
            outcomes.append((pair[0], pair[1]))
            tell(len(outcomes))
        if not outcomes:
            return {}
        a, b = zip(*outcomes, strict=True)
        found: Plain = await desk.answer("differences", first=list(a), second=list(b))
        return found

    task = solara.lab.use_task(run, dependencies=[key, number, wanted[2]], raise_error=False)
    rows, failed = [], ""
    if number and task.error:
        error = str(task.exception)
        failed = say(setting.lang, "pairs_failed", done=done, n=number, error=error)
    if number and task.finished and task.value:
        rows = [one | task.value[one["name"]] for one in curves if one["name"] in task.value]
    _Seeds(
        rows=rows,
        asked=number,
        done=done if number else 0,
        failed=failed,
        w=all_in(setting.lang),
        event_run=lambda n: want((key, int(n), wanted[2] + 1)),
    )


def _title(setting: Setting, known: Known) -> str:
    """The world's title, and how many levers and policies are not as in its file."""
    title: str = known.worlds[setting.world]["title"][setting.lang == "zh"]
    moved = len(setting.levers) + len(setting.off)
    return f"{title} (±{moved})" if moved else title


def differing(first: Setting, second: Setting, known: Known) -> list[list[str]]:
    """Name, value in A and value in B of everything that is set differently."""
    zh = int(first.lang == "zh")
    a, b = known.worlds[first.world], known.worlds[second.world]
    rows = []
    if first.world != second.world:
        rows.append([say(first.lang, "world"), a["title"][zh], b["title"][zh]])
    for path, one in (known.levers_of(first.world) | known.levers_of(second.world)).items():
        # A world without an extension does not have its levers.
        values = [s.levers.get(path, w["levers"].get(path)) for s, w in ((first, a), (second, b))]
        if values[0] != values[1]:
            shown_as = ["–" if v is None else f"{v:.4g}" for v in values]
            rows.append([f"{one['title'][zh]} ({one['unit'][zh]})", *shown_as])
    on = [
        {p["name"]: p["title"][zh] for p in w["policies"] if p["name"] not in s.off}
        for s, w in ((first, a), (second, b))
    ]
    for name in {**on[0], **on[1]}:
        if (name in on[0]) != (name in on[1]):
            title = (on[0] | on[1])[name]
            rows.append([title, *("✓" if name in one else "–" for one in on)])
    return rows

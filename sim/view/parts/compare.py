"""The tab that puts two to four worlds side by side, in one run and over several seeds."""

from collections.abc import Callable
from typing import Any

import solara

from sim.view.parts.explore import shown, use_tapes
from sim.view.parts.notice import Notice
from sim.view.parts.player import Player
from sim.view.parts.seeds import Seeds
from sim.view.parts.share import Share
from sim.view.server.worker import Desk
from sim.view.setting.compared import (
    SIDES,
    Beside,
    side_by_side,
    with_one_more,
    with_world,
    without,
)
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, command, scenario, to_save, toml
from sim.view.words import all_in, say


@solara.component_vue("compare.vue")
def _Choice(
    worlds: list[dict[str, str]],
    sides: list[dict[str, str]],
    common: dict[str, int],
    differing: list[list[str]],
    w: dict[str, str],
    event_change: Callable[[dict[str, Any]], None],
    event_pick: Callable[[dict[str, Any]], None],
    event_add: Callable[[Any], None],
    event_remove: Callable[[int], None],
) -> None:
    """The worlds and what they have in common; a table of what differs."""


@solara.component
def Compare(
    desk: Desk,
    known: Known,
    player_parts: Plain,
    setting: Setting,
    beside: Beside,
    link: str,
    said: list[str],
    on_change: Callable[[dict[str, Any]], None],
    on_beside: Callable[[Beside], None],
) -> None:
    """Two to four worlds with the same seed, size and length.

    Args:
        desk: Where worlds are run.
        known: What can be chosen.
        player_parts: The player's script, style, words and curves.
        setting: The second world, B, which is the one that Explore shows.
        beside: The other worlds.
        link: Query that shows the same.
        said: Sentences on what was ignored.
        on_change: Called with changes of B and of what all have in common.
        on_beside: Called with what the other worlds become.
    """
    lang = setting.lang
    w = all_in(lang)
    compared = side_by_side(beside, setting, known)
    tapes, error, running = use_tapes(desk, [scenario(one, known) for one in compared])
    titles = [f"{side}: {_title(one, known)}" for side, one in zip(SIDES, compared, strict=False)]
    curves = [*player_parts["curves"][lang]]
    curves += known.curves_of(lang, *(one.world for one in compared))
    show = solara.use_memo(
        lambda: (
            shown(player_parts, curves, titles, tapes, setting, setting.figure) if tapes else None
        ),
        [id(tapes), lang],
    )
    sides = [{"side": s, "world": one.world} for s, one in zip(SIDES, compared, strict=False)]
    common = {"seed": setting.seed, "debtors": setting.debtors, "months": setting.months}
    zh = int(lang == "zh")

    def pick(what: dict[str, Any]) -> None:
        place, world = int(what["place"]), str(what["world"])
        if SIDES[place] == "B":
            on_change({"world": world})
        else:
            on_beside(with_world(beside, place, world, known))

    with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
        solara.v.Html(tag="h1", class_="pg-h1", children=[w["compare_intro"]])
        _Choice(
            worlds=[{"name": n, "title": one["title"][zh]} for n, one in known.worlds.items()],
            sides=sides,
            common=common,
            differing=differing(compared, known),
            w=w,
            event_change=on_change,
            event_pick=pick,
            event_add=lambda _: on_beside(with_one_more(beside, setting, known)),
            event_remove=lambda place: on_beside(without(beside, int(place))),
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
        Seeds(desk=desk, known=known, player_parts=player_parts, worlds=compared)
        Share(
            path="/compare",
            link=link,
            command=command(setting, known),
            file=toml(setting, known),
            name=to_save(setting, known),
            w=w,
        )


def _title(setting: Setting, known: Known) -> str:
    """The world's title, and how many levers and policies are not as in its file."""
    title: str = known.worlds[setting.world]["title"][setting.lang == "zh"]
    moved = len(setting.levers) + len(setting.off)
    return f"{title} (±{moved})" if moved else title


def differing(compared: list[Setting], known: Known) -> list[list[str]]:
    """Name, and value in each world, of everything that is not the same in all of them."""
    lang, zh = compared[0].lang, int(compared[0].lang == "zh")
    about = [known.worlds[one.world] for one in compared]
    rows = []
    if len({one.world for one in compared}) > 1:
        rows.append([say(lang, "world"), *(one["title"][zh] for one in about)])
    levers = {path: one for s in compared for path, one in known.levers_of(s.world).items()}
    for path, lever in levers.items():
        # A world without an extension does not have its levers.
        own = [one["levers"].get(path) for one in about]
        values = [s.levers.get(path, value) for s, value in zip(compared, own, strict=True)]
        if len(set(values)) > 1:
            title = f"{lever['title'][zh]} ({lever['unit'][zh]})"
            rows.append([title, *("–" if value is None else f"{value:.4g}" for value in values)])
    on = [
        {p["name"]: p["title"][zh] for p in w["policies"] if p["name"] not in s.off}
        for s, w in zip(compared, about, strict=True)
    ]
    for name, title in {name: title for one in on for name, title in one.items()}.items():
        if not all(name in one for one in on):
            rows.append([title, *("✓" if name in one else "–" for one in on)])
    return rows

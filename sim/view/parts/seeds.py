"""What the worlds of a comparison give over several seeds: a table and a picture."""

import json
from dataclasses import replace
from typing import Any

import solara
import solara.lab

from sim.view.server.worker import Desk
from sim.view.setting.compared import SIDES
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, scenario
from sim.view.words import all_in, say


@solara.component_vue("seeds.vue")
def _Table(
    rows: list[dict[str, Any]],
    sides: list[str],
    asked: int,
    done: int,
    failed: str,
    w: dict[str, str],
    event_run: Any,
) -> None:
    """Buttons, and means over the seeds with differences from A and their intervals."""


@solara.component_vue("scatter.vue")
def _Scatter(
    axes: list[dict[str, Any]], points: list[dict[str, Any]], sides: list[str], w: dict[str, str]
) -> None:
    """A point for each seed and world, and the same as a table."""


@solara.component
def Seeds(desk: Desk, known: Known, player_parts: Plain, worlds: list[Setting]) -> None:
    """The worlds over several seeds, in the background.

    Args:
        desk: Where worlds are run; what other windows wait for goes first.
        known: What can be chosen.
        player_parts: Titles of the indicators, and which of them are the axes of the picture.
        worlds: The worlds compared, A first.
    """
    lang, from_seed = worlds[0].lang, worlds[0].seed
    tables = [scenario(replace(one, seed=0, month=0), known) for one in worlds]
    key = json.dumps([tables, from_seed], sort_keys=True)
    # The worlds, the number of seeds, and how often they were asked for, so that one can try again.
    wanted, want = solara.use_state((key, 0, 0))
    done, tell = solara.use_state(0)
    number = wanted[1] if wanted[0] == key else 0
    curves = [*player_parts["curves"][lang], *known.shared_curves(lang, [w.world for w in worlds])]
    names = [one["name"] for one in curves]

    async def outcomes_of(seed: int) -> list[Plain]:
        found = []
        for one in worlds:
            asked = scenario(replace(one, seed=seed), known)
            found.append(await desk.answer("outcome", later=True, scenario=asked, names=names))
        return found

    async def run() -> tuple[Plain, list[Plain]] | None:
        by_seed: dict[int, list[Plain]] = {}
        tell(0)
        for seed in range(from_seed, from_seed + number):
            by_seed[seed] = await outcomes_of(seed)
            tell(len(by_seed))
        if not by_seed:
            return None
        by_world = [list(runs) for runs in zip(*by_seed.values(), strict=True)]
        found = await desk.answer("differences", worlds=by_world)
        return found, points(by_seed, player_parts["scatter"])

    task = solara.lab.use_task(run, dependencies=[key, number, wanted[2]], raise_error=False)
    failed = ""
    if number and task.error:
        failed = say(lang, "seeds_failed", done=done, n=number, error=str(task.exception))
    found, where = task.value if number and task.finished and task.value else ({}, [])
    common: dict[str, Any] = {"sides": list(SIDES[: len(worlds)]), "w": all_in(lang)}
    _Table(
        rows=[one | found[one["name"]] for one in curves if one["name"] in found],
        asked=number,
        done=done if number else 0,
        failed=failed,
        event_run=lambda n: want((key, int(n), wanted[2] + 1)),
        **common,
    )
    if where:
        axes = [next(one for one in curves if one["name"] == n) for n in player_parts["scatter"]]
        _Scatter(axes=axes, points=where, **common)


def points(by_seed: dict[int, list[Plain]], axes: list[str]) -> list[Plain]:
    """For each seed its place in every world: a value on each axis, or None without one."""
    found: list[Plain] = []
    for seed, worlds in by_seed.items():
        places = [[one[name] for name in axes] for one in worlds]
        found.append({"seed": seed, "places": [None if None in at else at for at in places]})
    return found

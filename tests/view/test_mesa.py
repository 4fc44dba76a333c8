"""Mesa's own page: a world that is stepped from Python, and what is sent of it."""

import gc
import json
import threading
import tracemalloc
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("solara", reason="the extra 'view' is not installed")

import solara
import solara.util
from mesa.experimental.scenarios import Scenario as MesaScenario
from solara.server.kernel_context import PageStatus

from sim.view.mesa import KEPT, WORLD, LiveWorld, Stage
from sim.view.tape.conduct import Place, conduct_of, place_of
from tests.view.test_tape import Replay

SMALL: dict[str, Any] = {"population.size": 1000, "run.burn_in": 40, "run.months": 400}


def test_a_reset_builds_the_same_world_whatever_mesa_hands_over() -> None:
    one = LiveWorld(MesaScenario(), **(SMALL | {"run.seed": 7}))
    other = LiveWorld(**(SMALL | {"run.seed": 7}))
    assert one.setup.run.seed == 7
    assert one.start == other.start
    assert WORLD["population.size"] == 1000


class Player:
    """Follows a world as the player does: the first month, then what each step changed."""

    def __init__(self, world: LiveWorld) -> None:
        self.replay, self.last = Replay(world.start), world.start["last"]
        self.replay.month()

    def take(self, more: dict) -> None:
        assert more["after"] == self.last
        self.replay.append(more)
        for _ in range(self.last, more["last"]):
            self.replay.month()
        self.last = more["last"]


@pytest.mark.parametrize("stride", [1, 3])
def test_what_is_sent_of_each_step_adds_up_to_the_world(stride: int) -> None:
    world = LiveWorld(**SMALL)
    player, sizes = Player(world), []
    for _ in range(4):
        for _ in range(stride):
            world.step()
        more = world.news()
        assert more is not None
        sizes.append(len(json.dumps(more)) / stride)
        player.take(more)
        claims, debtors = world.simulation.claims.rows, world.simulation.debtors.rows
        is_open = player.replay.place < Place.PERFORMED
        found = np.bincount(player.replay.place[is_open], minlength=len(Place))
        assert (
            found.tolist() == np.bincount(place_of(claims["stage"]), minlength=len(Place)).tolist()
        )
        assert player.replay.conduct.tolist() == conduct_of(debtors).tolist()
        assert len(more["curves"]["backlog"]) == stride
    assert max(sizes) < 2000  # bytes a step
    assert world.news() is None


def test_an_endless_run_forgets_old_months_and_keeps_its_curves() -> None:
    world, whole = LiveWorld(**SMALL), LiveWorld(**SMALL)
    whole.measured.forget = lambda keep: None  # type: ignore[method-assign]
    for _ in range(2 * KEPT):
        world.step()
        whole.step()
        assert world.news() == whole.news()
    assert len(world.measured.months) < 2 * KEPT < len(whole.measured.months)
    assert world.measured.books()["month"].iloc[-1] == 2 * KEPT


def test_an_endless_run_needs_no_more_memory() -> None:
    world, used = LiveWorld(**SMALL), []
    tracemalloc.start()
    for _ in range(3):
        for _ in range(100):
            world.step()
            world.news()
        gc.collect()
        used.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    # Bytes: a month's counts alone would be 300,000. What is left is room for a growing docket.
    assert used[2] - used[0] < 200 * 1000


def test_a_closed_world_ends_the_task_that_plays_it() -> None:
    world = LiveWorld(**SMALL)
    world.close()
    with pytest.raises(solara.util.CancelledError):
        world.step()
    assert world.month == 0


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_world_waits_for_a_lost_window_until_it_comes_back_or_is_closed(
    monkeypatch, comes_back
) -> None:
    window = SimpleNamespace(page_status={"page": PageStatus.DISCONNECTED})
    monkeypatch.setattr("sim.view.mesa.has_current_context", lambda: True)
    monkeypatch.setattr("sim.view.mesa.get_current_context", lambda: window)
    monkeypatch.setattr("sim.view.mesa.LOST", 0.01)
    world, ended = LiveWorld(**SMALL), []

    def play() -> None:
        try:
            world.step()
        except solara.util.CancelledError:
            ended.append(True)

    playing = threading.Thread(target=play)
    playing.start()
    playing.join(0.2)
    assert playing.is_alive()
    assert world.month == 0
    if comes_back:
        window.page_status["page"] = PageStatus.CONNECTED
    else:
        world.close()
    playing.join()
    assert (world.month, ended) == ((1, []) if comes_back else (0, [True]))


def test_a_world_is_closed_with_the_window_that_shows_it() -> None:
    one, other = LiveWorld(**SMALL), LiveWorld(**SMALL)
    box, context = solara.render(Stage(one), handle_error=False)
    assert not one.closed
    context.render(Stage(other), box)  # as Reset does
    assert (one.closed, other.closed) == (True, False)
    context.close()
    assert other.closed

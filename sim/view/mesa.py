"""Mesa's own page of a world: `SolaraViz` with the player in it, at ``/mesa``.

Mesa's buttons step, play and reset one world, which lives in the process of the page. What a step
changed is sent to the player, not the whole world.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ipyvuetify
import mesa
import solara
import solara.util
import traitlets
from mesa.experimental.scenarios import Scenario as MesaScenario
from mesa.visualization import Slider, SolaraViz
from mesa.visualization.utils import update_counter
from solara.server.kernel_context import PageStatus, get_current_context, has_current_context

from sim.levers.catalogue import catalogue
from sim.measure.events import Events
from sim.view import player
from sim.view.tape.recorder import CURVES, YEAR, Recorder, over_the_year
from sim.view.words import say
from sim.words.language import Language
from sim.words.words import Words
from sim.world import World

WORLD: dict[str, Any] = {"population.size": 1000, "run.months": 1200}
"""The world on the page; its months are many, so that Play does not end soon."""
KEPT = 48
"""Months that a world remembers: enough for every curve, however long it runs."""


LOST = 0.5
"""Seconds between two looks whether a lost window has come back."""
NO_DARK = ".v-app-bar .v-btn:last-of-type { display: none }"
"""Hides Mesa's button for dark colours, in which the figures could not be read."""


class LiveWorld(World):
    """A world that Mesa's page can step, play and reset, however long: it keeps no old months.

    Args:
        scenario: Ignored if it is one of Mesa's own scenarios, which the page gives on a reset.
        base: Name of the scenario.
        overrides: Values by path.
    """

    def __init__(self, scenario: Any = None, base: str = "china_2016", **overrides: Any) -> None:
        """Build the world and run it to the end of its burn-in."""
        chosen = base if scenario is None or isinstance(scenario, MesaScenario) else scenario
        super().__init__(chosen, events=True, **overrides)
        self.datacollector = mesa.DataCollector()  # the world's own would need every month
        self.closed = False
        self.recorder: Recorder | None = None
        self.run_to(0)
        self.recorder = Recorder(self)
        self.start = self.recorder.tape(CURVES)
        self._curves: deque[dict[str, float | None]] = deque()

    def step(self) -> None:
        """Run a month and note what it changed.

        If the window is lost it waits: the server keeps for some minutes what a window showed, in
        case it comes back.

        Raises:
            CancelledError: If the window has been closed, which is how Solara ends a task.
        """
        while not self.closed and self.recorder is not None and not _is_watched():
            time.sleep(LOST)
        if self.closed:
            raise solara.util.CancelledError
        self.transitions = Events()  # the recorder looks only at the month that has just passed
        super().step()
        if self.recorder is None:
            return
        latest = over_the_year(self, CURVES, self.month)
        # before the recorder looks, so that no month is taken without them
        self._curves.append({name: values[-1] for name, values in latest.items()})
        self.recorder.look()
        if len(self.measured.months) >= KEPT + YEAR:  # as many as the burn-in has already filled
            self.measured.forget(KEPT)

    def news(self) -> dict[str, Any] | None:
        """What changed since this was last called, with the curves' values; None if nothing."""
        assert self.recorder is not None
        more = self.recorder.taken()
        if more is None:
            return None
        months = [self._curves.popleft() for _ in range(more["last"] - more["after"])]
        return more | {"curves": {name: [one[name] for one in months] for name in CURVES}}

    def open(self) -> Callable[[], None]:
        """Note that a window shows this world; what it returns is called when it does no more."""
        self.closed = False
        return self.close

    def close(self) -> None:
        """Run no further month."""
        self.closed = True


def _is_watched() -> bool:
    """Whether a browser is connected to the window in which this runs; True outside the server."""
    if not has_current_context():
        return True
    return PageStatus.CONNECTED in get_current_context().page_status.values()


class _LiveWidget(ipyvuetify.VuetifyTemplate):
    """Carries the player, the first month and what came after it."""

    template = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    side_bar = traitlets.Unicode("").tag(sync=True)
    show = traitlets.Any(None, allow_none=True).tag(sync=True)
    more = traitlets.Any(None, allow_none=True).tag(sync=True)


@cache
def _template() -> str:
    text = (Path(__file__).with_name("parts") / "live.vue").read_text(encoding="utf-8")
    return text.replace("/*SCRIPT*/", player.script())


@solara.component
def Stage(world: LiveWorld) -> None:
    """The player of a world that is stepped from Python."""
    update_counter.get()
    lang = _lang()
    last = solara.use_memo(_Last, [id(world)])
    last.news = world.news() or last.news
    solara.use_effect(world.open, [id(world)])
    show = solara.use_memo(lambda: _show(world, lang), [id(world)])
    solara.Style(player.style())
    solara.Style(NO_DARK)
    about = {"lang": lang, "side_bar": say(lang, "side_bar")}
    _LiveWidget.element(template=_template(), show=show, more=last.news, **about)


@dataclass
class _Last:
    """What was last sent of a world."""

    news: dict[str, Any] | None = None


def _show(world: LiveWorld, lang: Language) -> dict[str, Any]:
    """What the player is given at first: a tape of one month."""
    return {
        "tapes": [{"title": Words(lang).titled(world.setup.title), "tape": world.start}],
        "words": player.words(lang),
        "curves": player.curves(CURVES, lang),
        "base": None,
        "figures": ["road", "town", "courts"],
    }


LEVERS = {
    "sanctions.late_interest": (0.00525, 0.05, 0.0005),
    "sanctions.fine_rate": (0.002, 0.2, 0.002),
    "comprehensive.officers": (0.43, 2.0, 0.01),
}
"""Levers that Mesa's page lets its user change: value at first, highest value, and step."""


def parameters(lang: Language) -> dict[str, Any]:
    """What Mesa's page builds a world from; what has a slider takes effect on Reset."""
    levers = {one.path: one.lever for one in catalogue()}
    named = Words(lang).title  # without the unit, which would leave the slider no room
    return {
        **WORLD,
        "run.seed": Slider(say(lang, "seed"), 1, 1, 100, 1),
        **{
            path: Slider(named(levers[path]), value, 0.0, high, step)
            for path, (value, high, step) in LEVERS.items()
        },
    }


def _lang() -> Language:
    """The language that the address names."""
    return "zh" if "lang=zh" in (solara.use_router().search or "") else "en"


@solara.component
def MesaPage() -> None:
    """Mesa's page with a world of its own in every window."""
    lang = _lang()
    world = solara.use_memo(lambda: LiveWorld(**WORLD), [])
    shown = solara.use_memo(lambda: parameters(lang), [lang])
    SolaraViz(world, components=[(Stage, 0)], model_params=shown, name=say(lang, "title"))

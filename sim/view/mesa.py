"""Mesa's own page of a world: `SolaraViz` with the player in it, at ``/mesa``.

Mesa's buttons step, play and reset one world, which lives in the process of the page. What a step
changed is sent to the player, not the whole world.
"""

from functools import cache
from pathlib import Path
from typing import Any

import ipyvuetify
import mesa
import solara
import traitlets
from mesa.experimental.scenarios import Scenario as MesaScenario
from mesa.visualization import Slider, SolaraViz
from mesa.visualization.utils import update_counter

from sim.view import player
from sim.view.tape.recorder import CURVES, Recorder, over_the_year
from sim.world import World

WORLD: dict[str, Any] = {"population.size": 1000, "run.months": 1200}
"""The world on the page; its months are many, so that Play does not end soon."""
KEPT = 48
"""Months that a world remembers: enough for every curve, however long it runs."""


class LiveWorld(World):
    """A world that Mesa's page can step, play and reset.

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
        self.recorder: Recorder | None = None
        self.run_to(0)
        self.recorder = Recorder(self)
        self.curves = over_the_year(self, CURVES, self.month)
        self.start = self.recorder.tape(CURVES)

    def step(self) -> None:
        """Run a month and note what it changed."""
        super().step()
        if self.recorder is None:
            return
        self.recorder.look()
        for name, values in over_the_year(self, CURVES, self.month).items():
            self.curves[name].append(values[-1])
        if len(self.measured.months) >= 2 * KEPT:
            self.measured.forget(KEPT)

    def since(self, month: int) -> dict[str, Any]:
        """What changed after a month, with the curves' values since then."""
        recorder = self.recorder
        assert recorder is not None
        at = month - recorder.first + 1
        curves = {name: values[at:] for name, values in self.curves.items()}
        return {**recorder.since(month), "after": month, "curves": curves}


class _LiveWidget(ipyvuetify.VuetifyTemplate):
    """Carries the player, the first month and what came after it."""

    template = traitlets.Unicode("").tag(sync=True)
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
    sent = solara.use_ref((world, world.month, None))
    of, month, more = sent.current
    if of is not world:
        sent.current = (world, world.month, None)
    elif world.month > month:
        more = world.since(month)
        sent.current = (world, world.month, more)
    show = solara.use_memo(lambda: _show(world), [id(world)])
    solara.Style(player.style())
    _LiveWidget.element(template=_template(), show=show, more=sent.current[2])


def _show(world: LiveWorld) -> dict[str, Any]:
    """What the player is given at first: a tape of one month."""
    return {
        "tapes": [{"title": world.setup.title, "tape": world.start}],
        "words": player.words("en"),
        "curves": player.curves(CURVES, "en"),
        "base": None,
        "figures": ["road", "town", "courts"],
    }


PARAMETERS: dict[str, Any] = {
    **WORLD,
    "run.seed": {"type": "SliderInt", "value": 1, "min": 1, "max": 100, "step": 1, "label": "Seed"},
    "sanctions.late_interest": Slider(
        "Interest for late performance, 1/month", 0.00525, 0.0, 0.05, 0.0005
    ),
    "sanctions.fine_rate": Slider("Fines for refusing to pay, 1/month", 0.002, 0.0, 0.2, 0.002),
    "comprehensive.officers": Slider("Officers per 1,000 debtors", 0.43, 0.0, 2.0, 0.01),
}
"""What Mesa's page lets its user change; it takes effect on Reset."""


@solara.component
def MesaPage() -> None:
    """Mesa's page with a world of its own in every window."""
    world = solara.use_memo(lambda: LiveWorld(**WORLD), [])
    SolaraViz(world, components=[(Stage, 0)], model_params=PARAMETERS, name="Servanda")

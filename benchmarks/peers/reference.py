"""Points of reference: Mesa's bundled examples, and Starsim's infection on a random network.

An agent-step of one model is not the work of an agent-step of another: these say in which region
of speed Servanda is, not who is better. What is not installed is left out.
"""

import contextlib
import io
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import mesa.examples

from benchmarks.peers.rounds import Contestant, Ran, Run, traced
from sim import World, load

EXAMPLES = ("BoidFlockers", "BoltzmannWealth", "ConwaysGameOfLife", "PdGrid", "VirusOnNetwork")
"""Bundled examples whose agents all act in every step; each with its own default size."""
AGENT_STEPS, FEWEST = 20_000, 5
"""Agent-steps of an example in a run, about, and the fewest steps."""
STARSIM_STEPS = 50
WARM_UP = 12
"""Months of Servanda before the clock starts, in which debts arise."""


def of_servanda(debtors: int, months: int) -> Contestant:
    """The baseline, compiled, on one thread."""
    run = {"population.size": debtors, "run.months": months, "run.burn_in": WARM_UP}
    scenario = load("china_2016", overrides=run)

    def prepare() -> Run:
        world = World(scenario).run_to(0)

        def go() -> Ran:
            world.run()
            return Ran(debtors * months)

        return go

    def memory() -> int:
        return sum(World(scenario).run().simulation.bytes_held().values())

    return Contestant(f"Servanda, {debtors:,} debtors", debtors, prepare, memory)


def of_mesa() -> list[Contestant]:
    """Mesa's bundled examples."""
    return [_example(name, getattr(mesa.examples, name)) for name in EXAMPLES]


def _example(name: str, cls: Callable[[], Any]) -> Contestant:
    agents = len(cls().agents)
    steps = max(FEWEST, AGENT_STEPS // agents)

    def prepare() -> Run:
        model = cls()

        def go() -> Ran:
            for _ in range(steps):
                model.step()
            return Ran(agents * steps)

        return go

    return Contestant(f"Mesa {name}", agents, prepare, lambda: traced(cls))


def of_starsim(agents: int) -> list[Contestant]:
    """Starsim's SIS on a random network; none if it is not installed."""
    if find_spec("starsim") is None:
        return []
    import starsim  # noqa: PLC0415

    def build() -> Any:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            sim = starsim.Sim(
                n_agents=agents,
                diseases=starsim.SIS(),
                networks=starsim.RandomNet(),
                dur=STARSIM_STEPS,
                rand_seed=1,
                verbose=0,
            )
            sim.init()
        return sim

    def prepare() -> Run:
        sim = build()

        def go() -> Ran:
            sim.run()
            return Ran(agents * len(sim.t.timevec))

        return go

    return [
        Contestant(f"Starsim SIS, {agents:,} agents", agents, prepare, lambda: traced(build)),
    ]

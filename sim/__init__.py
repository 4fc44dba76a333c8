"""Servanda: a laboratory for policies against unpaid judgments.

    world = sim.World("village").run()      # a scenario, month after month
    world.headline()["refusal"]             # each indicator over all measured months
    world.series()                          # a data frame, one row per month
    sim.load("village", overrides={"sanctions.late_interest": 0.01})
    sim.results("results/six").runs         # the runs that `servanda sweep` or `run` wrote

`World` is a Mesa model. `load` reads and checks a `Scenario`. `results` reads a folder of runs.
`effect_of_listing` compares a world that has the list of defaulters with one that has none.
`allow_code` permits the Python files that scenarios name to run. An error that a user can fix is a
`ServandaError`. Unusual input causes a `ServandaWarning`.

Each public name is imported when it is first used, because `servanda --help` has to be quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.listing import effect_of_listing
    from sim.errors import ServandaError, ServandaWarning
    from sim.permission import allow_code
    from sim.runs.results import results
    from sim.scenario.reading.file import load
    from sim.scenario.scenario import Scenario
    from sim.world import World

__all__ = [
    "Scenario",
    "ServandaError",
    "ServandaWarning",
    "World",
    "allow_code",
    "effect_of_listing",
    "load",
    "results",
]
__version__ = "0.1.0"

_HOMES = {
    "Scenario": "sim.scenario.scenario",
    "ServandaError": "sim.errors",
    "ServandaWarning": "sim.errors",
    "World": "sim.world",
    "allow_code": "sim.permission",
    "effect_of_listing": "sim.analysis.listing",
    "load": "sim.scenario.reading.file",
    "results": "sim.runs.results",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> "list[str]":
    """The public names, imported or not, and the attributes that every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])

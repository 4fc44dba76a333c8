"""Scenarios from files, shipped names and mappings: the way in for every user of this room."""

from contextlib import nullcontext

from sim.permission import everything_allowed
from sim.scenario.checking.check import build
from sim.scenario.reading.draft import Source, draft
from sim.scenario.reading.overrides import Overrides, override
from sim.scenario.scenario import Scenario


def load(source: Source, *, overrides: Overrides = (), allow_code: bool = False) -> Scenario:
    """Read, merge, override and check a scenario.

    Args:
        source: A file, the name of a shipped scenario, or a mapping with the same tables.
        overrides: ``path=value`` texts, or values by path; a lever needs no ``levers.`` in front.

        allow_code: Whether the Python files run that the scenario names under `extensions`;
            without it, only those run that `sim.allow_code` has named.

    Raises:
        ScenarioErrors: With everything that is wrong, in the order of lines.
    """
    with everything_allowed() if allow_code else nullcontext():
        made = draft(source)
        override(made, overrides)
        return build(made.tree, made.places, made.found)


def source_text(source: Source) -> dict[str, str]:
    """The text of a scenario's file and of its parents, by path, for the record of a run.

    Raises:
        ScenarioErrors: If one of the files cannot be read.
    """
    return draft(source).texts

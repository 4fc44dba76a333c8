"""Scenarios from files, shipped names and mappings: the way in for every user of this room."""

from sim.scenario.check import build
from sim.scenario.draft import Source, draft
from sim.scenario.overrides import Overrides, override
from sim.scenario.setting import Scenario


def load(source: Source, *, overrides: Overrides = ()) -> Scenario:
    """Read, merge, override and check a scenario.

    Args:
        source: A file, the name of a shipped scenario, or a mapping with the same tables.
        overrides: ``path=value`` texts, or values by path; a lever needs no ``levers.`` in front.

    Raises:
        ScenarioErrors: With everything that is wrong, in the order of lines.
    """
    made = draft(source)
    override(made, overrides)
    return build(made.tree, made.places, made.found)


def source_text(source: Source) -> dict[str, str]:
    """The text of a scenario's file and of its parents, by path, for the record of a run.

    Raises:
        ScenarioErrors: If one of the files cannot be read.
    """
    return draft(source).texts

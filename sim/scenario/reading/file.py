"""Loads a scenario from a file, the name of a shipped scenario, or a mapping."""

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
        overrides: Texts ``path=value``, or values by path. Levers need no prefix ``levers.``.
        allow_code: Whether the Python files that the scenario names under `extensions` may run. If
            not, only those run that `sim.allow_code` has allowed.

    Raises:
        ScenarioErrors: With all faults, in the order of lines.
    """
    with everything_allowed() if allow_code else nullcontext():
        made = draft(source)
        override(made, overrides)
        return build(made.tree, made.places, made.found)


def source_text(source: Source) -> dict[str, str]:
    """The texts of a scenario's file and its parents, by path, to be stored with a run.

    Raises:
        ScenarioErrors: If one of the files cannot be read.
    """
    return draft(source).texts

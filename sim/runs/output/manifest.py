"""Makes a run's manifest: its identity, main results, scenario, machine and versions.

In: a world that has run, the texts of its files, times, warnings. Out: plain values for JSON.
"""

import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim import __version__
from sim.scenario.identity import plain
from sim.scenario.reading.shipped import folder
from sim.world import World, code_hash

SCHEMA = 1
"""The format of manifests that this version writes."""
PARTS = ("numpy", "numba", "pandas", "mesa", "pyarrow")

type Manifest = dict[str, Any]


def manifest(
    world: World,
    *,
    texts: Mapping[str, str],
    panel: int,
    started: datetime,
    warnings: Sequence[str],
) -> Manifest:
    """Everything needed to understand a run and to repeat it.

    Args:
        world: The world, at the end of its run.
        texts: Texts of the scenario's file and of the files that it extends, by path. They are
            stored by file name.
        panel: Number of debtors to follow month by month.
        started: When the run began.
        warnings: Warnings of the run.
    """
    setup = world.setup
    finished = datetime.now(UTC)
    names = names_of([*texts, *setup.extensions])
    return {
        "schema": SCHEMA,
        "identity": world.identity,
        "title": setup.title,
        "seed": setup.run.seed,
        "months": setup.run.months,
        "debtors": setup.population.size,
        "measured": measured(world, panel),
        "headline": {name: known(value) for name, value in world.headline().items()},
        "reach": [one._asdict() for one in world.reach()],
        "arms": [
            one._asdict() | {"outcomes": {name: known(v) for name, v in one.outcomes.items()}}
            for one in world.arms()
        ],
        "warnings": [without_paths(warning, names) for warning in warnings],
        "started": started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": round((finished - started).total_seconds(), 3),
        "seconds_by_phase": {name: round(s, 4) for name, s in world.phase_seconds.items()},
        "versions": {"servanda": __version__, "python": platform.python_version()}
        | {part: version(part) for part in PARTS},
        "code": code_hash(),
        "cpu": cpu(),
        "threads": world.simulation.execution.threads,
        "scenario": plain(setup) | {"extensions": [names[path] for path in setup.extensions]},
        "texts": {names[path]: text for path, text in texts.items()},
    }


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """File names that do not reveal the folders or users of this machine.

    Args:
        paths: Absolute or relative paths.

    Returns:
        The name of each file by its path. Names of shipped scenarios begin with ``scenarios/``. If
        several files have the same name, later ones are numbered.
    """
    found: dict[str, str] = {}
    for path in paths:
        one = Path(path)
        shipped = one.parent.resolve() == folder().resolve()
        name = f"scenarios/{one.name}" if shipped else one.name
        stem, number = name, 1
        while name in found.values() and path not in found:
            number += 1
            name = f"{stem} ({number})"
        found.setdefault(path, name)
    return found


def without_paths(text: str, names: Mapping[str, str]) -> str:
    """A text with the paths of files replaced by their names."""
    for path in sorted(names, key=len, reverse=True):
        text = text.replace(path, names[path])
    return text


def measured(world: World, panel: int) -> dict[str, Any]:
    """What a run stores on request: events, panel, choices, cohorts, groups."""
    seen = world.observed
    return {
        "events": world.transitions is not None,
        "panel": panel,
        "choices": seen.choices is not None,
        "cohorts": list(seen.cohorts.months),
        "groups": list(seen.groups.asked),
    }


def known(value: float) -> float | None:
    """A number; None for NaN and infinity, which JSON does not have."""
    return value if math.isfinite(value) else None


def cpu() -> str:
    """Name of the processor. On another one, results may differ in the last bits."""
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

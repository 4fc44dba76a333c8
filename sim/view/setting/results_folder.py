"""Opens the folder of a run or a sweep: its worlds, to be played again, and its report.

In: a folder that `servanda run`, `compare` or `sweep` has written. Out: scenarios that the page can
open, one for each point of the sweep, and the page of the report. Nothing in the folder is changed.
"""

import json
import tempfile
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiment.task import SAVED, Task
from sim.report.page import publish
from sim.runs.output.reading import MANIFEST as RUN
from sim.runs.results import results
from sim.runs.storage.store import MANIFEST as SWEEP
from sim.runs.storage.store import Store
from sim.scenario.identity import canonical

MOST = 40
"""Points that are offered as worlds; a sweep can have thousands."""

SIZE_PATH, MONTHS_PATH, SEED_PATH = "population.size", "run.months", "run.seed"
"""Values that the page sets itself."""


class Point(NamedTuple):
    """A world of a results folder.

    Args:
        name: Short name; several points may have the same.
        source: Its scenario as `sim.load` takes it: a name, a file, or all its tables.
        values: Size and months, if they are not the scenario's own, and the seed of its first run.
    """

    name: str
    source: str | dict[str, Any]
    values: dict[str, Any]


def is_results(folder: str | Path) -> bool:
    """Whether a folder is that of a run or of a sweep."""
    return any((Path(folder) / name).is_file() for name in (RUN, SWEEP))


def points(folder: str | Path) -> tuple[list[Point], int]:
    """The worlds of a folder of a run or sweep, at most `MOST`; and how many there are.

    Raises:
        ServandaError: If the folder is damaged.
    """
    place = Path(folder)
    if not (place / SWEEP).is_file():
        return [Point("run", _resolved(results(place).manifest["scenario"]), {})], 1
    first: dict[int, Task] = {}
    for planned in Store(place).plan():
        first.setdefault(planned.task.point, planned.task)
    found = []
    for task in islice(first.values(), MOST):
        name, values = Path(task.source).stem, dict(task.values)
        own = {path: values.pop(path) for path in (SIZE_PATH, MONTHS_PATH) if path in values}
        own[SEED_PATH] = task.seed
        source: str | dict[str, Any] = task.source
        if values or task.source.endswith(SAVED):
            name = f"{name}_{task.point}"
            source = _resolved(json.loads(canonical(task.scenario())))
            if values:
                title = ", ".join(f"{path} {value}" for path, value in values.items())
                source["title"] = title[:200]
        found.append(Point(name, source, own))
    return found, len(first)


def _resolved(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a scenario as a file has them, without entries that are not set."""
    tree: dict[str, Any] = _set(scenario)
    added = tree.pop("added_levers", {})
    if added:
        tree["levers"] = tree.get("levers", {}) | added
    return tree


def _set(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _set(value) for key, value in part.items() if value is not None}
    return [_set(one) for one in part] if isinstance(part, list) else part


def report_page(folder: str | Path, lang: str) -> str:
    """The report on a folder as one page with its figures.

    Raises:
        ServandaError: If the folder contains nothing to report.
    """
    with tempfile.TemporaryDirectory() as out:
        return publish(folder, out=out, language=lang).read_text(encoding="utf-8")

"""Opens the folder of a run or a sweep: its worlds, to be played again, and its report.

In: a folder that `servanda run`, `compare` or `sweep` has written. Out: scenarios that the page can
open, one for each point of the sweep, and the page of the report. Nothing in the folder is changed.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiment.task import SAVED
from sim.report.page import publish
from sim.runs.output.reading import MANIFEST as RUN
from sim.runs.results import results
from sim.runs.storage.store import MANIFEST as SWEEP
from sim.runs.storage.store import Store
from sim.scenario.identity import canonical
from sim.view.setting import as_toml

MOST = 40
"""Points that are offered as worlds; a sweep can have thousands."""

SIZE, MONTHS, SEED = "population.size", "run.months", "run.seed"
"""Values that the page sets itself."""


class Point(NamedTuple):
    """A world of a results folder.

    Args:
        name: Short name.
        source: Name or file of its scenario, as `sim.load` takes it.
        values: Size and months, if they are not the scenario's own, and the seed of its first run.
    """

    name: str
    source: str
    values: dict[str, Any]


def is_results(folder: str | Path) -> bool:
    """Whether a folder is that of a run or of a sweep."""
    return any((Path(folder) / name).is_file() for name in (RUN, SWEEP))


def points(folder: str | Path, out: Path) -> list[Point]:
    """The worlds of a folder, at most `MOST`; those that set values are written to files.

    Args:
        folder: Folder of a run or sweep.
        out: Where the files of such worlds are written.

    Raises:
        ServandaError: If the folder is damaged.
    """
    place = Path(folder)
    if not (place / SWEEP).is_file():
        return [
            Point(
                "run",
                _written(out / "run.toml", _resolved(results(place).manifest["scenario"])),
                {},
            )
        ]
    found: dict[int, Point] = {}
    for planned in Store(place).plan():
        task = planned.task
        if task.point in found or len(found) == MOST:
            continue
        name, values = Path(task.source).stem, dict(task.values)
        own = {path: values.pop(path) for path in (SIZE, MONTHS) if path in values}
        own[SEED] = task.seed
        source = task.source
        if values or source.endswith(SAVED):
            name = f"{name}_{task.point}"
            tree = _resolved(json.loads(canonical(task.scenario())))
            tree["title"] = ", ".join(f"{path} {value}" for path, value in values.items())[:200]
            source = _written(out / f"{name}.toml", tree)
        found[task.point] = Point(name, source, own)
    return list(found.values())


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


def _written(file: Path, tree: dict[str, Any]) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_toml(tree), encoding="utf-8")
    return str(file)

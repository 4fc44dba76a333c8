"""Small finished folders for tests, made without worlds: of a sweep, and of a run."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment.task import Task, replicate_seed
from sim.runs.output.folder import Folder
from sim.runs.run_plan import PlannedRun
from sim.runs.storage.store import Store
from sim.runs.storage.writing import FinishedRun, write

CHUNKS, POINTS, REPLICATES, MONTHS = 3, 2, 6, 4


def small(folder: Path) -> Path:
    """A finished sweep of twelve runs in three chunks, with two tables, made without worlds."""
    made = partial(Task, source="village", breakdowns=("all",), tables=("survival",))
    tasks = [
        made(point, n, replicate_seed(7, n), values=(("choice.noise", 0.1 * (point + 1)),))
        for point in range(POINTS)
        for n in range(REPLICATES)
    ]
    plan = [PlannedRun(f"{one.point:032x}{one.replicate:032x}", one) for one in tasks]
    store = Store(folder)
    store.prepare()
    points = pd.DataFrame({"point": range(POINTS), "choice.noise": [0.1, 0.2]})
    about: dict[str, Any] = {"title": "small", "question": "", "text": ""}
    about["design"] = {"kind": "grid"}
    about["factors"] = [{"path": "choice.noise", "title": "noise", "values": [0.1, 0.2]}]
    store.begin(about, points, plan)
    chance = np.random.default_rng(3)
    for number in range(CHUNKS):
        write(store.chunks, [_run(one, chance) for one in plan[number::CHUNKS]])
    return folder


def _run(one: PlannedRun, chance: np.random.Generator) -> FinishedRun:
    row = {"identity": one.identity, "seed": one.task.seed, "status": "ok", "seconds": 0.5}
    row |= {"finished": "2026-01-01T00:00:00.000+00:00", "cpu": "none"}
    where = {"identity": one.identity, "breakdown": "all", "cell": "all"}
    series = {"month": range(1, MONTHS + 1), "recovery": chance.random(MONTHS).round(3)}
    survival: dict[str, Any] = {"proceeding": "first", "months": range(MONTHS)}
    survival["at_risk"] = chance.integers(1, 99, MONTHS)
    tables = {"series": pd.DataFrame(where | series), "survival": pd.DataFrame(where | survival)}
    told = {"recovery": float(chance.random()), "load": float(chance.random())}
    return FinishedRun(row, told, tables)


ABOUT = {
    "schema": 1, "identity": "f" * 64, "title": "a run", "seed": 1, "months": 3, "debtors": 9,
    "measured": {"events": False, "panel": 0}, "headline": {"recovery": 0.4, "load": None},
    "warnings": [], "started": "2026-01-01", "finished": "2026-01-01", "seconds": 1.0,
    "seconds_by_phase": {}, "versions": {"servanda": "0"}, "code": "", "cpu": "", "threads": 1,
    "scenario": {"title": "a run"}, "texts": {},
}  # fmt: skip
"""What the manifest of a run must say."""


def small_run(folder: Path) -> Path:
    """The folder of a finished run, made without a world."""
    series = pd.DataFrame({"month": range(-1, 4), "breakdown": "all", "cell": "all"})
    tables = {"series.parquet": series.assign(recovery=[0.1, 0.2, 0.3, 0.4, 0.5])}
    with Folder(folder) as one:
        one.write(tables, ABOUT)
    return folder

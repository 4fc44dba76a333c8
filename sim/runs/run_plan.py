"""Makes the plan of a sweep: every task of an experiment with the key of its stored run.

In: tasks in order. Out: tasks with keys; also converts them to rows of a table and back.
"""

import hashlib
import json
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from sim.errors import ServandaError, ServandaWarning
from sim.experiment.task import Task
from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.identity import Seedless, canonical, plain, record_key, world_of
from sim.world import code_hash


class PlannedRun(NamedTuple):
    """A task and the key under which its run is stored.

    Args:
        identity: The key. It has two parts: the identity of the world (a hash of scenario, seed and
            code), and a digest of what is stored of the run.
        task: The task.
    """

    identity: str
    task: Task

    @property
    def world(self) -> str:
        """Identity of the world."""
        return world_of(self.identity)


class _Invalid(NamedTuple):
    """Stands for a world with an invalid scenario. The runs fail, each under a key of its own.

    Args:
        text: The file of the scenario, its changed values, and the hash of the code.
    """

    text: str

    def identity(self, seed: int) -> str:
        """An identity that no valid world can have."""
        return hashlib.sha256(f"{self.text}:{seed}".encode()).hexdigest()


type Known = dict[str, Seedless | _Invalid]
"""Worlds hashed so far, without their seeds, by the source and values of their tasks."""


def planned(tasks: Iterable[Task], known: Known | None = None) -> list[PlannedRun]:
    """Every task with the key of its run; tasks that differ only by seed are hashed once.

    Args:
        tasks: Tasks in the order in which they will run.
        known: Worlds that were hashed before; new ones are added.

    Raises:
        ScenarioErrors: If a scenario names Python code that the user has not allowed.
    """
    known = {} if known is None else known
    code = code_hash()
    found = []
    for task in tasks:
        text = canonical([task.source, task.values])
        if text not in known:
            known[text] = _without_seed(task, text, code)
        key = record_key(known[text].identity(task.seed), _kept(task))
        found.append(PlannedRun(key, task))
    return found


def _without_seed(task: Task, text: str, code: str) -> Seedless | _Invalid:
    with warnings.catch_warnings():
        # Warnings are recorded later, in the row of the run that raises them.
        warnings.simplefilter("ignore", ServandaWarning)
        try:
            scenario = task.scenario()
        except ScenarioErrors as error:
            if error.refused:  # the run's identity includes the refused code
                raise ScenarioErrors(error.refused) from None
            return _Invalid(f"{text}:{code}")
        except ServandaError:
            return _Invalid(f"{text}:{code}")
    return Seedless(scenario, scenario.run.months, code)


def _kept(task: Task) -> tuple[str, ...]:
    """Labels of everything that is stored of a run, as part of its key."""
    return (
        *(f"series by {breakdown}" for breakdown in task.breakdowns),
        *(f"indicator {name}" for name in task.indicators),
        *task.tables,
        *([f"panel of {task.panel}"] if task.panel else []),
    )


NUMBERS = ("point", "replicate", "seed", "panel")
LISTS = ("values", "breakdowns", "indicators", "tables")
SCHEMA = pa.schema(
    [
        ("identity", pa.string()),
        ("point", pa.int64()),
        ("replicate", pa.int64()),
        ("seed", pa.int64()),
        ("source", pa.string()),
        ("values", pa.string()),
        ("breakdowns", pa.string()),
        ("indicators", pa.string()),
        ("tables", pa.string()),
        ("panel", pa.int64()),
    ]
)


def table(plan: Sequence[PlannedRun]) -> pa.Table:
    """A plan as a table: a row per task, in order."""
    columns: dict[str, list[Any]] = {
        "identity": [one.identity for one in plan],
        **{n: [getattr(one.task, n) for one in plan] for n in NUMBERS},
        "source": [one.task.source for one in plan],
        **{n: [_text(getattr(one.task, n)) for one in plan] for n in LISTS},
    }
    return pa.table(columns, schema=SCHEMA)


def from_table(rows: pa.Table) -> list[PlannedRun]:
    """The plan in a table that `table` has made."""
    return [
        PlannedRun(
            row["identity"],
            Task(
                point=row["point"],
                replicate=row["replicate"],
                seed=row["seed"],
                source=row["source"],
                values=tuple((path, value) for path, value in json.loads(row["values"])),
                breakdowns=tuple(json.loads(row["breakdowns"])),
                indicators=tuple(json.loads(row["indicators"])),
                tables=tuple(json.loads(row["tables"])),
                panel=row["panel"],
            ),
        )
        for row in rows.to_pylist()
    ]


def _text(value: object) -> str:
    """A value as JSON, with its order unchanged."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)

"""What a sweep is to do: every task of an experiment with the identity of its run.

In: tasks in their order. Out: tasks with identities, and the same as rows of a table and back.
"""

import hashlib
import json
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from sim.errors import ServandaError, ServandaWarning
from sim.experiment.task import Task
from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.identity import Seedless, canonical, plain
from sim.world import code_hash


class Planned(NamedTuple):
    """A task and the identity of its run."""

    identity: str
    task: Task


class _Unsound(NamedTuple):
    """A point of which no scenario can be made: its runs fail, each under a name of its own."""

    text: str

    def identity(self, seed: int) -> str:
        """A name that a sound run cannot have."""
        return hashlib.sha256(f"{self.text}:{seed}".encode()).hexdigest()


type Known = dict[str, Seedless | _Unsound]
"""What has been hashed of tasks, all but their seeds, by what they are."""


def planned(
    tasks: Iterable[Task],
    tell: Callable[[int], object] = lambda _: None,
    known: Known | None = None,
) -> list[Planned]:
    """Every task with the identity of its run; tasks that differ by seed share the hashing.

    Args:
        tasks: Tasks in the order in which they shall run.
        tell: Told how many are identified.
        known: What was hashed before, and is not hashed again; what is new is added.
    """
    known = {} if known is None else known
    code = code_hash()
    found = []
    for number, task in enumerate(tasks, 1):
        text = canonical([task.source, task.values, _kept(task)])
        if text not in known:
            known[text] = _but_for_the_seed(task, text, code)
        found.append(Planned(known[text].identity(task.seed), task))
        tell(number)
    return found


def _but_for_the_seed(task: Task, text: str, code: str) -> Seedless | _Unsound:
    with warnings.catch_warnings():
        # The run that meets it keeps what is odd in its row.
        warnings.simplefilter("ignore", ServandaWarning)
        try:
            scenario = task.scenario()
        except ScenarioErrors as error:
            if error.refused:  # nobody can tell what such a run would be
                raise ScenarioErrors(error.refused) from None
            return _Unsound(f"{text}:{code}")
        except ServandaError:
            return _Unsound(f"{text}:{code}")
    return Seedless(scenario, scenario.run.months, _kept(task), code)


def _kept(task: Task) -> tuple[str, ...]:
    """What of a run is kept, in words."""
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


def table(plan: Sequence[Planned]) -> pa.Table:
    """A plan as a table: a row a task, in order."""
    columns: dict[str, list[Any]] = {
        "identity": [one.identity for one in plan],
        **{n: [getattr(one.task, n) for one in plan] for n in NUMBERS},
        "source": [one.task.source for one in plan],
        **{n: [_text(getattr(one.task, n)) for one in plan] for n in LISTS},
    }
    return pa.table(columns, schema=SCHEMA)


def from_table(rows: pa.Table) -> list[Planned]:
    """The plan that a table holds."""
    return [
        Planned(
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
    """JSON that keeps the order of what it holds."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)

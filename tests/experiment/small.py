"""Experiments small enough to be swept many times, and crews without processes."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.experiment.task import Task, replicate_seed
from sim.runs.storage.writing import FinishedRun, failure, write
from sim.runs.sweep import sweep
from sim.runs.worker import run_chunk
from sim.runs.workers import ChunkOutcome

TELLS = ["seconds", "finished", "cpu"]
"""Columns of runs that say when and where, and nothing of the model."""


@dataclass
class Small:
    """Points of one factor in a village of 100 debtors for two months."""

    count: int = 2
    replicates: int = 3
    title: str = "small"
    question: str = "does it run?"
    text: str = "title = 'small'"
    values: tuple = ()
    breakdowns: tuple = ("all",)
    indicators: tuple = ()
    tables: tuple = ("survival", "ledgers")
    panel: int = 0
    first: int = 0
    unsound: tuple = ()
    source: str = "village"

    def points(self):
        rows = [(n, self.rate(n)) for n in range(self.count)]
        return pd.DataFrame(rows, columns=["point", "sanctions.late_interest"])

    def shares(self):
        return None

    def described(self):
        return {}

    def rate(self, point):
        return (self.first + point) / 1000

    def _set(self, point):
        return -1.0 if point in self.unsound else self.rate(point)

    def tasks(self):
        base = {"population.size": 100, "run.burn_in": 0, "run.months": 2} | dict(self.values)
        return [
            Task(
                point=point,
                replicate=replicate,
                seed=replicate_seed(7, replicate),
                source=self.source,
                values=(*base.items(), ("sanctions.late_interest", self._set(point))),
                breakdowns=self.breakdowns,
                indicators=self.indicators,
                tables=self.tables,
                panel=self.panel,
            )
            for point in range(self.count)
            for replicate in range(self.replicates)
        ]


class Inline:
    """A crew in this process; `deadly` tasks take their worker along.

    Args:
        deadly: Whether a task does, given its number among the deaths of its chunk.
    """

    jobs = 1

    def __init__(self, deadly=lambda task: False):
        self.deadly = deadly
        self.held = []
        self.sizes = []

    def free(self):
        return not self.held

    def submit(self, chunk):
        self.held.append(chunk)
        self.sizes.append(len(chunk.tasks))

    def wait(self):
        chunk = self.held.pop()
        lost = any(self.deadly(one.task) for one in chunk.tasks)
        return [ChunkOutcome(chunk, None if lost else run_chunk(chunk))]

    def finish(self):
        return [ChunkOutcome(chunk, run_chunk(chunk)) for chunk in self.held]

    def close(self):
        pass


def inline(runs):
    """What makes a crew in this process."""
    return Inline()


def swept(folder, made=None, **options):
    """Sweep an experiment in this process, two points of three replicates unless given."""
    return sweep(made or Small(), folder, **{"workers": inline} | options)


class Formula(Inline):
    """A crew that runs no world: what comes of a task is a formula of its values and its seed.

    Args:
        formula: Indicators by name, numbers or a list of monthly ones; None for a run that fails.
        most: Runs after which it is stopped, as from the keyboard.
    """

    def __init__(self, formula, most=10**9):
        super().__init__()
        self.formula, self.most = formula, most
        self.tasks = []

    def wait(self):
        chunk = self.held.pop()
        done = []
        for one in chunk.tasks:
            if len(self.tasks) >= self.most:
                write(Path(chunk.folder), done)
                raise KeyboardInterrupt
            self.tasks.append(one.task)
            done.append(self._run(one))
        return [ChunkOutcome(chunk, write(Path(chunk.folder), done))]

    def finish(self):
        return []

    def _run(self, one):
        told = self.formula(dict(one.task.values), one.task)
        if told is None:
            return failure(one, "it broke", 1, "trace")
        months = max(len(v) if isinstance(v, list) else 1 for v in told.values())
        series = {n: v if isinstance(v, list) else [v] * months for n, v in told.items()}
        where = {"identity": one.identity, "month": range(1, months + 1)}
        frame = pd.DataFrame(where | {"breakdown": "all", "cell": "all"} | series)
        row = {"identity": one.identity, "seed": one.task.seed, "status": "ok", "seconds": 0.0}
        means = {n: float(pd.Series(v).mean()) for n, v in series.items()}
        return FinishedRun(row | {"finished": "", "cpu": ""}, means, {"series": frame})

"""Experiments small enough to be swept many times, and crews without processes."""

from dataclasses import dataclass

import pandas as pd

from sim.experiment.crew import Outcome
from sim.experiment.task import Task, replicate_seed
from sim.experiment.work import work

TELLS = ["seconds", "finished", "cpu"]
"""Columns of runs that say when and where, and nothing of the model."""


@dataclass
class Small:
    """Points of one factor in a village of 100 debtors for two months."""

    count: int = 2
    replicates: int = 3
    title: str = "small"
    text: str = "title = 'small'"
    values: tuple = ()
    breakdowns: tuple = ("all",)
    indicators: tuple = ()
    tables: tuple = ("survival", "ledgers")
    panel: int = 0
    first: int = 0
    unsound: tuple = ()

    def points(self):
        rows = [(n, self.rate(n)) for n in range(self.count)]
        return pd.DataFrame(rows, columns=["point", "sanctions.late_interest"])

    def shares(self):
        return None

    def described(self):
        return {}

    def rate(self, point):
        return (self.first + point) / 1000

    def tasks(self):
        base = {"population.size": 100, "run.burn_in": 0, "run.months": 2} | dict(self.values)
        return [
            Task(
                point=point,
                replicate=replicate,
                seed=replicate_seed(7, replicate),
                source="village",
                values=(
                    *base.items(),
                    (
                        "sanctions.late_interest",
                        -1.0 if point in self.unsound else self.rate(point),
                    ),
                ),
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

    def hand(self, chunk):
        self.held.append(chunk)
        self.sizes.append(len(chunk.tasks))

    def wait(self):
        chunk = self.held.pop()
        lost = any(self.deadly(one.task) for one in chunk.tasks)
        return [Outcome(chunk, None if lost else work(chunk))]

    def finish(self):
        return [Outcome(chunk, work(chunk)) for chunk in self.held]

    def close(self):
        pass


def inline(runs):
    """What makes a crew in this process."""
    return Inline()

"""Experiments small enough to be swept many times."""

from dataclasses import dataclass, field

import pandas as pd
import pytest

from sim.experiment.task import Task, replicate_seed


@dataclass
class Small:
    """Points of one factor in a village of 100 debtors for two months."""

    points_: int = 2
    replicates: int = 3
    title: str = "small"
    text: str = "title = 'small'"
    values: tuple = ()
    breakdowns: tuple = ("all",)
    indicators: tuple = ()
    first: float = 0.01
    bad: set = field(default_factory=set)

    def factors(self):
        return [self.first + 0.001 * number for number in range(self.points_)]

    def points(self):
        frame = pd.DataFrame({"sanctions.late_interest": self.factors()})
        return frame.reset_index(names="point")

    def tasks(self):
        base = {"population.size": 100, "run.burn_in": 0, "run.months": 2}
        return [
            Task(
                point=point,
                replicate=replicate,
                seed=replicate_seed(7, replicate),
                source="village",
                values=(
                    *base.items(),
                    ("sanctions.late_interest", -1.0 if point in self.bad else value),
                    *self.values,
                ),
                breakdowns=self.breakdowns,
                indicators=self.indicators,
            )
            for point, value in enumerate(self.factors())
            for replicate in range(self.replicates)
        ]


@pytest.fixture
def small():
    return Small

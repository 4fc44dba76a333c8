"""An experiment to which an analysis adds runs; everything else is as in the experiment."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.experiment.experiment import Experiment


@dataclass(frozen=True)
class Extended:
    """An experiment in the form that a sweep can run; subclasses add the tasks.

    Args:
        experiment: The experiment.
    """

    experiment: Experiment

    @property
    def title(self) -> str:
        """Title of the experiment."""
        return self.experiment.title

    @property
    def question(self) -> str:
        """Question of the experiment."""
        return self.experiment.question

    @property
    def text(self) -> str:
        """Text of the file; empty if the experiment was given as a mapping."""
        return self.experiment.text

    def points(self) -> pd.DataFrame:
        """A table with a row per point: its number, its labels, and the value of each factor."""
        return self.experiment.points()

    def shares(self) -> pd.DataFrame | None:
        """The coordinates of each point, 0 to 1 for each factor; None if the design has none."""
        return self.experiment.shares()

    def described(self) -> dict[str, Any]:
        """Size, seed, design and factors of the experiment in plain values."""
        return self.experiment.described()

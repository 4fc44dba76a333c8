"""An experiment to which an analysis adds runs: the rest is the experiment's own."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.experiment.experiment import Experiment


@dataclass(frozen=True)
class Extended:
    """An experiment in the form that a sweep needs; subclasses add their tasks.

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
        """Text of its file; empty for a mapping."""
        return self.experiment.text

    def points(self) -> pd.DataFrame:
        """One row per point: its number, labels and factors."""
        return self.experiment.points()

    def shares(self) -> pd.DataFrame | None:
        """Positions of the points in the unit cube; None for designs without."""
        return self.experiment.shares()

    def described(self) -> dict[str, Any]:
        """Its size, seed, design and factors in plain values."""
        return self.experiment.described()

"""What the given figures could tell about the parameters, before any fit.

In: a `Problem` and a folder. Out: the runs of the first stages of a fit, which a later fit uses,
and an `Identified`.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from math import hypot, sqrt

import numpy as np
import pandas as pd

from sim.evidence.catalogue import MEASURES
from sim.evidence.fitting.budget import Budget
from sim.evidence.fitting.findings import envelope
from sim.evidence.fitting.fit import FitProgress, first_places, no_progress
from sim.evidence.fitting.fit_runs import FitRuns
from sim.evidence.fitting.identification import (
    Identification,
    Slopes,
    gains,
    identification,
    label,
    slopes_of,
)
from sim.evidence.fitting.problem import Problem
from sim.evidence.fitting.statistic import Statistic
from sim.evidence.measure import Measure
from sim.evidence.row import Row
from sim.evidence.uncertainty import REPORTING

NOTHING = 0.5
"""A figure that responds less than this, in its standard deviations, to all parameters together is
moved by none of them."""
TINY = 1e-9
"""Smallest standard deviation."""
WORTH = 0.1
"""Smallest added contraction for which a missing figure is named."""


@dataclass(frozen=True)
class Identified:
    """What figures can tell.

    Args:
        found: Directions and the contraction of each parameter.
        slopes: Responses of the figures.
        envelope: Whether the model can make the figures at all (`findings.envelope`).
        unmoved: Names of figures that no free parameter moves.
        missing: For a parameter, the figure not at hand that would tell most: parameter, figure,
            title, contraction now, and contraction then.
        runs: Number of runs behind this.
    """

    found: Identification
    slopes: Slopes = field(repr=False)
    envelope: pd.DataFrame
    unmoved: tuple[str, ...]
    missing: pd.DataFrame
    runs: int

    def parameters(self) -> pd.DataFrame:
        """A row per parameter: parameter, expected contraction, and what it is called."""
        rows = [
            (name, float(share), label(float(share)))
            for name, share in zip(self.found.names, self.found.contraction, strict=True)
        ]
        return pd.DataFrame(rows, columns=["parameter", "contraction", "learned"])


def identify(
    problem: Problem, runs: FitRuns, budget: Budget, *, progress: FitProgress = no_progress
) -> Identified:
    """Run the first positions of a fit, and find what the figures could tell.

    Args:
        problem: The problem.
        runs: The runs of its folder; a later fit in the same folder uses them.
        budget: The runs of each stage; `repeats` and `prior` are made here.
        progress: Called whenever runs are finished.

    Raises:
        ServandaError: If a library is missing, the folder cannot be used, or every run failed.
    """
    places, given = first_places(problem, budget, budget.prior), len(problem.statistics)
    wider = replace(problem, statistics=(*problem.statistics, *_others(problem)))
    runs.progress = lambda done, failed, total: progress("prior", done, total)
    counts = runs.counts(places, wider.columns)
    return _identified(wider, places, wider.values(counts, len(places)), budget.repeats, given)


def _others(problem: Problem) -> list[Statistic]:
    """A statistic for each measure of the catalogue of which there is no row, over all months."""
    given = {one.measure.name for one in problem.statistics}
    months = (1, problem.experiment.size(0)[1])
    return [
        Statistic(one, (_row(one),), "value", (months,))
        for one in MEASURES
        if one.name not in given and not one.definition().share
    ]


def _row(one: Measure) -> Row:
    return Row(measure=one.name, first=None, last=date(2000, 12, 31), value=1.0, grade="B")


def _identified(
    wider: Problem, places: np.ndarray, values: np.ndarray, repeats: int, given: int
) -> Identified:
    """What the first `given` statistics of a wider problem tell, and what the others would add."""
    spread = _spread(wider, values, repeats, given)
    scaled = np.array([one.scaled for one in wider.statistics], bool)
    every = slopes_of(places[repeats:], values[repeats:], spread, scaled)
    ours, others = every.part(slice(given)), every.part(slice(given, None))
    found = identification(wider.names, ours)
    strength = np.linalg.norm(ours.rows, axis=1)
    unmoved = tuple(
        one.name for one, all_ in zip(wider.statistics, strength, strict=False) if all_ < NOTHING
    )
    missing = _missing(wider, found, gains(ours, others), given)
    fitted = replace(wider, statistics=wider.statistics[:given])
    reach = envelope(fitted, values[repeats:, :given])
    return Identified(found, ours, reach, unmoved, missing, len(places))


def _spread(wider: Problem, values: np.ndarray, repeats: int, given: int) -> np.ndarray:
    """Standard deviation of each figure; of a figure not at hand, that of an official rate."""
    share = replace(wider, statistics=wider.statistics[:given]).share(values[:repeats, :given])
    errors = []
    for k, one in enumerate(wider.statistics):
        base = values[:repeats, k]
        known = base[np.isfinite(base)]
        chance = float(np.var(known, ddof=1)) * share if len(known) > 1 else 0.0
        if np.isfinite(one.observed):
            own = float(wider.observed.spread[k])
        else:
            size = 1.0 if one.logarithmic else abs(float(np.median(known))) if len(known) else 1.0
            own = hypot(REPORTING["B"], wider.spec.discrepancy) * size
        errors.append(max(hypot(own, sqrt(chance)), TINY))
    return np.array(errors)


def _missing(wider: Problem, found: Identification, added: np.ndarray, given: int) -> pd.DataFrame:
    """For each parameter, the missing figure that would tell most of it; largest gains first."""
    rows = []
    for j, name in enumerate(wider.names):
        k = int(added[:, j].argmax())
        if added[k, j] >= WORTH:
            one = wider.statistics[given + k].measure
            now = float(found.contraction[j])
            rows.append((name, one.name, one.title, now, now + float(added[k, j])))
    rows.sort(key=lambda row: row[3] - row[4])
    return pd.DataFrame(rows, columns=["parameter", "figure", "title", "now", "then"])

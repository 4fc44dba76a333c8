"""Fits a scenario to the figures of a court, stage by stage.

In: a `Problem` and a folder. Out: the folder with all runs, and a `Fit`.

1. *Repeats*: runs of the base on different seeds show how much a single run differs by chance.
2. *Prior*: runs at positions spread evenly over the ranges of all parameters. Emulators of the
   statistics are fitted to them.
3. *Waves*: positions are ruled out if the emulated statistics are too far from the figures (history
   matching). Further runs in what is left make the emulators better there.
4. *Draws*: positions in proportion to how well their emulated statistics fit, each with one run.
   Emulators are fitted again with these runs, and each draw is weighted by the ratio of the new
   likelihood to the old one. The weighted draws are the ensemble.

Everything follows from the seed and the runs, so a fit that was stopped goes on where it was.
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd

from sim.evidence.fitting.budget import Budget
from sim.evidence.fitting.distance import (
    Observed,
    effective,
    implausibility,
    log_likelihood,
    normalised,
    standardised,
)
from sim.evidence.fitting.fit_runs import FitRuns
from sim.evidence.fitting.pool import Pool, pooled, prior_places
from sim.evidence.fitting.problem import Problem
from sim.evidence.fitting.quantiles import resampled
from sim.evidence.fitting.responses import Responses, responses

LIMIT = 3.0
"""Implausibility from which a position is ruled out, standard deviations."""
RANKS = (3, 2)
"""By wave, which of the largest differences counts: the third, then the second."""
SETTLED = 0.8
"""If a wave leaves more than this share of what the one before left, no further wave is made."""
WANTED = 200.0
"""Effective number of draws from which a fit is called good enough."""


class FitProgress(Protocol):
    """A function that is called as a fit advances."""

    def __call__(self, stage: str, done: int, total: int) -> object:
        """Report how many runs of a stage are done."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Wave:
    """A step of history matching.

    Args:
        rank: Which of the largest differences counted.
        left: Share of the prior that is not ruled out.
        runs: Runs made within it; 0 if none were needed.
    """

    rank: int
    left: float
    runs: int


@dataclass(frozen=True)
class Fit:
    """What a fit has found.

    Args:
        problem: The problem.
        budget: The runs of each stage.
        places: Positions of all runs; NaN for runs of the base; shape (runs, parameters).
        values: Statistics of all runs; NaN where there is none; shape (runs, statistics).
        waves: The waves of history matching.
        responses: The last emulators.
        pool: Positions weighted by the last emulators.
        draws: Numbers of the runs at the draws; shape (draws,).
        weights: Weight of each draw, with sum 1; shape (draws,).
        counts: Counts of the runs at the draws, a row per run, month and cell.
        share: Cases in a run over cases of the court, at most 1: a court with more cases than the
            model varies less by chance.
    """

    problem: Problem
    budget: Budget
    places: np.ndarray = field(repr=False)
    values: np.ndarray = field(repr=False)
    waves: tuple[Wave, ...]
    responses: Responses = field(repr=False)
    pool: Pool = field(repr=False)
    draws: np.ndarray = field(repr=False)
    weights: np.ndarray = field(repr=False)
    counts: pd.DataFrame = field(repr=False)
    share: float = 1.0

    @property
    def effective(self) -> float:
        """Effective number of different draws: a position drawn twice counts once."""
        _, same = np.unique(self.places[self.draws], axis=0, return_inverse=True)
        return effective(np.bincount(same.ravel(), self.weights))

    @property
    def variance(self) -> np.ndarray:
        """Variance of what the last emulators expect; shape (statistics,)."""
        return self.responses.variance(self.share)

    @property
    def observed(self) -> Observed:
        """The figures."""
        return self.problem.observed


def fit(
    problem: Problem, runs: FitRuns, budget: Budget, *, progress: FitProgress = no_progress
) -> Fit:
    """Run or resume the stages of a fit.

    Args:
        problem: The problem.
        runs: The runs of its folder.
        budget: The runs of each stage.
        progress: Called whenever runs are finished.

    Raises:
        ServandaError: If a library is missing, the folder cannot be used, or every run failed.
        KeyboardInterrupt: If the user stops it; finished runs are kept.
    """
    return _Stages(problem, budget, runs, progress).fit()


def first_places(problem: Problem, budget: Budget, count: int) -> np.ndarray:
    """Positions of the repeats of the base (NaN), then the first ones in the prior.

    Args:
        problem: The problem.
        budget: The runs of each stage.
        count: Number of positions in the prior.
    """
    parameters = len(problem.names)
    base = np.full((budget.repeats, parameters), np.nan)
    return np.vstack([base, prior_places(parameters, count, problem.spec.seed)])


class _Stages:
    """The stages of one fit."""

    def __init__(
        self, problem: Problem, budget: Budget, runs: FitRuns, progress: FitProgress
    ) -> None:
        self.problem, self.budget, self.runs, self.progress = problem, budget, runs, progress
        self.places = np.zeros((0, len(problem.names)))
        self.values = np.zeros((0, len(problem.statistics)))
        self.counts = pd.DataFrame()
        self.rng = np.random.default_rng([problem.spec.seed, 2])

    def fit(self) -> Fit:
        """All stages."""
        self._run("prior", first_places(self.problem, self.budget, self.budget.first))
        waves = self._waves()
        found, pool = self._pool(1)
        chosen = resampled(pool.weights, self.budget.draws, self.rng)
        drawn = pool.places[chosen]
        begin = len(self.places)
        self._run("draws", drawn)
        draws = np.arange(begin, len(self.places))
        before = self._log_likelihood(found, drawn)
        found, pool = self._pool(2)
        weights = normalised(self._log_likelihood(found, drawn) - before)
        weights = np.where(np.isfinite(self.values[draws]).any(axis=1), weights, 0.0)
        return Fit(
            self.problem,
            self.budget,
            self.places,
            self.values,
            waves,
            found,
            pool,
            draws,
            weights / weights.sum(),
            self.counts[self.counts["point"] >= begin],
            self._share(),
        )

    def _waves(self) -> tuple[Wave, ...]:
        """Rule out positions and run others, until a wave rules out little more."""
        waves: list[Wave] = []
        for number, rank in enumerate(RANKS):
            found = self._responses()
            candidates = prior_places(
                len(self.problem.names), self.budget.pool, self.problem.spec.seed + 1 + number
            )
            z = standardised(self.problem.observed, found.at(candidates), self._variance(found))
            far = implausibility(z, rank)
            left = candidates[far < LIMIT]
            share = len(left) / len(candidates)
            if waves and share > SETTLED * waves[-1].left:
                waves.append(Wave(rank, share, 0))
                break
            if len(left) < self.budget.wave:
                # Hardly anything fits: the nearest positions tell what comes closest.
                left = candidates[np.argsort(far, kind="stable")[: self.budget.wave]]
            chosen = self.rng.choice(len(left), self.budget.wave, replace=False)
            self._run(f"wave {number + 1}", left[np.sort(chosen)])
            waves.append(Wave(rank, share, self.budget.wave))
        return tuple(waves)

    def _run(self, stage: str, places: np.ndarray) -> None:
        """Run positions, and add their statistics."""
        self.places = np.vstack([self.places, places])
        self.runs.progress = lambda done, failed, total: self.progress(stage, done, total)
        self.counts = self.runs.counts(self.places, self.problem.columns)
        self.values = self.problem.values(self.counts, len(self.places))

    def _responses(self) -> Responses:
        seed = self.problem.spec.seed
        return responses(self.places, self.values, self.budget.repeats, seed)

    def _variance(self, found: Responses) -> np.ndarray:
        return found.variance(self._share())

    def _share(self) -> float:
        return self.problem.share(self.values[: self.budget.repeats])

    def _pool(self, number: int) -> tuple[Responses, Pool]:
        found = self._responses()
        seed = self.problem.spec.seed + 100 * number
        variance = self._variance(found)
        return found, pooled(found, self.problem.observed, variance, self.budget.pool, seed)

    def _log_likelihood(self, found: Responses, places: np.ndarray) -> np.ndarray:
        expected, variance = found.at(places), self._variance(found)
        return log_likelihood(standardised(self.problem.observed, expected, variance))

"""Generations of points by NSGA-II, through the functions ask and tell of optuna.

In: factors, and the results of each generation. Out: the points of the next one. They depend only
on the seed and on the earlier results. A search can therefore be replayed.
"""

import hashlib
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np

from sim.errors import ServandaError
from sim.experiment.designs.design import FINE
from sim.experiment.distribution import Spread
from sim.experiment.factor_target import Value

NEARNESS = 2.0
"""Distribution index of the crossover. The larger it is, the closer children are to parents."""

STILLBORN = 1_000
"""The search is given up after this many points in a row that violate a constraint."""


class Evolution:
    """A search by the genetic algorithm NSGA-II of Deb et al. (2002), with constraints.

    Numeric factors are searched by quantile, in steps of a thousandth. Their scales and lists of
    values then work as in other designs. Words and switches are categories.

    Children come from binary tournaments under constrained domination, from simulated binary
    crossover, and from mutation: each of the k factors is drawn anew with probability 1 / k.

    Args:
        spreads: The factors, each with its possible values.
        more: By objective, whether to maximise it.
        first: The first generation as points of the unit cube: for each factor, the quantile of the
            value, 0 to 1. Every generation has the same size.
        seed: The seed of the experiment.
        keeps: Returns whether a point satisfies the constraints between factors. Only points that
            do are tried.

    Raises:
        ServandaError: If optuna is not installed.
    """

    def __init__(
        self,
        spreads: Sequence[Spread],
        more: Sequence[bool],
        first: np.ndarray,
        seed: int,
        keeps: Callable[[tuple[Value, ...]], bool] = lambda _: True,
    ) -> None:
        """Set up the first generation."""
        self._keeps = keeps
        self._optuna = _optuna()
        self._spreads = tuple(spreads)
        self._names = [f"{place:04d}" for place in range(len(self._spreads))]
        with self._quiet():
            nsga = self._optuna.samplers.nsgaii
            sampler = self._optuna.samplers.NSGAIISampler(
                population_size=len(first),
                crossover=nsga.SBXCrossover(eta=NEARNESS),
                seed=_seed(seed),
            )
            self._study = self._optuna.create_study(
                sampler=sampler, directions=["maximize" if up else "minimize" for up in more]
            )
            for row in first.tolist():
                self._study.enqueue_trial(
                    dict(zip(self._names, map(self._gene, self._spreads, row), strict=True))
                )
        self._pending: list[Any] = []

    def ask(self, count: int) -> tuple[tuple[Value, ...], ...]:
        """The next points. Their results must be given to `tell` before the next call.

        Args:
            count: Number of points, up to the size of a generation.

        Raises:
            ServandaError: If hardly any child satisfies the constraints.
        """
        with self._quiet():
            self._pending = [self._child() for _ in range(count)]
        return tuple(self._point(trial.params) for trial in self._pending)

    def _child(self) -> Any:
        """The next point that satisfies the constraints. Others are discarded as failed trials."""
        for _ in range(STILLBORN):
            trial = self._study.ask(self._space())
            if self._keeps(self._point(trial.params)):
                return trial
            self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
        what = f"{STILLBORN:,} consecutive points violate them"
        raise ServandaError("constraints", what, "give the factors ranges that fit together")

    def tell(self, objectives: np.ndarray, broken: np.ndarray) -> None:
        """Give the results of the points that `ask` returned last.

        Args:
            objectives: Values of the objectives, shape (points, objectives).
            broken: Excess over each limit, 0 or less within it; shape (points, limits).
        """
        with self._quiet():
            for trial, values, excess in zip(self._pending, objectives, broken, strict=True):
                for place, much in enumerate(excess):
                    trial.set_constraint(str(place), float(much))
                self._study.tell(trial, [float(value) for value in values])
        self._pending = []

    def _space(self) -> dict[str, Any]:
        """The search space in the form of optuna."""
        kinds = self._optuna.distributions
        return {
            name: kinds.FloatDistribution(0.0, 1.0)
            if spread.target.number
            else kinds.CategoricalDistribution(tuple(range(len(spread.values))))
            for name, spread in zip(self._names, self._spreads, strict=True)
        }

    @staticmethod
    def _gene(spread: Spread, share: float) -> float | int:
        """A quantile in the form of optuna: the same number, or the index of a category."""
        if spread.target.number:
            return share
        return min(int(share * len(spread.values)), len(spread.values) - 1)

    def _point(self, params: Mapping[str, Any]) -> tuple[Value, ...]:
        """The values of the factors at a point in the form of optuna."""
        genes = [params[name] for name in self._names]
        return tuple(
            spread.at(round(gene, FINE)) if spread.target.number else spread.values[gene]
            for spread, gene in zip(self._spreads, genes, strict=True)
        )

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Silence optuna, which logs every trial and warns of experimental features."""
        logging = self._optuna.logging
        before = logging.get_verbosity()
        logging.set_verbosity(logging.ERROR)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            logging.set_verbosity(before)


def _optuna() -> Any:
    """Import optuna, or explain how to install it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module("optuna")
    except ImportError:
        hint = 'pip install "servanda[analysis]"'
        raise ServandaError("optimise", "optuna is not installed", hint) from None


def _seed(seed: int) -> int:
    """A 32-bit seed for optuna, derived from the seed of the experiment."""
    return int.from_bytes(hashlib.sha256(f"search:{seed}".encode()).digest()[:4])

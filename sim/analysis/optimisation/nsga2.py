"""Generations of points by NSGA-II: optuna decides which are tried, and is told what they came to.

In: factors, and the results of each generation. Out: the points of the next one. They follow from
the seed and from what was told, and from nothing else: whoever tells the same is asked the same.
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
"""Distribution index of the crossover: the larger, the nearer children are to their parents."""

STILLBORN = 1_000
"""Points on end that may break a constraint before the search is given up."""


class Evolution:
    """A search by the genetic algorithm NSGA-II of Deb et al. (2002), constraints included.

    A numeric factor is searched over the share of the way through its spread, in steps of a
    thousandth, so that scales and lists mean here what they mean in every design; words and
    switches are categories. Children come from binary tournaments under constrained domination,
    simulated binary crossover, and mutation of a factor in k to a value drawn anew.

    Args:
        spreads: The factors.
        more: For each objective, whether more of it is wanted.
        first: The first generation as shares of the unit cube; its length is that of each.
        seed: The experiment's.
        keeps: Whether a point keeps the constraints between factors; others are never tried.

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
        """Lay out the first generation."""
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
        self._asked: list[Any] = []

    def ask(self, count: int) -> tuple[tuple[Value, ...], ...]:
        """The next points, a generation at most; all of them are told before more are asked for.

        Raises:
            ServandaError: If hardly a child keeps the constraints.
        """
        with self._quiet():
            self._asked = [self._child() for _ in range(count)]
        return tuple(self._point(trial.params) for trial in self._asked)

    def _child(self) -> Any:
        """The next point that keeps the constraints; a child that does not is born dead."""
        for _ in range(STILLBORN):
            trial = self._study.ask(self._space())
            if self._keeps(self._point(trial.params)):
                return trial
            self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
        what = f"{STILLBORN:,} points on end break them"
        raise ServandaError("constraints", what, "give the factors ranges that fit together")

    def tell(self, found: np.ndarray, broken: np.ndarray) -> None:
        """Say what the points came to.

        Args:
            found: Their objectives, shape (points, objectives).
            broken: By how much each breaks each limit, 0 or less where it keeps it; shape
                (points, limits).
        """
        with self._quiet():
            for trial, values, excess in zip(self._asked, found, broken, strict=True):
                for place, much in enumerate(excess):
                    trial.set_constraint(str(place), float(much))
                self._study.tell(trial, [float(value) for value in values])
        self._asked = []

    def _space(self) -> dict[str, Any]:
        """What optuna chooses from."""
        kinds = self._optuna.distributions
        return {
            name: kinds.FloatDistribution(0.0, 1.0)
            if spread.target.number
            else kinds.CategoricalDistribution(tuple(range(len(spread.values))))
            for name, spread in zip(self._names, self._spreads, strict=True)
        }

    @staticmethod
    def _gene(spread: Spread, share: float) -> float | int:
        """How a share of the way is written for optuna."""
        if spread.target.number:
            return share
        return min(int(share * len(spread.values)), len(spread.values) - 1)

    def _point(self, params: Mapping[str, Any]) -> tuple[Value, ...]:
        """The values of the factors."""
        genes = [params[name] for name in self._names]
        return tuple(
            spread.at(round(gene, FINE)) if spread.target.number else spread.values[gene]
            for spread, gene in zip(self._spreads, genes, strict=True)
        )

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Optuna logs every trial, and warns of what is new in it."""
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
    """The package, or how to get it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module("optuna")
    except ImportError:
        hint = 'pip install "servanda[analysis]"'
        raise ServandaError("optimise", "optuna is not installed", hint) from None


def _seed(seed: int) -> int:
    """The seed of the search from that of the experiment, as short as optuna takes it."""
    return int.from_bytes(hashlib.sha256(f"search:{seed}".encode()).digest()[:4])

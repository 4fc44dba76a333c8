"""Emulators: fast approximations of a statistic of a run as a function of the free parameters.

In: the positions of points in the prior (0 to 1 for each parameter) and the statistic that one run
at each point gave. Out: a function of the position, with the error it makes for points that it has
not seen. Three forms compete, and cross-validation decides: a linear ridge regression, a quadratic
one, and a Gaussian process on the residuals of the better of the two.
"""

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.analysis.extra import extra

FOLDS = 5
"""Groups of points that are left out in turn."""
PENALTIES = tuple(np.logspace(-3.0, 4.0, 15))
"""Penalties from which each ridge regression chooses by leaving out single points."""
ENOUGH = 250
"""Number of points from which the length scale of a Gaussian process is learned: all of them would
take minutes and move it little."""
FEWEST = 20
"""Fewest runs with a value from which a statistic can be emulated."""
MANY = 100
"""Fewest runs from which a Gaussian process is tried: with fewer its scales are anyone's guess."""
BATCH = 20_000
"""Number of positions at which values are computed at once, to bound memory."""
BETTER = 0.98
"""A more complex form is preferred only if it reduces the error to this share or less."""


@dataclass(frozen=True)
class Emulator:
    """A statistic as a function of the position in the prior.

    Args:
        form: ``linear``, ``quadratic``, ``process`` (a Gaussian process on the residuals of one of
            them), or ``constant`` if there are too few values.
        errors: At each point of the fit, value minus prediction by an emulator that was fitted
            without the point; shape (points,), NaN where the run has no value.
        share: Share of the variance of unseen values that is explained (cross-validated R²).
        parameters: Number of parameters.
        _parts: Fitted regressions of scikit-learn, whose predictions are added.
    """

    form: str
    errors: np.ndarray = field(repr=False)
    share: float
    parameters: int
    _parts: tuple[Any, ...] = field(repr=False)

    def at(self, places: np.ndarray) -> np.ndarray:
        """Expected values at positions.

        Args:
            places: Positions from 0 to 1; shape (n, parameters).

        Returns:
            Values; shape (n,).
        """
        batches = [places[i : i + BATCH] for i in range(0, len(places), BATCH)]
        return np.concatenate([sum(part.predict(some) for part in self._parts) for some in batches])


def emulator(places: np.ndarray, values: np.ndarray, seed: int) -> Emulator:
    """The emulator of one statistic with the smallest error at points that it has not seen.

    Args:
        places: Positions of the points, 0 to 1; shape (points, parameters).
        values: The statistic at each point, NaN where a run has no value; shape (points,).
        seed: Decides which points are left out together.
    """
    there = np.isfinite(values)
    x, y = places[there], values[there]
    if len(y) < FEWEST or np.ptp(y) == 0.0:
        form, errors, parts = "constant", y - _mean(y), (_constant(_mean(y)),)
    else:
        form, errors, parts = _fitted(x, y, seed)
    spread = float(np.var(y)) if len(y) else 0.0
    share = 1.0 - float(np.mean(errors**2)) / spread if spread > 0.0 else 0.0
    everywhere = np.full(len(values), np.nan)
    everywhere[there] = errors
    return Emulator(form, everywhere, share, places.shape[1], parts)


def slopes(places: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Mean response of a statistic to each parameter over its whole range.

    Args:
        places: Positions of the points, 0 to 1; shape (points, parameters).
        values: The statistic at each point, NaN where a run has no value; shape (points,).

    Returns:
        Change of the statistic from the lower to the upper end of each range; shape (parameters,);
        0 if there are too few values.
    """
    there = np.isfinite(values)
    if there.sum() < FEWEST or np.ptp(values[there]) == 0.0:
        return np.zeros(places.shape[1])
    fitted = _ridge(1).fit(places[there], values[there])
    scaler, ridge = fitted[1], fitted[2]
    return np.asarray(ridge.coef_ / scaler.scale_)


def _fitted(x: np.ndarray, y: np.ndarray, seed: int) -> tuple[str, np.ndarray, tuple[Any, ...]]:
    """The form chosen, its errors at unseen points, and the regressions whose sum it is."""
    form, trend = "linear", _ridge(1)
    errors = y - _unseen(trend, x, y, seed)
    if len(y) > 2 * x.shape[1]:
        curved = _ridge(2)
        found = y - _unseen(curved, x, y, seed)
        if _smaller(found, errors):
            form, trend, errors = "quadratic", curved, found
    trend.fit(x, y)
    if len(y) < MANY:
        return form, errors, (trend,)
    left = y - trend.predict(x)
    process = _process(x, left, seed)
    found = errors - _unseen(process, x, left, seed)
    if _smaller(found, errors):
        return "process", found, (trend, process.fit(x, left))
    return form, errors, (trend,)


def _smaller(found: np.ndarray, errors: np.ndarray) -> bool:
    return bool(np.mean(found**2) <= BETTER**2 * np.mean(errors**2))


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else 0.0


def _constant(value: float) -> Any:
    """A regression that predicts the same value everywhere."""
    dummy = extra("sklearn.dummy", "evidence")
    return dummy.DummyRegressor(strategy="constant", constant=value).fit([[0.0]], [0.0])


def _ridge(degree: int) -> Any:
    """A ridge regression on the positions, and on their products if the degree is 2."""
    pipeline = extra("sklearn.pipeline", "evidence")
    preprocessing = extra("sklearn.preprocessing", "evidence")
    ridge = extra("sklearn.linear_model", "evidence").RidgeCV(alphas=PENALTIES)
    terms = preprocessing.PolynomialFeatures(degree, include_bias=False)
    return pipeline.make_pipeline(terms, preprocessing.StandardScaler(), ridge)


def _process(x: np.ndarray, left: np.ndarray, seed: int) -> Any:
    """A Gaussian process for residuals, whose length scale and noise are learned but not refitted.

    One length scale serves all parameters: with twenty parameters, twenty scales would be fitted to
    noise.
    """
    processes = extra("sklearn.gaussian_process", "evidence")
    kernels = extra("sklearn.gaussian_process.kernels", "evidence")
    variance = float(np.var(left)) or 1.0
    within = (1e-4 * variance, 10.0 * variance)
    smooth = kernels.ConstantKernel(0.3 * variance, within) * kernels.RBF(1.0, (0.2, 10.0))
    noise = kernels.WhiteKernel(0.7 * variance, within)
    some = np.random.default_rng(seed).permutation(len(x))[:ENOUGH]
    learned = processes.GaussianProcessRegressor(smooth + noise)
    with warnings.catch_warnings():
        # A scale at its bound means that there is nothing to learn; then a simpler form wins.
        warnings.simplefilter("ignore", extra("sklearn.exceptions", "evidence").ConvergenceWarning)
        learned.fit(x[some], left[some])
    return processes.GaussianProcessRegressor(learned.kernel_, optimizer=None)


def _unseen(regression: Any, x: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """Predictions at each point by a regression that was fitted without it; shape (points,)."""
    selection = extra("sklearn.model_selection", "evidence")
    folds = selection.KFold(FOLDS, shuffle=True, random_state=seed)
    return np.asarray(selection.cross_val_predict(regression, x, y, cv=folds))

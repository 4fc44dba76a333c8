"""Responses: a measure at every point of a design, and how much of its variance is due to chance.

In: the runs of a sweep. Out: an array by point and replicate, and the share of the variance between
points that is due to chance.
"""

from dataclasses import dataclass

import numpy as np

from sim.errors import ServandaError
from sim.runs.results import Results


@dataclass(frozen=True)
class Responses:
    """A measure at every point.

    Args:
        values: The measure; shape (points, replicates). NaN if the run is missing or failed, or if
            the measure is NaN or infinite, because infinite values have no mean.
        lost: Number of runs that are missing or failed.
        infinite: By point, whether the measure is infinite in some run.
    """

    values: np.ndarray
    lost: int
    infinite: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        """By point, whether the measure is known in all replicates."""
        found: np.ndarray = ~np.isnan(self.values).any(axis=1)
        return found

    def lacking(self) -> str:
        """At how many points the measure cannot be used, and why; empty if there are none."""
        points = len(self.values)
        missing = int((~self.whole & ~self.infinite).sum())
        infinite = int(self.infinite.sum())
        parts = []
        if infinite:
            parts.append(f"not finite at {infinite} of {points} points")
        if missing:
            parts.append(
                f"undefined at {missing} of {points} points, where a run has no case to measure"
            )
        return ", and ".join(parts)


def finite(values: np.ndarray) -> np.ndarray:
    """The values, with infinite ones replaced by NaN."""
    found: np.ndarray = np.where(np.isinf(values), np.nan, values)
    return found


def responses(found: Results, measure: str) -> Responses:
    """A measure at every point of a sweep."""
    points = int(found.manifest["points"])
    replicates = int(found.manifest["runs"]) // max(points, 1)
    values = np.full((points, replicates), np.nan)
    done = found.runs[found.runs["status"] == "ok"]
    values[done["point"].to_numpy(), done["replicate"].to_numpy()] = done[measure].to_numpy()
    lost = points * replicates - len(done)
    return Responses(finite(values), lost, np.isinf(values).any(axis=1))


def refuse_unfinished(found: Results, where: str, why: str) -> None:
    """Raise an error if runs of a sweep are missing or failed.

    Args:
        found: The sweep.
        where: Location for the error, such as the name of the analysis.
        why: How the text of the error ends: why all runs are needed, or what is wrong without them.

    Raises:
        ServandaError: If a run is missing or failed.
    """
    wanted = int(found.manifest["runs"])
    status = found.runs["status"]
    failed, missing = int((status != "ok").sum()), wanted - len(status)
    if failed or missing:
        what = f"{failed} of {wanted} runs failed and {missing} are missing; {why}"
        hint = "`servanda retry` repeats them" if failed else "`servanda sweep` runs them"
        raise ServandaError(where, what, hint)


def noise(values: np.ndarray) -> np.ndarray:
    """For each mean over replicates, its variance due to chance.

    Args:
        values: Shape (…, replicates).

    Returns:
        Shape (…); NaN with fewer than two replicates.
    """
    replicates = values.shape[-1]
    if replicates < 2:
        return np.full(values.shape[:-1], np.nan)
    found: np.ndarray = values.var(axis=-1, ddof=1) / replicates
    return found


def chance(values: np.ndarray) -> float:
    """Share of the variance between means of points that is due to chance: s² / (R · var ȳ_p).

    There are P points with means ȳ_p, and R replicates. A replicate has one seed at all points. A
    shift common to all points does not affect their comparison. What remains is s², the residual
    variance of y_pr = ȳ + point + replicate + rest, on (P − 1)(R − 1) degrees of freedom.

    Args:
        values: Shape (points, replicates), none NaN.

    Returns:
        From 0 to 1; NaN with fewer than two replicates or points, or if nothing varies.
    """
    points, replicates = values.shape
    if points < 2 or replicates < 2:
        return float("nan")
    by_point = values.mean(axis=1)
    rest = values - by_point[:, None] - values.mean(axis=0) + values.mean()
    left = float((rest**2).sum()) / ((points - 1) * (replicates - 1) * replicates)
    spread = float(by_point.var(ddof=1))
    return min(left / spread, 1.0) if spread > 0.0 else float("nan")

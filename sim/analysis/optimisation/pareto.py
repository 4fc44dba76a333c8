"""Pareto dominance and hypervolume (the space that points dominate).

In: objectives by point; smaller is better in each. Out: points that no other dominates, and
hypervolumes.
"""

import numpy as np

RIM = 1.1
"""Position of the reference point of the hypervolume, as a share of the range from best to worst.
It is beyond the worst point, because points at the edge have to count too."""


def non_dominated(values: np.ndarray) -> np.ndarray:
    """Which points no other point dominates.

    A point dominates another if it is as good or better in every objective and better in at least
    one. Equal points do not dominate each other.

    Args:
        values: Shape (points, objectives); smaller is better.

    Returns:
        Boolean array, shape (points,).
    """
    return np.array([not dominating(one, values).any() for one in values], dtype=bool)


def dominating(one: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which other points dominate a point.

    Args:
        one: Its objectives, shape (…, objectives).
        others: Objectives of the others, shape (others, …, objectives).
    """
    found: np.ndarray = (others <= one).all(axis=-1) & (others < one).any(axis=-1)
    return found


def hypervolume_share(values: np.ndarray, within: np.ndarray) -> float:
    """Share of a space that some points dominate.

    In each objective, the space begins at the best of all points within the limits. It ends at
    `RIM` times the distance to the worst.

    Args:
        values: The points, shape (points, objectives); smaller is better.
        within: All points of the search within the limits; they span the space.
    """
    if len(values) == 0 or len(within) == 0:
        return 0.0
    low, wide = within.min(axis=0), np.ptp(within, axis=0)
    wide = np.where(wide > 0.0, wide, 1.0)
    corner = np.full(values.shape[1], RIM)
    return float(hypervolume((values - low) / wide, corner) / RIM ** values.shape[1])


def hypervolume(values: np.ndarray, corner: np.ndarray) -> float:
    """Volume dominated by some points, up to a reference point.

    The volume is cut into slices along the last objective, recursively. This is exact, and fast for
    a few objectives (Zitzler and Thiele 1999).

    Args:
        values: Shape (points, objectives); smaller is better.
        corner: The reference point, shape (objectives,).
    """
    values = values[(values < corner).all(axis=1)]
    if len(values) == 0:
        return 0.0
    if values.shape[1] == 1:
        return float(corner[0] - values.min())
    if values.shape[1] == 2:
        values = values[np.argsort(values[:, 0], kind="stable")]
        wide = np.diff(values[:, 0], append=corner[0])
        return float((wide * (corner[1] - np.minimum.accumulate(values[:, 1]))).sum())
    values = np.unique(values[non_dominated(values)], axis=0)
    values = values[np.argsort(values[:, -1], kind="stable")]
    floors = [*values[:, -1], corner[-1]]
    volume = 0.0
    for place in range(len(values)):
        height = float(floors[place + 1] - floors[place])
        if height > 0.0:
            volume += height * hypervolume(values[: place + 1, :-1], corner[:-1])
    return volume

"""Points that nobody beats, and how much of the space they rule: numbers only.

In: objectives by point, less being better in each. Out: who is unbeaten, and hypervolumes.
"""

import numpy as np

RIM = 1.1
"""How far beyond the worst point the corner of the hypervolume lies, as a share of the range: so
that points at the rim rule something too."""


def unbeaten(values: np.ndarray) -> np.ndarray:
    """Which points no other beats.

    One beats another that is no better in any objective and worse in some; equals do not beat each
    other.

    Args:
        values: Shape (points, objectives); less is better.

    Returns:
        A switch a point.
    """
    return np.array([not beaten(one, values).any() for one in values], dtype=bool)


def beaten(one: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which others beat a point.

    Args:
        one: Its objectives, shape (…, objectives).
        others: Theirs, shape (others, …, objectives).
    """
    found: np.ndarray = (others <= one).all(axis=-1) & (others < one).any(axis=-1)
    return found


def ruled(values: np.ndarray, within: np.ndarray) -> float:
    """Share of the space that some points rule, between the best and the worst of all.

    Args:
        values: The points, shape (points, objectives); less is better.
        within: All points that the search has found, which span the space.
    """
    if len(values) == 0 or len(within) == 0:
        return 0.0
    low, wide = within.min(axis=0), np.ptp(within, axis=0)
    wide = np.where(wide > 0.0, wide, 1.0)
    corner = np.full(values.shape[1], RIM)
    return float(hypervolume((values - low) / wide, corner) / RIM ** values.shape[1])


def hypervolume(values: np.ndarray, corner: np.ndarray) -> float:
    """Volume of what lies between some points and a corner that is worse than all of them.

    It is cut into slices along the last objective, and each slice again: exact, and quick for a
    few objectives (Zitzler and Thiele 1999).

    Args:
        values: Shape (points, objectives); less is better.
        corner: A value an objective.
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
    values = np.unique(values[unbeaten(values)], axis=0)
    values = values[np.argsort(values[:, -1], kind="stable")]
    floors = [*values[:, -1], corner[-1]]
    volume = 0.0
    for place in range(len(values)):
        height = float(floors[place + 1] - floors[place])
        if height > 0.0:
            volume += height * hypervolume(values[: place + 1, :-1], corner[:-1])
    return volume

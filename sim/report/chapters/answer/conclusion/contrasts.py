"""Conclusion of a two-level design: the effect of moving each factor to its second level."""

import numpy as np
import pandas as pd

from sim.analysis.paired import Difference, difference
from sim.measure.indicators import KNOWN
from sim.report.chapters.answer.conclusion.parts import CHANCE
from sim.report.chapters.answer.conclusion.phrases import (
    Conclusion,
    change,
    plain,
    several,
    subjects,
    whole,
)
from sim.report.material import Material
from sim.report.measures import Measure
from sim.report.names import Names, names, varying
from sim.words.words import Words


def contrasts(material: Material, words: Words) -> Conclusion | None:
    """Factors that clearly change a measure between their two levels, the strongest first."""
    if material.replicates < 2 or not whole(material):
        return None
    paths = [p for p in varying(material.points) if material.points[p].nunique() == 2]
    if not paths:
        return None
    named = names(material, words)
    sentences = []
    for place, one in enumerate(subjects(material)):
        gaps = {path: ends(material, one, path) for path in paths}
        clear = sorted((p for p in paths if gaps[p].clear), key=lambda p: -abs(gaps[p].mean))
        sentences.append(_clear(material, one, {p: gaps[p] for p in clear}, words, named))
        unclear = [path for path in paths if path not in clear]
        if place == 0 and clear and unclear:
            listed = several(map(named.factor, unclear), words)
            sentences.append(
                words("Whether these factors change it is not clear: {factors}.", factors=listed)
            )
    if material.kind == "fractional_factorial":
        sentences.append(
            words(
                "In a fractional design, the apparent effect of one factor may be partly an "
                "interaction of others."
            )
        )
    return plain((*sentences, words(CHANCE)), intervals=True)


def levels(column: pd.Series) -> tuple[object, object]:
    """The two ends of a factor: lowest and highest number, off and on, or first and last text."""
    known = list(pd.unique(column))
    if pd.api.types.is_numeric_dtype(column):
        known.sort()
    return known[0], known[-1]


def ends(material: Material, one: Measure, path: str) -> Difference:
    """Difference of a measure between a factor's last level and its first.

    In each replicate the measure is averaged over all points with the same level. So an effect
    that a seed has on all points cancels out.

    Args:
        material: Material without failed runs.
        one: The measure.
        path: The factor.
    """
    first, last = levels(material.points[path])
    return difference(
        at(material, one, path, last), at(material, one, path, first), about=KNOWN.get(one.name)
    )


def at(material: Material, one: Measure, path: str, level: object) -> np.ndarray:
    """A measure in each replicate, averaged over all points with this level of a factor."""
    points = material.points.loc[material.points[path] == level, "point"]
    found: np.ndarray = material.values(one.name)[list(points)].to_numpy(float).mean(axis=1)
    return found


def _clear(
    material: Material, one: Measure, gaps: dict[str, Difference], words: Words, named: Names
) -> str:
    if not gaps:
        return words("{title}: no factor clearly changes it.", title=words.title(one))
    items = []
    for path, gap in gaps.items():
        first, last = levels(material.points[path])
        items.append(
            words(
                "{factor} from {low} to {high} by {change}",
                factor=named.factor(path),
                low=named.value(path, first),
                high=named.value(path, last),
                change=change(gap, one, words),
            )
        )
    return words(
        "{title}: clearly changed by these factors, the strongest first: {items}.",
        title=words.title(one),
        items=several(items, words),
    )

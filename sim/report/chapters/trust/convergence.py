"""Whether there were enough runs: means by number of replicates, indices by number of points."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.analysis.sensitivity.sensitivity import Sensitivity, sensitivity
from sim.errors import ServandaError
from sim.report.chapter import Chapter, Figure
from sim.report.estimate import mean
from sim.report.frame import Frame, bottom, legend_below
from sim.report.material import Material
from sim.report.measures import Measure, drawn, measure
from sim.report.names import names
from sim.report.numbers import shorten
from sim.report.shortened import shortened
from sim.report.style import COLOURS, SOFT
from sim.words.words import Words

FEWEST = 4
"""Smallest number of replicates for which the convergence of means is shown."""
LINES = 3
"""Largest number of points that are drawn: those with the widest intervals."""
FACTORS = 5
"""Largest number of factors that are drawn: the strongest ones."""
MEASURES = 3
"""Largest number of measures whose indices are drawn."""
INDICES = {"morris": "μ*", "sobol": "total index"}


class Curve(NamedTuple):
    """An estimate by number of runs.

    Args:
        runs: Numbers of replicates, trajectories or samples.
        middle: The estimate for each number.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
    """

    runs: np.ndarray
    middle: np.ndarray
    low: np.ndarray
    high: np.ndarray


def convergence(material: Material, words: Words) -> Chapter | None:
    """Convergence of estimates with the number of runs."""
    parts = [*_means(material, words), *_indices(material, words)]
    if not parts:
        return None
    return Chapter(
        "convergence",
        words("Were there enough runs?"),
        words(
            "An estimate that has settled no longer moves, and its interval narrows with the "
            "square root of the number of runs: four times as many runs halve it."
        ),
        tuple(parts),
    )


# ---------------------------------------------------------------- means


def _means(material: Material, words: Words) -> Iterator[Figure]:
    if material.replicates < FEWEST or not material.chosen:
        return
    named = names(material, words)
    base, points = material.base, material.chosen
    as_differences = base is not None and len(points) > 1
    if as_differences:
        points = [point for point in points if point != base]
    measures = drawn(material)
    found = {
        one: {p: _running(material, one, p, base if as_differences else None) for p in points}
        for one in measures
    }
    if as_differences:  # a panel of zeros would be useless
        moving = [
            one
            for one in measures
            if any(_differs_from_zero(curve) for curve in found[one].values())
        ]
        measures, found = moving, {one: found[one] for one in moving}
    if not measures:
        return
    points = sorted(points, key=lambda point: -_relative_width(list(found.values()), point))[:LINES]

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(measures), 1.8)
        for axis, one in zip(axes, measures, strict=True):
            for at, point in enumerate(points):
                _draw_curve(axis, found[one][point], COLOURS[at])
            if as_differences:
                axis.axhline(0.0, color=SOFT, linewidth=0.9)
            axis.set_title(words.title(one))
            axis.set_ylabel(words.short_unit(one, difference=as_differences))
        _finish(axes, words("replicates"))
        _legend(drawing, [named.brief(named.points[p]) for p in points], frame)
        return drawing

    if base is not None and as_differences:
        title = words(
            "Differences from {base} by number of replicates", base=named.brief(named.points[base])
        )
    else:
        title = words("Means by number of replicates")
    caption = words(
        "The mean of the first replicates, from two to all, with its 95 % interval by Student's t."
    )
    if len(points) < len(material.present) - as_differences:
        caption += " " + words("Only the points that have settled least are shown.")
    key = named.key(named.points[p] for p in points) if material.several else ()
    yield Figure("convergence", title, caption, draw, key)


def _running(material: Material, one: Measure, point: int, base: int | None) -> Curve:
    """The mean of the first two, three … replicates, or of their differences from the base."""
    table = material.values(one.name)
    values = one.shown(table[point].to_numpy(float))
    if base is not None:
        values = values - one.shown(table[base].to_numpy(float))
    runs = np.arange(2, len(values) + 1)
    means = [mean(values[:n]) for n in runs]
    return Curve(runs, *(np.array([float(part[at]) for part in means]) for at in range(3)))


def _differs_from_zero(curve: Curve) -> bool:
    """Whether any value differs from 0."""
    return bool((np.abs(curve.middle) > 0.0).any())


def _relative_width(found: list[dict[int, Curve]], point: int) -> float:
    """Width of the last interval as a share of the widest of all points, summed over measures."""
    total = 0.0
    for curves in found:
        halves = {p: float(curve.high[-1] - curve.middle[-1]) for p, curve in curves.items()}
        widest = max((half for half in halves.values() if np.isfinite(half)), default=0.0)
        if widest > 0.0 and np.isfinite(halves[point]):
            total += halves[point] / widest
    return total


# ---------------------------------------------------------------- indices


def _indices(material: Material, words: Words) -> Iterator[Figure]:
    if material.sweep is None or material.kind not in INDICES:
        return
    found = _growing(material, [one.name for one in drawn(material)][:MEASURES])
    if not found:
        return
    named = names(material, words)
    last = next(iter(found.values()))[-1][1]
    factors = [str(name) for name in last.table["factor"].head(FACTORS)]
    titles = [named.factor(path) for path in factors]
    index = words(INDICES[material.kind])

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(found), 2.0)
        for axis, (name, steps) in zip(axes, found.items(), strict=True):
            one = measure(name)
            scale = one.factor if material.kind == "morris" else 1.0
            for at, factor in enumerate(factors):
                _draw_curve(axis, _of(steps, factor, scale), COLOURS[at])
            unit = words.short_unit(one, difference=True) if material.kind == "morris" else ""
            axis.set_title(words.title(one))
            axis.set_ylabel(f"{index}, {unit}" if unit else index)
        counted = words("trajectories") if material.kind == "morris" else words("samples")
        _finish(axes, counted)
        _legend(drawing, [named.brief(title) for title in titles], frame)
        return drawing

    title = words("Indices by number of points")
    caption = words(
        "Indices of the strongest factors, from the first part of the design to the whole, with "
        "95 % intervals. While lines still cross, the order of the factors is not settled."
    )
    yield Figure("convergence_indices", title, caption, draw, named.key(titles))


def _growing(material: Material, kept: list[str]) -> dict[str, list[tuple[int, Sensitivity]]]:
    """The indices of each measure from growing parts of the design, with the size of each part."""
    found: dict[str, list[tuple[int, Sensitivity]]] = {}
    for number, part in shortened(material):
        try:
            results = sensitivity(part, kept)
        except ServandaError:
            continue  # too few points for an analysis
        for one in results:
            if len(one.table):
                found.setdefault(one.measure, []).append((number, one))
    return {name: steps for name, steps in found.items() if len(steps) > 1}


def _of(steps: list[tuple[int, Sensitivity]], factor: str, scale: float) -> Curve:
    rows = [one.table.set_index("factor").loc[factor].to_dict() for _, one in steps]
    rank = steps[-1][1].rank
    parts = ([float(row[name]) * scale for row in rows] for name in (rank, "low", "high"))
    return Curve(np.array([number for number, _ in steps]), *map(np.array, parts))


# ---------------------------------------------------------------- drawing


def _draw_curve(axis: Axes, curve: Curve, colour: str) -> None:
    axis.fill_between(curve.runs, curve.low, curve.high, color=colour, alpha=0.13, linewidth=0)
    axis.plot(curve.runs, curve.middle, ".-", color=colour, markersize=4)


def _finish(axes: list[Axes], along: str) -> None:
    for axis in axes:
        shorten(axis.yaxis)
        axis.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    for axis in bottom(axes):
        axis.set_xlabel(along)


def _legend(drawing: Canvas, labels: list[str], frame: Frame) -> None:
    if len(labels) > 1:
        handles = [Line2D([], [], color=colour) for colour in COLOURS[: len(labels)]]
        legend_below(drawing, handles, labels, frame)

"""Harm beside recovery: what is won, and at whose cost."""

import numpy as np
from matplotlib.axes import Axes

from sim.report.chapter import Chapter, Figure
from sim.report.estimate import Mean, mean, paired
from sim.report.labels import labels
from sim.report.material import Material
from sim.report.measures import Measure, there
from sim.report.style import BAD, COLOURS, SOFT, canvas, short
from sim.report.words import Words

WON = ("received", "recovery", "grace_performance", "collected", "completion", "welfare")
HARMED = (
    *("harm", "false_listing", "restrictions_on_unable", "detention_on_unable"),
    *("livelihood_breach", "firms_killed"),
)
MOST = 12
"""Points that are drawn."""


def harm(material: Material, words: Words) -> Chapter | None:
    """What enforcement wins on the left, whom it hurts on the right."""
    won, harmed = there(material, WON), there(material, HARMED)
    rows = max(len(won), len(harmed))
    if not won or not harmed:
        return None
    points = material.present[:MOST]
    named = labels(material, words)
    drawing = canvas(0.5 + rows * (0.75 + 0.17 * len(points)))
    axes = drawing.subplots(rows, 2, squeeze=False)
    for column, (measures, colour) in enumerate(((won, COLOURS[0]), (harmed, BAD))):
        for row in range(rows):
            axis = axes[row][column]
            if row < len(measures):
                names = [named[point] for point in points] if column == 0 else None
                _dots(axis, material, measures[row], points, names, colour, words)
            else:
                axis.remove()
    notes = [
        words(
            "Not being able to pay is no dishonesty: what falls on those who cannot pay is harm."
        ),
        words("What is felt is counted in yuan only to be added up; it is never money."),
    ]
    if len(points) < len(material.present):
        notes.append(words("Only the first {n} points are drawn.", n=MOST))
    return Chapter(
        "harm",
        words("What is won, and who is hurt"),
        words("Recovery on the left in blue, harm on the right in red; both belong on one slide."),
        (Figure("harm", _caption(material, words, named[points[0]]), drawing),),
        tuple(notes),
    )


def _caption(material: Material, words: Words, base: str) -> str:
    if not material.several:
        return words("Means over replicates with 95 % intervals.")
    return words(
        "Means over replicates; the line is {base}, and the intervals, of 95 %, are those of the "
        "differences from it.",
        base=base,
    )


def _placed(material: Material, one: Measure, points: list[int]) -> Mean:
    """Where points stand, with the intervals of their differences from the first.

    An interval of the level would be that of the seeds, which all points share.
    """
    base = points[0]
    level = mean(one.shown(material.values(one.name)[[base]].to_numpy(float)))
    if not material.several:
        return level
    told, start = paired(material, one.name, base), float(level.mean[0])
    rows = [(start, start, start)]
    for gap in (told[point] for point in points[1:]):
        rows.append(tuple(start + one.factor * end for end in (gap.mean, gap.low, gap.high)))
    return Mean(*np.array(rows, float).T)


def _dots(
    axis: Axes,
    material: Material,
    one: Measure,
    points: list[int],
    names: list[str] | None,
    colour: str,
    words: Words,
) -> None:
    found = _placed(material, one, points)
    y = list(range(len(points)))
    axis.hlines(y, found.low, found.high, color=colour, alpha=0.45, linewidth=2.2)
    axis.plot(found.mean, y, "o", color=colour, markersize=5)
    axis.axvline(float(found.mean[0]), color=SOFT, linewidth=0.8, linestyle=(0, (3, 3)))
    axis.set_yticks(y, names if names and len(points) > 1 else [""] * len(points))
    axis.set_ylim(len(points) - 0.4, -0.6)
    axis.grid(visible=False, axis="y")
    axis.set_title(words.title(one))
    axis.set_xlabel(words.unit(one))
    axis.xaxis.set_major_formatter(lambda value, _: short(value))

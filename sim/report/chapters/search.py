"""The result of a search: the best points, how certain they are, and whether it has converged."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from sim.analysis.optimisation.front import Candidate, Optimum
from sim.analysis.paired import Difference
from sim.report.analysed import searched
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.frame import Frame
from sim.report.material import Material
from sim.report.measures import better, measure
from sim.report.names import names
from sim.report.numbers import number, shorten
from sim.report.style import BASE, COLOURS, INK, SEQUENTIAL, SHADES, SOFT, name_points, scale_of
from sim.report.tones import tone
from sim.words.words import Words


def search(material: Material, words: Words) -> Chapter | None:
    """The best points of a search among those within its limits."""
    if material.kind != "search":
        return None
    optimum = searched(material)
    if optimum is None or not optimum.front:
        return None
    parts: list[Figure | Table] = []
    if len(optimum.objectives) > 1:
        parts.append(_front(words, optimum))
    parts += [_table(material, words, optimum), _grown(words, optimum)]
    notes = [
        words(
            "The best of many trials looks better than it is: rely on the results on fresh seeds."
        )
    ]
    if not optimum.confirmed:
        notes.append(
            words("No fresh seeds were run here: `servanda optimise --confirm` runs them.")
        )
    return Chapter(
        "search",
        words("What the search found"),
        words(
            "Non-dominated points within the limits, as differences from the start, the "
            "point at which nothing is chosen."
        ),
        tuple(parts),
        tuple(notes),
    )


def _front(words: Words, optimum: Optimum) -> Figure:
    """All points by the first two objectives; the third is the colour."""

    def draw(frame: Frame) -> Canvas:
        return _chart(frame, words, optimum)

    caption = words(
        "All points tried: the best are coloured and numbered, those within the limits grey, "
        "those beyond them pale red; the diamond is the start."
    )
    return Figure("search", words("All points of the search"), caption, draw)


def _chart(frame: Frame, words: Words, optimum: Optimum) -> Canvas:
    y, x, *rest = (measure(name) for name in optimum.objectives)
    drawing = frame.canvas(3.6 if frame.narrow else 4.4)
    axis = drawing.subplots()
    points = optimum.points[optimum.points["status"] == "ok"]
    for within, colour in ((False, "#e1b7b2"), (True, SOFT)):
        chosen = points[points["within"] == within]
        axis.scatter(chosen[x.name] * x.factor, chosen[y.name] * y.factor, s=14, color=colour)
    best = optimum.front
    across, up = (np.array([one.means[m.name] * m.factor for one in best], float) for m in (x, y))
    hue = [one.means[rest[0].name] * rest[0].factor for one in best] if rest else COLOURS[0]
    dots = axis.scatter(
        across,
        up,
        c=hue,
        cmap=colormaps[SEQUENTIAL].resampled(SHADES) if rest else None,
        s=80,
        edgecolors="white",
        linewidths=1.2,
        zorder=3,
    )
    start: dict[str, Any] = {"color": BASE, "markerfacecolor": "none", "zorder": 4}
    axis.plot(
        [optimum.base[x.name] * x.factor],
        [optimum.base[y.name] * y.factor],
        "D",
        markersize=11,
        **start,
    )
    texts = {at: str(at + 1) for at in range(len(best))}
    name_points(axis, across, up, texts, dict.fromkeys(texts, INK))
    if rest:
        scale_of(drawing, dots, axis, words.with_unit(rest[0]))
    axis.set_xlabel(words.with_unit(x))
    axis.set_title(words.with_unit(y))
    shorten(axis.xaxis, axis.yaxis)
    return drawing


def _table(material: Material, words: Words, optimum: Optimum) -> Table:
    """The best points: what they set, and their effects in the search and on fresh seeds."""
    named = names(material, words)
    heads = ["", *map(named.factor, optimum.factors)]
    heads += [words.with_unit(measure(name), difference=True) for name in optimum.objectives]
    rows = []
    for place, one in enumerate(optimum.front, 1):
        chosen = [Cell(named.value(name, one.values[name])) for name in optimum.factors]
        rows.append(
            (
                _numbered(place, one, words),
                *chosen,
                *(_cell(one, n, words) for n in optimum.objectives),
            )
        )
    caption = words(
        "Differences from the start, with 95 % intervals; below each, the same difference on seeds "
        "that the search has not used."
    )
    return Table(caption, tuple(heads), tuple(rows))


def _numbered(place: int, one: Candidate, words: Words) -> Cell:
    """Number in the figure, number of the point, and whether its result holds on fresh seeds."""
    text = words("point {n}", n=one.point)
    if one.holds is None:
        return Cell(str(place), text)
    return Cell(str(place), f"{text}, {words('holds') if one.holds else words('does not hold')}")


def _cell(one: Candidate, name: str, words: Words) -> Cell:
    found, factor = one.differences[name], measure(name).factor
    fresh = one.fresh.get(name)
    below = words("fresh: {value}", value=_effect_text(fresh, factor)) if fresh is not None else ""
    judged = fresh or found
    said = tone(judged.mean, judged.clear, better(name))
    return Cell(_effect_text(found, factor), below, said)


def _effect_text(one: Difference, factor: float) -> str:
    mean = number(one.mean * factor, "+")
    return f"{mean} ± {number(one.half * factor)}" if one.known else mean


def _grown(words: Words, optimum: Optimum) -> Figure:
    """Growth of the front: the share of the space that it dominates, by generation."""
    rows = optimum.generations

    def draw(frame: Frame) -> Canvas:
        drawing = frame.canvas(2.0)
        axis = drawing.subplots()
        share = 100.0 * rows["hypervolume"]
        axis.plot(rows["generation"], share, "o-", color=COLOURS[0], markersize=4)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.set_xlabel(words("generation"))
        axis.set_ylabel("%")
        axis.set_ylim(0.0, 102.0)
        return drawing

    caption = words("A curve that is still rising has not converged: use more trials.")
    return Figure(
        "search_growth", words("Share of the space dominated by the best points"), caption, draw
    )

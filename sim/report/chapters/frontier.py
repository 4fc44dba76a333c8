"""The frontier: money received against public cost and harm, with the non-dominated points."""

from typing import NamedTuple

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure as Canvas

from sim.analysis.optimisation.pareto import non_dominated
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.estimate import Mean, mean, paired
from sim.report.frame import Frame
from sim.report.material import Material
from sim.report.measures import measure
from sim.report.names import Names, names
from sim.report.numbers import number, shorten
from sim.report.style import INK, SEQUENTIAL, SHADES, SOFT, name_points, scale_of
from sim.words.words import Words

COST, HARM, WON = "public_outlay", "harm", "received"
APART = "transfers"
"""Public payments that are not part of public cost; the chart leaves them out."""
MANY = 16
"""With more points than this, levels are drawn, not differences from the base.

Then only non-dominated points are numbered.
"""


class Found(NamedTuple):
    """Positions of all points.

    Args:
        base: The point with which the others are compared; None if levels are shown.
        cost: Public cost of each point, or the difference from the base.
        harm: Felt harm of each point, or the difference.
        won: Money received at each point, or the difference.
        best: Whether each point is non-dominated.
        numbered: Numbers that points have in the figure; the keys are indices of the arrays above.
    """

    base: int | None
    cost: Mean
    harm: Mean
    won: Mean
    best: np.ndarray
    numbered: dict[int, str]


def frontier(material: Material, words: Words) -> Chapter | None:
    """The points that are non-dominated in cost, harm and money received."""
    if material.kind == "search" or material.count < 3:
        return None  # a search has a different chapter, about its front
    if not all(material.has(name) for name in (COST, HARM, WON)):
        return None
    found = _found(material)
    if found is None:
        return None
    named = names(material, words)
    caption = words(
        "Higher up: more money received; further left: lower public cost; darker: less harm. "
        "Coloured: the {n} of {all} points that are non-dominated in all three. "
        "Points are numbered as in the table.",
        n=int(found.best.sum()),
        all=len(material.present),
    )
    if found.base is not None:
        base = named.points[found.base]
        caption += " " + words(
            "All values are differences from {base}, with 95 % intervals.", base=base
        )

    def draw(frame: Frame) -> Canvas:
        return _chart(frame, words, found)

    figure = Figure("frontier", words("Money received against public cost"), caption, draw)
    return Chapter(
        "frontier",
        words("Non-dominated points"),
        words(
            "A point is dominated by another that costs no more, harms no more and brings no "
            "less, and is better in at least one of these. Which non-dominated point to choose is "
            "a question of values that no simulation answers."
        ),
        (figure, _table(material, words, named, found)),
        (
            words(
                "Points are drawn at their means: where intervals overlap, the order may be due to "
                "chance."
            ),
            *_left_out(material, words, named, found),
        ),
    )


def _found(material: Material) -> Found | None:
    base = material.base if material.count <= MANY else None
    cost, harm, won = (_of(material, name, base) for name in (COST, HARM, WON))
    costs = np.stack([cost.mean, harm.mean, -won.mean], axis=1)
    known = ~np.isnan(costs).any(axis=1)
    if not known.any():
        return None
    best = np.zeros(len(costs), bool)
    best[known] = non_dominated(costs[known])
    chosen = np.flatnonzero(best) if base is None else np.flatnonzero(known)
    ordered = sorted(chosen.tolist(), key=lambda at: cost.mean[at])
    numbered = {at: str(place) for place, at in enumerate(ordered, 1)}
    return Found(base, cost, harm, won, best, numbered)


def _chart(frame: Frame, words: Words, found: Found) -> Canvas:
    drawing = frame.canvas(3.6 if frame.narrow else 4.4)
    axis = drawing.subplots()
    cost, won, best = found.cost, found.won, found.best
    if found.base is not None:
        axis.hlines(won.mean, cost.low, cost.high, color=SOFT, linewidth=1.0, alpha=0.5)
        axis.vlines(cost.mean, won.low, won.high, color=SOFT, linewidth=1.0, alpha=0.5)
    axis.scatter(cost.mean, won.mean, s=18, color=SOFT, zorder=2)
    dots = axis.scatter(
        cost.mean[best],
        won.mean[best],
        c=found.harm.mean[best],
        cmap=colormaps[SEQUENTIAL].resampled(SHADES),
        s=80,
        zorder=3,
        edgecolors="white",
        linewidths=1.2,
    )
    scale_of(drawing, dots, axis, words.with_unit(measure(HARM)))
    axis.margins(x=0.14, y=0.1)
    axis.set_xlabel(words.with_unit(measure(COST)))
    axis.set_title(words.with_unit(measure(WON), difference=found.base is not None))
    shorten(axis.xaxis, axis.yaxis)
    shades = {at: INK if best[at] else SOFT for at in found.numbered}
    name_points(axis, cost.mean, won.mean, found.numbered, shades)
    return drawing


def _of(material: Material, name: str, base: int | None) -> Mean:
    """A measure at all points: the difference from the base, or the level if there is no base."""
    if base is None:
        return mean(measure(name).shown(material.values(name).to_numpy(float)))
    differences, factor = paired(material, name, base), measure(name).factor
    rows = [
        (0.0, 0.0, 0.0)
        if point == base
        else (differences[point].mean, differences[point].low, differences[point].high)
        for point in material.present
    ]
    return Mean(*(factor * np.array(rows, float).T))


def _table(material: Material, words: Words, named: Names, found: Found) -> Table:
    """The numbered points, with the transfers that the chart leaves out."""
    columns = {COST: found.cost, WON: found.won, HARM: found.harm}
    if material.has(APART):
        columns[APART] = _of(material, APART, found.base)
    apart = found.base is not None
    sign = "+" if apart else ""
    rows = [
        (
            Cell(f"{text}  {named.brief(named.points[material.present[at]])}"),
            *(Cell(number(float(one.mean[at]), sign)) for one in columns.values()),
        )
        for at, text in found.numbered.items()
    ]
    heads = ("", *(words.with_unit(measure(one), difference=apart) for one in columns))
    key = named.key(named.points[material.present[at]] for at in found.numbered)
    return Table(words("The numbered points, the cheapest first."), heads, tuple(rows), key=key)


def _left_out(material: Material, words: Words, named: Names, found: Found) -> tuple[str, ...]:
    """A note on the largest transfers, which the chart does not show."""
    if not material.has(APART):
        return ()
    sizes = np.abs(_of(material, APART, found.base).mean)
    if not np.isfinite(sizes).any() or np.nanmax(sizes) == 0.0:
        return ()
    at = int(np.nanargmax(sizes))
    return (
        words(
            "The chart leaves out social transfers, up to {n} yuan per debtor and year ({point}): "
            "see the last column of the table.",
            n=number(float(sizes[at])),
            point=named.points[material.present[at]],
        ),
    )

"""The frontier: money received against public cost and harm, and who is beaten by nobody."""

import numpy as np
from matplotlib import colormaps

from sim.analysis.pareto import unbeaten
from sim.report.chapter import Cell, Chapter, Figure, Table
from sim.report.estimate import Mean, mean, paired
from sim.report.labels import labels
from sim.report.material import Material
from sim.report.measures import measure
from sim.report.style import INK, SEQUENTIAL, SOFT, canvas, name_points, number, scale_of
from sim.report.words import Words

COST, HARM, WON = "public_outlay", "harm", "received"
MANY = 16
"""Points beyond which levels are drawn and only the unbeaten are named."""
LONG = 28
"""Letters of a name that still fits beside a point; where one is longer, points are numbered."""


def frontier(material: Material, words: Words) -> Chapter | None:
    """Which points nobody beats in cost, harm and money received at once."""
    if material.kind == "search" or material.count < 3:
        return None  # a search tells of its own front
    if not all(material.has(name) for name in (COST, HARM, WON)):
        return None
    base = material.base if material.count <= MANY else None
    cost, harm, won = (_of(material, name, base) for name in (COST, HARM, WON))
    costs = np.stack([cost.mean, harm.mean, -won.mean], axis=1)
    known = ~np.isnan(costs).any(axis=1)
    if not known.any():
        return None
    best = np.zeros(len(costs), bool)
    best[known] = unbeaten(costs[known])
    drawing = canvas(4.8)
    axis = drawing.subplots()
    if base is not None:
        axis.hlines(won.mean, cost.low, cost.high, color=SOFT, linewidth=1.0, alpha=0.5)
        axis.vlines(cost.mean, won.low, won.high, color=SOFT, linewidth=1.0, alpha=0.5)
    axis.scatter(cost.mean, won.mean, s=18, color=SOFT, zorder=2)
    dots = axis.scatter(
        cost.mean[best],
        won.mean[best],
        c=harm.mean[best],
        cmap=colormaps[SEQUENTIAL],
        s=80,
        zorder=3,
        edgecolors="white",
        linewidths=1.2,
    )
    scale_of(drawing, dots, axis, words.with_unit(measure(HARM)))
    axis.margins(x=0.14, y=0.1)
    x, y = measure(COST), measure(WON)
    axis.set_xlabel(words.with_unit(x))
    axis.set_title(words.with_unit(y, difference=base is not None))
    named = labels(material, words)
    chosen = np.flatnonzero(best) if base is None else np.arange(len(best))
    listed = any(len(named[material.present[at]]) > LONG for at in chosen)
    texts = {
        int(at): str(place) if listed else named[material.present[at]]
        for place, at in enumerate(sorted(chosen, key=lambda at: cost.mean[at]), 1)
        if not np.isnan(cost.mean[at] + won.mean[at])
    }
    shades = {at: INK if best[at] else SOFT for at in texts}
    name_points(axis, cost.mean, won.mean, texts, shades)
    told = words(
        "Up is more money received, left is cheaper, dark is less harm. Coloured: the {n} of {all} "
        "that no other beats in all three.",
        n=int(best.sum()),
        all=len(material.present),
    )
    if base is not None:
        told += " " + words(
            "All are differences from {base}, with 95 % intervals.", base=named[base]
        )
    parts: list[Figure | Table] = [Figure("frontier", told, drawing)]
    if listed:
        chosen_names = {at: named[material.present[at]] for at in texts}
        found = (cost, won, harm)
        parts.append(_table(words, texts, chosen_names, found, apart=base is not None))
    return Chapter(
        "frontier",
        words("Who is beaten by nobody"),
        words(
            "A point is beaten by another that costs no more, harms no more and brings no less. "
            "Which of the unbeaten to choose is a question of values that no run answers."
        ),
        tuple(parts),
        (
            words("Places are those of means: where intervals overlap, chance may have decided."),
            words("Social benefits and relief are transfers, not costs: see the table above."),
        ),
    )


def _of(material: Material, name: str, base: int | None) -> Mean:
    """A measure of all points: its level, or where there is a base the difference from it."""
    if base is None:
        return mean(measure(name).shown(material.values(name).to_numpy(float)))
    told, factor = paired(material, name, base), measure(name).factor
    rows = [
        (0.0, 0.0, 0.0) if point == base else (told[point].mean, told[point].low, told[point].high)
        for point in material.present
    ]
    return Mean(*(factor * np.array(rows, float).T))


def _table(
    words: Words,
    texts: dict[int, str],
    names: dict[int, str],
    found: tuple[Mean, ...],
    *,
    apart: bool,
) -> Table:
    """What the numbers in the figure stand for."""
    measures = [measure(name) for name in (COST, WON, HARM)]
    rows = [
        (
            Cell(f"{text}  {names[at]}"),
            *(Cell(number(float(one.mean[at]), "+" if apart else "")) for one in found),
        )
        for at, text in texts.items()
    ]
    heads = ("", *(words.with_unit(one, difference=apart) for one in measures))
    return Table(words("The numbered points, from the cheapest."), heads, tuple(rows))

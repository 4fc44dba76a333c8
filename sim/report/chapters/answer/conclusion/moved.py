"""Conclusion of a one-at-a-time design: the factors that clearly change a measure, ranked."""

from typing import Any, NamedTuple

from sim.analysis.paired import Difference
from sim.report.chapters.answer.conclusion.parts import CHANCE
from sim.report.chapters.answer.conclusion.phrases import (
    Conclusion,
    change,
    plain,
    several,
    subjects,
)
from sim.report.estimate import paired
from sim.report.material import Material
from sim.report.measures import Measure
from sim.report.names import Names, names
from sim.words.words import Words


class Move(NamedTuple):
    """A factor at one of its values; the other factors are as at the base, the first point."""

    path: str
    value: Any
    gap: Difference


def moved(material: Material, words: Words) -> Conclusion | None:
    """Factors that clearly change a measure, the strongest first, and unclear ones."""
    if material.base is None or not material.several or material.replicates < 2:
        return None
    named = names(material, words)
    sentences = []
    for place, one in enumerate(subjects(material)):
        moves = _moves(material, one)
        sentences.append(_clear(one, moves, words, named))
        clear = {move.path for move in moves if move.gap.clear}
        unclear = list(dict.fromkeys(move.path for move in moves if move.path not in clear))
        if place == 0 and clear and unclear:
            listed = several(map(named.factor, unclear), words)
            sentences.append(
                words("Whether these factors change it is not clear: {factors}.", factors=listed)
            )
    return plain((*sentences, words(CHANCE)), intervals=True)


def _moves(material: Material, one: Measure) -> list[Move]:
    """The difference from the base that each factor makes, at each of its values."""
    points = material.points.set_index("point")
    base = points.iloc[0]
    gaps = paired(material, one.name, int(points.index[0]))
    return [
        Move(path, points.loc[point, path], gap)
        for point, gap in gaps.items()
        for path in map(str, points)
        if points.loc[point, path] != base[path]
    ]


def _clear(one: Measure, moves: list[Move], words: Words, named: Names) -> str:
    """Each factor that clearly changes a measure, at the value with the largest effect."""
    most: dict[str, Move] = {}
    for move in sorted((m for m in moves if m.gap.clear), key=lambda m: -abs(m.gap.mean)):
        most.setdefault(move.path, move)
    if not most:
        return words("{title}: no factor clearly changes it.", title=words.title(one))
    items = (
        words(
            "{factor} at {value} by {change}",
            factor=named.factor(move.path),
            value=named.value(move.path, move.value),
            change=change(move.gap, one, words),
        )
        for move in most.values()
    )
    return words(
        "{title}: clearly changed by these factors, compared with the base, the strongest first: "
        "{items}.",
        title=words.title(one),
        items=several(items, words),
    )

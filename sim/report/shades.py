"""Cells of a map, each with a number, coloured by how far a difference exceeds its uncertainty.

All maps of a report use one scale, so equally clear differences look alike everywhere.
"""

from collections.abc import Collection, Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from sim.report.style import INK, SOFT
from sim.report.tones import FIELDS, NEUTRAL, STEPS, Tone, shade
from sim.words.words import Words

MOST = 100
"""Number of cells beyond which numbers are left out, since they would not fit."""
WAYS: dict[int, tuple[Tone, Tone]] = {1: ("good", "bad"), -1: ("good", "bad"), 0: ("more", "less")}


def fields(
    axis: Axes,
    cells: Mapping[tuple[int, int], tuple[str, float, float]],
    shape: tuple[int, int],
    better: int,
    *,
    down: bool = False,
) -> None:
    """Draw a map: a coloured rectangle with a number for each cell.

    Args:
        axis: The axis.
        cells: For each row and column, a text, a difference, and half the width of the 95 %
            interval. Cells without an entry stay empty.
        shape: Number of rows and columns.
        better: 1 if more is better, −1 if less is, 0 if that is a matter of opinion.
        down: Whether the first row is at the top.
    """
    rows, columns = shape
    for (row, column), (text, difference, half) in cells.items():
        corner, missing = (column - 0.5, row - 0.5), text == "–"
        look: dict[str, Any] = {"facecolor": shade(difference, half, better)}
        if missing:
            look = {"facecolor": "white", "hatch": "////"}
        axis.add_patch(Rectangle(corner, 1.0, 1.0, edgecolor="white", linewidth=1.0, **look))
        if rows * columns <= MOST:
            middle: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7.5}
            axis.text(column, row, text, color=SOFT if missing else INK, **middle)
    axis.set_xlim(-0.5, columns - 0.5)
    axis.set_ylim(*((rows - 0.5, -0.5) if down else (-0.5, rows - 0.5)))
    axis.grid(visible=False)
    for spine in axis.spines.values():
        spine.set_visible(False)


def scale(words: Words, ways: Collection[int]) -> tuple[list[Patch], list[str]]:
    """The legend of maps: the meaning of each colour.

    Args:
        words: Texts in the language of the report.
        ways: For each indicator 1 if more is better, −1 if less is, 0 if opinions differ.
    """
    said = {
        "good": words("better"),
        "bad": words("worse"),
        "more": words("more"),
        "less": words("less"),
    }
    patches, labels = [Patch(color=NEUTRAL)], [words("not clear")]
    for found in dict.fromkeys(one for way in sorted(ways) for one in WAYS[way]):
        for colour, step in zip(FIELDS[found], STEPS, strict=True):
            patches.append(Patch(color=colour))
            labels.append(words("{tone}, over {n} × noise", tone=said[found], n=f"{step:g}"))
    return patches, labels

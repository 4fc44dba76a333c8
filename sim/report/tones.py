"""Colours of differences: better, worse, more, less or not clear, and how far beyond noise.

A difference is clear if the 95 % interval excludes 0. The indicator declares whether more is
better. Marks (▲ better, ▼ worse) or signs show the same as the colours.
"""

from typing import Literal

import numpy as np

type Tone = Literal["good", "bad", "more", "less", ""]
"""Whether a difference is good or bad, or only more or less; empty if it is not clear."""

HUES: dict[Tone, str] = {
    "good": "#16805d",
    "bad": "#b3372f",
    "more": "#6f52a3",
    "less": "#8f701f",
    "": "#7c8794",
}
MARKS: dict[Tone, str] = {"good": "^", "bad": "v", "more": "D", "less": "D", "": "o"}
"""Marker shapes by tone."""
SIGNS: dict[Tone, str] = {"good": "▲", "bad": "▼", "more": "", "less": "", "": ""}
"""Characters by tone."""
NEUTRAL = "#eef0f3"
"""Colour of a cell whose difference is not clear."""
STEPS = (1.0, 2.0, 4.0)
"""Multiples of the uncertainty. Each one that a difference exceeds makes the cell a step darker."""
FIELDS: dict[Tone, tuple[str, str, str]] = {
    "good": ("#cfe9de", "#8ccbb0", "#43a681"),
    "bad": ("#f5d5d1", "#e6a199", "#d0675d"),
    "more": ("#ddd5ec", "#b5a3d6", "#8e74bf"),
    "less": ("#efe3c2", "#dcc585", "#bd9c46"),
}
"""Colours of cells, from just clear to far beyond noise."""


def tone(difference: float, clear: bool, better: int) -> Tone:
    """The tone of a difference.

    Args:
        difference: The mean.
        clear: Whether the interval excludes 0.
        better: 1 if more is better, −1 if less is, 0 if that is a matter of opinion.
    """
    if not clear or difference == 0.0 or np.isnan(difference):
        return ""
    if better:
        return "good" if difference * better > 0.0 else "bad"
    return "more" if difference > 0.0 else "less"


def shade(difference: float, half: float, better: int) -> str:
    """The colour of a cell: neutral if a difference is within the uncertainty.

    All maps use the same scale: a difference divided by half the width of the 95 % interval.

    Args:
        difference: The mean.
        half: Half the width of the 95 % interval; if NaN, the difference is not clear.
        better: 1 if more is better, −1 if less is, 0 if that is a matter of opinion.
    """
    size = abs(difference)
    if not half >= 0.0 or not size > half:
        return NEUTRAL
    found = tone(difference, True, better)
    if not found:
        return NEUTRAL
    return FIELDS[found][sum(size > step * half for step in STEPS) - 1]

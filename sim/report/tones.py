"""One rule of colours: better, worse, more, less, or not clear; and how far beyond noise.

What is clear is told by its difference from 0 at 95 %, and whether that is good by what its
indicator declares. Colour is never alone: marks (▲ better, ▼ worse) or signs say the same.
"""

from typing import Literal

import numpy as np

type Tone = Literal["good", "bad", "more", "less", ""]
"""What a difference is; empty where it is not clear."""

HUES: dict[Tone, str] = {
    "good": "#16805d",
    "bad": "#b3372f",
    "more": "#6f52a3",
    "less": "#8f701f",
    "": "#7c8794",
}
MARKS: dict[Tone, str] = {"good": "^", "bad": "v", "more": "D", "less": "D", "": "o"}
"""Shapes of the marks that stand for a difference."""
SIGNS: dict[Tone, str] = {"good": "▲", "bad": "▼", "more": "", "less": "", "": ""}
"""The same as letters."""
NEUTRAL = "#eef0f3"
"""Colour of a field in which nothing is clear."""
STEPS = (1.0, 2.0, 4.0)
"""Multiples of a difference's own uncertainty from which a field is darker."""
FIELDS: dict[Tone, tuple[str, str, str]] = {
    "good": ("#cfe9de", "#8ccbb0", "#43a681"),
    "bad": ("#f5d5d1", "#e6a199", "#d0675d"),
    "more": ("#ddd5ec", "#b5a3d6", "#8e74bf"),
    "less": ("#efe3c2", "#dcc585", "#bd9c46"),
}
"""Colours of fields, from just clear to far beyond noise."""


def tone(difference: float, clear: bool, better: int) -> Tone:
    """What a difference is.

    Args:
        difference: Its mean.
        clear: Whether its interval excludes 0.
        better: 1 where more is better, −1 where less is, 0 where that is a matter of opinion.
    """
    if not clear or difference == 0.0 or np.isnan(difference):
        return ""
    if better:
        return "good" if difference * better > 0.0 else "bad"
    return "more" if difference > 0.0 else "less"


def shade(difference: float, half: float, better: int) -> str:
    """The colour of a field: neutral where a difference is within its own uncertainty.

    The scale is one for all maps: how many times its 95 % half-width a difference is.

    Args:
        difference: Its mean.
        half: Half of its 95 % interval; where that is missing nothing is clear.
        better: As for `tone`.
    """
    size = abs(difference)
    if not half >= 0.0 or not size > half:
        return NEUTRAL
    found = tone(difference, True, better)
    if not found:
        return NEUTRAL
    return FIELDS[found][sum(size > step * half for step in STEPS) - 1]

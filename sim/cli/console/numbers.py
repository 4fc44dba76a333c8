"""How commands write numbers: for people in three digits, for programs with null for nothing."""

import math


def known(value: float | None) -> float | None:
    """A number; None where it is missing or infinite, for which JSON has no word."""
    return value if value is not None and math.isfinite(value) else None


def number(value: float, sign: str = "") -> str:
    """Three digits, and all of a large number; a dash where it is missing."""
    if math.isnan(value):
        return "–"
    digits = ",.0f" if abs(value) >= 1000.0 else ".3g"
    return f"{value:{sign}{digits}}".replace("-", "−")


def many(count: int, what: str) -> str:
    """So many of something, the word in its plural unless it is one."""
    return f"{count:,} {what}{'s' * (count != 1)}"

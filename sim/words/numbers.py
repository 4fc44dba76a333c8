"""Amounts in words, in English or Chinese."""

import math

MYRIAD = 10_000.0
UNITS = ("", "万", "亿", "万亿")
"""Chinese units of large numbers, each ten thousand times the one before."""


def amount_in_chinese(value: float) -> str:
    """A number in units of 万 and 亿, to four digits; below ten thousand, to a whole number.

    A number that is not finite gives "–".
    """
    if not math.isfinite(value):
        return "–"
    rest, place = abs(value), 0
    while place + 1 < len(UNITS) and float(f"{rest:.4g}" if place else f"{rest:.0f}") >= MYRIAD:
        rest, place = rest / MYRIAD, place + 1
    digits = f"{rest:,.0f}" if place == 0 or rest >= MYRIAD else f"{float(f'{rest:.4g}'):,g}"
    sign = "−" if value < 0.0 and digits != "0" else ""
    return f"{sign}{digits}{UNITS[place]}"


def amount_in_english(value: float) -> str:
    """A whole number with separators, such as 122,000; "–" if the value is not finite."""
    if not math.isfinite(value):
        return "–"
    digits = f"{abs(value):,.0f}"
    return f"−{digits}" if value < 0.0 and digits != "0" else digits

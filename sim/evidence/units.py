"""Units of values, with the multipliers that statistics use.

In: a text such as ``万件`` or ``M money``. Out: the base unit and the factor to it.
"""

from typing import NamedTuple

BASES = (
    *("cases", "entries", "persons", "money", "share", "per_1000"),
    *("months", "days", "officers", "hours"),
)
"""Base units. `money` is the currency of the court."""
MULTIPLIERS = {"k": 1e3, "千": 1e3, "万": 1e4, "M": 1e6, "百万": 1e6, "千万": 1e7, "亿": 1e8}
OTHER_NAMES = {
    "件": "cases",
    "件次": "entries",
    "人次": "entries",
    "人": "persons",
    "元": "money",
    "月": "months",
    "个月": "months",
    "天": "days",
    "日": "days",
    "名": "officers",
    "小时": "hours",
}
FACTORS = {"%": ("share", 0.01), "percent": ("share", 0.01), "‰": ("share", 0.001)}
DAYS = 365.0 / 12.0
"""Days in a month."""
BETWEEN = {
    ("per_1000", "share"): 0.001,
    ("share", "per_1000"): 1000.0,
    ("days", "months"): 1.0 / DAYS,
    ("months", "days"): DAYS,
}
"""Factors from one base unit to another."""


class Unit(NamedTuple):
    """A unit as written: its base unit, and the factor to it."""

    base: str
    factor: float


def unit(text: str, currency: str = "") -> Unit | None:
    """The unit that a text names; None if it names none.

    Args:
        text: A base unit or another name of one, with a multiplier before or after it.
        currency: Name of the court's currency, which means `money`.
    """
    text = text.strip()
    if (found := _named(text, currency)) is not None:
        return found
    for sign in sorted(MULTIPLIERS, key=len, reverse=True):
        for rest in (text.removeprefix(sign), text.removesuffix(sign)):
            if rest != text and (found := _named(rest.strip(" ×*"), currency)) is not None:
                return Unit(found.base, found.factor * MULTIPLIERS[sign])
    return None


def _named(text: str, currency: str) -> Unit | None:
    if text in FACTORS:
        return Unit(*FACTORS[text])
    base = OTHER_NAMES.get(text, text.lower())
    if currency and text.lower() == currency.lower():
        base = "money"
    return Unit(base, 1.0) if base in BASES else None


def converted(found: Unit, base: str) -> float | None:
    """The factor from a unit to a base unit; None if they measure different things."""
    if found.base == base:
        return found.factor
    factor = BETWEEN.get((found.base, base))
    return None if factor is None else factor * found.factor

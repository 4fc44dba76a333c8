"""Number formats of commands: three significant digits for people, null for NaN in JSON."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def known(value: float | None) -> float | None:
    """A number; None if it is NaN or infinite, which JSON cannot represent."""
    return value if value is not None and math.isfinite(value) else None


def records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a table in plain values; None for NaN and infinities."""
    return [
        {
            str(name): known(value) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for row in table.to_dict("records")
    ]


def number(value: float, sign: str = "") -> str:
    """A number to three significant digits, or from 1,000 on as a whole number; a dash for NaN."""
    if math.isnan(value):
        return "–"
    digits = ",.0f" if abs(value) >= 1000.0 else ".3g"
    return f"{value:{sign}{digits}}".replace("-", "−")


def many(count: int, what: str) -> str:
    """A count with its noun, in the plural unless the count is one."""
    return f"{count:,} {what}{'s' * (count != 1)}"

"""Periods as spreadsheets write them: years, quarters, months and days.

In: texts such as ``2019``, ``2019-Q3``, ``2019-03``, ``2019-03-31`` or ``2019年3月``. Out: the
first and the last day.
"""

import calendar
import re
from datetime import date
from typing import NamedTuple

FORMS = "write 2019, 2019-Q3, 2019-03 or 2019-03-31"
EARLIEST, LATEST = 1900, 2100
TEXT = re.compile(
    r"(?P<year>\d{4})(?:-?[Qq](?P<quarter>[1-4])|[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?"
)
CHINESE = (("年", "-"), ("月", "-"), ("日", ""), ("号", ""))


class Period(NamedTuple):
    """A period, both days included."""

    first: date
    last: date


def period(text: str, year_begins: int = 1) -> Period | None:
    """The period that a text names; None if it names none.

    Args:
        text: A year, quarter, month or day.
        year_begins: First month of the statistical year, 1 to 12. The year 2019 is then the one
            that begins in this month of 2019, and its quarters are counted from there.
    """
    text = text.strip()
    for sign, other in CHINESE:
        text = text.replace(sign, other)
    found = TEXT.fullmatch(text.rstrip("-").removesuffix(" 00:00:00"))
    if found is None or not EARLIEST <= int(found["year"]) <= LATEST:
        return None
    year = int(found["year"])
    if found["day"]:
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return None
        return Period(day, day)
    if found["month"]:
        month = int(found["month"])
        return months(year, month, 1) if 1 <= month <= 12 else None
    if found["quarter"]:
        return months(year, year_begins + 3 * (int(found["quarter"]) - 1), 3)
    return months(year, year_begins, 12)


def months(year: int, month: int, count: int) -> Period:
    """A number of whole months; a `month` above 12 is one of the next year."""
    first = year * 12 + month - 1
    last = first + count - 1
    end = calendar.monthrange(last // 12, last % 12 + 1)[1]
    return Period(
        date(first // 12, first % 12 + 1, 1),
        date(last // 12, last % 12 + 1, end),
    )


def number(day: date) -> int:
    """The month of a day, counted from the year 0, so that months can be subtracted."""
    return day.year * 12 + day.month - 1


def begins_month(day: date) -> bool:
    """Whether a day is the first of its month."""
    return day.day == 1


def ends_month(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


def shown(day: date) -> str:
    """A day as files write it."""
    return day.isoformat()

"""One line of `data.csv` on its way to a row: words, dates, units and numbers.

In: the cells of a line by column, and the court. Out: a `Row` in base units, or faults.
"""

from collections.abc import Callable
from math import isfinite, nan
from typing import Any, cast

from sim.evidence.catalogue import KNOWN
from sim.evidence.court import Court
from sim.evidence.measure import Measure
from sim.evidence.period import FORMS, Period, period
from sim.evidence.row import BIASES, BREAKDOWNS, GRADES, USES, Row
from sim.evidence.units import BASES, MULTIPLIERS, converted, unit
from sim.scenario.checking.fault import meant
from sim.terms import Domain, Kind, Size, label

NEEDED = ("measure", "to", "value", "unit", "grade", "use")
COLUMNS = (
    *("measure", "from", "to", "value", "unit", "n", "low", "high", "sd", "grade", "bias"),
    *("definition", *BREAKDOWNS, "use", "source", "note"),
)
NUMBERS = ("value", "n", "low", "high", "sd")
TEXTS = tuple(name for name in COLUMNS if name not in NUMBERS)
WORDS: dict[str, tuple[str, ...]] = {
    "grade": GRADES,
    "bias": BIASES,
    "use": USES,
    "kind": tuple(map(label, Kind)),
    "domain": tuple(map(label, Domain)),
    "size": tuple(map(label, Size)),
}
"""Words that are allowed in a column."""
Report = Callable[[int, str, str, str], None]


class Line:
    """One line of the table, on its way to a row.

    Args:
        court: The court.
        line: Number of the line.
        texts: The cells by column.
        report: Called with line, column, what is wrong and a hint, for each fault.
    """

    def __init__(self, court: Court, line: int, texts: dict[str, str], report: Report) -> None:
        """Keep what the cells mean at this court."""
        self.court, self.line, self.texts, self._report = court, line, texts, report
        self.sound = True

    def fault(self, column: str, what: str, hint: str) -> None:
        """Note a fault in a column."""
        self.sound = False
        self._report(self.line, column, what, hint)

    def row(self) -> Row | None:
        """The row; None after a fault."""
        measure = self._measure()
        words = {name: self._word(name) for name in WORDS}
        dates = self._dates(measure)
        definition = self._definition(measure)
        factor = self._factor(measure)
        numbers = self._numbers(factor)
        district = self._district()
        if not self.sound or measure is None or dates is None:
            return None
        first, last = dates
        return Row(
            measure=measure.name,
            first=first,
            last=last,
            definition=definition,
            district=district,
            source=self.texts["source"],
            note=self.texts["note"],
            line=self.line,
            **cast("dict[str, Any]", words),
            **numbers,
        )

    def _measure(self) -> Measure | None:
        name = self.texts["measure"]
        if name in KNOWN:
            return KNOWN[name]
        titles = {one.title: one.name for one in KNOWN.values()}
        titles |= {one.zh: one.name for one in KNOWN.values()}
        near = f"did you mean '{titles[name]}'?" if name in titles else meant(name, KNOWN)
        hint = near or "`servanda data catalogue` lists all measures"
        self.fault("measure", f"there is no measure '{name}'" if name else "missing", hint)
        return None

    def _word(self, column: str) -> str:
        """A cell that must contain one of some words; it may be empty unless it is needed."""
        word = self.texts[column]
        known = WORDS[column]
        if word in known or (not word and column not in NEEDED):
            return word
        for one in known:  # capitals and small letters do not matter
            if one.lower() == word.lower():
                return one
        hint = meant(word.lower(), known) or f"choose from {', '.join(known)}"
        self.fault(column, f"unknown word '{word}'" if word else "missing", hint)
        return ""

    def _dates(self, measure: Measure | None) -> Period | tuple[None, Any] | None:
        """First and last day; the first is None for a stock."""
        begin, end = self._period("from"), self._period("to")
        if end is None:
            return None
        if measure is None:
            return None, end.last
        at_end = all(one.at_end for one in measure.definitions)
        if at_end:
            return None, end.last
        if begin is None:
            if self.texts["from"]:
                return None
            if end.first == end.last:
                what = f"'{measure.name}' is counted over a period, and its first day is missing"
                self.fault("from", what, "write the first day, or a year or month in 'to'")
                return None
            return end  # a year or a month in `to` alone is the whole of it
        if begin.first > end.last:
            what = f"{self.texts['from']} is after {self.texts['to']}"
            self.fault("from", what, "exchange the two")
            return None
        return Period(begin.first, end.last)

    def _period(self, column: str) -> Period | None:
        text = self.texts[column]
        found = period(text, self.court.year_begins)
        if found is None and (text or column in NEEDED):
            self.fault(column, f"'{text}' is no date" if text else "missing", FORMS)
        return found

    def _definition(self, measure: Measure | None) -> str:
        code = self.texts["definition"]
        if measure is None or not code:
            return ""
        known = [one.code for one in measure.definitions]
        if code not in known:
            hint = meant(code, known) or f"choose from {', '.join(known)}"
            self.fault("definition", f"'{measure.name}' has no definition '{code}'", hint)
        return code

    def _factor(self, measure: Measure | None) -> float:
        """Factor from the unit of the row to the base unit of the measure."""
        text = self.texts["unit"]
        found = unit(text, self.court.currency)
        if found is None:
            known = f"units are {', '.join(BASES)}, with {', '.join(MULTIPLIERS)} before them"
            hint = meant(text, BASES) or known
            self.fault("unit", f"unknown unit '{text}'" if text else "missing", hint)
            return 1.0
        if measure is None:
            return 1.0
        factor = converted(found, measure.unit)
        if factor is None:
            what = f"'{measure.name}' is counted in {measure.unit}, not in {found.base}"
            self.fault("unit", what, f"write {measure.unit}, or name another measure")
            return 1.0
        return factor * self.court.yuan if measure.unit == "money" else factor

    def _numbers(self, factor: float) -> dict[str, Any]:
        """Status, value, n, low, high and sd in base units."""
        found: dict[str, Any] = {"status": "known"}
        text = self.texts["value"]
        if text in {"NA", "NAP"}:
            found |= {"status": text, "value": nan}
        elif text[:1] in {"<", "＜"}:
            limit = self._number("value", text[1:].strip())
            if limit is not None:
                most = max(limit * factor - 1.0, 0.0)
                found |= {"status": "suppressed", "value": most / 2.0, "low": 0.0, "high": most}
        else:
            value = self._number("value", text)
            found["value"] = nan if value is None else scaled(value, factor)
            if not text:
                self.fault(
                    "value", "missing", "write NA if it is not known, NAP if it does not exist"
                )
        for column in ("low", "high", "sd"):
            if self.texts[column] and column not in found:
                number = self._number(column, self.texts[column])
                found[column] = None if number is None else scaled(number, factor)
        if self.texts["n"]:
            found["n"] = self._number("n", self.texts["n"])
        return found

    def _number(self, column: str, text: str) -> float | None:
        """The number in a cell; None if it is empty or no number."""
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = nan
        if isfinite(value) and value >= 0.0:
            return value
        if isfinite(value):
            self.fault(column, f"{text} is below 0", "write a number of 0 or more")
        else:
            hint = "write digits with a point, and the unit in 'unit'"
            self.fault(column, f"'{text}' is no number", hint)
        return None

    def _district(self) -> str:
        text = self.texts["district"]
        if text and not text.isdecimal():
            self.fault("district", f"'{text}' is no number", "number the districts from 0")
        named = [name for name in BREAKDOWNS if self.texts[name]]
        if len(named) > 1:
            what = f"{' and '.join(named)} together: the model counts by one at a time"
            self.fault(named[1], what, "leave one of the two empty")
        return text


def scaled(value: float, factor: float) -> float:
    """A number in base units, without binary rounding errors such as .41000000000000003."""
    return float(f"{value * factor:.12g}")

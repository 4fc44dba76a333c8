"""Which column of a sheet is which measure.

In: texts ``COLUMN=measure[:unit[:definition]]``, or a TOML file with the same. Out: a `Column` for
each heading.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import ServandaError
from sim.evidence import part
from sim.evidence.catalogue import KNOWN, measure
from sim.evidence.measure import Measure
from sim.evidence.part import Part
from sim.evidence.units import BASES, converted, unit
from sim.scenario.checking.check import refusal
from sim.scenario.checking.fault import meant

IN_BRACKETS = re.compile(r"^(?P<name>.*?)\s*[（(\[](?P<unit>[^）)\]]+)[）)\]]$")


class Column(Part):
    """What a column of the sheet contains."""

    measure: str
    """Name in the catalogue."""
    unit: str = ""
    """Unit; that in brackets in the heading, or that of the measure, if not given."""
    definition: str = ""
    """Code of the definition."""
    grade: str = ""
    """Grade; A for counts and money and B for rates if not given."""
    use: str = ""
    """Use; that of the command if not given."""
    kind: str = ""
    """Cell of a kind of debtor."""
    domain: str = ""
    """Cell of a domain of claims."""
    size: str = ""
    """Cell of a band of amounts."""
    district: str = ""
    """Cell of a district."""


class _Contents(Part):
    """Keys of a mapping file."""

    format: int = 1
    columns: dict[str, Column]


@dataclass(frozen=True)
class Wanted:
    """A column of the sheet with its measure and a unit that fits.

    Args:
        column: What the user says of it.
        measure: Its measure.
        unit: Its unit, as text.
    """

    column: Column
    measure: Measure
    unit: str


def from_options(texts: Iterable[str]) -> dict[str, Column]:
    """The columns that ``--measure`` options describe.

    Raises:
        ServandaError: If a text has another form, or names no measure.
    """
    found = {}
    for text in texts:
        head, equals, rest = text.rpartition("=")
        parts = rest.split(":")
        if not equals or not head.strip() or len(parts) > 3 or not parts[0].strip():
            what = f"'{text}' has another form"
            raise ServandaError("--measure", what, 'write "COLUMN=measure:unit:definition"')
        name, written, code = ([one.strip() for one in parts] + ["", ""])[:3]
        found[head.strip()] = Column(measure=name, unit=written, definition=code)
    return found


def from_file(path: Path) -> dict[str, Column]:
    """The columns that a TOML file describes, under `columns`.

    Raises:
        ScenarioErrors: With all faults of the file.
    """
    file = part.read(path, 0, "a mapping file")
    contents = part.checked(file, _Contents, {"columns": Column})
    if contents is None:
        raise refusal(file.found)
    return contents.columns


def wanted(heads: Iterable[str], columns: Mapping[str, Column], currency: str) -> dict[str, Wanted]:
    """The headings of a sheet that are measures.

    Headings that are the name or a title of a measure need no mapping; a unit in brackets is read.

    Raises:
        ServandaError: If a mapped column is not in the sheet, or measure, unit and definition do
            not go together.
    """
    heads = list(heads)
    for name in columns:
        if name not in heads:
            hint = meant(name, heads) or f"columns are {', '.join(filter(None, heads))}"
            raise ServandaError("--measure", f"the sheet has no column '{name}'", hint)
    by_title = {
        title: one.name for one in KNOWN.values() for title in (one.name, one.title, one.zh)
    }
    found = {}
    for head in heads:
        bracket = IN_BRACKETS.match(head)
        name = bracket["name"] if bracket else head
        column = columns.get(head)
        if column is None and name in by_title:
            column = Column(measure=by_title[name])
        if column is not None:
            given = column.unit or (bracket["unit"] if bracket else "")
            found[head] = _fitting(head, column, given, currency)
    if not found:
        what = "no column is a measure"
        raise ServandaError("--measure", what, 'name them: --measure "COLUMN=measure:unit"')
    return found


def _fitting(head: str, column: Column, text: str, currency: str) -> Wanted:
    """The column with its measure, if unit and definition fit."""
    try:
        one = measure(column.measure)
        one.definition(column.definition)
    except ServandaError as error:
        raise ServandaError(f"column '{head}'", error.what, error.hint) from None
    if not text:
        return Wanted(column, one, one.unit)
    got = unit(text, currency)
    if got is None:
        hint = meant(text, BASES) or f"units are {', '.join(BASES)}"
        raise ServandaError(f"column '{head}'", f"unknown unit '{text}'", hint)
    if converted(got, one.unit) is None:
        what = f"'{one.name}' is counted in {one.unit}, not in {got.base}"
        raise ServandaError(f"column '{head}'", what, f"write {column.measure}:{one.unit}")
    return Wanted(column, one, text)

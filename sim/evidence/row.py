"""A row of `data.csv`: one figure of a court, checked and in base units."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sim.evidence.counted import ALL
from sim.evidence.period import number

Status = Literal["known", "NA", "NAP", "suppressed"]
Grade = Literal["A", "B", "C", "D"]
Bias = Literal["", "under", "over", "target_pressure"]
Use = Literal["fit", "check", "hold", "input"]
GRADES: tuple[str, ...] = get_args(Grade)
BIASES: tuple[str, ...] = get_args(Bias)[1:]
USES: tuple[str, ...] = get_args(Use)
BREAKDOWNS = ("kind", "domain", "size", "district")
"""Columns of a cell. The model counts by one of them at a time."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure.

    Args:
        measure: Name in the catalogue.
        first: First day of the period; None for a stock.
        last: Last day of the period.
        value: In the base unit of the measure, money in yuan of the model. NaN if it is not known
            or does not exist; the middle of the interval if it is suppressed.
        status: *known*, *NA* (not known), *NAP* (does not exist at this court) or *suppressed*.
        n: Denominator of a share, or sample size of a survey; None if not given.
        low: Lower limit of the value; None if not given. Of a suppressed value, its interval.
        high: Upper limit.
        sd: Standard deviation given by the court; None if not given.
        grade: A official count, B official rate, C press or speech, D recalled.
        bias: Direction in which the figure is distorted; empty if it is not.
        definition: Code of the definition; empty if the court does not say.
        kind: Cell of a kind of debtor; empty for all.
        domain: Cell of a domain of claims; empty for all.
        size: Cell of a band of amounts; empty for all.
        district: Cell of a district, by its number; empty for all.
        use: *fit*, *check* (compared only), *hold* (kept for the test of a forecast) or *input*.
        source: Title, year, page.
        note: Remark.
        line: Line in the file.
    """

    measure: str
    first: date | None
    last: date
    value: float
    status: Status = "known"
    n: float | None = None
    low: float | None = None
    high: float | None = None
    sd: float | None = None
    grade: Grade = "A"
    bias: Bias = ""
    definition: str = ""
    kind: str = ""
    domain: str = ""
    size: str = ""
    district: str = ""
    use: Use = "fit"
    source: str = ""
    note: str = ""
    line: int = 0

    @property
    def cell(self) -> tuple[str, str]:
        """Breakdown and name of the cell, as series have them."""
        for name in BREAKDOWNS:
            if getattr(self, name):
                return name, getattr(self, name)
        return ALL

    @property
    def months(self) -> int:
        """Months of the period; 0 for a stock."""
        return 0 if self.first is None else number(self.last) - number(self.first) + 1

    @property
    def known(self) -> bool:
        """Whether there is a number, be it an interval."""
        return self.status in {"known", "suppressed"}

    @property
    def key(self) -> tuple[str, str, tuple[str, str]]:
        """Measure, definition and cell: rows that agree in these form a series."""
        return self.measure, self.definition, self.cell

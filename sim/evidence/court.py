"""`court.toml`: what the figures of a court refer to, and what changed in their time.

In: the path of the file. Out: a `Court`, and the faults of the file.
"""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from sim.evidence import part
from sim.evidence.catalogue import KNOWN
from sim.evidence.part import File, Part
from sim.evidence.period import period
from sim.scenario.checking.check import faults
from sim.scenario.checking.fault import meant
from sim.scenario.policy import Policy

NAME = "court.toml"
MONTH = re.compile(r"\d{4}-\d{2}")


class Break(Part):
    """A month from which some measures are not comparable with earlier ones."""

    month: str
    """First month of the new series, such as ``2019-04``."""
    measures: tuple[str, ...] = ()
    """Measures concerned; all if none are named."""
    note: str = ""
    """What changed."""

    @property
    def day(self) -> date:
        """First day of the month."""
        return _first(self.month)

    def reaches(self, measure: str) -> bool:
        """Whether a measure is concerned."""
        return not self.measures or measure in self.measures


class Recorded(Part):
    """A measure of which the court records only a part."""

    recorded: tuple[float, float]
    """Smallest and largest share that is recorded."""


class Intake(Part):
    """Yearly growth of intake after the last figure, in three variants."""

    low: float
    """Low variant, such as -.05 for 5 % less each year."""
    middle: float
    """Middle variant."""
    high: float
    """High variant."""


class Exogenous(Part):
    """What happens outside the court after the last figure."""

    intake: Intake | None = None
    """Growth of intake; as it was in the data if not given."""


class Court(Part):
    """What the figures refer to."""

    format: Annotated[int, Field(ge=1, le=1)] = 1
    """Version of the format."""
    name: str = ""
    """Name of the court."""
    note: str = ""
    """Remark, such as how the figures were made."""
    currency: str = "CNY"
    """Name of the currency of all money."""
    yuan: Annotated[float, Field(gt=0.0)] = 1.0
    """Yuan of the model per unit of the currency; rows have money in yuan."""
    population: Annotated[float, Field(gt=0.0)] | None = None
    """People that the counts refer to."""
    year_begins: Annotated[int, Field(ge=1, le=12)] = 1
    """First month of the statistical year."""
    cumulative: bool = False
    """Whether monthly figures are totals since the beginning of the statistical year."""
    breaks: Annotated[tuple[Break, ...], Field(alias="break")] = ()
    """Months at which series break."""
    policies: Annotated[tuple[dict[str, Any], ...], Field(alias="policy")] = ()
    """Policies as scenarios have them, with months as dates in `start` and `end`."""
    observe: dict[str, Recorded] = Field(default_factory=dict)
    """Measures that are recorded only in part."""
    exogenous: Exogenous = Exogenous()
    """Paths after the last figure."""

    def broken(self, measure: str, before: date, after: date) -> bool:
        """Whether a break lies after the first day and up to the second."""
        return any(one.reaches(measure) and before < one.day <= after for one in self.breaks)

    def scenario_policies(self, month_1: date) -> tuple[Policy, ...]:
        """The policies as a scenario has them, with numbered months.

        Args:
            month_1: First day of the month that a run numbers 1.
        """
        current = [one for one in self.policies if not _ended(one, month_1)]
        return tuple(Policy.model_validate(_numbered(one, month_1)) for one in current)


def _first(month: str) -> date:
    year, _, number = month.partition("-")
    return date(int(year), int(number), 1)


def _ended(policy: dict[str, Any], month_1: date) -> bool:
    """Whether a policy ended before month 1."""
    return "end" in policy and _first(policy["end"]) < month_1


def _numbered(policy: dict[str, Any], month_1: date) -> dict[str, Any]:
    """A policy with its months as numbers; one that began before month 1 begins there."""
    numbers = dict(policy)
    for key in ("start", "end"):
        if key in policy:
            day = _first(policy[key])
            number = 12 * (day.year - month_1.year) + day.month - month_1.month + 1
            numbers[key] = max(number, 1)
    return numbers


def read_court(path: Path) -> tuple[Court | None, File]:
    """Read `court.toml`; the second value has the faults."""
    file = part.read(path, 1, "a court file")
    tables: dict[str, type[Part]] = {
        "break": Break,
        "observe": Recorded,
        "exogenous": Exogenous,
        "exogenous.intake": Intake,
    }
    court = part.checked(file, Court, tables)
    if court is None:
        return None, file
    _check_breaks(court, file)
    _check_policies(court, file)
    for name, one in court.observe.items():
        low, high = one.recorded
        _check_measure(name, f"observe.{name}", file)
        if not 0.0 < low <= high <= 1.0:
            what, hint = f"{low:g} to {high:g} is no range of shares", "write recorded = [0.4, 0.9]"
            file.fault(f"observe.{name}.recorded", what, hint)
    if (intake := court.exogenous.intake) and not intake.low <= intake.middle <= intake.high:
        file.fault("exogenous.intake", "low, middle and high are not in this order", "sort them")
    return (None if file.found else court), file


def _check_breaks(court: Court, file: File) -> None:
    for place, one in enumerate(court.breaks):
        _check_month(one.month, f"break.{place}.month", file)
        for number, name in enumerate(one.measures):
            _check_measure(name, f"break.{place}.measures.{number}", file)


def _check_policies(court: Court, file: File) -> None:
    for place, policy in enumerate(court.policies):
        before = len(file.found)
        for key in ("start", "end"):
            if key in policy:
                _check_month(policy[key], f"policy.{place}.{key}", file)
        if len(file.found) > before:
            continue
        earliest = min(
            (_first(policy[key]) for key in ("start", "end") if key in policy), default=None
        )
        try:
            Policy.model_validate(_numbered(policy, earliest or date(2000, 1, 1)))
        except ValidationError as failure:
            for error in failure.errors(include_url=False):
                for fault in faults(error):
                    where = f"policy.{place}.{fault.path}".rstrip(".")
                    file.fault(where, fault.what, fault.hint)


def _check_month(text: object, path: str, file: File) -> None:
    if not isinstance(text, str) or not MONTH.fullmatch(text) or period(text) is None:
        file.fault(path, f"{text!r} is no month", 'write it in quotes, such as "2019-04"')


def _check_measure(name: str, path: str, file: File) -> None:
    if name not in KNOWN:
        hint = meant(name, KNOWN) or "`servanda data catalogue` lists all measures"
        file.fault(path, f"there is no measure '{name}'", hint)

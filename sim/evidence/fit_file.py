"""`fit.toml`: what a fit varies, between which limits, and what it may cost.

In: the path of the file. Out: a `FitSpec` whose factors are found in the base scenario.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import exp, isfinite, log
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.errors import ServandaError
from sim.evidence import part
from sim.evidence.part import File, Part
from sim.evidence.period import number, period
from sim.experiment.factor_target import Base, Target
from sim.reading.within import inside
from sim.scenario.checking.fault import Fault
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.scenario.scenario import Scenario

NAME = "fit.toml"
RATIO = 10.0
"""A range whose ends differ by this factor or more counts in ratios unless the file says how."""
Scale = Literal["linear", "log"]


class Prior(Part):
    """Prior of a free parameter: between two limits, even on a scale."""

    low: float | None = None
    """Smallest value; by default that of the schema."""
    high: float | None = None
    """Largest value; by default that of the schema."""
    scale: Scale | None = None
    """Whether equal differences (linear) or equal ratios (log) are equally likely; by default log
    if the limits are positive and the larger one is ten times the smaller one or more."""
    note: str = ""
    """Where the range comes from."""


class _Contents(Part):
    """Keys of the file."""

    format: Annotated[int, Field(ge=1, le=1)] = 1
    title: str = ""
    note: str = ""
    base: str
    month_1: str
    burn_in: Annotated[int, Field(ge=0, le=600)] = 60
    debtors: Annotated[int, Field(ge=100, le=1_000_000)] | None = None
    runs: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    minutes: Annotated[float, Field(gt=0.0)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1
    held_out: Annotated[float, Field(ge=0.0, lt=1.0)] = 0.2
    discrepancy: Annotated[float, Field(ge=0.0, le=1.0)] = 0.07
    set: dict[str, Any] = Field(default_factory=dict)
    hold: dict[str, str] = Field(default_factory=dict)
    free: dict[str, Prior]


class Free(Part):
    """A free parameter with its prior."""

    path: str
    """Path in the scenario."""
    low: float
    """Smallest value."""
    high: float
    """Largest value."""
    scale: Scale
    """On which scale the prior is even."""
    value: float
    """Value in the base scenario."""
    whole: bool = False
    """Whether only whole numbers are allowed."""
    note: str = ""
    """Where the range comes from."""

    def at(self, share: float) -> float:
        """The value at a quantile of the prior, 0 to 1."""
        if self.scale == "log":
            value = exp(log(self.low) + share * (log(self.high) - log(self.low)))
        else:
            value = self.low + share * (self.high - self.low)
        value = min(max(value, self.low), self.high)
        return float(round(value)) if self.whole else value

    def share(self, value: float) -> float:
        """The quantile of a value; below 0 or above 1 if it is outside the limits."""
        if self.scale == "log":
            if value <= 0.0:
                return float("-inf")
            return (log(value) - log(self.low)) / (log(self.high) - log(self.low))
        return (value - self.low) / (self.high - self.low)


class FitSpec(Part):
    """What a fit varies, and what it may cost."""

    title: str
    """Title of the fit."""
    note: str
    """Remark."""
    base: str
    """Name of the base scenario as the file writes it."""
    source: str
    """Name of a shipped scenario, or path of a file."""
    settings: dict[str, Any]
    """Values set in the base for every run."""
    month_1: date
    """First day of the month that a run numbers 1, the first month after the burn-in."""
    burn_in: int
    """Months of burn-in."""
    runs: int | None
    """Budget in runs; None if it is in minutes."""
    minutes: float | None
    """Budget in minutes; None if it is in runs."""
    seed: int
    """Seed from which the seeds of all runs follow."""
    held_out: float
    """Share of periods at the end that are kept for the test of a forecast."""
    discrepancy: float
    """Relative standard deviation between the best possible run and the world."""
    free: tuple[Free, ...]
    """Free parameters, in the order of the file."""
    held: dict[str, str]
    """Parameters held at their value in the base, and why."""

    @cached_property
    def scenario(self) -> Scenario:
        """The base scenario with the values set for every run."""
        return load(self.source, overrides=self.settings)

    def month(self, day: date) -> int:
        """The month of a day, as a run numbers it; below 1 in the burn-in."""
        return number(day) - number(self.month_1) + 1


def read_fit(path: Path) -> tuple[FitSpec | None, File]:
    """Read `fit.toml`; the second value has the faults."""
    file = part.read(path, 2, "a fit file")
    tables = file.tree
    for key in ("set", "free", "hold"):
        if isinstance(tables.get(key), dict):
            tables[key] = _flat(tables[key], priors=key == "free")
    contents = part.checked(file, _Contents, {"free": Prior})
    if contents is None:
        return None, file
    month_1 = period(contents.month_1)
    if month_1 is None or len(contents.month_1) != len("2019-01"):
        file.fault("month_1", f"{contents.month_1!r} is no month", 'write it as "2013-01"')
    if (contents.runs is None) == (contents.minutes is None):
        what = "the budget is missing" if contents.runs is None else "two budgets are given"
        file.fault("runs", what, "give either 'runs' or 'minutes'")
    if not contents.free:
        file.fault(
            "free", "no parameter is free", 'write [free] and lines such as "learning.notice" = {}'
        )
    source = _source(contents.base, path.parent, file)
    base = _base(source, contents, file) if source else None
    if base is None or month_1 is None:
        return None, file
    free = [one for key, prior in contents.free.items() if (one := _free(key, prior, base, file))]
    for key in contents.hold:
        _held(key, contents, base, file)
    if file.found:
        return None, file
    return FitSpec(
        title=contents.title,
        note=contents.note,
        base=contents.base,
        source=base.source,
        settings=_settings(contents),
        month_1=month_1.first,
        burn_in=contents.burn_in,
        runs=contents.runs,
        minutes=contents.minutes,
        seed=contents.seed,
        held_out=contents.held_out,
        discrepancy=contents.discrepancy,
        free=tuple(free),
        held=contents.hold,
    ), file


def _flat(table: Mapping[str, Any], *, priors: bool, head: str = "") -> dict[str, Any]:
    """A table whose keys are whole paths, although TOML reads bare dotted keys as nested tables.

    Args:
        table: The table.
        priors: Whether its values are tables without tables in them, not single values.
        head: Path of the table, with a dot.
    """
    flat: dict[str, Any] = {}
    for key, value in table.items():
        path = f"{head}{key}"
        inner = isinstance(value, dict) and (
            not priors or any(isinstance(below, dict) for below in value.values())
        )
        flat |= _flat(value, priors=priors, head=f"{path}.") if inner else {path: value}
    return flat


def _settings(contents: _Contents) -> dict[str, Any]:
    found = {"run.burn_in": contents.burn_in} | contents.set
    if contents.debtors is not None:
        found["population.size"] = contents.debtors
    return found


def _source(base: str, folder: Path, file: File) -> str:
    """The shipped name, or the path of the file beside the data; empty after a fault."""
    if base in shipped():
        return base
    try:
        return str(inside(folder, base))
    except ServandaError as error:
        file.error("base", error)
        return ""


def _base(source: str, contents: _Contents, file: File) -> Base | None:
    try:
        return Base(contents.base, source, load(source, overrides=_settings(contents)))
    except ServandaError as error:
        file.error("base", error)
        return None


def _target(path: str, at: str, base: Base, file: File) -> Target | None:
    """The place that a path names in the base; None after a fault."""
    found = base.target(path)
    if isinstance(found, Fault):
        file.fault(at, found.what, found.hint)
        return None
    if not found.number:
        file.fault(at, "this is no number", "free parameters are numbers")
        return None
    return found


def _free(path: str, prior: Prior, base: Base, file: File) -> Free | None:
    """A free parameter with its limits; None after a fault."""
    at = f"free.{path}"
    target = _target(path, at, base, file)
    if target is None:
        return None
    declared = target.quantity
    low = prior.low if prior.low is not None else declared.low if declared else -float("inf")
    high = prior.high if prior.high is not None else declared.high if declared else float("inf")
    for name, given in (("low", prior.low), ("high", prior.high)):
        if given is not None and (wrong := target.problem(given)) is not None:
            file.fault(f"{at}.{name}", *wrong)
            return None
    if not (isfinite(low) and isfinite(high)):
        file.fault(at, "this parameter has no limits in the schema", "give 'low' and 'high'")
        return None
    if low >= high:
        file.fault(at, f"the range {low:g} to {high:g} is empty", "give 'low' below 'high'")
        return None
    scale = prior.scale or ("log" if low > 0.0 and high / low >= RATIO else "linear")
    if scale == "log" and low <= 0.0:
        file.fault(at, f"a scale of ratios cannot begin at {low:g}", "give a 'low' above 0")
        return None
    value = float(target.value or 0.0)
    return Free(
        path=path,
        low=low,
        high=high,
        scale=scale,
        value=value,
        whole=target.whole,
        note=prior.note,
    )


def _held(path: str, contents: _Contents, base: Base, file: File) -> None:
    at = f"hold.{path}"
    if path in contents.free:
        file.fault(at, "this parameter is both free and held", "remove one of the two")
    elif not contents.hold[path].strip():
        file.fault(at, "the reason is missing", "say why it is not free")
    else:
        _target(path, at, base, file)

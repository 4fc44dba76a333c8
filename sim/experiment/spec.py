"""`Spec`: what an experiment file says, frozen; what it means is found in `file.py`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.scenario.checking.fault import Fault, refuse
from sim.scenario.reading import overrides

SHORT = {key: path for key, path in overrides.SHORT.items() if key != "seed"}
"""Keys that stand for a value under `set`; the experiment's seed is not that of a run."""


class Part(BaseModel):
    """What all parts of an experiment have in common: closed and frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


# ---------------------------------------------------------------- factors

type Distribution = Literal["uniform", "normal", "lognormal", "triangular", "beta"]

NEEDS: dict[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sd"),
    "triangular": ("low", "mode", "high"),
    "beta": ("a", "b"),
}
"""What each distribution is described by; `low` and `high` cut the others."""

SHAPES = ("mean", "median", "mode", "sd", "a", "b")


class Factor(Part):
    """What is varied: between two limits, over values, or after a distribution."""

    title: str = ""
    """What a figure should call it."""
    group: str = ""
    """Factors of one group move together in the designs `morris` and `sobol`."""
    low: float | None = None
    """Smallest value."""
    high: float | None = None
    """Largest value."""
    values: tuple[Any, ...] = ()
    """The values, instead of limits."""
    steps: Annotated[int, Field(ge=2, le=10_000)] | None = None
    """How many values between the limits, both included, in designs on levels."""
    scale: Literal["linear", "log"] = "linear"
    """Whether equal steps are equal differences or equal ratios."""
    distribution: Distribution | None = None
    """How the values are distributed; even between the limits unless given."""
    mean: float | None = None
    """Of a normal distribution."""
    median: float | None = None
    """Of a lognormal distribution."""
    mode: float | None = None
    """Where a triangular distribution has its top."""
    sd: Annotated[float, Field(gt=0.0)] | None = None
    """Standard deviation; of a lognormal one, that of the logarithm."""
    a: Annotated[float, Field(gt=0.0)] | None = None
    """First shape of a beta distribution, which reaches from `low` to `high`."""
    b: Annotated[float, Field(gt=0.0)] | None = None
    """Second shape of a beta distribution."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        if self.values:
            beside = ("low", "high", "steps", "distribution")
            for name in (n for n in beside if getattr(self, n) is not None):
                yield Fault(name, "values are listed already", f"drop '{name}' or 'values'")
        if "values" in self.model_fields_set and not self.values:
            yield Fault("values", "no value is listed")
        if self.low is not None and self.high is not None and self.low >= self.high:
            what = f"the lower limit, {self.low:g}, must lie below the upper one, {self.high:g}"
            yield Fault("low", what)
        if self.scale == "log":
            if self.distribution is not None:
                yield Fault("scale", "a distribution has its own scale", "drop one of the two")
            elif self.low is not None and self.low <= 0.0:
                yield Fault("low", "a logarithmic scale begins above 0")
        yield from self._shape()

    def _shape(self) -> Iterator[Fault]:
        """Faults in what describes a distribution."""
        needs = NEEDS.get(self.distribution or "", ())
        for name in (n for n in needs if getattr(self, n) is None):
            yield Fault("distribution", f"a {self.distribution} one needs '{name}'")
        for name in (n for n in SHAPES if getattr(self, n) is not None and n not in needs):
            if self.distribution is None:
                yield Fault(name, "belongs to a distribution", 'write distribution = "normal", say')
            else:
                yield Fault(name, f"a {self.distribution} distribution has none")
        if self.distribution == "lognormal" and self.median is not None and self.median <= 0.0:
            yield Fault("median", "must lie above 0")
        if (
            self.distribution == "triangular"
            and None not in (self.low, self.mode, self.high)
            and not (self.low or 0.0) <= (self.mode or 0.0) <= (self.high or 0.0)
        ):
            yield Fault("mode", "must lie between 'low' and 'high'")


# ---------------------------------------------------------------- designs


class Replicates(Part):
    """Replicates of the base, and nothing else."""

    kind: Literal["none"] = "none"


class Scenarios(Part):
    """Scenarios side by side."""

    kind: Literal["scenarios"]
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    """Shipped names, or paths beside the experiment file."""


class Grid(Part):
    """Every combination of the factors' values."""

    kind: Literal["grid"]


class OneAtATime(Part):
    """The base, then each factor at each of its values with all others as in the base."""

    kind: Literal["one_at_a_time"]


class LatinHypercube(Part):
    """Points of which each factor has one in each of as many equal parts of its range."""

    kind: Literal["latin_hypercube"]
    points: Annotated[int, Field(ge=1, le=1_000_000)]
    """Number of points."""


class Sobol(Part):
    """Saltelli's points for Sobol indices: N (k + 2) of them, N (2 k + 2) with second order."""

    kind: Literal["sobol"]
    samples: Annotated[int, Field(ge=2, le=1 << 18)]
    """N, a power of two."""
    second_order: bool = False
    """Whether indices of pairs are wanted too."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        near = 1 << (self.samples.bit_length() - 1)
        if near != self.samples:
            hint = f"take {near} or {2 * near}"
            refuse([Fault("samples", f"{self.samples} is no power of two", hint)])
        return self


class Morris(Part):
    """Morris's trajectories for elementary effects: R (k + 1) points."""

    kind: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=500_000)]
    """R, their number."""
    levels: Annotated[int, Field(ge=4, le=100)] = 4
    """Levels of each factor, an even number."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.levels % 2:
            refuse([Fault("levels", f"{self.levels} is not even", f"take {self.levels + 1}")])
        return self


class Factorial(Part):
    """Every combination of two levels of each factor; in the point's number, bit k is factor k."""

    kind: Literal["factorial"]
    policies: tuple[str, ...] = ()
    """Policies to switch, as factors before those listed; ``"all"`` for all of the base."""


class FractionalFactorial(Part):
    """A part of the full factorial, in which chosen effects stand for several."""

    kind: Literal["fractional_factorial"]
    policies: tuple[str, ...] = ()
    """Policies to switch, as factors before those listed; ``"all"`` for all of the base."""
    resolution: Annotated[int, Field(ge=3, le=12)] | None = None
    """The least resolution: the smallest such part is found; with generators, it is checked."""
    generators: tuple[str, ...] = ()
    """Such as ``"E = ABC"``; factors are lettered A, B, C … in their order, without I."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.resolution is None and not self.generators:
            refuse([Fault("", "needs 'resolution' or 'generators'", "resolution = 4, say")])
        return self


class Points(Part):
    """Points from a file, a column per factor."""

    kind: Literal["points"]
    file: Annotated[str, Field(min_length=1)]
    """CSV or Parquet, beside the experiment file; an empty cell leaves the base as it is."""
    labels: tuple[str, ...] = ()
    """Columns that only describe a point."""


class Search(Part):
    """Points that a search chooses: a start where nothing is chosen, then generations of them.

    Laid out are the start and the first generation; `sim.analysis.optimisation` finds the others.
    """

    kind: Literal["search"]
    policies: tuple[str, ...] = ()
    """Policies to switch, as factors before those listed; ``"all"`` for all of the base."""
    maximise: tuple[str, ...] = ()
    """Indicators of which more is wanted; `WANTED` unless an objective is named."""
    minimise: tuple[str, ...] = ()
    """Indicators of which less is wanted."""
    budget: Annotated[float, Field(gt=0.0)] | None = None
    """Most of `public_outlay` that may be added over the start, yuan a year per 1,000 debtors."""
    at_most: dict[str, float] = {}
    """By indicator, what its mean may not exceed."""
    at_least: dict[str, float] = {}
    """By indicator, what its mean may not fall below."""
    population: Annotated[int, Field(ge=4, le=10_000)] = 20
    """Points of a generation."""
    trials: Annotated[int, Field(ge=1, le=1_000_000)] = 200
    """Points tried in all."""
    confirm: Annotated[int, Field(ge=0, le=1_000_000)] = 10
    """Runs of each of the best points on seeds that the search has not seen."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        if self.trials < self.population:
            what = f"{self.trials} are less than a generation of {self.population}"
            yield Fault("trials", what, "ask for more trials, or a smaller 'population'")
        for name in self.minimise:
            if name in self.maximise:
                yield Fault("minimise", f"'{name}' is to be maximised too", "drop one of the two")
        if self.confirm == 1:
            yield Fault("confirm", "one run says nothing about chance", "give 2 or more, or 0")

    def objectives(self) -> dict[str, int]:
        """By indicator, 1 where more is wanted and -1 where less is."""
        more, less = self.maximise, self.minimise
        if not more and not less:
            more, less = WANTED
        return dict.fromkeys(more, 1) | dict.fromkeys(less, -1)

    def needs(self) -> tuple[str, ...]:
        """Indicators without which it cannot choose."""
        paid = {} if self.budget is None else {OUTLAY: 0}
        return tuple(self.objectives() | paid | self.at_most | self.at_least)


OUTLAY = "public_outlay"
"""The indicator of what the public pays, yuan per debtor and year."""
WANTED = (("received",), ("harm", OUTLAY))
"""What a search maximises and minimises unless named otherwise."""

type Design = Annotated[
    Replicates
    | Scenarios
    | Grid
    | OneAtATime
    | LatinHypercube
    | Sobol
    | Morris
    | Factorial
    | FractionalFactorial
    | Points
    | Search,
    Field(discriminator="kind"),
]

KINDS: dict[str, type[Part]] = {
    "none": Replicates,
    "scenarios": Scenarios,
    "grid": Grid,
    "one_at_a_time": OneAtATime,
    "latin_hypercube": LatinHypercube,
    "sobol": Sobol,
    "morris": Morris,
    "factorial": Factorial,
    "fractional_factorial": FractionalFactorial,
    "points": Points,
    "search": Search,
}
"""Every design by its word."""

# ---------------------------------------------------------------- the whole


class Spec(Part):
    """An experiment: a question, a base, what is varied and how, and what is kept."""

    format: Literal[1]
    """Format of the file."""
    title: Annotated[str, Field(min_length=1)]
    """What a reader should call it."""
    question: str = ""
    """What it is to answer, in a sentence."""
    description: str = ""
    """How it goes about it."""
    author: str = ""
    """Who wrote it."""
    reference: str = ""
    """Where it comes from."""
    base: str = ""
    """Name of a shipped scenario, or a path beside this file."""
    months: int | None = None
    """Measured months, instead of the base's."""
    burn_in: int | None = None
    """Months before the first measured one, instead of the base's."""
    debtors: int | None = None
    """Number of debtors, instead of the base's."""
    replicates: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """Runs of each point, each with a seed of its own."""
    seed: Annotated[int, Field(ge=0, le=2**53)] = 1
    """From which the replicates' seeds and the design's draws come."""
    indicators: tuple[str, ...] = ()
    """Indicators to keep; all unless named."""
    by: tuple[str, ...] = ("all",)
    """Breakdowns to keep."""
    tables: tuple[Literal["survival", "ledgers"], ...] = ("survival", "ledgers")
    """Tables to keep in addition to the series: life tables of cases, mean ledgers of debtors."""
    panel: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Debtors to follow from month to month."""
    set: dict[str, Any] = {}
    """Values by path, put over the base in every run."""
    design: Design = Replicates()
    """Which points."""
    factors: dict[str, Factor] = {}
    """What is varied, by path: a lever, a parameter, ``policies.NAME`` or ``scenario``."""
    constraints: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """What holds between factors at every point, such as ``"a + b <= 1"``."""

    def puts(self) -> Mapping[str, Any]:
        """What every run puts over the base, the keys that are short for a path included."""
        listed = {SHORT.get(path, path): value for path, value in self.set.items()}
        short = {path: getattr(self, key) for key, path in SHORT.items()}
        return listed | {path: value for path, value in short.items() if value is not None}

"""`Spec`: the contents of an experiment file, with checks that need only the file itself."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.scenario.checking.fault import Fault, refuse
from sim.scenario.reading import overrides

SHORT = {key: path for key, path in overrides.SHORT.items() if key != "seed"}
"""Keys that are short for a path under `set`. The key `seed` of an experiment is not one of them,
because it is not the seed of a run."""


class Part(BaseModel):
    """Base class of all parts of an experiment: frozen, and without unknown keys."""

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
"""Parameters that each distribution needs. If it does not need `low` and `high`, they may truncate
it."""

SHAPES = ("mean", "median", "mode", "sd", "a", "b")


class Factor(Part):
    """A value that is varied: between two limits, over a list of values, or by a distribution."""

    title: str = ""
    """Name of the factor in figures."""
    group: str = ""
    """Factors of one group move together in the designs `morris` and `sobol`."""
    low: float | None = None
    """Smallest value."""
    high: float | None = None
    """Largest value."""
    values: tuple[Any, ...] = ()
    """The values, instead of limits."""
    steps: Annotated[int, Field(ge=2, le=10_000)] | None = None
    """Number of values between the limits, both included, in designs that run each level."""
    scale: Literal["linear", "log"] = "linear"
    """Whether equal steps are equal differences (linear) or equal ratios (log)."""
    distribution: Distribution | None = None
    """How the values are distributed; uniformly between the limits unless given."""
    mean: float | None = None
    """Mean of a normal distribution."""
    median: float | None = None
    """Median of a lognormal distribution."""
    mode: float | None = None
    """Mode of a triangular distribution, its most likely value."""
    sd: Annotated[float, Field(gt=0.0)] | None = None
    """Standard deviation; of a lognormal distribution, that of the logarithm."""
    a: Annotated[float, Field(gt=0.0)] | None = None
    """First shape parameter of a beta distribution, which extends from `low` to `high`."""
    b: Annotated[float, Field(gt=0.0)] | None = None
    """Second shape parameter of a beta distribution."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        if self.values:
            beside = ("low", "high", "steps", "distribution")
            for name in (n for n in beside if getattr(self, n) is not None):
                yield Fault(name, "values are listed already", f"remove '{name}' or 'values'")
        if "values" in self.model_fields_set and not self.values:
            yield Fault("values", "no value is listed")
        if self.low is not None and self.high is not None and self.low >= self.high:
            what = f"the lower limit, {self.low:g}, must be below the upper one, {self.high:g}"
            yield Fault("low", what)
        if self.scale == "log":
            if self.distribution is not None:
                yield Fault("scale", "a distribution has its own scale", "remove one of the two")
            elif self.low is not None and self.low <= 0.0:
                yield Fault("low", "must be above 0 on a logarithmic scale")
        yield from self._shape()

    def _shape(self) -> Iterator[Fault]:
        """Faults in the parameters of a distribution."""
        needs = NEEDS.get(self.distribution or "", ())
        for name in (n for n in needs if getattr(self, n) is None):
            yield Fault("distribution", f"a {self.distribution} distribution needs '{name}'")
        for name in (n for n in SHAPES if getattr(self, n) is not None and n not in needs):
            if self.distribution is None:
                yield Fault(name, "needs a distribution", 'for example distribution = "normal"')
            else:
                yield Fault(name, f"a {self.distribution} distribution has no such parameter")
        if self.distribution == "lognormal" and self.median is not None and self.median <= 0.0:
            yield Fault("median", "must be above 0")
        if (
            self.distribution == "triangular"
            and None not in (self.low, self.mode, self.high)
            and not (self.low or 0.0) <= (self.mode or 0.0) <= (self.high or 0.0)
        ):
            yield Fault("mode", "must be between 'low' and 'high'")


# ---------------------------------------------------------------- designs


class Replicates(Part):
    """Only replicates of the base, without factors."""

    kind: Literal["none"] = "none"


class Scenarios(Part):
    """A comparison of scenarios."""

    kind: Literal["scenarios"]
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    """Names of shipped scenarios, or paths relative to the experiment file."""


class Grid(Part):
    """Every combination of the factors' values."""

    kind: Literal["grid"]


class OneAtATime(Part):
    """The base, then each factor at each of its values with all others as in the base."""

    kind: Literal["one_at_a_time"]


class LatinHypercube(Part):
    """N random points; each factor's range is cut into N equal parts, with one point in each."""

    kind: Literal["latin_hypercube"]
    points: Annotated[int, Field(ge=1, le=1_000_000)]
    """Number of points."""


class Sobol(Part):
    """Saltelli's points for Sobol indices of k factors: N (k + 2), or N (2 k + 2) with pairs."""

    kind: Literal["sobol"]
    samples: Annotated[int, Field(ge=2, le=1 << 18)]
    """N, a power of two."""
    second_order: bool = False
    """Whether to estimate the indices of pairs of factors too."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        near = 1 << (self.samples.bit_length() - 1)
        if near != self.samples:
            hint = f"use {near} or {2 * near}"
            refuse([Fault("samples", f"{self.samples} is not a power of two", hint)])
        return self


class Morris(Part):
    """Morris's trajectories for elementary effects of k factors: R (k + 1) points."""

    kind: Literal["morris"]
    trajectories: Annotated[int, Field(ge=2, le=500_000)]
    """R, the number of trajectories."""
    levels: Annotated[int, Field(ge=4, le=100)] = 4
    """Levels of each factor, an even number."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.levels % 2:
            refuse([Fault("levels", f"{self.levels} is not even", f"use {self.levels + 1}")])
        return self


class Factorial(Part):
    """Every combination of two levels per factor; bit k of a point's number is factor k's level."""

    kind: Literal["factorial"]
    policies: tuple[str, ...] = ()
    """Policies to switch on and off, as first factors; ``"all"`` for all policies of the base."""


class FractionalFactorial(Part):
    """A fraction of the full factorial, in which some effects cannot be told from others."""

    kind: Literal["fractional_factorial"]
    policies: tuple[str, ...] = ()
    """Policies to switch on and off, as first factors; ``"all"`` for all policies of the base."""
    resolution: Annotated[int, Field(ge=3, le=12)] | None = None
    """Lowest resolution allowed; without generators, the smallest fraction that reaches it is
    used."""
    generators: tuple[str, ...] = ()
    """Generators such as ``"E = ABC"``; factors are called A, B, C … in order, without I."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.resolution is None and not self.generators:
            refuse([Fault("", "needs 'resolution' or 'generators'", "for example resolution = 4")])
        return self


class Points(Part):
    """Points from a file, a column per factor."""

    kind: Literal["points"]
    file: Annotated[str, Field(min_length=1)]
    """CSV or Parquet file, relative to the experiment file; empty cells leave the base as it is."""
    labels: tuple[str, ...] = ()
    """Columns that only describe a point."""


class Search(Part):
    """Points of a search: first the base without the policies to choose from, then generations.

    The design makes the first point and the first generation; `sim.analysis.optimisation` makes the
    others.
    """

    kind: Literal["search"]
    policies: tuple[str, ...] = ()
    """Policies to switch on and off, as first factors; ``"all"`` for all policies of the base."""
    maximise: tuple[str, ...] = ()
    """Indicators to maximise; `received` if neither `maximise` nor `minimise` names any."""
    minimise: tuple[str, ...] = ()
    """Indicators to minimise; `harm` and `public_outlay` if neither list names any."""
    budget: Annotated[float, Field(gt=0.0)] | None = None
    """Largest increase of `public_outlay` over the start, yuan a year per 1,000 debtors."""
    at_most: dict[str, float] = {}
    """Upper limit on the mean of each indicator named."""
    at_least: dict[str, float] = {}
    """Lower limit on the mean of each indicator named."""
    population: Annotated[int, Field(ge=4, le=10_000)] = 20
    """Number of points in a generation."""
    trials: Annotated[int, Field(ge=1, le=1_000_000)] = 200
    """Number of points tried in total."""
    confirm: Annotated[int, Field(ge=0, le=1_000_000)] = 10
    """Number of runs of each of the best points, with seeds that the search has not used."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        if self.trials < self.population:
            what = f"{self.trials} are fewer than a generation of {self.population}"
            yield Fault("trials", what, "ask for more trials, or a smaller 'population'")
        for name in self.minimise:
            if name in self.maximise:
                yield Fault("minimise", f"'{name}' is to be maximised too", "remove one of the two")
        if self.confirm == 1:
            yield Fault("confirm", "one run cannot show chance variation", "give 2 or more, or 0")

    def objectives(self) -> dict[str, int]:
        """The objectives by indicator: 1 to maximise, -1 to minimise."""
        more, less = self.maximise, self.minimise
        if not more and not less:
            more, less = WANTED
        return dict.fromkeys(more, 1) | dict.fromkeys(less, -1)

    def needs(self) -> tuple[str, ...]:
        """Indicators that the search needs in order to choose points."""
        paid = {} if self.budget is None else {OUTLAY: 0}
        return tuple(self.objectives() | paid | self.at_most | self.at_least)


OUTLAY = "public_outlay"
"""The indicator of public spending, yuan per debtor and year."""
WANTED = (("received",), ("harm", OUTLAY))
"""Indicators that a search maximises, and that it minimises, if the file names none."""

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
"""Every design by its kind."""

# ---------------------------------------------------------------- the whole


class Spec(Part):
    """An experiment: a question, a base, what is varied and how, and what is stored."""

    format: Literal[1]
    """Format of the file."""
    title: Annotated[str, Field(min_length=1)]
    """Title of the experiment for readers."""
    question: str = ""
    """The question that the experiment is meant to answer, in a sentence."""
    description: str = ""
    """How the experiment answers its question."""
    author: str = ""
    """Author of the experiment."""
    reference: str = ""
    """Source of the experiment, such as a publication."""
    base: str = ""
    """Name of a shipped scenario, or a path relative to this file."""
    months: int | None = None
    """Number of measured months, instead of the base's."""
    burn_in: int | None = None
    """Number of months before the first measured one, instead of the base's."""
    debtors: int | None = None
    """Number of debtors, instead of the base's."""
    replicates: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """Number of runs per point, each with another seed."""
    seed: Annotated[int, Field(ge=0, le=2**53)] = 1
    """Seed from which the replicates' seeds and the design's random draws follow."""
    indicators: tuple[str, ...] = ()
    """Indicators to store; all if none are named."""
    by: tuple[str, ...] = ("all",)
    """Breakdowns of the series to store, such as ``all`` or ``domain``."""
    tables: tuple[Literal["survival", "ledgers"], ...] = ("survival", "ledgers")
    """Tables to store in addition to the series: life tables of cases (``survival``), and the mean
    gains and costs that debtors weighed when they chose to pay or to evade (``ledgers``)."""
    panel: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Number of debtors to follow from month to month."""
    set: dict[str, Any] = {}
    """Values by path, which replace those of the base in every run."""
    design: Design = Replicates()
    """The design, which decides at which points the experiment runs."""
    factors: dict[str, Factor] = {}
    """What is varied, by path: a lever, a parameter, ``policies.NAME`` or ``scenario``."""
    constraints: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """Constraints between factors that every point satisfies, such as ``"a + b <= 1"``."""

    def puts(self) -> Mapping[str, Any]:
        """Values by path that every run sets in the base; short keys are included."""
        listed = {SHORT.get(path, path): value for path, value in self.set.items()}
        short = {path: getattr(self, key) for key, path in SHORT.items()}
        return listed | {path: value for path, value in short.items() if value is not None}

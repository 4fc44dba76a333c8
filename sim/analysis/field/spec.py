"""`FieldExperiment`: the contents of a file in `experiments/field`, with checks of the file itself.

An arm is a policy that reaches a random half of those it is meant for. An outcome is a share of
claims. A target is a published effect of an arm on an outcome, with the range that is accepted.
"""

import math
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.books.counts import LONGEST
from sim.experiment.spec import Part
from sim.scenario.assign import Assign
from sim.scenario.checking.fault import Fault, meant, member, refuse
from sim.scenario.policy import Policy
from sim.terms import Domain

TRIAL = "trial"
"""Name of the policy of every arm. The draw depends on it, so arms share their treated debtors."""

Mark = Literal["found", "recalled"]
"""How a published effect is known: read in a publication or a summary of it, or from memory."""
Effect = Literal["difference", "relative", "level", "spillover"]
Rule = Literal["positive", "negative", "single", "many"]

BANDS: dict[str, tuple[float, float]] = {"single": (1.0 / 3.0, 1.2), "many": (0.5, 1.3)}
"""Smallest and largest accepted effect, as multiples of the published one. Published effects of one
small trial are inflated more than those of meta-analyses and natural experiments."""


class Accepted(NamedTuple):
    """The range of effects that is accepted.

    Args:
        low: Smallest accepted effect; −∞ for none.
        high: Largest accepted effect; ∞ for none.
        strict: Whether the limits themselves are excluded: an effect of 0 has no sign.
    """

    low: float
    high: float
    strict: bool = False

    def contains(self, low: float, high: float) -> bool:
        """Whether a whole interval is accepted."""
        if self.strict:
            return self.low < low and high < self.high
        return self.low <= low and high <= self.high

    def excludes(self, low: float, high: float) -> bool:
        """Whether no value of an interval is accepted."""
        if self.strict:
            return high <= self.low or low >= self.high
        return high < self.low or low > self.high


class Arm(Policy):
    """An arm: a policy that reaches a random share of its target; the rest are the controls."""

    name: Annotated[str, Field(pattern=f"^{TRIAL}$")] = TRIAL
    assign: Assign | None = Assign(share=0.5, unit="debtor")
    world: dict[str, Any] = Field(default_factory=dict)
    """Values by path that differ in the world of this arm, from its beginning."""


class Outcome(Part):
    """A share of the claims that fell due in some months."""

    title: Annotated[str, Field(min_length=1)]
    """What the share is."""
    due: Annotated[tuple[int, int], Field(min_length=2)]
    """First and last measured month in which the claims fell due."""
    within: Annotated[int, Field(ge=0, lt=LONGEST)]
    """Months after the due date within which a claim counts as paid; 0 is the month itself."""
    among: Literal["all", "able", "unable"] = "all"
    """Debtors whose claims count, by what they could pay when the claim fell due: nine tenths or
    more (able), less than a twentieth (unable)."""
    domains: tuple[Annotated[Domain, BeforeValidator(partial(member, Domain))], ...] = ()
    """Domains of the claims; all if none are named."""
    freely: bool = False
    """Whether only payment without enforcement counts as paid."""
    unpaid: bool = False
    """Whether the share is that of claims that were not paid."""


class Target(Part):
    """A published effect, and what is accepted of the model."""

    title: Annotated[str, Field(min_length=1)]
    """What was found."""
    outcome: str
    """Name of the outcome."""
    arm: str
    """Name of the arm."""
    less: tuple[str, ...] = ()
    """Arms whose effects are subtracted: two arms are compared, or an interaction is computed."""
    effect: Effect = "difference"
    """What is computed of the outcome.

    difference: treated less controls.
    relative: the same, as a share of the controls' outcome.
    level: the outcome itself in a world without the policy, in both halves.
    spillover: the change of all controls, as a share of the change of all treated.
    """
    published: float | None = None
    """The published number, in the same unit; None if only its sign is known."""
    accept: Rule | None = None
    """What is accepted: a sign, or a multiple of the published number as in `BANDS`."""
    between: Annotated[tuple[float, float], Field(min_length=2)] | None = None
    """Smallest and largest accepted value, instead of `accept`."""
    mark: Mark | None = None
    """How this number is known, if otherwise than the experiment."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        if (self.accept is None) == (self.between is None):
            yield Fault("accept", "one of 'accept' and 'between' is needed", "give one of them")
        if self.accept in BANDS and not self.published:
            hint = "give the number, or accept a sign: positive or negative"
            yield Fault("published", f"'{self.accept}' needs a published number", hint)
        if self.between is not None and self.between[0] >= self.between[1]:
            yield Fault("between", "the lower limit must be below the upper one")
        if self.less and self.effect not in ("difference", "relative"):
            yield Fault("less", f"effects of kind '{self.effect}' are not subtracted")

    @property
    def accepted(self) -> Accepted:
        """The accepted range."""
        if self.between is not None:
            return Accepted(*self.between)
        if self.accept in BANDS and self.published is not None:
            low, high = sorted(factor * self.published for factor in BANDS[self.accept])
            return Accepted(low, high)
        if self.accept == "positive":
            return Accepted(0.0, math.inf, strict=True)
        return Accepted(-math.inf, 0.0, strict=True)

    def arms(self) -> tuple[str, ...]:
        """The arms that have to be run."""
        return (self.arm, *self.less)


class FieldExperiment(Part):
    """A published experiment: what was done, how it is represented, what was found."""

    format: Literal[1]
    title: Annotated[str, Field(min_length=1)]
    zh: str = ""
    """Chinese title."""
    question: Annotated[str, Field(min_length=1)]
    """The question that the experiment answered."""
    who: Annotated[str, Field(min_length=1)]
    """Who was treated, where, when, how many."""
    source: Annotated[str, Field(min_length=1)]
    """The publication."""
    mark: Mark = "found"
    """How its numbers are known."""
    base: str = "china_2016"
    """The scenario of the world."""
    months: Annotated[int, Field(ge=1, le=240)]
    """Measured months."""
    set: dict[str, Any] = Field(default_factory=dict)
    """Values of the base that differ in all arms, by path."""
    arms: Annotated[dict[str, Arm], Field(min_length=1)]
    """The arms by name."""
    outcomes: Annotated[dict[str, Outcome], Field(min_length=1)]
    """The outcomes by name."""
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    """What was found."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[Fault]:
        for name, outcome in self.outcomes.items():
            first, last = outcome.due
            if not 1 <= first <= last:
                what = f"months {first} to {last} are not a span of measured months"
                yield Fault(f"outcomes.{name}.due", what, "the first measured month is 1")
            elif last + outcome.within > self.months:
                what = f"claims of month {last} are followed to month {last + outcome.within}"
                hint = f"but only {self.months} months are measured: set 'months' or 'due'"
                yield Fault(f"outcomes.{name}.due", what, hint)
        for place, target in enumerate(self.targets):
            yield from _unknown(f"targets.{place}.outcome", [target.outcome], self.outcomes)
            yield from _unknown(f"targets.{place}.arm", [target.arm], self.arms)
            yield from _unknown(f"targets.{place}.less", target.less, self.arms)


def _unknown(path: str, given: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    there = list(known)
    for name in given:
        if name not in there:
            hint = meant(name, there) or f"there are {', '.join(there)}"
            yield Fault(path, f"there is no '{name}'", hint)

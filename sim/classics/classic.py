"""A published model, its published numbers, and how they compare with what is computed.

In: parameters and a seed. Out: outcomes with standard errors, and a row for each published number:
published, computed, standard error, tolerance, verdict.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sim.classics.estimate import Estimate
from sim.classics.parameters import ParameterSet, Value

Standing = Literal["published", "reported", "closed form", "by hand", "recalled"]
"""How a number is known: read in the publication or its files, as other texts report it, computed
from its formula, counted by hand from its rules, or from memory."""
Verdict = Literal["met", "missed"]
Outcomes = dict[str, Estimate]


@dataclass(frozen=True)
class Target:
    """A number that the model should reproduce.

    Args:
        title: What the number is.
        outcome: Name of the outcome that is compared with it.
        published: The number.
        settings: ParameterSet that differ from the defaults.
        source: Where the number stands.
        standing: How it is known.
        tolerance: Largest admissible difference; None for two standard errors.
        published_error: Standard error of the number, if it was itself simulated and this is known.
        rounding: Half a unit of its last digit.
    """

    title: str
    outcome: str
    published: float
    settings: Mapping[str, Value] = field(default_factory=dict)
    source: str = ""
    standing: Standing = "published"
    tolerance: float | None = None
    published_error: float = 0.0
    rounding: float = 0.0

    def allowed(self, standard_error: float) -> float:
        """Largest admissible difference from a number with this standard error."""
        if self.tolerance is not None:
            return self.tolerance
        return 2.0 * math.hypot(standard_error, self.published_error) + self.rounding


@dataclass(frozen=True)
class Row:
    """A published number beside the computed one.

    Args:
        model: Name of the model.
        target: What the number is.
        source: Where it stands.
        standing: How it is known.
        published: The published number.
        computed: The computed number.
        standard_error: Standard error of the computed number.
        tolerance: Largest admissible difference.
        verdict: ``met`` if the difference is at most the tolerance, otherwise ``missed``.
    """

    model: str
    target: str
    source: str
    standing: Standing
    published: float
    computed: float
    standard_error: float
    tolerance: float
    verdict: Verdict


@dataclass(frozen=True)
class Classic:
    """A published model.

    Args:
        name: Name in commands.
        title: Title for readers.
        zh: Chinese title.
        source: The publication.
        rules: The rules in the notation of the field.
        parameters: Class of the parameters.
        run: Computes all outcomes from parameters and a seed; equal arguments give equal bits.
        outcomes: Titles of the outcomes by name.
        targets: The published numbers.
    """

    name: str
    title: str
    zh: str
    source: str
    rules: str
    parameters: type[ParameterSet]
    run: Callable[[Any, int], Outcomes]
    outcomes: Mapping[str, str]
    targets: Sequence[Target]

    def at(self, target: Target) -> ParameterSet:
        """The parameters at which a number was published."""
        values: dict[str, Any] = dict(target.settings)
        return self.parameters(**values)

    def published_at(self, parameters: ParameterSet) -> list[Target]:
        """The numbers published for these parameters, whatever the precision."""
        here = parameters.model_values()
        return [one for one in self.targets if self.at(one).model_values() == here]

    def row(self, target: Target, found: Outcomes) -> Row:
        """Compare a published number with the outcomes computed at its parameters."""
        computed, error = found[target.outcome]
        tolerance = target.allowed(error)
        met = abs(computed - target.published) <= tolerance
        return Row(
            *(self.name, target.title, target.source or self.source, target.standing),
            *(target.published, computed, error, tolerance),
            "met" if met else "missed",
        )

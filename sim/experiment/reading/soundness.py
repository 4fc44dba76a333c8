"""Checks an experiment as a whole: points that are not valid scenarios, and unusual features.

In: an experiment whose parts are valid. Out: faults of its points, and warnings.
"""

import json
import warnings
from collections.abc import Iterator, Mapping

from sim.errors import ServandaWarning
from sim.experiment.experiment import Experiment
from sim.scenario.checking.check import Place, attempt
from sim.scenario.reading.draft import Draft
from sim.scenario.reading.overrides import override

MANY = 10_000
"""More runs than this cause a warning, because the number may be a mistake."""

TRIED = 5_000
"""Largest number of points whose scenarios are built as a check. If there are more points, evenly
spaced ones are taken."""

MOST_REASONS = 3
"""Largest number of reasons that are reported."""


def unsound(made: Experiment, drafts: Mapping[str, Draft]) -> Iterator[tuple[int, str]]:
    """Points whose scenario is invalid although each value is in its range; one per reason.

    Args:
        made: The experiment.
        drafts: The base scenarios as trees of plain values, by name.

    Yields:
        The number of a point, and the reason.
    """
    count = len(made.design_points)
    chosen = range(count) if count <= TRIED else [count * n // TRIED for n in range(TRIED)]
    said: set[str] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ServandaWarning)
        for point in chosen:
            for reason in _faults(made, drafts, point):
                if reason not in said and len(said) < MOST_REASONS:
                    said.add(reason)
                    yield point, reason


def _faults(made: Experiment, drafts: Mapping[str, Draft], point: int) -> Iterator[str]:
    """The faults of the scenario of a point."""
    from_file = drafts[made.base(point).name]
    copy = Draft(json.loads(json.dumps(from_file.tree)), {"": Place()})
    override(copy, dict(made.puts(point)))
    copy.found = list(copy.found)
    attempt(copy.tree, {"": Place()}, copy.found)
    yield from (str(Place().error(fault)) for _, fault in copy.found)


def warn(made: Experiment) -> None:
    """Warn of what is allowed but unusual."""
    if made.runs > MANY:
        text = f"{len(made.design_points):,} points × {made.spec.replicates:,} replicates"
        warnings.warn(
            f"{text} are {made.runs:,} runs: check that you need all of them",
            ServandaWarning,
            stacklevel=4,
        )
    for remark in made.design_points.remarks:
        warnings.warn(remark, ServandaWarning, stacklevel=4)
    for base in made.bases.values():
        for path, target in made.targets.get(base.name, {}).items():
            for name, policy in base.policies.items():
                if target.put in policy["set"]:
                    rest = f"vary 'policies.{name}.set.{target.put}' instead"
                    text = f"factor '{path}': policy '{name}' of '{base.name}' sets this lever"
                    warnings.warn(f"{text}; {rest}", ServandaWarning, stacklevel=4)

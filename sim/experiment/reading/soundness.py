"""An experiment as a whole: points that are no sound worlds, and what is odd but allowed.

In: an experiment whose parts are sound. Out: what is wrong with points of it, and warnings.
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
"""Runs beyond which an experiment warns: it may be a mistake."""

TRIED = 5_000
"""Points that are built as scenarios to see whether they can be; of more, these many spread out."""

MOST_REASONS = 3
"""Most reasons that are given."""


def unsound(made: Experiment, drafts: Mapping[str, Draft]) -> Iterator[tuple[int, str]]:
    """Points that cannot be built, each reason once: values in range may not go together.

    Args:
        made: The experiment.
        drafts: Its scenarios as their files have them, by name.
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
    """What is wrong with a point."""
    from_file = drafts[made.base(point).name]
    copy = Draft(json.loads(json.dumps(from_file.tree)), {"": Place()})
    override(copy, dict(made.puts(point)))
    copy.found = list(copy.found)
    attempt(copy.tree, {"": Place()}, copy.found)
    yield from (str(Place().error(fault)) for _, fault in copy.found)


def warn(made: Experiment) -> None:
    """Say what is odd but allowed."""
    if made.runs > MANY:
        text = f"{len(made.design_points):,} points × {made.spec.replicates:,} replicates"
        warnings.warn(f"{text} are {made.runs:,} runs", ServandaWarning, stacklevel=4)
    for remark in made.design_points.remarks:
        warnings.warn(remark, ServandaWarning, stacklevel=4)
    for base in made.bases.values():
        for path, target in made.targets.get(base.name, {}).items():
            for name, policy in base.policies.items():
                if target.put in policy["set"]:
                    rest = f"move 'policies.{name}.set.{target.put}' instead"
                    text = f"factor '{path}': policy '{name}' of '{base.name}' sets this lever"
                    warnings.warn(f"{text}; {rest}", ServandaWarning, stacklevel=4)

"""All field experiments, and the comparison of every published effect with what the model gives.

In: experiments, seeds, number of debtors. Out: a `Row` for each target. Nothing in the model is
fitted to these numbers; a target that is missed stays in the list as missed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from sim.analysis.field.effect import Compared, estimate
from sim.analysis.field.outcome import halves
from sim.analysis.field.reading import Read, load_field, shipped
from sim.analysis.field.spec import Accepted, Effect, Mark, Target
from sim.analysis.field.trial import Trial, trial
from sim.analysis.interval import FEWEST, NOBODY
from sim.analysis.paired import Difference
from sim.experiment.task import replicate_seeds
from sim.runs.results import Results
from sim.runs.run_tables import ARMS
from sim.runs.scenarios import ScenarioRuns, refuse_failed

SEED = 1
"""Seed by default."""
REPLICATES = 8
"""Replicates by default."""
DEBTORS = 4_000
"""Debtors of each world by default."""
INDICATORS = ("performed_12",)
"""The only indicator that is stored of the runs; the outcomes come from the table of claims."""

Verdict = Literal["met", "missed", "unclear"]


@dataclass(frozen=True)
class Row:
    """A published effect beside the computed one.

    Args:
        experiment: Name of the experiment.
        target: What was found.
        source: Where it was published.
        standing: How it is known.
        effect: What is computed; see `sim.analysis.field.spec.Target.effect`.
        published: The published number; None if only its sign is known.
        computed: The computed number; NaN if no claim counts.
        low: Lower end of its 95 % interval; NaN if there is none.
        high: Upper end.
        accepted: The accepted range.
        verdict: ``met`` if the whole interval is accepted, ``missed`` if no value in it is,
            ``unclear`` otherwise.
        reason: Why there is no interval, or that no run differed; otherwise empty.
    """

    experiment: str
    target: str
    source: str
    standing: Mark
    effect: Effect
    published: float | None
    computed: float
    low: float
    high: float
    accepted: Accepted
    verdict: Verdict
    reason: str = ""


def targets(
    seed: int = SEED,
    jobs: int = 1,
    names: Sequence[str | Path] = (),
    progress: Callable[[int], object] = lambda _: None,
    *,
    replicates: int = REPLICATES,
    debtors: int | None = DEBTORS,
    folder: Path | None = None,
    burn_ins: Path | None = None,
) -> list[Row]:
    """Every published effect with what is computed, and the verdict.

    Args:
        seed: Seed from which the seeds of the replicates are made.
        jobs: Number of processes; the numbers are the same for any.
        names: Experiments by name or file; by default all that are shipped.
        progress: Called from time to time with the number of runs done.
        replicates: Runs of each world.
        debtors: Debtors of each world; None for the number in each base.
        folder: Folder in which runs are stored and found again; None for a private one.
        burn_ins: Folder of worlds at the end of their burn-in; None for none.

    Returns:
        Rows in the order of the experiments and of their targets.

    Raises:
        ScenarioErrors: If a file is wrong.
        ServandaError: If a run fails, or the folder cannot be used.
    """
    read = [load_field(name) for name in names or shipped()]
    trials = [trial(one, debtors) for one in read]
    worlds = {name: world for one in trials for name, world in one.worlds.items()}
    with ScenarioRuns(replicate_seeds(seed, replicates), jobs, folder, burn_ins) as runs:
        found = runs.run(worlds, progress, indicators=INDICATORS, tables=(ARMS,))
        refuse_failed(found, str)
        claims = _claims(found)
    return [
        row
        for one, its in zip(read, trials, strict=True)
        for row in _rows(one, its, claims, replicates)
    ]


def number_of_runs(
    names: Iterable[str | Path] = (), replicates: int = REPLICATES, debtors: int | None = None
) -> int:
    """Number of runs that `targets` makes.

    Raises:
        ScenarioErrors: If a file is wrong.
    """
    read = [load_field(name) for name in names or shipped()]
    return replicates * sum(len(trial(one, debtors).worlds) for one in read)


def _claims(found: Results) -> dict[str, pd.DataFrame]:
    """The claims of each world, by the world's name."""
    names = found.points.set_index("point")["scenario"]
    return {str(names[point]): part for point, part in found.arms.groupby("point")}


def _rows(
    read: Read, its: Trial, claims: dict[str, pd.DataFrame], replicates: int
) -> Iterable[Row]:
    """The rows of an experiment."""
    it = read.experiment

    def compared(arm: str, target: Target) -> Compared:
        worlds = (its.treated[arm], its.untreated[arm])
        outcome = it.outcomes[target.outcome]
        return Compared(*(halves(claims[world], outcome, replicates) for world in worlds))

    for target in it.targets:
        arm, *less = (compared(name, target) for name in target.arms())
        computed = estimate(target.effect, arm, less)
        yield Row(
            experiment=read.name,
            target=target.title,
            source=it.source,
            standing=target.mark or it.mark,
            effect=target.effect,
            published=target.published,
            computed=computed.mean,
            low=computed.low,
            high=computed.high,
            accepted=target.accepted,
            verdict=verdict(computed, target.accepted),
            reason=computed.reason,
        )


def verdict(computed: Difference, accepted: Accepted) -> Verdict:
    """The verdict on a computed effect.

    It is ``unclear`` without an interval, and if no run differed in only a few replicates.
    """
    few = computed.reason == NOBODY and computed.pairs < FEWEST
    if np.isnan(computed.low) or few:
        return "unclear"
    if accepted.contains(computed.low, computed.high):
        return "met"
    return "missed" if accepted.excludes(computed.low, computed.high) else "unclear"

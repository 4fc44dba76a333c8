"""Everything published that the model can be held against, beside what it gives, in one table.

In: the figures of a folder of evidence, the field experiments, and the published models. Out: a
`Row` for each target, and the table as a page of Markdown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from sim.analysis.field import catalogue as field_experiments
from sim.classics import catalogue as classics
from sim.evidence.fitting.distance import common_factor, standardised
from sim.evidence.fitting.problem import Problem
from sim.evidence.fitting.run_fit import opened

type Part = Literal["figures", "experiments", "classics"]
type Verdict = Literal["met", "missed", "unclear"]
PARTS: tuple[Part, ...] = ("figures", "experiments", "classics")
SEEDS = 8
"""Runs of the base whose mean is held against the figures of a court."""
NEAR = 2.0
"""Standard deviations of the figure and of the model's discrepancy within which it is met."""


@dataclass(frozen=True)
class Row:
    """A published target beside what is computed.

    Args:
        part: What it belongs to.
        subject: Scenario, experiment or model.
        target: What was published.
        source: Where.
        published: The published number; None if only a sign is known.
        computed: The computed number; NaN if there is none.
        low: Lower end of the 95 % interval of the computed number; NaN if there is none.
        high: Upper end.
        tolerance: What is accepted, in words.
        verdict: ``met``, ``missed``, or ``unclear`` if chance leaves both open.
    """

    part: Part
    subject: str
    target: str
    source: str
    published: float | None
    computed: float
    low: float
    high: float
    tolerance: str
    verdict: Verdict


def figures(
    problem: Problem,
    folder: Path,
    jobs: int | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> list[Row]:
    """The figures of a court beside the base of its fit, without any fit.

    Args:
        problem: The problem of the folder of evidence.
        folder: Folder of the runs.
        jobs: Number of processes.
        progress: Called with the number of runs done.
    """
    base = np.full((SEEDS, len(problem.names)), np.nan)
    with opened(problem, folder, "validate", None, jobs) as runs:
        runs.progress = lambda done, failed, total: progress(done)
        values = problem.values(runs.counts(base, problem.columns), SEEDS)
    known = np.isfinite(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    chance = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0) / np.maximum(count - 1, 1)
    mean = np.where(known.any(axis=0), mean, np.nan)[None]
    z = standardised(problem.observed, mean, chance / count)[0]
    factor = float(common_factor(problem.observed, mean, chance / count)[0])
    shift = factor * problem.observed.scaled
    half = 1.96 * np.sqrt(chance / count)
    mean = mean[0] + shift
    rows = []
    for k, one in enumerate(problem.statistics):
        close = abs(float(z[k])) < NEAR
        spread = float(problem.observed.spread[k])
        rows.append(
            Row(
                "figures",
                problem.spec.base,
                one.name,
                one.rows[0].source,
                one.shown(one.observed),
                one.shown(float(mean[k])),
                one.shown(float(mean[k] - half[k])),
                one.shown(float(mean[k] + half[k])),
                f"{NEAR:g} × {spread:.2g}{' (log)' if one.logarithmic else ''}",
                "met" if close else "missed",
            )
        )
    return rows


def experiments(jobs: int = 1, progress: Callable[[int], object] = lambda done: None) -> list[Row]:
    """The field experiments beside their virtual counterparts."""
    return [
        Row(
            "experiments",
            one.experiment,
            one.target,
            one.source,
            one.published,
            one.computed,
            one.low,
            one.high,
            str(one.accepted),
            one.verdict,
        )
        for one in field_experiments.targets(jobs=jobs, progress=progress)
    ]


def models(jobs: int = 1, progress: Callable[[int], object] = lambda done: None) -> list[Row]:
    """The published models beside their reproductions."""
    rows = []
    for one in classics.targets(jobs=jobs, progress=progress):
        half = 1.96 * one.standard_error
        rows.append(
            Row(
                "classics",
                one.model,
                one.target,
                one.source,
                one.published,
                one.computed,
                one.computed - half,
                one.computed + half,
                f"± {one.tolerance:.3g}",
                one.verdict,
            )
        )
    return rows


def experiment_runs() -> int:
    """Number of runs that `experiments` makes."""
    return field_experiments.number_of_runs(debtors=field_experiments.DEBTORS)


def model_runs() -> int:
    """Number of runs that `models` makes."""
    return classics.number_of_runs()


def page(rows: Sequence[Row], command: str) -> str:
    """The table as Markdown: a section for each part, and how many targets are met.

    Args:
        rows: The rows.
        command: The command that made it.
    """
    text = ["# Validation", ""]
    text += [f"Made by `{command}`. A target that is missed stays in the table.", ""]
    for part in PARTS:
        mine = [row for row in rows if row.part == part]
        if not mine:
            continue
        met = sum(row.verdict == "met" for row in mine)
        text += [f"## {TITLES[part]}", "", f"{met} of {len(mine)} are met. {NOTES[part]}", ""]
        text += list(_table(mine))
        text.append("")
    return "\n".join(text)


TITLES: dict[Part, str] = {
    "figures": "Published figures",
    "experiments": "Field experiments",
    "classics": "Published models",
}
NOTES: dict[Part, str] = {
    "figures": "The base itself, means over seeds; the tolerance is that of the figure with the "
    "discrepancy of the model. These figures were used when the base was fitted by hand.",
    "experiments": "Nothing was ever fitted to them.",
    "classics": "They test the engine, not this model's rules.",
}


def _table(rows: Iterable[Row]) -> Iterable[str]:
    yield "| subject | target | published | computed (95 %) | accepted | verdict | source |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        published = "–" if row.published is None else _number(row.published)
        computed = f"{_number(row.computed)} ({_number(row.low)} to {_number(row.high)})"
        cells = (row.subject, row.target, published, computed, row.tolerance, row.verdict)
        yield f"| {' | '.join(cell.replace('|', '/') for cell in (*cells, row.source))} |"


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"

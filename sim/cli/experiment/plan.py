"""``servanda plan``: runs, time, disk and memory that a sweep will take."""

import json
import logging
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.numbers import many
from sim.cli.console.options import AllowCode, Json

if TYPE_CHECKING:
    from sim.experiment.experiment import Experiment
    from sim.runs.cost_estimate import Estimate

log = logging.getLogger("servanda.plan")

ExperimentName = Annotated[
    str,
    typer.Argument(metavar="EXPERIMENT", help="An experiment file, or the name of a shipped one."),
]
ExperimentDebtors = Annotated[
    int | None, typer.Option(help="Number of debtors, instead of the experiment's.")
]
ExperimentMonths = Annotated[
    int | None, typer.Option(help="Months to measure, instead of the experiment's.")
]
Replicates = Annotated[
    int | None, typer.Option(help="Runs of each point, instead of the experiment's.")
]

FEW = 5
"""Number of points shown."""


def experiment_from_options(
    source: str, load: "Callable[..., Experiment] | None" = None, **given: Any
) -> "Experiment":
    """Load an experiment with the overrides of the command line.

    Args:
        source: A file or a shipped name.
        load: Function that loads it; by default `load_experiment`.
        given: Values by key; None where not given.

    Raises:
        ScenarioErrors: If the experiment is invalid. The error names the option if the value of an
            option is wrong.
    """
    from sim.errors import ServandaError
    from sim.experiment.reading.file import load_experiment
    from sim.scenario.checking.check import ScenarioErrors

    puts = {key: value for key, value in given.items() if value is not None}
    try:
        return (load or load_experiment)(source, overrides=puts)
    except ScenarioErrors as wrong:
        raise ScenarioErrors(
            [ServandaError(_written(e.where, puts), e.what, e.hint) for e in wrong.errors]
        ) from None


def _written(where: str, keys: Iterable[str]) -> str:
    """Where an error is, in the words of the user: an option instead of a key."""
    from sim.experiment.spec import SHORT
    from sim.scenario.checking.check import OVERRIDE

    for key in keys:
        for path in (SHORT.get(key, key), key):
            if f"{where}.".startswith(f"{OVERRIDE} {path}."):
                return f"--{key.rpartition('.')[2]}"
    return where


def plan(
    experiment: ExperimentName,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Number of runs at a time; by default one per available processor."
        ),
    ] = None,
    replicates: Replicates = None,
    debtors: ExperimentDebtors = None,
    months: ExperimentMonths = None,
    points: Annotated[Path | None, typer.Option(help="Write the points to this CSV file.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the sweep, to check its free space; by default the current folder."
        ),
    ] = None,
    measure: Annotated[
        bool,
        typer.Option(
            help="Measure one or two runs for the estimate; without it, only count the runs."
        ),
    ] = True,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Estimate what an experiment needs: runs, time, disk, memory. Nothing is kept."""
    with collecting_warnings() as noticed:
        loaded = experiment_from_options(
            experiment, replicates=replicates, debtors=debtors, months=months
        )

        from sim.machine.processors import processors
        from sim.runs.cost_estimate import estimate

        if points is not None:
            _write(loaded, points)
        note_first_generation(loaded)
        jobs, place = jobs or processors(), out or Path()
        took = estimate(loaded, jobs=jobs, measure=measure, folder=place)
        if took.fitting is not None and took.fitting < min(took.jobs, took.runs):
            warn(f"there is memory for {took.fitting} jobs at a time, not {took.jobs}: set --jobs")
        if took.overflows:
            free = f"but only {_size(took.disk_free or 0.0)} are free in '{place}'"
            warn(f"{_size(took.disk)} of results are expected, {free}: name another folder")
    if as_json:
        from sim.cli.console.writing import print_json

        print_json(_as_values(loaded, took, noticed))
        return
    _show(loaded, took, noticed)


def warn(text: str) -> None:
    """Issue a warning."""
    from sim.errors import ServandaWarning

    warnings.warn(text, ServandaWarning, stacklevel=2)


def note_first_generation(experiment: object) -> None:
    """If the experiment is a search, note that its points are only the first generation."""
    from sim.experiment.experiment import Experiment
    from sim.experiment.spec import Search

    design = experiment.spec.design if isinstance(experiment, Experiment) else None
    if isinstance(experiment, Experiment) and isinstance(design, Search):
        text = f"these points are the first generation of a search of {design.trials:,} trials"
        log.info("%s: %s; `servanda optimise` continues from it", experiment.name, text)


def _write(experiment: "Experiment", path: Path) -> None:
    """Write the points to a CSV file, one row each."""
    from sim.errors import ServandaError

    try:
        path.write_text(experiment.points().to_csv(index=False), encoding="utf-8")
    except OSError as error:
        what = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise ServandaError(str(path), what, "name another file") from None
    log.info("%s: %s written", path, many(len(experiment.design_points), "point"))


def _as_values(experiment: "Experiment", took: "Estimate", warnings: list[str]) -> dict[str, Any]:
    """The estimate in plain values."""
    values: dict[str, Any] = {
        "experiment": experiment.name,
        "title": experiment.spec.title,
        "question": experiment.spec.question,
        "design": experiment.spec.design.kind,
        "bases": list(experiment.bases),
        "factors": list(experiment.design_points.names),
        "points": took.points,
        "replicates": took.replicates,
        "runs": took.runs,
        "debtors": list(took.debtors),
        "months": list(took.months),
        "jobs": took.jobs,
    }
    if took.measured:
        values |= {
            "seconds_a_run": took.seconds_a_run,
            "seconds": took.seconds,
            "share_of_runs_after_a_shared_burn_in": took.shared,
            "bytes_a_run": took.bytes_a_run,
            "disk": took.disk,
            "memory_a_job": took.memory_a_job,
            "memory": took.memory,
            "memory_free": took.memory_free,
            "disk_free": took.disk_free,
        }
    first = experiment.points().head(FEW)
    values["first_points"] = json.loads(first.to_json(orient="records"))
    return values | {"warnings": warnings}


def _show(experiment: "Experiment", took: "Estimate", warnings: list[str]) -> None:
    """Print the estimate and the first points."""
    from sim.cli.console import writing

    writing.say(experiment.spec.title, bold=True)
    if experiment.spec.question:
        writing.say(experiment.spec.question)
    writing.say()
    writing.about(_rows(experiment, took))
    _show_points(experiment)
    for warning in warnings:
        writing.say(f"warning: {warning}")


def _rows(experiment: "Experiment", took: "Estimate") -> list[tuple[str, str]]:
    """Rows of the table of the estimate."""
    size = f"{many(took.points, 'point')} × {many(took.replicates, 'replicate')}"
    runs = f"{size} = {many(took.runs, 'run')}"
    rows = [
        ("design", experiment.spec.design.kind),
        ("base", ", ".join(experiment.bases)),
        ("runs", runs),
        ("each", f"{_span(took.debtors)} debtors × {_span(took.months)} months, burn-in included"),
    ]
    if not took.measured:
        return rows
    points = " and ".join(str(one.point) for one in took.measured)
    jobs = f"{took.jobs} jobs" if took.jobs > 1 else "one job"
    memory = f"{_size(took.memory)} for {jobs}"
    if took.memory_free is not None:
        memory += f"; {_size(took.memory_free)} are free"
    disk = f"{_size(took.disk)}, {_size(took.bytes_a_run)} a run"
    if took.disk_free is not None:
        disk += f"; {_size(took.disk_free)} are free"
    if took.shared > 0.0:
        rows.append(("", f"{took.shared:.0%} of the runs go on from the burn-in of the run before"))
    return [
        *rows,
        ("time", f"{_time(took.seconds)} with {jobs}"),
        ("", f"{_time(took.seconds_a_run)} a run, measured at point {points}"),
        ("disk", disk),
        ("memory", memory),
    ]


def _show_points(experiment: "Experiment") -> None:
    """Print the first points, one column each; a row each would be too long for many factors."""
    from sim.cli.console.writing import Column, table
    from sim.cli.console.writing import say as write

    frame = experiment.points()
    if len(frame.columns) < 2:
        return
    first = frame.head(FEW)
    rest = len(frame) - len(first)
    write()
    table(
        # Users copy the names of factors, so these are wrapped only if there is no other way.
        (
            Column("point", whole=True),
            *(Column(str(number), right=True) for number in first["point"]),
        ),
        [(name, *map(_value, first[name])) for name in first.columns[1:]],
        title=f"First points of {len(frame):,}" if rest else "Points",
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"
    return str(value)


def _span(ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _time(seconds: float) -> str:
    """A duration as text."""
    if seconds < 1.0:
        return f"{seconds:.2g} s"
    if seconds < 120.0:
        return f"{seconds:.0f} s"
    if seconds < 7200.0:
        return f"{seconds / 60.0:.0f} min"
    return f"{seconds / 3600.0:.1f} h" if seconds < 172_800.0 else f"{seconds / 86_400.0:.1f} days"


def _size(count: float) -> str:
    """A number of bytes as text."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000.0:
            return f"{count:.3g} {unit}"
        count /= 1000.0
    return f"{count:,.3g} TB"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(plan)

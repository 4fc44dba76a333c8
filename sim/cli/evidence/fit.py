"""``servanda identify``, ``fit``: what figures can tell about parameters, and what they say."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.options import Dask, Jobs, Json, workers_of
from sim.cli.console.progress import counter
from sim.cli.evidence.data import EvidenceFolder

if TYPE_CHECKING:
    from sim.evidence.fitting.fit import FitProgress
    from sim.evidence.fitting.identify import Identified
    from sim.evidence.fitting.problem import Problem

Out = Annotated[Path | None, typer.Option(help="Folder of the runs; by default results/fit_NAME.")]


def place(folder: str, out: Path | None) -> Path:
    """The folder of the runs of a fit."""
    return out or Path("results") / f"fit_{Path(folder).resolve().name}"


def posed(folder: str) -> "Problem":
    """The problem that a folder of evidence poses."""
    from sim.evidence.fitting.problem import problem
    from sim.evidence.folder import read_evidence

    with collecting_warnings():
        return problem(read_evidence(folder))


def identify(
    folder: EvidenceFolder,
    out: Out = None,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: Json = False,
) -> None:
    """Show what the given figures could tell about the free parameters, before any fit."""
    from sim.cli.console.writing import emit
    from sim.evidence.fitting.run_fit import run_identify

    problem = posed(folder)
    with stages() as report:
        found = run_identify(
            problem, place(folder, out), workers=workers_of(dask), jobs=jobs, progress=report
        )
    emit(found, as_json=as_json, plain=_plain_identified, show=_show_identified)


def fit(
    folder: EvidenceFolder,
    out: Out = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Make 600 runs only: a first impression.")
    ] = False,
    minutes: Annotated[
        float | None,
        typer.Option(min=0.1, help="Time for the fit, instead of the budget in fit.toml."),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="Show how far the fit is, and run nothing.")
    ] = False,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: Json = False,
) -> None:
    """Fit the free parameters to a court's figures; resumes where it stopped."""
    from sim.cli.console.writing import emit, print_json
    from sim.cli.evidence.fit_page import show
    from sim.errors import ServandaError
    from sim.evidence.fitting.run_fit import run_fit
    from sim.evidence.fitting.stored import progress_of, read_note

    where = place(folder, out)
    if status:
        emit(progress_of(where), as_json=as_json, plain=lambda one: one, show=_show_status)
        return
    if quick and minutes is not None:
        raise ServandaError("--quick", "has its own budget", "leave out --minutes")
    problem = posed(folder)
    with stages() as report:
        run_fit(
            problem,
            where,
            quick=quick,
            minutes=minutes,
            workers=workers_of(dask),
            jobs=jobs,
            progress=report,
        )
    note = read_note(where)
    if as_json:
        print_json(note)
    else:
        show(note, where)


@contextmanager
def stages() -> "Iterator[FitProgress]":
    """Show the progress of each stage."""
    counters: dict[str, Callable[[int], None]] = {}
    with ExitStack() as stack:

        def report(stage: str, done: int, total: int) -> None:
            if stage not in counters:
                stack.pop_all().close()  # one bar at a time
                counters[stage] = stack.enter_context(counter(f"runs: {stage}", total, rate=True))
            counters[stage](done)

        yield report


def _show_status(found: dict[str, Any]) -> None:
    from sim.cli.console.writing import say

    done, planned, failed = (found[name] for name in ("done", "planned", "failed"))
    if found["complete"]:
        say(f"The fit is complete: {done:,} runs, {failed:,} of them failed.")
        return
    say(f"{done:,} of the {planned:,} runs up to this stage are done, {failed:,} failed.")
    say("The same command resumes the fit.")


def _plain_identified(found: "Identified") -> dict[str, Any]:
    from sim.cli.console.numbers import records

    names = found.found.names
    return {
        "runs": found.runs,
        "directions_known": found.found.known,
        "directions": [
            {
                "strength": one.strength,
                "named": one.named(names),
                "weights": dict(zip(names, one.weights.tolist(), strict=True)),
            }
            for one in found.found.directions
        ],
        "parameters": records(found.parameters()),
        "envelope": records(found.envelope),
        "unmoved": list(found.unmoved),
        "missing": records(found.missing),
    }


def _show_identified(found: "Identified") -> None:
    from sim.cli.console.numbers import number, records
    from sim.cli.console.writing import Column, say, table

    names, known = found.found.names, found.found.known
    say(
        f"These figures tell {known} of {len(names)} directions in the space of the free "
        f"parameters ({found.runs:,} runs).",
        bold=True,
    )
    say()
    best, least = found.found.directions[:3], found.found.directions[-3:]
    table(
        ("known best", Column("strength", right=True)),
        [(one.named(names), number(one.strength)) for one in best],
    )
    table(
        ("known least", Column("strength", right=True)),
        [(one.named(names), number(one.strength)) for one in least],
    )
    table(
        (Column("parameter", whole=True), Column("contraction", right=True), "would be"),
        [
            (one["parameter"], f"{one['contraction']:.2f}", one["learned"])
            for one in records(found.parameters())
        ],
    )
    for one in records(found.envelope[~found.envelope["reached"]]):
        published, low, high = (number(one[key]) for key in ("published", "low", "high"))
        say(f"Out of reach: {one['figure']} is {published}, runs give {low} to {high}.")
    if found.unmoved:
        say(f"No free parameter moves: {', '.join(found.unmoved)}.")
    if len(found.missing):
        table(
            (Column("parameter", whole=True), "a figure that would tell it", "contraction"),
            [
                (
                    one["parameter"],
                    f"{one['figure']}: {one['title']}",
                    f"{one['now']:.2f} → {one['then']:.2f}",
                )
                for one in records(found.missing)
            ],
        )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(identify)
    app.command()(fit)

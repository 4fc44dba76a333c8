"""``servanda validate``: the model beside everything published that it can be held against."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Jobs, Json
from sim.cli.console.progress import counter
from sim.cli.evidence.fit import posed
from sim.cli.simulate.effects import refuse_unwritable

if TYPE_CHECKING:
    from sim.evidence.validation import Row


def validate(
    parts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PART]...", help="figures, experiments, classics; by default all three."
        ),
    ] = None,
    evidence: Annotated[
        str, typer.Option(help="Folder of evidence with the figures, or a shipped example.")
    ] = "china_2016",
    page: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write the table to this Markdown file."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder to keep the runs for the figures in.")
    ] = None,
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Hold the model against published figures, field experiments and published models."""
    from sim.cli.console.numbers import known
    from sim.cli.console.writing import print_json
    from sim.errors import ServandaError
    from sim.evidence.validation import PARTS
    from sim.evidence.validation import page as written
    from sim.scenario.checking.fault import meant

    refuse_unwritable(page)
    chosen = tuple(parts or PARTS)
    for one in chosen:
        if one not in PARTS:
            hint = meant(one, PARTS) or f"choose from {', '.join(PARTS)}"
            raise ServandaError("validate", f"there is no part '{one}'", hint)
    rows = [row for part in PARTS if part in chosen for row in _rows(part, evidence, out, jobs)]
    if page is not None:
        command = " ".join(["servanda validate", *(parts or ())])
        page.write_text(written(rows, command), encoding="utf-8")
    if as_json:
        plain: list[dict[str, Any]] = [
            {key: known(v) if isinstance(v, float) else v for key, v in asdict(row).items()}
            for row in rows
        ]
        print_json({"rows": plain, "verdicts": Counter(row.verdict for row in rows)})
        return
    _show(rows)


def _rows(part: str, evidence: str, out: Path | None, jobs: int | None) -> "list[Row]":
    """The rows of one part, with progress."""
    from contextlib import nullcontext

    from sim.evidence import validation
    from sim.machine.private import temporary
    from sim.machine.processors import bounded

    processes = bounded(jobs, "--jobs")
    if part == "figures":
        place = temporary() if out is None else nullcontext(out)
        with place as folder, counter("runs of the base", validation.SEEDS) as done:
            return validation.figures(posed(evidence), folder, jobs, done)
    if part == "experiments":
        with counter("runs of experiments", validation.experiment_runs()) as done:
            return validation.experiments(processes, done)
    with counter("runs of published models", validation.model_runs()) as done:
        return validation.models(processes, done)


def _show(rows: "list[Row]") -> None:
    from sim.cli.console.numbers import number
    from sim.cli.console.writing import Column, say, table

    table(
        (
            "subject",
            "target",
            Column("published", right=True),
            Column("computed", right=True),
            "accepted",
            "verdict",
        ),
        [
            (
                row.subject,
                row.target,
                "–" if row.published is None else number(row.published),
                number(row.computed),
                row.tolerance,
                row.verdict,
            )
            for row in rows
        ],
    )
    found = Counter(row.verdict for row in rows)
    say(", ".join(f"{found[one]} {one}" for one in ("met", "missed", "unclear") if found[one]))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(validate)

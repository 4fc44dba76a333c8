"""``servanda field``: published field experiments, run again as trials within worlds."""

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import BurnInCache, Jobs, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.analysis.field.catalogue import Row
    from sim.analysis.field.reading import Read

log = logging.getLogger("servanda.field")

EVERY = "all"
"""The word by which a user names all shipped experiments."""
FILE = "targets.csv"
"""The file of the comparison in the folder of ``--out``."""


def field(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|all]...",
            help="Experiments by name or file, or all; by default they are only listed.",
        ),
    ] = None,
    replicates: Annotated[int, typer.Option(min=2, help="Runs of each world.")] = 8,
    debtors: Annotated[
        int, typer.Option(min=100, help="Number of debtors, instead of the scenario's.")
    ] = 4_000,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Seed of all runs.")] = 1,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder for the comparison as CSV and for the runs, which are then found again.",
        ),
    ] = None,
    burn_in_cache: BurnInCache = None,
    as_json: Json = False,
) -> None:
    """Compare published effects on debtors with those of the same policies in the model.

    Half of the debtors, drawn at random, are reached by a policy; the rest are its controls. The
    model is fitted to none of these numbers.
    """
    from sim.analysis.field.catalogue import number_of_runs, targets
    from sim.analysis.field.reading import load_field, shipped
    from sim.cli.console.progress import counter
    from sim.machine.processors import bounded

    if not names:
        _list([load_field(name) for name in shipped()], as_json=as_json)
        return
    chosen = [*shipped()] if EVERY in names else [*dict.fromkeys(names)]
    if out is not None:
        _make(out)
    with counter("runs", number_of_runs(chosen, replicates, debtors)) as progress:
        rows = targets(
            seed,
            bounded(jobs, "--jobs"),
            chosen,
            progress,
            replicates=replicates,
            debtors=debtors,
            folder=None if out is None else out / "runs",
            burn_ins=burn_in_cache,
        )
    if out is not None:
        _write(rows, out / FILE)
    if as_json:
        _print(rows, {"seed": seed, "replicates": replicates, "debtors": debtors})
    else:
        _show(rows)


def _list(experiments: "Iterable[Read]", *, as_json: bool) -> None:
    """Print a line per experiment."""
    from sim.cli.console.writing import Column, print_json, table

    if as_json:
        print_json({"experiments": [_described(one) for one in experiments]})
        return
    table(
        (Column("name", whole=True), "question", Column("targets", right=True)),
        [
            (
                one.name,
                f"{one.experiment.question} {one.experiment.zh}".strip(),
                str(len(one.experiment.targets)),
            )
            for one in experiments
        ],
        notes=["", "Add NAMEs, or all, to compare what was published with what is computed."],
    )


def _described(read: "Read") -> dict[str, Any]:
    """An experiment in plain values."""
    it = read.experiment
    said = {key: getattr(it, key) for key in ("title", "zh", "question", "who", "source", "base")}
    arms = {name: arm.title for name, arm in it.arms.items()}
    return {"name": read.name, **said, "arms": arms, "targets": len(it.targets)}


def _plain(row: "Row") -> dict[str, Any]:
    """A row in plain values; the accepted range as a list of its ends, None for infinity."""
    return vars(row) | {"accepted": [row.accepted.low, row.accepted.high]}


def _print(rows: "Sequence[Row]", head: dict[str, Any]) -> None:
    """Print the comparison as JSON."""
    from sim.cli.console.writing import print_json

    missed = sum(row.verdict == "missed" for row in rows)
    print_json(head | {"missed": missed, "targets": [_plain(row) for row in rows]})


def _show(rows: "Sequence[Row]") -> None:
    """Print a table per experiment, and what the words mean."""
    from itertools import groupby

    from sim.cli.console.writing import Column, say, table

    for name, part in groupby(rows, lambda row: row.experiment):
        its = list(part)
        known = {row.source: {one.standing for one in its} for row in its}
        table(
            (
                "what was found",
                *(Column(head, right=True) for head in ("published", "computed", "accepted")),
                "verdict",
            ),
            [
                (row.target, _published(row), _computed(row), _accepted(row), row.verdict)
                for row in its
            ],
            title=name,
            notes=[f"{' and '.join(sorted(its))}: {source}" for source, its in known.items()],
        )
        say()
    say(
        "computed: with its 95 % interval over the seeds. met: all of the interval is accepted; "
        "missed: none of it; unclear: a part, or there is no interval."
    )


def _published(row: "Row") -> str:
    """The published number; a dash if only its sign is known."""
    return "–" if row.published is None else _number(row.published)


def _computed(row: "Row") -> str:
    """The computed number with its interval."""
    if math.isnan(row.low):
        return _number(row.computed)
    return f"{_number(row.computed)} [{_number(row.low)}, {_number(row.high)}]"


def _accepted(row: "Row") -> str:
    """The accepted range in the notation of intervals, a sign as > 0 or < 0."""
    if row.accepted.strict:
        return "> 0" if row.accepted.low == 0.0 else "< 0"
    return f"{_number(row.accepted.low)} to {_number(row.accepted.high)}"


def _number(value: float) -> str:
    """A number with three decimals; a dash for NaN."""
    return "–" if math.isnan(value) else f"{value:.3f}".replace("-", "−")


def _make(folder: Path) -> None:
    """Make the folder for the results.

    Raises:
        ServandaError: If it cannot be made or written.
    """
    from sim.runs.output.atomic import unwritable

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from None


def _write(rows: "Sequence[Row]", path: Path) -> None:
    """Write the comparison as CSV, completely or not at all.

    Raises:
        ServandaError: If the file cannot be written.
    """
    import pandas as pd

    from sim.runs.output.atomic import unwritable, write_whole

    lines = [
        vars(row) | {"accepted_low": row.accepted.low, "accepted_high": row.accepted.high}
        for row in rows
    ]
    frame = pd.DataFrame(lines).drop(columns="accepted")
    text = frame.to_csv(index=False).encode()
    try:
        write_whole(path, lambda opened: opened.write(text))
    except OSError as error:
        raise unwritable(path, error) from None
    log.info("%s: written", path)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(field)

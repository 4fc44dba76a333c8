"""``servanda compare``: scenarios against the first of them, on common random numbers."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.asked import AllowCode, Debtors, Jobs, Json
from sim.cli.numbers import known, number
from sim.cli.progress import counter

if TYPE_CHECKING:
    from sim.analysis.compare import Standing
    from sim.analysis.difference import Difference

WIDTHS = (9, 11, 22, 7, 10)
"""Of the columns: baseline, difference, its interval, what pairs save, replicates needed."""


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Scenario files, or names of shipped scenarios; the first is the baseline.",
        ),
    ],
    replicates: Annotated[int, typer.Option(min=2, help="Runs of each, with shared seeds.")] = 20,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="From which the replicates' seeds come.")] = 1,
    precision: Annotated[
        float, typer.Option(help="Wanted half-width of an interval, share of the baseline's mean.")
    ] = 0.01,
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder in which the runs are kept, and not done again.")
    ] = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Set scenarios against the first: differences, price, dominance, and replicates needed."""
    from sim.analysis.compare import compare as compared
    from sim.analysis.compare import comparison
    from sim.errors import ServandaError
    from sim.experiment.results import results
    from sim.experiment.sweep import sweep

    if not 0.0 < precision < math.inf:
        raise ServandaError("--precision", f"{precision:g} is out of range", "give 0.01, say")
    asked = comparison(scenarios, replicates=replicates, debtors=debtors, months=months, seed=seed)
    with _folder(out) as folder:
        with counter("runs", asked.runs, rate=True) as done:
            # What is there already counts as done.
            sweep(
                asked,
                folder,
                jobs=jobs,
                command="compare",
                tell=lambda now, _, todo: done(asked.runs - todo + now),
            )
        told = compared(results(folder), precision=precision)
    if as_json:
        about = {"baseline": scenarios[0], "replicates": replicates, "precision": precision}
        rows = {"scenarios": [plain(one) for one in told]}
        typer.echo(json.dumps(about | rows, ensure_ascii=False, indent=2))
    else:
        _show(told, replicates, precision)


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """Where the runs are kept, for good or until they are compared."""
    if out is not None:
        yield out
        return
    from sim.machine.private import temporary

    with temporary() as folder:
        yield folder


def plain(one: "Standing") -> dict[str, Any]:
    """A scenario's standing in plain values; what is missing is null."""
    return {
        "name": one.name,
        "differences": {
            name: {key: known(value) for key, value in vars(found).items()}
            for name, found in one.differences.items()
        },
        "price": one.price,
        "beaten_by": list(one.beaten_by),
        "frontier": known(one.frontier),
        "error": one.error or None,
    }


def _show(told: "list[Standing]", replicates: int, precision: float) -> None:
    """The comparison for people: a block a scenario."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(f"baseline: {told[0].name}; {replicates} replicates", style="bold"))
    console.print(Text(f"  {_place(told[0])}"))
    for one in told[1:]:
        console.print(Text(one.name, style="bold"))
        if one.error:
            console.print(Text(f"  failed: {one.error}"))
            continue
        heads = ("", "baseline", "difference", "95 %", "saved", f"for {precision:.2g}")
        console.print(Text(_row(heads), style="italic"), soft_wrap=True)
        for name, found in one.differences.items():
            style = "bold" if found.clear else ""
            lost = f"  ({found.pairs} pairs)" if found.dropped else ""
            text = Text(_row((name, *_cells(found))) + lost, style=style)
            console.print(text, soft_wrap=True)
        if one.price is not None:
            console.print(Text(f"  public cost of a yuan more of net_received: {one.price:.3g}"))
        console.print(Text(f"  {_place(one)}"))
    console.print(
        Text("saved: variance that common draws take off; for: replicates for that precision")
    )


def _row(cells: tuple[str, ...]) -> str:
    """A line of the table, its first cell to the left."""
    name, *others = cells
    return f"  {name:<18}" + "".join(f"{c:>{w}}" for c, w in zip(others, WIDTHS, strict=True))


def _cells(one: "Difference") -> tuple[str, ...]:
    """A difference as five texts."""
    return (
        number(one.base),
        number(one.mean, "+"),
        f"{number(one.low, '+')} to {number(one.high, '+')}",
        "–" if math.isnan(one.saved) else f"{one.saved:.0%}".replace("-", "−"),
        "–" if one.needed is None else f"{one.needed:,}",
    )


def _place(one: "Standing") -> str:
    """Whether it is beaten, and how surely it is not."""
    if math.isnan(one.frontier):
        return "cost, harm or money received is missing: no place on the frontier"
    share = f"on the frontier in {one.frontier:.0%} of resamples"
    return f"beaten by {', '.join(one.beaten_by)}; {share}" if one.beaten_by else share


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(compare)

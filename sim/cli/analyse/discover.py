"""``servanda discover``: conditions under which a measure of a sweep falls into a region."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sim.cli.console.numbers import known, number
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.analysis.discovery.box import Box, Limit, Score, Unit
    from sim.analysis.discovery.discover import Discovery, Method

NAMES = {"prim": "boxes (PRIM)", "cart": "leaves (CART)"}
KINDS = {"prim": "box", "cart": "leaf"}
HEADS = ("hits", "density", "95 %", "coverage", "mass")


def discover(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    where: Annotated[
        str,
        typer.Option(
            metavar="CONDITION",
            help='Condition on indicators, such as "recovery < 0.3"; join several by "and". Runs '
            "or points that meet it are hits.",
        ),
    ],
    method: Annotated[
        str, typer.Option(help="prim for boxes, cart for the leaves of a tree.")
    ] = "prim",
    density: Annotated[
        float, typer.Option(help="Smallest share of hits among the runs or points in a PRIM box.")
    ] = 0.8,
    coverage: Annotated[
        float, typer.Option(help="PRIM stops once its boxes contain this share of the hits.")
    ] = 0.8,
    boxes: Annotated[int, typer.Option(help="Maximum number of PRIM boxes.")] = 3,
    by: Annotated[
        str, typer.Option(help="What is counted: each run (run), or each point's mean (point).")
    ] = "run",
    hold_out: Annotated[
        float, typer.Option(help="Share of the points held out to check the boxes.")
    ] = 0.5,
    as_json: Json = False,
) -> None:
    """Find the conditions under which indicators fall into a region, and check them."""
    from sim.analysis.discovery.discover import discover as found
    from sim.cli.console.writing import emit
    from sim.runs.results import results

    result = found(
        results(folder),
        where,
        method=cast("Method", method),
        density=density,
        coverage=coverage,
        boxes=boxes,
        unit=cast("Unit", by),
        held=hold_out,
    )
    emit(result, as_json=as_json, plain=plain, show=_show)


def plain(result: "Discovery") -> dict[str, Any]:
    """A discovery in plain values; null for NaN."""
    return {
        "condition": str(result.condition),
        "method": result.method,
        "unit": result.unit,
        "runs": result.runs,
        "hits": result.hits,
        "left_out": result.left_out,
        "points": result.points,
        "mixed": result.mixed,
        "held_out": result.held,
        "density_wanted": result.wanted,
        "boxes": [_plain_box(box, result.spans) for box in result.boxes],
        "remarks": list(result.remarks),
    }


def _plain_box(box: "Box", spans: Mapping[str, tuple[object, ...]]) -> dict[str, Any]:
    return {
        "limits": [_plain_limit(limit, spans[limit.factor.path]) for limit in box.limits],
        "found": _plain_score(box.training),
        "held_out": None if box.held_out is None else _plain_score(box.held_out),
    }


def _plain_limit(limit: "Limit", span: tuple[object, ...]) -> dict[str, Any]:
    return {
        "factor": limit.factor.path,
        "title": limit.factor.title,
        "unit": limit.factor.unit,
        "low": limit.low,
        "high": limit.high,
        "values": None if limit.values is None else list(limit.values),
        "span": list(span),
        "quasi_p": dict(limit.quasi_p),
    }


def _plain_score(score: "Score") -> dict[str, Any]:
    return {key: known(value) for key, value in vars(score).items()}


def _show(result: "Discovery") -> None:
    """Print the boxes."""
    from sim.cli.console.writing import Column, say, table

    share = result.hits / result.runs
    say(str(result.condition), bold=True)
    unit = f"{result.unit}s"
    say(
        f"in {result.hits:,} of {result.runs:,} {unit} ({share:.0%}); {NAMES[result.method]}",
        indent=2,
    )
    if result.left_out:
        reason = "failed, missing, or without the measure"
        say(f"{result.left_out:,} runs are left out: {reason}", indent=2)
    if result.unit == "run" and result.runs > result.points:
        say(
            f"at {result.mixed:,} of {result.points:,} points only some replicates are hits",
            indent=2,
        )
    for place, box in enumerate(result.boxes, 1):
        say()
        say(f"{KINDS[result.method]} {place}", bold=True)
        for limit in box.limits or ():
            say(limit_words(limit, result.spans[limit.factor.path]), indent=2)
        if not box.limits:
            say("everywhere", indent=2)
        rows = [("found on", *_score_cells(box.training))]
        if box.held_out is not None:
            rows.append(("held out", *_score_cells(box.held_out)))
        table(["", *(Column(head, right=True) for head in (unit, *HEADS))], rows)
    for remark in result.remarks:
        say(remark)


def limit_words(limit: "Limit", span: tuple[object, ...]) -> str:
    """A limit in words: factor, range, range searched, and quasi-p values."""
    name = limit.factor.title
    if limit.values is not None:
        which = " or ".join(map(_word, limit.values))
        rest = ", ".join(map(_word, span))
        return f"{name}: {which}  (of {rest}{_significance(limit)})"
    low, high = (None if end is None else number(end) for end in (limit.low, limit.high))
    where = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    first, last = (number(float(cast("float", end))) for end in span)
    unit = f" {limit.factor.unit}" if limit.factor.unit else ""
    return f"{name}: {where}  (of {first} to {last}{unit}{_significance(limit)})"


def _word(value: object) -> str:
    """A value that is not a number, as files write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _significance(limit: "Limit") -> str:
    """The quasi-p values of a limit, where they are known."""
    values = ("< 0.001" if p < 0.001 else f"{p:.2g}" for p in limit.quasi_p.values())
    return f"; quasi-p {' and '.join(values)}" if limit.quasi_p else ""


def _score_cells(one: "Score") -> tuple[str, ...]:
    """The score of a box as cells of a row."""
    within = "–" if math.isnan(one.low) else f"{one.low:.0%} to {one.high:.0%}"
    shares = [
        "–" if math.isnan(share) else f"{share:.0%}"
        for share in (one.density, one.coverage, one.mass)
    ]
    return (f"{one.runs:,}", f"{one.hits:,}", shares[0], within, *shares[1:])


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(discover)

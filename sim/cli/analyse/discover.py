"""``servanda discover``: under which conditions a measure of a sweep falls into a region."""

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
            help='The region, such as "recovery < 0.3"; several are joined by "and".',
        ),
    ],
    method: Annotated[
        str, typer.Option(help="prim for boxes, cart for the leaves of a tree.")
    ] = "prim",
    density: Annotated[
        float, typer.Option(help="Share of hits that a box of PRIM shall have.")
    ] = 0.8,
    coverage: Annotated[
        float, typer.Option(help="PRIM goes on until its boxes hold this share of the hits.")
    ] = 0.8,
    boxes: Annotated[int, typer.Option(help="Boxes of PRIM at most.")] = 3,
    by: Annotated[
        str, typer.Option(help="What counts: each run, or each point by its mean of replicates.")
    ] = "run",
    hold_out: Annotated[
        float, typer.Option(help="Share of the points that only check the boxes.")
    ] = 0.5,
    as_json: Json = False,
) -> None:
    """Find the conditions under which indicators fall into a region, and check them."""
    from sim.analysis.discovery.discover import discover as found
    from sim.cli.console.writing import print_json
    from sim.runs.results import results

    told = found(
        results(folder),
        where,
        method=cast("Method", method),
        density=density,
        coverage=coverage,
        boxes=boxes,
        unit=cast("Unit", by),
        held=hold_out,
    )
    if as_json:
        print_json(plain(told))
    else:
        _show(told)


def plain(told: "Discovery") -> dict[str, Any]:
    """A search in plain values; what is missing is null."""
    return {
        "condition": str(told.condition),
        "method": told.method,
        "unit": told.unit,
        "runs": told.runs,
        "hits": told.hits,
        "left_out": told.left_out,
        "points": told.points,
        "mixed": told.mixed,
        "held_out": told.held,
        "density_wanted": told.wanted,
        "boxes": [_plain_box(box, told.spans) for box in told.boxes],
        "remarks": list(told.remarks),
    }


def _plain_box(box: "Box", spans: Mapping[str, tuple[object, ...]]) -> dict[str, Any]:
    return {
        "limits": [_plain_limit(limit, spans[limit.factor.path]) for limit in box.limits],
        "found": _plain_score(box.found),
        "held_out": None if box.held is None else _plain_score(box.held),
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


def _show(told: "Discovery") -> None:
    """The boxes for people."""
    from sim.cli.console.writing import Column, say, table

    share = told.hits / told.runs
    say(str(told.condition), bold=True)
    unit = f"{told.unit}s"
    say(f"in {told.hits:,} of {told.runs:,} {unit} ({share:.0%}); {NAMES[told.method]}", indent=2)
    if told.left_out:
        lost = "failed, missing, or without the measure"
        say(f"{told.left_out:,} runs are left out: {lost}", indent=2)
    if told.unit == "run" and told.runs > told.points:
        say(f"at {told.mixed:,} of {told.points:,} points replicates disagree", indent=2)
    for place, box in enumerate(told.boxes, 1):
        say()
        say(f"{KINDS[told.method]} {place}", bold=True)
        for limit in box.limits or ():
            say(limited(limit, told.spans[limit.factor.path]), indent=2)
        if not box.limits:
            say("everywhere", indent=2)
        rows = [("found on", *_scored(box.found))]
        if box.held is not None:
            rows.append(("held out", *_scored(box.held)))
        table(["", *(Column(head, right=True) for head in (unit, *HEADS))], rows)
    for remark in told.remarks:
        say(remark)


def limited(limit: "Limit", span: tuple[object, ...]) -> str:
    """A limit in words: the factor, where it lies, of what, and how surely that matters."""
    name = limit.factor.title
    if limit.values is not None:
        which = " or ".join(map(_word, limit.values))
        rest = ", ".join(map(_word, span))
        return f"{name}: {which}  (of {rest}{_sure(limit)})"
    low, high = (None if end is None else number(end) for end in (limit.low, limit.high))
    where = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    first, last = (number(float(cast("float", end))) for end in span)
    unit = f" {limit.factor.unit}" if limit.factor.unit else ""
    return f"{name}: {where}  (of {first} to {last}{unit}{_sure(limit)})"


def _word(value: object) -> str:
    """A value that is no number, as files write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sure(limit: "Limit") -> str:
    """How likely its ends were by chance, where that is known."""
    told = ("< 0.001" if p < 0.001 else f"{p:.2g}" for p in limit.quasi_p.values())
    return f"; quasi-p {' and '.join(told)}" if limit.quasi_p else ""


def _scored(one: "Score") -> tuple[str, ...]:
    """How a box does, as the cells of a row."""
    within = "–" if math.isnan(one.low) else f"{one.low:.0%} to {one.high:.0%}"
    shares = [
        "–" if math.isnan(share) else f"{share:.0%}"
        for share in (one.density, one.coverage, one.mass)
    ]
    return (f"{one.runs:,}", f"{one.hits:,}", shares[0], within, *shares[1:])


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(discover)

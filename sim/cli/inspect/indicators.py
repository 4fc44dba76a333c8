"""``servanda indicators`` and ``indicator``: what is measured, and all about one of them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.indicator import Indicator


def indicators(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Only those with it in name, unit or either title."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the indicators, a short line each: name, unit, title."""
    from sim.cli.console.selection import matching
    from sim.cli.console.writing import Column, print_json, say, table
    from sim.measure.indicators import INDICATORS

    chosen = matching(INDICATORS, text, lambda one: (one.name, one.title, one.zh, one.unit))
    if as_json:
        print_json([plain(one) for one in chosen])
        return
    rows = [(one.name, one.unit, one.title) for one in chosen]
    table((Column("indicator", whole=True), "unit", "title"), rows)
    say()
    say("`servanda indicator NAME` tells what one divides by what.")


def indicator(
    name: Annotated[str, typer.Argument(help="Name of an indicator.")], as_json: Json = False
) -> None:
    """Tell all about one indicator: unit, what is divided by what, over which months."""
    from sim.cli.console.selection import picked
    from sim.cli.console.writing import about, print_json
    from sim.measure.indicators import INDICATORS

    one = picked(INDICATORS, name, lambda one: (one.name, one.zh), "indicator")
    told = plain(one)
    if as_json:
        print_json(told)
        return
    months = told["window"]
    low, high = one.bounds
    facts = [
        ("unit", one.unit),
        ("lies between", f"{low:g} and {high:g}"),
        ("better", one.better or "a matter of opinion"),
        *([("counted by", one.people)] if one.people else []),
        ("above the line", told["numerator"]),
        ("below the line", told["denominator"]),
        ("summed over", f"{months} months, up to the one reported" if months > 1 else "each month"),
        ("known by", ", ".join(one.by) or "every breakdown"),
        ("shown after a run", "yes" if one.headline else "no"),
    ]
    about(facts, title=f"{one.name}: {one.title} {one.zh}")


def plain(one: "Indicator") -> dict[str, Any]:
    """An indicator in plain values; counts by the names of their columns."""
    above, below = one.formula()
    return {
        "name": one.name,
        "title": one.title,
        "zh": one.zh,
        "unit": one.unit,
        "low": known(one.bounds.low),
        "high": known(one.bounds.high),
        "better": one.better or None,
        "people": one.people or None,
        "form": type(one).__name__.lower(),
        "numerator": above,
        "denominator": below,
        "window": getattr(one, "window", 1),
        "headline": one.headline,
    }


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(indicators)
    app.command()(indicator)

"""``servanda indicators`` and ``indicator``: list the indicators, describe one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.indicator import Indicator


def indicators(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Filter by name, unit, title or Chinese title."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the indicators: name, unit, title."""
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
    say("`servanda indicator NAME` shows the formula of one.")


def indicator(
    name: Annotated[str, typer.Argument(help="Name of an indicator.")], as_json: Json = False
) -> None:
    """Describe one indicator: unit, range, numerator, denominator, months."""
    from sim.cli.console.selection import picked
    from sim.cli.console.writing import about, print_json
    from sim.measure.indicators import INDICATORS

    one = picked(INDICATORS, name, lambda one: (one.name, one.zh), "indicator")
    values = plain(one)
    if as_json:
        print_json(values)
        return
    months = values["window"]
    low, high = one.bounds
    facts = [
        ("unit", one.unit),
        ("range", f"{low:g} to {high:g}"),
        ("better", one.better or "a matter of opinion"),
        *([("persons counted by", one.people)] if one.people else []),
        ("numerator", values["numerator"]),
        ("denominator", values["denominator"]),
        ("summed over", f"{months} months, up to the one reported" if months > 1 else "each month"),
        ("breakdowns", ", ".join(one.by) or "all"),
        ("in the headline", "yes" if values["headline"] else "no"),
    ]
    about(facts, title=f"{one.name}: {one.title} {one.zh}")


def plain(one: "Indicator") -> dict[str, Any]:
    """An indicator in plain values. Numerator and denominator name columns of counts."""
    from sim.measure.headline import headlines

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
        "headline": one in headlines(),
    }


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(indicators)
    app.command()(indicator)

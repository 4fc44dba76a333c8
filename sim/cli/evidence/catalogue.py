"""``servanda data catalogue``: list the measures that courts publish, describe one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.evidence.measure import Definition, Measure


def catalogue(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Filter by name, title, Chinese title or unit."),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the measures: unit, number of definitions, title; one match is shown in full."""
    from sim.cli.console.selection import matching
    from sim.cli.console.writing import Column, print_json, say, table
    from sim.evidence.catalogue import MEASURES

    exact = [one for one in MEASURES if one.name == text]
    found = exact or matching(MEASURES, text, lambda one: (one.name, one.title, one.zh, one.unit))
    if as_json:
        print_json([_plain_measure(one) for one in found])
        return
    if len(found) == 1:
        _show_measure(found[0])
        return
    table(
        (Column("measure", whole=True), "unit", Column("definitions", right=True), "title"),
        [(one.name, one.unit, f"{len(one.definitions)}", one.title) for one in found],
    )
    say()
    say("`servanda data catalogue NAME` shows the formulas of one.")


def _show_measure(one: "Measure") -> None:
    from sim.cli.console.writing import about, say, table

    facts = (("unit", one.unit), ("kind", one.kind), ("breakdowns", ", ".join(one.by) or "all"))
    about(facts, title=f"{one.name}: {one.title} {one.zh}")
    say()
    table(
        ("definition", "meaning", "in the counts of the model"),
        [(d.code, f"{d.title} {d.zh}", _formula(d)) for d in one.definitions],
    )


def _formula(definition: "Definition") -> str:
    low, high = definition.factor
    factor = "" if low == high == 1.0 else f", times a factor from {low:.2g} to {high:.2g}"
    return f"{definition.formula()}{factor}"


def _plain_measure(one: "Measure") -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "zh": one.zh,
        "unit": one.unit,
        "kind": one.kind,
        "group": one.group,
        "breakdowns": list(one.by) or None,
        "definitions": [
            {
                "code": d.code,
                "title": d.title,
                "zh": d.zh,
                "formula": d.formula(),
                "columns": list(d.columns),
                "at_end": d.at_end,
                "factor": list(d.factor),
            }
            for d in one.definitions
        ],
    }

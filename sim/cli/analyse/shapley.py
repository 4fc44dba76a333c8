"""``servanda shapley``: contribution of each policy of a full factorial, and interactions."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known, many
from sim.cli.console.options import Json

if TYPE_CHECKING:
    from sim.analysis.comparison.reach import PolicyReach
    from sim.analysis.paired import Difference
    from sim.analysis.sensitivity.shapley import Attribution


def shapley(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to decompose; may be repeated."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Decompose the effects of a full factorial: Shapley values and interactions."""
    from sim.analysis.comparison.reach import few_of
    from sim.analysis.sensitivity.shapley import attribute
    from sim.cli.console.writing import print_json
    from sim.runs.results import results

    found = results(folder)
    attributions = attribute(found, measure or ())
    few = few_of(found, attributions[0].parts) if attributions else {}
    if as_json:
        rows = [plain(one) | {"few": {n: r.in_all for n, r in few.items()}} for one in attributions]
        print_json(rows)
    else:
        _show(attributions, few)


def plain(one: "Attribution") -> dict[str, Any]:
    """The contributions of policies to one measure, in plain values; null for NaN."""
    return {
        "measure": one.measure,
        "empty": known(one.empty),
        "total": _effect(one.total),
        "parts": {
            name: {key: _effect(value) for key, value in vars(part).items()}
            for name, part in one.parts.items()
        },
        "pairs": [{"between": list(names), **_effect(value)} for names, value in one.pairs.items()],
        "beyond": _effect(one.beyond),
        "remainder": known(one.remainder),
    }


def _effect(one: "Difference") -> dict[str, Any]:
    return {
        "mean": known(one.mean),
        "error": known(one.error),
        "half": known(one.half),
        "replicates": one.pairs,
        "dropped": one.dropped,
    }


def _show(attributions: "list[Attribution]", few: "dict[str, PolicyReach]") -> None:
    """Print the contributions: one block per measure, the largest interactions first.

    No effect is shown for policies that reached too few claims.
    """
    from sim.cli.console.writing import MARK, Column, say, table
    from sim.cli.simulate.effects_page import spread

    def cell(one: "Difference") -> str:
        return f"{spread(one)} {MARK if one.clear else ' '}"

    heads = ("Shapley value", "alone", "added last")
    for one in attributions:
        rows = [
            (_short(name), cell(part.value), cell(part.alone), cell(part.last))
            for name, part in one.parts.items()
            if name not in few
        ]
        columns = (Column("policy", whole=True), *(Column(head, right=True) for head in heads))
        table(columns, rows, title=measured(one.measure))
        for name, reach in few.items():
            claims = f"{many(reach.in_all, 'claim')} in {many(reach.replicates, 'replicate')}"
            say(f"{_short(name)} reached {claims}: too few to judge its effect")
        say()
        sums = [
            ("all together", cell(one.total)),
            ("beyond the sum of the effects of each alone", cell(one.beyond)),
        ]
        sums += [
            (" × ".join(map(_short, names)), cell(value))
            for names, value in sorted(one.pairs.items(), key=lambda pair: -abs(pair[1].mean))
            if few.keys().isdisjoint(names)
        ]
        table((Column("together"), Column("effect", right=True)), sums)
        say()
    say(
        f"± half the width of the 95 % interval, which covers only chance; {MARK}: the interval "
        "excludes 0."
    )


def measured(name: str) -> str:
    """A measure, with title and unit if it is an indicator."""
    from sim.measure.indicators import INDICATORS

    known = next((one for one in INDICATORS if one.name == name), None)
    return f"{name}: {known.title}, {known.unit}" if known else name


def _short(name: str) -> str:
    """The name of a factor without the prefix of policies."""
    return name.removeprefix("policies.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(shapley)

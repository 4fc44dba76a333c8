"""``servanda shapley``: what each policy of a full factorial brings, and what only together."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.asked import Json
from sim.cli.numbers import known, many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.analysis.pairs import Effect
    from sim.analysis.reach import PolicyReach
    from sim.analysis.shapley import Attribution

WIDE = 18
"""Least width of a column: a mean and its half-width."""
APART = 2
"""Blanks at least between two columns."""


def shapley(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to take apart; may be given many times."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Take the effects of a full factorial apart: Shapley values and interactions."""
    from sim.analysis.reach import few_of
    from sim.analysis.shapley import attribute
    from sim.experiment.results import results

    found = results(folder)
    told = attribute(found, measure or ())
    few = few_of(found, told[0].parts) if told else {}
    if as_json:
        rows = [plain(one) | {"few": {n: r.in_all for n, r in few.items()}} for one in told]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _show(told, few)


def plain(one: "Attribution") -> dict[str, Any]:
    """An attribution in plain values; what is missing is null."""
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


def _effect(one: "Effect") -> dict[str, Any]:
    return {
        "mean": known(one.mean),
        "error": known(one.error),
        "half": known(one.half),
        "replicates": one.pairs,
        "dropped": one.dropped,
    }


def _show(told: "list[Attribution]", few: "dict[str, PolicyReach]") -> None:
    """The attribution for people: a block a measure, pairs from the largest.

    Of policies that reached too few claims no effect is shown.
    """
    from rich.console import Console
    from rich.text import Text

    from sim.cli.effects_page import spread

    console = Console(highlight=False)

    def line(width: int, name: str, *found: "Effect") -> None:
        text = Text()
        for one in found:
            text.append(f"{spread(one):>{width}}", style="bold" if one.clear else "")
        text.append(f"  {name}")
        console.print(text, soft_wrap=True)

    for one in told:
        width = max(WIDE, APART + max(len(spread(effect)) for effect in _effects(one)))
        console.print(Text(one.measure, style="bold"))
        heads = ("Shapley value", "alone", "as the last")
        console.print(Text("".join(f"{head:>{width}}" for head in heads), style="italic"))
        for name, part in one.parts.items():
            if name in few:
                reach = few[name]
                claims = f"{many(reach.in_all, 'claim')} in {many(reach.replicates, 'replicate')}"
                console.print(f"  {_short(name)} reached {claims}: too few to say anything")
                continue
            line(width, _short(name), part.value, part.alone, part.last)
        line(width, "all together", one.total)
        line(width, "of it beyond the sum of each alone", one.beyond)
        for names, value in sorted(one.pairs.items(), key=lambda pair: -abs(pair[1].mean)):
            if few.keys().isdisjoint(names):
                line(width, " × ".join(map(_short, names)), value)


def _effects(one: "Attribution") -> "Iterator[Effect]":
    """Everything that is written into columns."""
    for part in one.parts.values():
        yield from (part.value, part.alone, part.last)
    yield from (one.total, one.beyond, *one.pairs.values())


def _short(name: str) -> str:
    """A factor without the room that it stands in, where it is a policy."""
    return name.removeprefix("policies.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(shapley)

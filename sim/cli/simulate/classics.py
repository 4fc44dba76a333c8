"""``servanda classics``: published models, and their numbers beside those computed here."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Json, within_machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.classics.classic import Classic, Outcomes, Row
    from sim.classics.parameters import ParameterSet


def classics(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A model; by default all are listed.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Run the model once, with this parameter; may be repeated.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Seed of all runs.")] = 1,
    jobs: Annotated[
        int, typer.Option(min=1, callback=within_machine, help="Processes to use.")
    ] = 1,
    as_json: Json = False,
) -> None:
    """Compare the numbers of published models with what is computed from their rules."""
    from sim.classics.catalogue import CLASSICS, classic
    from sim.errors import ServandaError

    if name is None:
        if parameters:
            raise ServandaError("--set", "the model is missing", "give its NAME")
        _list(CLASSICS, as_json=as_json)
    elif parameters:
        _run(classic(name), parameters, seed, as_json=as_json)
    else:
        _compare(classic(name), seed, jobs, as_json=as_json)


def _list(models: "Sequence[Classic]", *, as_json: bool) -> None:
    """Print a line per model."""
    from sim.cli.console.writing import Column, print_json, table

    if as_json:
        print_json({"classics": [_described(one) for one in models]})
        return
    table(
        (Column("name", whole=True), "what it is", Column("numbers", right=True)),
        [(one.name, f"{one.title} {one.zh}", str(len(one.targets))) for one in models],
        notes=["", "Add a NAME to compare its published numbers with computed ones."],
    )


def _described(model: "Classic") -> dict[str, Any]:
    """A model in plain values."""
    return {
        "name": model.name,
        "title": model.title,
        "zh": model.zh,
        "source": model.source,
        "rules": model.rules,
        "parameters": {
            name: {
                "default": model.parameters.defaults()[name],
                "allowed": list(one.words) or [one.low, one.high],
                "title": one.title,
                "zh": one.zh,
            }
            for name, one in model.parameters.allowed().items()
        },
        "outcomes": dict(model.outcomes),
        "targets": len(model.targets),
    }


def _compare(model: "Classic", seed: int, jobs: int, *, as_json: bool) -> None:
    """Print what was published and what is computed, then the parameters."""
    from sim.classics.catalogue import number_of_runs, targets
    from sim.classics.parameters import shown
    from sim.cli.console.progress import counter
    from sim.cli.console.writing import about, print_json, say

    with counter("runs", number_of_runs([model])) as progress:
        rows = targets(seed, jobs, [model], progress)
    if as_json:
        head = {"model": model.name, "title": model.title, "zh": model.zh, "seed": seed}
        missed = sum(row.verdict == "missed" for row in rows)
        print_json(head | {"missed": missed, "targets": [vars(row) for row in rows]})
        return
    _table(rows, f"{model.title} {model.zh}")
    say()
    defaults = model.parameters.defaults()
    facts = [
        (name, f"{shown(defaults[name])} ({one}): {one.title}")
        for name, one in model.parameters.allowed().items()
    ]
    about(facts, title="Parameters, with --set KEY=VALUE")


def _table(rows: "Sequence[Row]", title: str) -> None:
    """Print a row per published number, then the sources."""
    from sim.cli.console.writing import Column, table

    heads = ("published", "computed", "s.e.", "tolerance")
    table(
        (
            Column("number", whole=True),
            *(Column(head, right=True, whole=True) for head in heads),
            "verdict",
        ),
        [
            (
                *(row.target, _number(row.published), _number(row.computed)),
                *(_number(row.standard_error, 2), _number(row.tolerance, 2), row.verdict),
            )
            for row in rows
        ],
        title=title,
        notes=["", *dict.fromkeys(f"{row.standing}: {row.source}" for row in rows)],
    )


def _number(value: float, digits: int = 5) -> str:
    """A number with this many significant digits."""
    return f"{value:,.{digits}g}".replace("-", "−")


def _run(model: "Classic", settings: "Sequence[str]", seed: int, *, as_json: bool) -> None:
    """Run a model once; compare what was published for the same parameters."""
    from sim.cli.console.writing import Column, print_json, say, table

    chosen = model.parameters.read(settings)
    found = model.run(chosen, seed)
    rows = [model.row(target, found) for target in model.published_at(chosen)]
    if as_json:
        print_json(_plain(model, chosen, seed, found, rows))
        return
    table(
        ("outcome", Column("value", right=True), Column("s.e.", right=True)),
        [
            (model.outcomes[name], _number(one.value), _number(one.standard_error, 2))
            for name, one in found.items()
        ],
        title=f"{model.title} {model.zh}, seed {seed}",
    )
    say()
    if rows:
        _table(rows, "Published for these parameters")
    else:
        say("No number was published for these parameters.")


def _plain(
    model: "Classic", chosen: "ParameterSet", seed: int, found: "Outcomes", rows: "Sequence[Row]"
) -> dict[str, Any]:
    """A run in plain values: each outcome under its own name."""
    return {
        "model": model.name,
        "seed": seed,
        "parameters": vars(chosen),
        **{name: one.value for name, one in found.items()},
        "standard_errors": {name: one.standard_error for name, one in found.items()},
        "targets": [vars(row) for row in rows],
    }


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(classics)

"""``servanda warmup``: when a world's stocks settle, and whether its burn-in is long enough."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import number
from sim.cli.console.options import AllowCode, Debtors, Json, Name, Settings

if TYPE_CHECKING:
    from sim.analysis.warmup import Warmup


def warmup(
    scenario: Name,
    replicates: Annotated[int, typer.Option(min=1, max=1000, help="Runs to average.")] = 5,
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the scenario's.")] = None,
    months: Annotated[int | None, typer.Option(help="Months to run after the burn-in.")] = None,
    debtors: Debtors = None,
    settings: Settings = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show when stocks settle without policies, and whether the burn-in is long enough."""
    from sim.analysis.warmup import warmup as measured
    from sim.cli.console.options import scenario_from_options
    from sim.cli.console.writing import emit

    setup = scenario_from_options(scenario, settings, seed=seed, months=months, debtors=debtors)
    result = measured(setup.model_dump(), replicates=replicates)
    emit(result, as_json=as_json, plain=plain, show=_show)


def plain(result: "Warmup") -> dict[str, Any]:
    """A warm-up study in plain values."""
    return {
        "title": result.title,
        "burn_in": result.burn_in,
        "needed": result.needed,
        "suffices": result.suffices,
        "months": result.months,
        "replicates": result.replicates,
        "stocks": [vars(one) for one in result.stocks],
        "series": result.series.to_dict("list"),
    }


def _show(result: "Warmup") -> None:
    """Print a row per stock, and whether the burn-in suffices."""
    from sim.cli.console.numbers import many
    from sim.cli.console.writing import Column, say, table

    heads = [
        Column("stock", whole=True),
        *(Column(head, right=True) for head in ("settled after", "first year", "last year")),
    ]
    rows = [
        [
            one.name,
            "not yet" if one.month is None else many(one.month, "month"),
            number(one.start),
            number(one.end),
        ]
        for one in result.stocks
    ]
    say(result.title, bold=True)
    about = f"{many(result.months, 'month')}, no policy in force, mean of "
    say(about + many(result.replicates, "run"), indent=2)
    table(heads, rows)
    if result.needed is None:
        unsettled = ", ".join(one.name for one in result.stocks if one.month is None)
        months = many(result.months, "month")
        say(f"not settled in {months}: {unsettled}; run longer with --months")
    elif result.suffices:
        say(f"the burn-in of {many(result.burn_in, 'month')} suffices: {result.needed} are needed")
    else:
        say(
            f"the burn-in of {many(result.burn_in, 'month')} is too short: "
            f"{result.needed} are needed; set run.burn_in = {result.needed}"
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(warmup)

"""``servanda warmup``: where a world's stocks settle, and whether its burn-in is long enough."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import number
from sim.cli.console.options import AllowCode, Debtors, Json, Name, Settings

if TYPE_CHECKING:
    from sim.analysis.warmup import Warmup


def warmup(
    scenario: Name,
    replicates: Annotated[int, typer.Option(min=1, max=1000, help="Runs that are averaged.")] = 5,
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the scenario's.")] = None,
    months: Annotated[int | None, typer.Option(help="Months to run after the burn-in.")] = None,
    debtors: Debtors = None,
    settings: Settings = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Say where stocks settle without policies, and whether the burn-in is long enough."""
    from sim.analysis.warmup import warmup as warmed
    from sim.cli.console.options import asked
    from sim.cli.console.writing import print_json

    setup = asked(scenario, settings, seed=seed, months=months, debtors=debtors)
    told = warmed(setup.model_dump(), replicates=replicates)
    if as_json:
        print_json(plain(told))
    else:
        _show(told)


def plain(told: "Warmup") -> dict[str, Any]:
    """How a world warms up in plain values."""
    return {
        "title": told.title,
        "burn_in": told.burn_in,
        "needed": told.needed,
        "suffices": told.suffices,
        "months": told.months,
        "replicates": told.replicates,
        "stocks": [vars(one) for one in told.stocks],
        "series": told.series.to_dict("list"),
    }


def _show(told: "Warmup") -> None:
    """A row a stock, and what follows."""
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
        for one in told.stocks
    ]
    say(told.title, bold=True)
    about = f"{many(told.months, 'month')}, policies out of force, mean of "
    say(about + many(told.replicates, "run"), indent=2)
    table(heads, rows)
    if told.needed is None:
        late = ", ".join(one.name for one in told.stocks if one.month is None)
        say(f"not settled in {many(told.months, 'month')}: {late}; run longer with --months")
    elif told.suffices:
        say(f"the burn-in of {many(told.burn_in, 'month')} suffices: {told.needed} are needed")
    else:
        say(
            f"the burn-in of {many(told.burn_in, 'month')} is too short: "
            f"{told.needed} are needed; write run.burn_in = {told.needed}"
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(warmup)

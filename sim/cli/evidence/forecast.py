"""``servanda forecast``: what a court's figures will be, as it is and under further policies."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import Dask, Jobs, Json, workers_of
from sim.cli.console.progress import counter
from sim.cli.evidence.data import EvidenceFolder
from sim.cli.evidence.fit import Out, place, posed

if TYPE_CHECKING:
    from sim.evidence.fitting.forecast_tables import Forecast
    from sim.scenario.policy import Policy


def forecast(
    folder: EvidenceFolder,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PACK",
            help="A scenario whose policies begin after the last figure; may be repeated.",
        ),
    ] = None,
    years: Annotated[int, typer.Option(min=1, help="Years after the last figure.")] = 3,
    members: Annotated[
        int, typer.Option(min=10, help="Members of the ensemble to run, each on two seeds.")
    ] = 100,
    out: Out = None,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: Json = False,
) -> None:
    """Forecast a court's figures from its fit, with the effect of further policies."""
    from sim.cli.console.writing import emit
    from sim.evidence.fitting.forecast import forecast as forecasted
    from sim.evidence.fitting.forecast import runs_of
    from sim.evidence.fitting.stored import read_note, refuse_other
    from sim.experiment.ensemble import load_ensemble

    where = place(folder, out)
    note, problem = read_note(where), posed(folder)
    refuse_other(note, problem.evidence)
    packs = {name: _policies(name) for name in policy or ()}
    with counter("runs", runs_of(members, packs), rate=True) as done:
        found = forecasted(
            problem,
            load_ensemble(where),
            where / "forecast",
            years,
            packs,
            members=members,
            workers=workers_of(dask),
            jobs=jobs,
            progress=lambda now, _, todo: done(runs_of(members, packs) - todo + now),
        )
    emit(found, as_json=as_json, plain=plain, show=partial(_show, note))


def _policies(pack: str) -> "Sequence[Policy]":
    """The policies of a pack.

    Raises:
        ServandaError: If there is no such scenario, or it has no policies.
    """
    from sim.errors import ServandaError
    from sim.scenario.reading.file import load

    found = load(pack).policies
    if not found:
        raise ServandaError("--policy", f"'{pack}' has no policies", "name one of the packs")
    return found


def plain(found: "Forecast") -> dict[str, Any]:
    """A forecast in plain values."""
    from sim.cli.console.numbers import records

    return {
        "members": found.members,
        "bands": [_dated(row) for row in records(found.bands)],
        "effects": [_dated(row) for row in records(found.effects)],
    }


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "first": str(row["first"]), "last": str(row["last"])}


def _show(note: Mapping[str, Any], found: "Forecast") -> None:
    from sim.cli.console.numbers import number, records
    from sim.cli.console.writing import Column, say, table

    held = note["held_out"]
    if held is not None and not held["better"]:
        say(
            "On the kept periods a naive forecast scored better than the model. Read the levels "
            "with care; differences between policies may still be of use.",
            bold=True,
        )
    for arm in dict.fromkeys(found.bands["arm"]):
        table(
            (Column("figure", whole=True), "year", Column("median", right=True), "50 %", "90 %"),
            [
                (
                    _named(row),
                    f"{row['first']:%Y-%m} to {row['last']:%Y-%m}",
                    number(row["p50"]),
                    f"{number(row['p25'])} to {number(row['p75'])}",
                    f"{number(row['p05'])} to {number(row['p95'])}",
                )
                for row in records(found.bands[found.bands["arm"] == arm])
            ],
            title=str(arm),
        )
    for policy in dict.fromkeys(found.effects["policy"]):
        table(
            (
                Column("figure", whole=True),
                "year",
                Column("change", right=True),
                "90 % of runs",
                Column("P(more)", right=True),
                Column("of parameters", right=True),
            ),
            [
                (
                    _named(row),
                    f"{row['year']}",
                    number(row["mean"], "+"),
                    f"{number(row['p05'], '+')} to {number(row['p95'], '+')}",
                    f"{row['positive']:.2f}",
                    "–" if row["parameters"] is None else f"{row['parameters']:.0%}",
                )
                for row in records(found.effects[found.effects["policy"] == policy])
            ],
            title=f"{policy}, compared with no further policy",
        )
    say(
        f"{found.members} members of the ensemble, each on two seeds. 'Of parameters' is the share "
        "of the variance of a change that uncertain parameters cause; the rest is chance."
    )


def _named(row: Mapping[str, Any]) -> str:
    """A figure with its cell."""
    return str(row["figure"]) if row["cell"] == "all" else f"{row['figure']}, {row['cell']}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(forecast)

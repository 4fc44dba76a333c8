"""``servanda channels``: through which channels a package of policies works."""

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known
from sim.cli.console.options import AllowCode, Debtors, Jobs, Json, Name, scenario_from_options
from sim.cli.console.progress import counter
from sim.cli.simulate.budget import Seed
from sim.cli.simulate.effects_page import spread

if TYPE_CHECKING:
    from sim.analysis.channels.split import Split
    from sim.analysis.paired import Difference

log = logging.getLogger("servanda.channels")

SMALLEST = 0.0001
"""Smallest standard error that is shown as a number; smaller ones are shown as less than this.

The errors come from drawing orders of channels at random.
"""


def channels(
    scenario: Name,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="The baseline, which has no policies; by default the package's own world without "
            "them.",
        ),
    ] = None,
    channel: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Split over this channel; may be repeated; all unless given."
        ),
    ] = None,
    orders: Annotated[
        int,
        typer.Option(
            min=2, help="Orders of channels drawn for each seed; more make the parts more precise."
        ),
    ] = 4,
    replicates: Annotated[int, typer.Option(min=2, help="Number of seeds.")] = 20,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the results as JSON to this file.")
    ] = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show through which channels a package works: beliefs, costs, norms, capacity and others.

    Each channel is held as in the baseline run of the same seed. The part of the effect that then
    disappears came through this channel. The parts of all channels and of all else add up to the
    whole effect.
    """
    from sim.analysis.channels.channel import named
    from sim.analysis.channels.split import MEASURES, refuse_other_world, split
    from sim.cli.console.writing import print_json
    from sim.cli.simulate.effects import refuse_unwritable
    from sim.experiment.task import replicate_seeds
    from sim.machine.processors import bounded
    from sim.measure.headline import possible, too_short
    from sim.runs.output.atomic import write_whole

    refuse_unwritable(out)
    wanted = named(channel or ())
    package = scenario_from_options(scenario, None, debtors=debtors, months=months)
    if against is not None:
        refuse_other_world(
            package, scenario_from_options(against, None, debtors=debtors, months=months)
        )
    measures = possible(MEASURES, package.run.months)
    if short := too_short(MEASURES, package.run.months):
        log.info("%s", short)
    with counter("seeds", replicates) as done:
        found = split(
            package,
            replicate_seeds(seed, replicates),
            wanted,
            orders=orders,
            measures=measures,
            jobs=bounded(jobs, "--jobs"),
            progress=done,
        )
    run = package.run
    drawn = 0 if found[0].exact else orders + orders % 2
    values: dict[str, Any] = {
        "scenario": scenario,
        "debtors": package.population.size,
        "months": run.months,
        "replicates": replicates,
        "orders": drawn,
        "measures": [plain(one) for one in found],
    }
    if out is not None:
        write_whole(out, lambda opened: opened.write(_text(values).encode()))
        log.info("%s: written", out)
    if as_json:
        print_json(values)
        return
    from sim.cli.console.writing import say

    say(package.title, bold=True)
    size = f"{package.population.size:,} debtors, {run.months} months, {replicates} replicates"
    say(f"compared with the same world without policies; {size}")
    say()
    _show(found, drawn)


def plain(one: "Split") -> dict[str, Any]:
    """The split of an effect over channels, in plain values; null for NaN."""
    return {
        "measure": one.measure,
        "whole": _effect(one.whole),
        "all_else": _effect(one.rest),
        "channels": {
            name: {
                "held": _effect(part.held),
                "lost": _effect(part.last),
                "part": _effect(part.value) | {"sampling": known(part.sampling)},
            }
            for name, part in one.parts.items()
        },
        "untouched": list(one.untouched),
        "exact": one.exact,
    }


def _effect(one: "Difference") -> dict[str, Any]:
    return {
        "mean": known(one.mean),
        "low": known(one.low),
        "high": known(one.high),
        "base": known(one.base),
        "replicates": one.pairs,
        "dropped": one.dropped,
        "reason": one.reason or None,
    }


def _text(values: dict[str, Any]) -> str:
    """JSON for a file."""
    import json

    return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _show(found: "list[Split]", orders: int) -> None:
    """Print a table for each measure."""
    from sim.analysis.channels.channel import ALL_ELSE
    from sim.cli.analyse.shapley import measured
    from sim.cli.console.writing import MARK, Column, say, table

    def cell(one: "Difference") -> str:
        return f"{spread(one)} {MARK if one.clear else ' '}"

    heads = ("effect if held", "lost if held", "part")
    columns = [Column("channel", whole=True), *(Column(head, right=True) for head in heads)]
    if orders:
        columns.append(Column("drawing", right=True))
    for one in found:
        rows = [
            (name, cell(part.held), cell(part.last), cell(part.value), _error(part.sampling))
            for name, part in one.parts.items()
        ]
        rows.append((ALL_ELSE, "", "", cell(one.rest), ""))
        rows.append(("whole", "", "", cell(one.whole), ""))
        table(columns, [row[: len(columns)] for row in rows], title=measured(one.measure))
        say()
    if found[0].untouched:
        names = ", ".join(found[0].untouched)
        say(f"The package has no lever in {names}: 0 throughout.")
    say(
        "effect if held: of the package while this channel alone is as in the baseline. "
        "lost if held: the whole less that. part: what the channel adds when it is freed, mean "
        f"over {'orders' if orders else 'all orders'} of channels; the parts and {ALL_ELSE} add "
        "up to the whole."
    )
    if orders:
        say(f"drawing: standard error of the part from {orders} drawn orders a seed; ± covers it.")
    say(f"± half of a 95 % interval, which covers chance only; {MARK}: it excludes 0.")


def _error(sampling: float) -> str:
    """A standard error with two digits; a dash for NaN."""
    if math.isnan(sampling):
        return "–"
    if 0.0 < sampling < SMALLEST:
        return "<" + f"{SMALLEST:.4f}".removeprefix("0")
    if sampling >= 100.0:
        return f"{sampling:,.0f}"
    return f"{sampling:.2g}".removeprefix("0") or "0"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(channels)

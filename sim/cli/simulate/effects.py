"""``servanda effects``: what levers and packs change, each compared with the baseline.

A pack is a scenario whose policies are added to the baseline.
"""

import json
import logging
import math
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.options import (
    SHORT,
    AllowCode,
    BurnInCache,
    Debtors,
    Ensemble,
    Jobs,
    Json,
    Settings,
    paths_of,
    scenario_from_options,
)
from sim.cli.console.progress import counter
from sim.cli.simulate.budget import Budget, Debtors1000, Money, Population, Seed, units

if TYPE_CHECKING:
    from sim.analysis.comparison.effects import Row

log = logging.getLogger("servanda.effects")

SCENARIO = "china_2016"
ABREAST = 5
"""Number of measures in one line of a table; others are written below them."""


def effects(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LEVER|MODE|all]...",
            help="Levers, modes of governance, or all; by default all, unless packs are given.",
        ),
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[@DOSE]",
            help="A scenario whose policies are added to the baseline, at this dose; repeatable.",
        ),
    ] = None,
    packs: Annotated[
        bool, typer.Option("--packs", help="The six modes and all_six at full strength.")
    ] = False,
    budget: Budget = None,
    population: Population = None,
    debtors_per_1000: Debtors1000 = None,
    currency: Money = None,
    biting: Annotated[
        bool,
        typer.Option(
            "--biting", help="Also run each lever in a world in which it should have an effect."
        ),
    ] = False,
    scenario: Annotated[
        str, typer.Option(help="The baseline: a scenario file, or a shipped name.")
    ] = SCENARIO,
    replicates: Annotated[
        int, typer.Option(min=2, help="Runs of each lever and pack; all share the seeds.")
    ] = 20,
    seed: Seed = 1,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    settings: Settings = None,
    ensemble: Ensemble = None,
    jobs: Jobs = None,
    out: Annotated[Path | None, typer.Option(help="Write a page of Markdown to this file.")] = None,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Compare levers at both ends of their range, and packs of policies, with the baseline.

    Two runs with the same seed share every draw that both make. A lever is set from the first
    measured month on. With --budget, a pack that costs more than the budget is also shown at a
    lower dose, at which the mean cost over the seeds is the budget.
    """
    short = {"debtors": debtors, "months": months}
    real = units(budget, population, debtors_per_1000, currency)
    baseline = scenario_from_options(scenario, settings, **short)

    from sim.analysis.comparison import interventions as at
    from sim.analysis.comparison.effects import effects as compared
    from sim.analysis.comparison.effects import to_run
    from sim.cli.simulate.effects_page import Request, page
    from sim.experiment.ensemble import load_ensemble
    from sim.experiment.factor_target import Base
    from sim.experiment.task import replicate_seeds
    from sim.machine.processors import bounded

    refuse_unwritable(out)
    puts = [*(settings or ()), *(f"{SHORT[k]}={v}" for k, v in short.items() if v is not None)]
    laid = [*(at.PACKS if packs else ()), *(pack or ())]
    levers = at.named(names or ([] if laid else [at.EVERY]), baseline)
    reference = at.Reference(baseline)
    there = [point for path in levers for point in at.moved(reference, path)]
    if biting:
        there += at.biting(reference, levers)
    full = [at.pack(reference, scenario, name, puts) for name in laid]
    there += full
    seeds, processes = replicate_seeds(seed, replicates), bounded(jobs, "--jobs")
    yuan: list[float] = []
    if real.yearly is not None:

        def wanted(cases: float) -> float:
            yuan.append(real.per_thousand(cases))
            return yuan[0]

        with counter("doses", len(full)) as done:
            there += at.packs_within_budget(full, wanted, seeds, processes, done, burn_in_cache)

    sets = None if ensemble is None else load_ensemble(ensemble)
    if sets is not None:
        sets.refuse_foreign(Base(scenario, scenario, baseline))
    with counter("runs", len(to_run(there)) * replicates) as done:
        fixed = paths_of(settings)
        rows = compared(there, seeds, processes, done, burn_in_cache, sets, fixed)
    command = _command(
        {
            "names": names or [],
            "packs": packs,
            "pack": pack,
            "budget": budget,
            "population": population,
            "debtors-per-1000": debtors_per_1000,
            "currency": currency,
            "biting": biting,
            "scenario": None if scenario == SCENARIO else scenario,
            "replicates": replicates,
            "seed": None if seed == 1 else seed,
            **short,
            "ensemble": ensemble,
            "set": settings,
            "out": out,
        }
    )
    spent = yuan[0] if yuan else None
    about = Request(baseline, replicates, biting=biting, budget=spent, command=command)
    if out is not None:
        out.write_text(page(rows, about), encoding="utf-8")
        log.info("%s: written", out)
    if as_json:
        typer.echo(json.dumps([plain(row) for row in rows], ensure_ascii=False, indent=2))
    elif out is None:
        _show(rows, about.title)


def refuse_unwritable(out: Path | None) -> None:
    """Before anything is run, refuse a file that cannot be written.

    Raises:
        ServandaError: If the folder does not exist or is not writable, or the file is a folder.
    """
    from sim.errors import ServandaError

    if out is None:
        return
    if out.is_dir():
        raise ServandaError(str(out), "this is a folder", "name a file in it")
    if not os.access(out.parent, os.W_OK):
        raise ServandaError(
            str(out), "cannot be written", "name a file in a folder that exists and is writable"
        )


def _command(given: dict[str, Any]) -> str:
    """The command that makes the same table again.

    Args:
        given: Values by option or argument; None, 0, False and empty values are left out.
    """
    words = ["servanda", "effects", *given.pop("names")]
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            if one is True:
                words.append(f"--{name}")
            elif one:
                words += [f"--{name}", str(one)]
    return shlex.join(words)


def plain(row: "Row") -> dict[str, Any]:
    """A row in plain values, for JSON output; null for NaN and for what does not apply."""
    point = row.point
    return {
        "name": point.name,
        "end": point.end,
        "from": point.start,
        "to": point.number,
        "bites": dict(point.reference.bites),
        "expected": point.lever.expected if point.lever else None,
        "effects": {
            name: {
                "mean": None if math.isnan(one.mean) else one.mean,
                "half": None if math.isnan(one.half) else one.half,
                "pairs": one.pairs,
                "dropped": one.dropped,
                "reason": one.reason or None,
            }
            for name, one in row.effects.items()
        },
        "verdicts": row.verdicts,
        "error": row.error or None,
    }


def _show(rows: "list[Row]", title: str) -> None:
    """Write a block per lever or pack, under its name, which is never wrapped."""
    from rich.table import Table
    from rich.text import Text

    from sim.analysis.comparison.effects import INDICATOR
    from sim.cli.console.writing import console as plain_console
    from sim.cli.console.writing import say
    from sim.cli.simulate.compare_page import COVERS
    from sim.cli.simulate.effects_page import HEADS, lists, marked, measured, place, signs, together
    from sim.measure.indicators import INDICATORS

    console = plain_console()
    units_of = {one.name: one.unit for one in INDICATORS}

    names = measured(rows)

    def line(*cells: "Text | str") -> None:
        table = Table.grid(padding=(0, 1))
        for _ in range(ABREAST):
            table.add_column(width=15, justify="right")
        for first in range(0, len(cells), ABREAST):
            table.add_row(*cells[first : first + ABREAST])
        console.print(table)

    say(title, bold=True)
    say("Mean difference from the baseline ± half its 95 % interval:")
    for part in names:
        say(f"{HEADS[part]}: {INDICATOR[part]}, {units_of[INDICATOR[part]]}", indent=2)
    say(COVERS)
    line(*(Text(HEADS[name], style="italic") for name in names))
    before = ""
    for row in together(rows):
        if row.point.name != before:
            before = row.point.name
            console.print(Text(before, style="bold"))
        if row.error:
            console.print(Text(row.error))
            continue
        at, *where = place(row.point) or [""]
        cells = [(marked(one), one.clear) for one in (row.effects[name] for name in names)]
        if at:
            console.print(Text(f"  {at}"))
        line(*(Text(text, style="bold" if clear else "") for text, clear in cells))
        for more in filter(None, (*where, signs(row))):
            console.print(Text(f"  {more}".replace("`", "")))
    for text in lists(rows):
        console.print(Text(text.replace("**", "").replace("`", "")))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(effects)

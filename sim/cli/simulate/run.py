"""``servanda run``: run a scenario, show its headline, keep its results."""

import logging
import warnings
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.options import (
    AllowCode,
    BurnInCache,
    Debtors,
    Ensemble,
    Jobs,
    Json,
    Name,
    Settings,
    paths_of,
    scenario_from_options,
    within_machine,
)
from sim.cli.console.progress import run_to_month
from sim.cli.simulate.headline import show
from sim.cli.simulate.run_ensemble import run_over

if TYPE_CHECKING:
    import pandas as pd

    from sim.errors import ServandaError
    from sim.runs.output.manifest import Manifest
    from sim.runs.storage.burn_ins import BurnIns
    from sim.world import World

log = logging.getLogger("servanda.run")


def run(
    scenario: Name,
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the scenario's.")] = None,
    months: Annotated[int | None, typer.Option(help="Months to measure.")] = None,
    debtors: Debtors = None,
    settings: Settings = None,
    threads: Annotated[
        int,
        typer.Option(
            min=1,
            callback=within_machine,
            help="Threads; more than one pays off from about 20,000 debtors.",
        ),
    ] = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder to keep the run in; by default it is not kept.")
    ] = None,
    events: Annotated[
        bool, typer.Option("--events", help="Record every step of each claim.")
    ] = False,
    panel: Annotated[
        int, typer.Option(min=0, help="Number of debtors to record month by month.")
    ] = 0,
    choices: Annotated[
        bool,
        typer.Option(
            "--choices",
            help="Record what debtors weigh when they choose; slower by up to half a second per "
            "month and 10,000 debtors.",
        ),
    ] = False,
    cohort: Annotated[
        list[int] | None,
        typer.Option(
            metavar="MONTH",
            help="Follow the debtors with enforceable debt at the end of this month, and these "
            "debts, to the end; 0 is the end of the burn-in. May be repeated.",
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Count outcomes by groups: preserved, ability, belief or asset. May be repeated.",
        ),
    ] = None,
    ensemble: Ensemble = None,
    members: Annotated[
        int, typer.Option(min=2, help="With --ensemble: sets of parameters to run.")
    ] = 100,
    jobs: Jobs = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace another finished run in the folder.")
    ] = False,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Run a scenario, show its headline, and keep the results with --out."""
    with collecting_warnings() as remarks:
        setup = scenario_from_options(scenario, settings, seed=seed, months=months, debtors=debtors)
        if ensemble is not None:
            recorded: dict[str, object] = {"--events": events, "--panel": panel}
            recorded |= {"--choices": choices, "--cohort": cohort, "--group": group}
            fixed = paths_of(settings)
            run_over(setup, ensemble, members, jobs, out, recorded, fixed, as_json=as_json)
            return

        from sim.engine.blocks import Execution
        from sim.runs.output.folder import Folder
        from sim.runs.output.manifest import manifest, measured
        from sim.runs.storage.burn_ins import BurnIns
        from sim.scenario.reading.file import source_text
        from sim.world import World

        kept_burn_ins = None if burn_in_cache is None else BurnIns(burn_in_cache, say=log.warning)

        def build() -> "World":
            return World(
                setup,
                execution=Execution(threads),
                events=events,
                panel=panel,
                choices=choices,
                cohorts=cohort or (),
                groups=group or (),
            )

        def finish(world: "World") -> "tuple[World, Manifest]":
            started = datetime.now(UTC)
            if kept_burn_ins is not None:
                world = _burnt_in(world, kept_burn_ins)
            run_to_month(world, setup.run.months)
            _warn_of_drift(world)
            about = manifest(
                world,
                texts=source_text(scenario),
                panel=panel,
                started=started,
                warnings=remarks,
            )
            return world, about

        if out is None:
            asked = {"--events": events, "--panel": panel, "--choices": choices}
            _refuse_unkept(asked | {"--cohort": cohort, "--group": group})
            _, about = finish(build())
            show(about, as_json=as_json, folder=None, again=False)
            return
        with Folder(out) as folder:
            stored, world = folder.finished(), build()
            kept = {"identity": world.identity, "measured": measured(world, panel)}
            again = stored is not None and kept.items() <= stored.items()
            if stored is not None and not again and not force:
                raise _another(out, stored)
            if stored is not None and again:
                about = stored
                log.info("%s: already contains this run, finished %s", out, stored["finished"])
            else:
                world, about = finish(world)
                folder.write(_tables(world), about)
                log.info("%s: written", out)
    show(about, as_json=as_json, folder=out, again=again)


def _burnt_in(world: "World", kept: "BurnIns") -> "World":
    """The world at the end of its burn-in, with a line if it was stored by an earlier command."""
    found = kept.burnt_in(world, partial(run_to_month, what="months of the burn-in"))
    if found is not world:
        log.info("%s: begins from a stored burn-in, in month 0", kept.folder)
    return found


def _refuse_unkept(asked: dict[str, object]) -> None:
    """Refuse options that record tables: the run is not kept, so these would be lost."""
    from sim.errors import ServandaError

    for option, value in asked.items():
        if value:
            what = "records tables that only a folder can keep"
            raise ServandaError(option, what, "name a folder with --out")


def _warn_of_drift(world: "World") -> None:
    """Warn if stocks were still drifting when the burn-in ended."""
    from sim.analysis.warmup import still_drifting
    from sim.errors import ServandaWarning

    if found := still_drifting(world):
        drifting = ", ".join(f"{one.name} by {one.a_year:+.0%} a year" for one in found)
        what = f"without policies stocks still drift: {drifting}"
        hint = "`servanda warmup` shows when they settle"
        warnings.warn(f"{what}; {hint}", ServandaWarning, stacklevel=2)


def _another(out: Path, stored: "Manifest") -> "ServandaError":
    """The error for a folder that contains another finished run."""
    from sim.errors import ServandaError

    hint = "give --force to replace it, or name another folder"
    kept = [name for name, value in (stored.get("measured") or {}).items() if value]
    beside = f", with {' and '.join(kept)}" if kept else ""
    about = f"'{stored.get('title', '')}', seed {stored.get('seed')}{beside}"
    what = f"contains another finished run: {about}, identity {str(stored['identity'])[:16]}"
    return ServandaError(str(out), what, hint)


def _tables(world: "World") -> "dict[str, pd.DataFrame]":
    """The tables of a run by file name; months of the burn-in are numbered below 1."""
    tables = {
        "series.parquet": world.measured.frame(None, burn_in=True, counts=True),
        "books.parquet": world.measured.books(),
        "survival.parquet": world.survival(None),
        "ledgers.parquet": world.ledgers(None),
    }
    if world.transitions is not None:
        tables["events.parquet"] = world.transitions.frame()
    if world.panel is not None:
        tables["panel.parquet"] = world.panel.frame()
    seen = world.observed
    if seen.choices is not None:
        tables["choices.parquet"] = seen.choices.frame()
    if seen.cohorts.months:
        tables["cohorts.parquet"] = seen.cohorts.frame()
    if seen.groups.on:
        tables["groups.parquet"] = seen.groups.frame(None, burn_in=True, counts=True)
    return tables


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)

"""``servanda sweep`` and ``servanda retry``: run an experiment, repeat its failed runs."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.numbers import many
from sim.cli.console.options import (
    AllowCode,
    BurnInCache,
    Dask,
    Ensemble,
    Jobs,
    Json,
    workers_of,
)
from sim.cli.console.progress import counter
from sim.cli.experiment.plan import (
    ExperimentDebtors,
    ExperimentMonths,
    ExperimentName,
    Replicates,
    experiment_from_options,
    note_first_generation,
)

if TYPE_CHECKING:
    from sim.runs.sweep import Progress, Swept

log = logging.getLogger("servanda.sweep")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]


def sweep(
    experiment: ExperimentName,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the sweep; by default results/NAME.")
    ] = None,
    replicates: Replicates = None,
    debtors: ExperimentDebtors = None,
    months: ExperimentMonths = None,
    jobs: Jobs = None,
    dask: Dask = None,
    burn_in_cache: BurnInCache = None,
    ensemble: Ensemble = None,
    shard: Annotated[
        str | None, typer.Option(metavar="i/n", help="Run only the i-th of n parts.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Maximum number of runs to do now.")
    ] = None,
    as_json: Json = False,
    allow_code: AllowCode = False,
) -> None:
    """Run an experiment; resumes where it stopped."""
    from sim.experiment.ensemble import load_ensemble
    from sim.runs.shard import Shard
    from sim.runs.sweep import sweep as swept

    workers = workers_of(dask)
    part = None if shard is None else Shard.parsed(shard)
    with collecting_warnings():
        found = experiment_from_options(
            experiment, replicates=replicates, debtors=debtors, months=months
        )
        if ensemble is not None:
            found = found.with_ensemble(load_ensemble(ensemble))
    note_first_generation(found)
    folder = out or Path("results") / Path(experiment).stem
    with _progress(folder) as report:
        done = swept(
            found,
            folder,
            workers=workers,
            jobs=jobs,
            shard=part,
            limit=limit,
            progress=report,
            burn_ins=burn_in_cache,
        )
    _summarise(folder, done, as_json=as_json)


def retry(
    folder: Folder,
    jobs: Jobs = None,
    dask: Dask = None,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Repeat the failed runs of a sweep."""
    from sim.runs.sweep import retry as retried

    with _progress(folder) as report:
        done = retried(
            folder, workers=workers_of(dask), jobs=jobs, progress=report, burn_ins=burn_in_cache
        )
    _summarise(folder, done, as_json=as_json)


@contextmanager
def _progress(folder: Path) -> "Iterator[Progress]":
    """Show the progress of a sweep, and how many runs are kept if it is interrupted."""
    with ExitStack() as stack:
        counters: list[Callable[[int], None]] = []
        kept = 0

        def report(done: int, failed: int, total: int) -> None:
            nonlocal kept
            kept = done
            if not counters:
                counters.append(stack.enter_context(counter("runs", total, rate=True)))
            counters[0](done)

        try:
            yield report
        except KeyboardInterrupt:
            stack.close()
            more = f"{many(kept, 'run')} of this call {'is' if kept == 1 else 'are'} kept"
            log.info("%s: %s; the same command resumes the sweep", folder, more)
            raise


def _summarise(folder: Path, done: "Swept", *, as_json: bool) -> None:
    """Write a summary to stderr and the folder to stdout, or everything as JSON."""
    from sim.cli.console.writing import print_data, print_json

    left = done.planned - done.before - done.done
    log.info(
        "%s: %d of %d runs were already done, %d done now, %d left",
        *(folder, done.before, done.planned, done.done, left),
    )
    if done.failed:
        failed = many(done.failed, "run")
        log.warning("%s failed; `servanda status %s` shows why", failed, folder)
    if as_json:
        print_json({"folder": str(folder), **done._asdict(), "left": left})
    else:
        print_data(f"{folder}\n")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(sweep)
    app.command()(retry)

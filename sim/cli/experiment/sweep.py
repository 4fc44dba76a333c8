"""``servanda sweep`` and ``servanda retry``: runs of an experiment that are not there, done."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console.error_handling import heard
from sim.cli.console.numbers import many
from sim.cli.console.options import AllowCode, Jobs, Json
from sim.cli.console.progress import counter
from sim.cli.experiment.plan import (
    ExperimentDebtors,
    ExperimentMonths,
    ExperimentName,
    Replicates,
    asked_experiment,
    say_first,
)

if TYPE_CHECKING:
    from sim.runs.sweep import Progress, Swept
    from sim.runs.workers import Workers

log = logging.getLogger("servanda.sweep")

Dask = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster to run on.")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]


def sweep(
    experiment: ExperimentName,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the sweep; results/NAME unless given.")
    ] = None,
    replicates: Replicates = None,
    debtors: ExperimentDebtors = None,
    months: ExperimentMonths = None,
    jobs: Jobs = None,
    dask: Dask = None,
    shard: Annotated[
        str | None, typer.Option(metavar="i/n", help="Do the i-th of n parts only.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Do so many runs at most.")] = None,
    as_json: Json = False,
    allow_code: AllowCode = False,
) -> None:
    """Do the runs of an experiment that are not there yet; called again, it goes on."""
    from sim.runs.shard import Shard
    from sim.runs.sweep import sweep as swept

    workers = _workers(dask)
    part = None if shard is None else Shard.parsed(shard)
    with heard():
        found = asked_experiment(experiment, replicates=replicates, debtors=debtors, months=months)
    say_first(found)
    folder = out or Path("results") / Path(experiment).stem
    with _counted(folder) as progress:
        done = swept(
            found, folder, workers=workers, jobs=jobs, shard=part, limit=limit, progress=progress
        )
    _say(folder, done, as_json=as_json)


def retry(
    folder: Folder,
    jobs: Jobs = None,
    dask: Dask = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Do the failed runs of a sweep once more."""
    from sim.runs.sweep import retry as tried

    with _counted(folder) as progress:
        done = tried(folder, workers=_workers(dask), jobs=jobs, progress=progress)
    _say(folder, done, as_json=as_json)


def _workers(address: str | None) -> "Callable[[int], Workers] | None":
    """Who works: a cluster, or processes here."""
    if address is None:
        return None
    from sim.runs.cluster import Cluster, checked

    checked(address)
    return lambda _: Cluster(address)


@contextmanager
def _counted(folder: Path) -> "Iterator[Progress]":
    """Say how far a sweep is, and what is kept when it is stopped."""
    with ExitStack() as stack:
        shows: list[Callable[[int], None]] = []
        kept = 0

        def tell(done: int, failed: int, total: int) -> None:
            nonlocal kept
            kept = done
            if not shows:
                shows.append(stack.enter_context(counter("runs", total, rate=True)))
            shows[0](done)

        try:
            yield tell
        except KeyboardInterrupt:
            stack.close()
            more = f"{many(kept, 'run')} more {'is' if kept == 1 else 'are'} kept"
            log.info("%s: %s; the same command goes on", folder, more)
            raise


def _say(folder: Path, done: "Swept", *, as_json: bool) -> None:
    """What was done, on stderr; the folder on stdout, or all of it for programs."""
    from sim.cli.console.writing import print_data, print_json

    left = done.planned - done.before - done.done
    log.info(
        "%s: %d of %d runs were there, %d done now, %d left",
        *(folder, done.before, done.planned, done.done, left),
    )
    if done.failed:
        failed = many(done.failed, "run")
        log.warning("%s failed; `servanda status %s` says why", failed, folder)
    if as_json:
        print_json({"folder": str(folder), **done._asdict(), "left": left})
    else:
        print_data(f"{folder}\n")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(sweep)
    app.command()(retry)

"""``servanda run --ensemble``: the headline of a scenario over many sets of parameters."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.console.progress import counter

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

SHARES = (0.05, 0.5, 0.95)


def run_over(
    setup: "Scenario",
    source: str,
    members: int,
    jobs: int | None,
    out: Path | None,
    asked: Mapping[str, object],
    fixed: Collection[str],
    *,
    as_json: bool,
) -> None:
    """Run a scenario with many sets of parameters, each on a seed of its own, and show quantiles.

    Args:
        setup: The scenario.
        source: Name or path of the ensemble.
        members: Number of sets.
        jobs: Number of processes.
        out: Folder to keep the runs in; None if they are not kept.
        asked: Options of a single run, by name, with their values.
        fixed: Paths that keep the value of the scenario.
        as_json: Whether to write JSON.

    Raises:
        ServandaError: If an option belongs to a single run, the scenario does not have the
            parameters of the ensemble, or a run failed.
    """
    from sim.errors import ServandaError
    from sim.experiment.ensemble import load_ensemble
    from sim.experiment.factor_target import Base
    from sim.experiment.task import replicate_seeds
    from sim.machine.private import temporary
    from sim.machine.processors import bounded
    from sim.measure.headline import headlines
    from sim.runs.scenarios import ScenarioRuns, refuse_failed

    for option, value in asked.items():
        if value:
            raise ServandaError(option, "records a single run", "leave out --ensemble")
    ensemble = load_ensemble(source)
    ensemble.refuse_foreign(Base(setup.title, setup.title, setup))
    seeds = replicate_seeds(setup.run.seed, members)
    drawn = ensemble.members(members, setup.run.seed, fixed)
    names = [one.name for one in headlines()]
    place = temporary() if out is None else nullcontext(out)
    with (
        place as folder,
        ScenarioRuns(seeds, bounded(jobs, "--jobs"), folder, members=drawn) as runs,
        counter("runs", members, rate=True) as done,
    ):
        found = runs.run({setup.title: setup}, done, indicators=names)
    refuse_failed(found, str)
    bands = {name: found.runs[name].quantile(list(SHARES)).tolist() for name in names}
    _show(setup, source, bands, members, as_json=as_json)


def _show(
    setup: "Scenario", source: str, bands: Mapping[str, list[float]], members: int, *, as_json: bool
) -> None:
    from sim.cli.console.numbers import known
    from sim.cli.console.writing import Column, print_json, table
    from sim.cli.simulate.headline import shown
    from sim.measure.headline import headlines, possible, too_short

    months = setup.run.months
    about = {one.name: one for one in headlines()}
    kept = list(possible(about, months))
    if as_json:
        keys = [f"p{round(100 * share):02d}" for share in SHARES]
        values = {name: dict(zip(keys, map(known, bands[name]), strict=True)) for name in kept}
        print_json(
            {"title": setup.title, "ensemble": source, "members": members, "headline": values}
        )
        return
    table(
        (
            Column("indicator", whole=True),
            Column("median", right=True),
            Column("90 %", right=True),
            "unit",
        ),
        [
            (
                name,
                shown(bands[name][1]),
                f"{shown(bands[name][0])} to {shown(bands[name][2])}",
                about[name].unit,
            )
            for name in kept
        ],
        title=f"{setup.title}: {months} months, {members} sets of parameters of {source}",
        notes=tuple(filter(None, [too_short(about, months)])),
    )

"""``servanda optimise``: search for the best policy packages under a budget."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.error_handling import collecting_warnings
from sim.cli.console.numbers import known, many, number
from sim.cli.console.options import AllowCode, BurnInCache, Jobs, Json
from sim.cli.console.progress import counter
from sim.cli.experiment.plan import (
    ExperimentDebtors,
    ExperimentMonths,
    ExperimentName,
    Replicates,
    experiment_from_options,
)

if TYPE_CHECKING:
    from sim.analysis.optimisation.front import Candidate, Optimum
    from sim.analysis.optimisation.optimise import SearchProgress
    from sim.analysis.paired import Difference

log = logging.getLogger("servanda.optimise")


def optimise(
    experiment: ExperimentName,
    budget: Annotated[
        float | None,
        typer.Option(help="Limit on added public cost, yuan a year per 1,000 debtors."),
    ] = None,
    trials: Annotated[int | None, typer.Option(help="Total number of points to try.")] = None,
    population: Annotated[int | None, typer.Option(help="Number of points per generation.")] = None,
    maximise: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to maximise; may be repeated."),
    ] = None,
    minimise: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator to minimise; may be repeated."),
    ] = None,
    confirm: Annotated[
        int | None,
        typer.Option(help="Runs of each best point on fresh seeds; 0 for no confirmation."),
    ] = None,
    replicates: Replicates = None,
    debtors: ExperimentDebtors = None,
    months: ExperimentMonths = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Seed of the search and its replicates, instead of the file's."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the search; by default one in results.")
    ] = None,
    jobs: Jobs = None,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Search for the best packages under a budget; resumes where it stopped."""
    from sim.analysis.optimisation.optimise import optimise as search
    from sim.analysis.optimisation.optimise import searching

    design: dict[str, Any] = {
        "design.budget": budget,
        "design.trials": trials,
        "design.population": population,
        "design.confirm": confirm,
    }
    if maximise or minimise:
        design |= {"design.maximise": maximise or [], "design.minimise": minimise or []}
    short = {"replicates": replicates, "debtors": debtors, "months": months, "seed": seed}
    with collecting_warnings():
        loaded = experiment_from_options(experiment, searching, **design, **short)
    folder = out or Path("results") / _name(experiment)
    try:
        with _progress() as report:
            found = search(loaded, folder, jobs=jobs, progress=report, burn_ins=burn_in_cache)
    except KeyboardInterrupt:
        log.info("%s: finished runs are kept; the same command resumes the search", folder)
        raise
    log.info("%s: %d trials; `servanda query` reads their runs", folder, found.trials)

    from sim.cli.console.writing import emit

    emit(found, as_json=as_json, plain=plain, show=_show)


def _name(experiment: str) -> str:
    """Name of the folder of a search; a sweep of the same file has a folder of another name."""
    from sim.experiment.reading.file import design_of

    stem = Path(experiment).stem
    return stem if design_of(experiment).get("kind") == "search" else f"{stem}_search"


@contextmanager
def _progress() -> "Iterator[SearchProgress]":
    """Show the progress of each part of a search."""
    counters: dict[str, Callable[[int], None]] = {}
    with ExitStack() as stack:

        def report(what: str, done: int, total: int) -> None:
            if what not in counters:
                stack.pop_all().close()  # one bar at a time
                counters[what] = stack.enter_context(counter(what, total, rate=True))
            counters[what](done)

        yield report


# ---------------------------------------------------------------- for programs


def plain(found: "Optimum") -> dict[str, Any]:
    """The result of a search in plain values; null for NaN."""
    return {
        "title": found.title,
        "objectives": dict(found.objectives),
        "budget": found.budget,
        "at_most": dict(found.at_most),
        "at_least": dict(found.at_least),
        "factors": list(found.factors),
        "replicates": found.replicates,
        "confirmed": found.confirmed,
        "trials": found.trials,
        "start": {name: known(value) for name, value in found.base.items()},
        "front": [_candidate(one) for one in found.front],
        "generations": found.generations.to_dict("records"),
        "late": known(found.late),
        "selection_bias": {name: known(value) for name, value in found.selection_bias.items()},
    }


def _candidate(one: "Candidate") -> dict[str, Any]:
    return {
        "point": one.point,
        "generation": one.generation,
        "values": dict(one.values),
        "means": {name: known(value) for name, value in one.means.items()},
        "differences": {name: _effect(effect) for name, effect in one.differences.items()},
        "fresh": {name: _effect(effect) for name, effect in one.fresh.items()},
        "frontier": known(one.frontier),
        "alike": list(one.alike),
        "holds": one.holds,
    }


def _effect(one: "Difference") -> dict[str, Any]:
    ends = {"mean": known(one.mean), "low": known(one.low), "high": known(one.high)}
    return ends | {"replicates": one.pairs, "dropped": one.dropped}


# ---------------------------------------------------------------- for people


def _show(found: "Optimum") -> None:
    """Print the front (the points that no other beats), each compared with the start."""
    from sim.cli.console.writing import say

    say(f"{found.title}: {_request(found)}", bold=True)
    start = ", ".join(f"{name} {number(value)}" for name, value in found.base.items())
    say(f"the start, with nothing chosen: {start}")
    if not found.front:
        say("no point is within the limits, not even the start")
    for one in found.front:
        say()
        _block(one, _columns(found))
    say()
    _end(found)


def _columns(found: "Optimum") -> list[str]:
    """The measures shown, with added public cost in place of the outlay."""
    from sim.analysis.optimisation.front import ADDED
    from sim.experiment.spec import OUTLAY

    return [*(name for name in found.base if name != OUTLAY), ADDED]


def _block(one: "Candidate", names: list[str]) -> None:
    """Print one point of the front."""
    from sim.cli.console.writing import Column, say, table
    from sim.cli.simulate.effects_page import spread

    say(f"point {one.point}: {_values(one)}", bold=True)
    heads = {"search": one.differences, "fresh seeds": one.fresh}
    columns = {head: found for head, found in heads.items() if found}
    if one.generation > 0 and columns:
        rows = [(name, *(spread(found[name]) for found in columns.values())) for name in names]
        table((Column("change of", whole=True), *(Column(h, right=True) for h in columns)), rows)
    say(_standing(one), indent=2)


def _request(found: "Optimum") -> str:
    """Objectives, limits and size of the search in one line."""
    wanted = [f"{'more' if sign > 0 else 'less'} {name}" for name, sign in found.objectives.items()]
    limits = [f"{name} at most {top:g}" for name, top in found.at_most.items()]
    limits += [f"{name} at least {least:g}" for name, least in found.at_least.items()]
    if found.budget is not None:
        limits.insert(
            0, f"added public cost at most {found.budget:,.0f} yuan a year per 1,000 debtors"
        )
    size = f"{many(found.trials, 'trial')}, {many(found.replicates, 'replicate')}"
    return "; ".join(filter(None, (", ".join(wanted), ", ".join(limits), size)))


def _values(one: "Candidate") -> str:
    """The factors of a point."""
    if one.generation == 0:
        return "the start, with nothing chosen"
    return ", ".join(f"{_short(name)} {_value(value)}" for name, value in one.values.items())


def _short(name: str) -> str:
    """The name of a factor without the prefix of policies."""
    return name.removeprefix("policies.")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _standing(one: "Candidate") -> str:
    """How certain it is that the point is among the best."""
    parts = []
    if not math.isnan(one.frontier):
        parts.append(f"within the limits and non-dominated in {one.frontier:.0%} of resamples")
    if one.alike:
        parts.append(f"not distinguishable from points {', '.join(map(str, one.alike))}")
    if one.holds is not None:
        parts.append("holds on fresh seeds" if one.holds else "does not hold on fresh seeds")
    return "; ".join(parts)


def _end(found: "Optimum") -> None:
    """Print by how much the search overstated the best points, and how the front grew."""
    from sim.cli.console.writing import say

    if found.selection_bias:
        text = ", ".join(
            f"{name} {number(value, '+')}" for name, value in found.selection_bias.items()
        )
        say(f"selection bias, by which the search overstated its best points: {text}")
    text = " ".join(f"{volume:.3f}" for volume in found.generations["hypervolume"])
    late = (
        ""
        if math.isnan(found.late)
        else f"; the last quarter of the generations added {found.late:.1%}"
    )
    say(f"hypervolume by generation: {text}{late}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(optimise)

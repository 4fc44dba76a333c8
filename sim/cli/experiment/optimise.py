"""``servanda optimise``: the best packages under a budget, by search."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.error_handling import heard
from sim.cli.console.numbers import known, many, number
from sim.cli.console.options import AllowCode, Jobs, Json
from sim.cli.console.progress import counter
from sim.cli.experiment.plan import (
    ExperimentDebtors,
    ExperimentMonths,
    ExperimentName,
    Replicates,
    asked_experiment,
)

if TYPE_CHECKING:
    from sim.analysis.optimisation.front import Candidate, Optimum
    from sim.analysis.optimisation.optimise import Progress
    from sim.analysis.paired import Difference

log = logging.getLogger("servanda.optimise")


def optimise(
    experiment: ExperimentName,
    budget: Annotated[
        float | None,
        typer.Option(help="Most public cost that may be added, yuan a year per 1,000 debtors."),
    ] = None,
    trials: Annotated[int | None, typer.Option(help="Points to try in all.")] = None,
    population: Annotated[int | None, typer.Option(help="Points of a generation.")] = None,
    maximise: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator of which more is wanted; may be repeated."),
    ] = None,
    minimise: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Indicator of which less is wanted; may be repeated."),
    ] = None,
    confirm: Annotated[
        int | None, typer.Option(help="Runs of each best point on fresh seeds; 0 for none.")
    ] = None,
    replicates: Replicates = None,
    debtors: ExperimentDebtors = None,
    months: ExperimentMonths = None,
    seed: Annotated[
        int | None, typer.Option(help="Of the search and the replicates, instead of the file's.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the search; in results unless given.")
    ] = None,
    jobs: Jobs = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Search for the best packages under a budget; called again, it goes on."""
    from sim.analysis.optimisation.optimise import optimise as searched
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
    with heard():
        asked = asked_experiment(experiment, searching, **design, **short)
    folder = out or Path("results") / _name(experiment)
    try:
        with _counted() as progress:
            found = searched(asked, folder, jobs=jobs, progress=progress)
    except KeyboardInterrupt:
        log.info("%s: what is finished is kept; the same command goes on", folder)
        raise
    log.info("%s: %d trials; `servanda query` reads their runs", folder, found.trials)
    if as_json:
        from sim.cli.console.writing import print_json

        print_json(plain(found))
    else:
        _show(found)


def _name(experiment: str) -> str:
    """What the folder of a search is called: never what a sweep of another design is called."""
    from sim.experiment.reading.file import design_of

    stem = Path(experiment).stem
    return stem if design_of(experiment).get("kind") == "search" else f"{stem}_search"


@contextmanager
def _counted() -> "Iterator[Progress]":
    """Say how far each part of a search is."""
    shows: dict[str, Callable[[int], None]] = {}
    with ExitStack() as stack:

        def tell(what: str, done: int, total: int) -> None:
            if what not in shows:
                stack.pop_all().close()  # one bar at a time
                shows[what] = stack.enter_context(counter(what, total, rate=True))
            shows[what](done)

        yield tell


# ---------------------------------------------------------------- for programs


def plain(found: "Optimum") -> dict[str, Any]:
    """What a search has found in plain values; what is missing is null."""
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
        "luck": {name: known(value) for name, value in found.luck.items()},
    }


def _candidate(one: "Candidate") -> dict[str, Any]:
    return {
        "point": one.point,
        "generation": one.generation,
        "values": dict(one.values),
        "means": {name: known(value) for name, value in one.means.items()},
        "differences": {name: _effect(told) for name, told in one.differences.items()},
        "fresh": {name: _effect(told) for name, told in one.fresh.items()},
        "frontier": known(one.frontier),
        "alike": list(one.alike),
        "holds": one.holds,
    }


def _effect(one: "Difference") -> dict[str, Any]:
    ends = {"mean": known(one.mean), "low": known(one.low), "high": known(one.high)}
    return ends | {"replicates": one.pairs, "dropped": one.dropped}


# ---------------------------------------------------------------- for people


def _show(found: "Optimum") -> None:
    """The front for people: a block a point, a row a measure, beside the start."""
    from sim.cli.console.writing import say

    say(f"{found.title}: {_asked(found)}", bold=True)
    start = ", ".join(f"{name} {number(value)}" for name, value in found.base.items())
    say(f"the start, where nothing is chosen: {start}")
    if not found.front:
        say("no point keeps the limits, not even the start")
    for one in found.front:
        say()
        _block(one, _columns(found))
    say()
    _end(found)


def _columns(found: "Optimum") -> list[str]:
    """The measures that are shown: what is added to public cost stands for the outlay itself."""
    from sim.analysis.optimisation.front import ADDED
    from sim.experiment.spec import OUTLAY

    return [*(name for name in found.base if name != OUTLAY), ADDED]


def _block(one: "Candidate", names: list[str]) -> None:
    """One point of the front."""
    from sim.cli.console.writing import Column, say, table
    from sim.cli.simulate.effects_page import spread

    say(f"point {one.point}: {_values(one)}", bold=True)
    heads = {"search": one.differences, "fresh seeds": one.fresh}
    told = {head: found for head, found in heads.items() if found}
    if one.generation > 0 and told:
        rows = [(name, *(spread(found[name]) for found in told.values())) for name in names]
        table((Column("change of", whole=True), *(Column(h, right=True) for h in told)), rows)
    say(_standing(one), indent=2)


def _asked(found: "Optimum") -> str:
    """What was looked for, in a line."""
    wanted = [f"{'more' if sign > 0 else 'less'} {name}" for name, sign in found.objectives.items()]
    limits = [f"{name} at most {top:g}" for name, top in found.at_most.items()]
    limits += [f"{name} at least {least:g}" for name, least in found.at_least.items()]
    if found.budget is not None:
        limits.insert(0, f"at most {found.budget:,.0f} yuan a year per 1,000 debtors added")
    tried = f"{many(found.trials, 'trial')}, {many(found.replicates, 'replicate')}"
    return "; ".join(filter(None, (", ".join(wanted), ", ".join(limits), tried)))


def _values(one: "Candidate") -> str:
    """The factors of a point."""
    if one.generation == 0:
        return "the start, where nothing is chosen"
    return ", ".join(f"{_short(name)} {_value(value)}" for name, value in one.values.items())


def _short(name: str) -> str:
    """A policy without the room that it stands in."""
    return name.removeprefix("policies.")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _standing(one: "Candidate") -> str:
    """How surely it is among the best."""
    told = []
    if not math.isnan(one.frontier):
        told.append(f"within the limits and unbeaten in {one.frontier:.0%} of resamples")
    if one.alike:
        told.append(f"not told apart from {', '.join(map(str, one.alike))}")
    if one.holds is not None:
        told.append("holds on fresh seeds" if one.holds else "does not hold on fresh seeds")
    return "; ".join(told)


def _end(found: "Optimum") -> None:
    """What the search says of itself."""
    from sim.cli.console.writing import say

    if found.luck:
        told = ", ".join(f"{name} {number(value, '+')}" for name, value in found.luck.items())
        say(f"luck of the search, by which the front looked better than it is: {told}")
    told = " ".join(f"{volume:.3f}" for volume in found.generations["hypervolume"])
    late = "" if math.isnan(found.late) else f"; the last quarter added {found.late:.1%}"
    say(f"hypervolume by generation: {told}{late}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(optimise)

"""``servanda compare``: scenarios compared with the first of them, on common random numbers."""

import json
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console.numbers import known
from sim.cli.console.options import AllowCode, BurnInCache, Debtors, Ensemble, Jobs, Json
from sim.cli.console.progress import counter
from sim.cli.simulate.budget import Budget, Debtors1000, Money, Population, Seed, units, warn_absurd

if TYPE_CHECKING:
    from sim.analysis.comparison.compare import Standing
    from sim.analysis.comparison.comparison_experiment import Comparison
    from sim.analysis.comparison.district import District
    from sim.analysis.comparison.money import Money as Payments
    from sim.analysis.components import Components
    from sim.analysis.paired import Difference
    from sim.cli.simulate.budget import Units

log = logging.getLogger("servanda.compare")

ECHO = "echo"
"""Folder within that of a comparison over an ensemble: the same sets of parameters, other seeds."""
PRECISION = 0.01
"""JSON output says how many replicates give intervals of this half-width.

The half-width is a share of the baseline's mean. The option --precision replaces it.
"""


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Scenario files, or names of shipped scenarios; the first is the baseline.",
        ),
    ],
    replicates: Annotated[
        int, typer.Option(min=2, help="Runs of each scenario; all share the seeds.")
    ] = 20,
    debtors: Debtors = None,
    months: Annotated[int | None, typer.Option(min=1, help="Months to measure.")] = None,
    seed: Seed = 1,
    budget: Budget = None,
    population: Population = None,
    debtors_per_1000: Debtors1000 = None,
    currency: Money = None,
    across_worlds: Annotated[
        bool,
        typer.Option(
            "--across-worlds", help="Accept worlds that differ in more than policies, and show how."
        ),
    ] = False,
    precision: Annotated[
        float | None,
        typer.Option(
            help="Also show how many replicates give intervals of this half-width, as a share of "
            "the baseline's mean, for example 0.01."
        ),
    ] = None,
    ensemble: Ensemble = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to keep the runs in; those already there are reused."),
    ] = None,
    burn_in_cache: BurnInCache = None,
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show what scenarios change compared with the first: who pays, and how certain that is.

    With --budget every scenario is set to the dose at which its policies cost the budget. A dose
    multiplies what the policies change, within the ranges of the levers.
    """
    from sim.analysis.comparison.compare import compare as compared
    from sim.analysis.comparison.compare import comparison
    from sim.analysis.comparison.conclusion import conclusion
    from sim.analysis.comparison.district import restored
    from sim.analysis.comparison.money import intake, money
    from sim.analysis.comparison.parameter_share import parameter_shares
    from sim.errors import ServandaError
    from sim.experiment.ensemble import load_ensemble
    from sim.runs.results import results

    if precision is not None and not 0.0 < precision < math.inf:
        raise ServandaError(
            "--precision", f"{precision:g} is out of range", "give for example 0.01"
        )
    real = units(budget, population, debtors_per_1000, currency)
    experiment = comparison(
        scenarios,
        replicates=replicates,
        debtors=debtors,
        months=months,
        seed=seed,
        across_worlds=across_worlds,
        ensemble=None if ensemble is None else load_ensemble(ensemble),
    )
    if real.yearly is not None:
        experiment = _dosed(experiment, real, jobs, burn_in_cache)
    experiment = experiment.with_about(real.plain())
    with _folder(out) as folder:
        _run(experiment, folder, jobs, burn_in_cache)
        if ensemble is not None:
            _run(experiment.echo(), folder / ECHO, jobs, burn_in_cache)
        found = results(folder)
        wanted = PRECISION if precision is None else precision
        standings, moneys = compared(found, precision=wanted), money(found, wanted)
        district = restored(found.manifest.get("district"), intake(found))
        split = {} if ensemble is None else parameter_shares(found, results(folder / ECHO))
    words = conclusion(standings, moneys, district=district, unlike=experiment.unlike())
    from sim.words.currency import use

    use(found.manifest["currency"])
    if as_json:
        about = {"baseline": scenarios[0], "replicates": replicates, "precision": wanted}
        rows = _plain(standings, moneys, words, district) | {"unlike": found.manifest["unlike"]}
        rows |= {"ensemble": found.manifest.get("ensemble"), "variance": _plain_split(split)}
        typer.echo(json.dumps(about | rows, ensure_ascii=False, indent=2))
        return
    from sim.cli.console.writing import say
    from sim.cli.simulate.compare_page import show, show_split
    from sim.words.currency import use

    use(found.manifest.get("currency", "yuan"))

    debtors_, months_ = (found.manifest[name][-1] for name in ("debtors", "months"))
    size = f"{debtors_:,} debtors, {months_} months, {replicates} replicates"
    say(f"{experiment.title}", bold=True)
    say(f"baseline: {scenarios[0]}; {size}")
    show(standings, moneys, words, district=district, precision=precision, months=months_)
    show_split(split)


def _run(experiment: "Comparison", folder: Path, jobs: int | None, burn_ins: Path | None) -> None:
    """Do the runs that are missing in a folder, and show progress."""
    from sim.runs.sweep import sweep

    with counter("runs", experiment.runs, rate=True) as done:
        # Runs that are already in the folder count as done.
        sweep(
            experiment,
            folder,
            jobs=jobs,
            command="compare",
            burn_ins=burn_ins,
            progress=lambda now, _, todo: done(experiment.runs - todo + now),
        )


def _dosed(
    experiment: "Comparison", real: "Units", jobs: int | None, burn_ins: Path | None
) -> "Comparison":
    """The scenarios, each at the dose that costs the budget.

    A dose multiplies what the policies of a scenario change.
    """
    from sim.analysis.comparison.comparison_experiment import at_equal_cost
    from sim.machine.processors import bounded

    cost: list[float] = []

    def yuan(cases: float) -> float:
        cost.append(real.per_thousand(cases))
        return cost[0]

    with counter("doses", len(experiment.names) - 1) as done:
        processes = bounded(jobs, "--jobs")
        dosed, found = at_equal_cost(experiment, yuan, processes, done, burn_ins)
    whole = {name: one.total.mean / one.dose for name, one in found.items() if one.dose > 0.0}
    warn_absurd(cost[0], whole)
    return dosed


def _plain_split(split: "dict[str, dict[str, Components]]") -> dict[str, Any]:
    """By scenario and measure, the variance between parameter sets and between seeds."""
    return {
        name: {
            measure: {"parameters": one.parameters, "chance": one.chance, "share": known(one.share)}
            for measure, one in measures.items()
        }
        for name, measures in split.items()
    }


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    """The folder for the runs: the one given, or a temporary one."""
    if out is not None:
        yield out
        return
    from sim.machine.private import temporary

    with temporary() as folder:
        yield folder


def _plain(
    standings: "list[Standing]",
    moneys: "list[Payments]",
    words: "list[Any]",
    district: "District | None",
) -> dict[str, Any]:
    """The whole comparison in plain values, for JSON output."""
    from sim.analysis.comparison.statements import in_words

    payments = {one.name: one for one in moneys}
    return {
        "conclusion": [
            {"key": one.key, "about": one.about or None, "text": in_words(one)} for one in words
        ],
        "district": None
        if district is None
        else {
            "adults": district.adults,
            "debtors": district.debtors,
            "debtors_per_1000": district.debtors_per_1000,
            "measured": district.measured,
            "currency": district.currency.name,
            "yuan": district.currency.yuan,
            "budget": district.budget,
        },
        "scenarios": [plain(one, payments.get(one.name)) for one in standings],
    }


def plain(one: "Standing", money: "Payments | None" = None) -> dict[str, Any]:
    """The results of a scenario in plain values; null for NaN."""
    found = {
        "name": one.name,
        "dose": one.dose,
        "differences": {name: _values(found) for name, found in one.differences.items()},
        "price": one.price,
        "beaten_by": list(one.beaten_by),
        "frontier": known(one.frontier),
        "reach": [vars(each) | {"few": each.few} for each in one.reach],
        "few": one.few,
        "error": one.error or None,
    }
    if money is None:
        return found
    parties = {party.name.lower(): level for party, level in money.levels.items()}
    return found | {
        "money": {
            "levels": parties,
            "paid": dict(money.paid),
            "parties": {p.name.lower(): _values(each) for p, each in money.parties.items()},
            "lines": {name: _values(each) for name, each in money.lines.items()},
        }
    }


def _values(found: "Difference") -> dict[str, Any]:
    """A difference in plain values."""
    values = {**vars(found), "smallest": found.smallest}
    return {key: value if isinstance(value, str) else known(value) for key, value in values.items()}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(compare)

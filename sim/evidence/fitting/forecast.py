"""Forecasts the figures of a court, under what is and under further policies.

In: a problem, an ensemble, policies and a number of years. Out: bands for each figure and year, and
the effect of each policy on it, split into what is uncertain about parameters and chance.

Each member of the ensemble runs under every policy with the same two seeds, so that policies are
compared on common draws.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.errors import ServandaError
from sim.evidence.fitting.forecast_plan import SEEDS, TODAY, ForecastPlan
from sim.evidence.fitting.forecast_tables import Forecast, read_forecast
from sim.evidence.fitting.problem import Problem
from sim.experiment.ensemble import Ensemble
from sim.runs.scenarios import save_scenario
from sim.runs.sweep import Progress, silent, sweep
from sim.runs.workers import Workers
from sim.scenario.policy import Policy
from sim.scenario.scenario import Scenario

MEMBERS = 100
"""Members of the ensemble that are run."""
LONGEST = 2.0
"""A forecast reaches at most this many times the length of the data ahead."""


def forecast(
    problem: Problem,
    ensemble: Ensemble,
    folder: Path,
    years: int,
    policies: Mapping[str, Sequence[Policy]],
    *,
    members: int = MEMBERS,
    workers: Callable[[int], Workers] | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Forecast:
    """Run and read a forecast.

    Args:
        problem: The problem of the fit.
        ensemble: Its ensemble.
        folder: Folder of the runs; it can be resumed.
        years: Years after the last figure.
        policies: Further policies by name; their month 1 is the first month after the last figure.
        members: Members of the ensemble to run.
        workers: Makes workers for a number of runs; None for processes on this machine.
        jobs: Number of processes; one per processor if None.
        progress: Called as runs are finished.

    Raises:
        ServandaError: If the years reach too far beyond the data, or the folder cannot be used.
    """
    data = problem.experiment.size(0)[1]
    if 12 * years > LONGEST * data:
        what = f"{years} years are more than twice the {data} months of data"
        most = int(LONGEST * data / 12)
        hint = f"at most {most}" if most else "a year of forecast needs six months of data"
        raise ServandaError("--years", what, hint)
    base = problem.scenario or problem.spec.scenario
    arms = {TODAY: base} | {name: _with(base, some, data) for name, some in policies.items()}
    files = {name: save_scenario(one, folder) for name, one in arms.items()}
    drawn = ensemble.members(members, problem.spec.seed)
    plan = ForecastPlan(problem, drawn, files, data + 12 * years)
    sweep(plan, folder, workers=workers, jobs=jobs, progress=progress, command="forecast")
    return read_forecast(plan, folder, data, years)


def runs_of(members: int, policies: Mapping[str, object]) -> int:
    """Number of runs of a forecast."""
    return members * SEEDS * (1 + len(policies))


def _with(base: Scenario, policies: Sequence[Policy], months: int) -> Scenario:
    """The base with further policies, which begin after the data."""
    later = [
        one.model_copy(
            update={
                "start": one.start + months,
                "end": None if one.end is None else one.end + months,
            }
        )
        for one in policies
    ]
    there = {one.name for one in base.policies}
    for one in later:
        if one.name in there:
            what = f"the base has a policy '{one.name}' already"
            raise ServandaError("--policy", what, "choose another pack")
    return base.model_copy(update={"policies": (*base.policies, *later)})

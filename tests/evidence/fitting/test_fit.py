"""A fit of a small court, from folder to ensemble, and what is built on it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sim import load
from sim.errors import ServandaError
from sim.evidence.fitting.budget import FEWEST_RUNS, Budget, budget, within
from sim.evidence.fitting.coverage import coverage
from sim.evidence.fitting.findings import figures, parameters
from sim.evidence.fitting.fit import fit
from sim.evidence.fitting.forecast import forecast
from sim.evidence.fitting.forecast_plan import TODAY
from sim.evidence.fitting.held_out import held_out
from sim.evidence.fitting.identify import identify
from sim.evidence.fitting.problem import problem
from sim.evidence.fitting.run_fit import opened
from sim.evidence.fitting.stored import Outcome, progress_of, read_note, write
from sim.evidence.folder import read_evidence
from sim.experiment.ensemble import load_ensemble
from sim.runs.workers import InProcess
from tests.evidence.fitting.courts import MONTHS, court

SMALL = Budget(repeats=8, prior=32, first=40, wave=12, draws=24, pool=2048)


def here(_):
    return InProcess()


@pytest.fixture(scope="module")
def posed(tmp_path_factory):
    return problem(read_evidence(court(tmp_path_factory.mktemp("courts") / "made_up")))


def fitted(posed, folder, progress=lambda stage, done, total: None):
    with opened(posed, folder, "fit", here, 1) as runs:
        return fit(posed, runs, SMALL, progress=progress)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fits") / "fit"


@pytest.fixture(scope="module")
def found(posed, folder):
    return fitted(posed, folder)


def test_the_last_periods_of_each_series_are_kept(posed):
    assert {row.last.year for row in posed.kept} == {2019}
    assert posed.experiment.size(0) == (300, MONTHS, 6)
    assert all(one.rows[-1].last < min(r.last for r in posed.kept) for one in posed.statistics)


def test_runs_of_the_base_come_first_and_draws_last(found):
    assert np.isnan(found.places[: SMALL.repeats]).all()
    assert found.draws.tolist() == list(range(len(found.places) - SMALL.draws, len(found.places)))
    assert found.weights.sum() == pytest.approx(1.0)
    assert (found.values[: SMALL.repeats] != found.values[0]).any()  # on different seeds


def test_tables_name_what_was_learned(found):
    table = parameters(found).set_index("parameter")
    assert table.loc["society.norm", "learned"] == "not learned"
    assert (
        table.loc["comprehensive.officers", "contraction"]
        > table.loc["society.norm", "contraction"]
    )
    shown = figures(found)
    assert len(shown) == len(found.problem.statistics)
    assert (shown["p05"] <= shown["p95"]).all()


def test_a_fit_that_was_stopped_goes_on_to_the_same_result(posed, found, tmp_path):
    class Stop(Exception):
        pass

    def stop(stage, done, total):
        if stage == "draws" and done >= 1:
            raise Stop

    with pytest.raises(Stop):
        fitted(posed, tmp_path / "fit", stop)
    begun = progress_of(tmp_path / "fit")
    assert 0 < begun["done"] < begun["planned"]
    assert not begun["complete"]
    again = fitted(posed, tmp_path / "fit")
    assert np.array_equal(again.places, found.places, equal_nan=True)
    assert np.array_equal(again.values, found.values, equal_nan=True)
    assert (again.weights == found.weights).all()


def test_a_finished_fit_runs_nothing_again(posed, found, folder):
    ran = []
    again = fitted(posed, folder, lambda stage, done, total: ran.append(done))
    assert not ran
    assert (again.weights == found.weights).all()


def test_a_fit_with_another_budget_does_not_mix_up_points(posed, found, folder):
    other = replace(SMALL, first=44, wave=6, draws=8)
    with opened(posed, folder, "fit", here, 1) as runs:
        fit(posed, runs, other)
    again = fitted(posed, folder)  # every run is there, under the numbers of the other fit
    assert np.array_equal(again.values, found.values, equal_nan=True)


def test_findings_are_stored_beside_the_runs(found, folder):
    write(Outcome(found, coverage(found, truths=20), held_out(found)), folder)
    note = read_note(folder)
    assert note["runs"] == len(found.places)
    assert note["held_out"]["figures"] > 0
    ensemble = load_ensemble(folder)
    assert set(ensemble.paths) == set(found.problem.names)
    free = found.problem.spec.free[0]
    column = ensemble.values[:, ensemble.paths.index(free.path)]
    assert free.low <= column.min() < column.max() <= free.high
    # Every member is a point that was run.
    assert ensemble.effective == pytest.approx(found.effective)


def test_figures_of_another_world_are_called_implausible(found):
    same = coverage(found, truths=20)
    observed = found.observed
    far = replace(
        observed,
        values=observed.values + 40.0 * observed.spread * (-1.0) ** np.arange(len(observed.values)),
    )
    other = replace(found, problem=Shifted(found.problem, far))
    assert coverage(other, truths=20).plausible < same.plausible


class Shifted:
    """A problem with other figures."""

    def __init__(self, problem, observed):
        self.problem, self.observed = problem, observed

    def __getattr__(self, name):
        return getattr(self.problem, name)


def test_identification_uses_the_runs_of_the_fit(posed, found, folder):
    ran = []
    with opened(posed, folder, "identify", here, 1) as runs:
        told = identify(posed, runs, SMALL, progress=lambda *what: ran.append(what))
    assert not ran
    by_name = told.parameters().set_index("parameter")["contraction"]
    assert by_name["comprehensive.officers"] > by_name["society.norm"]
    assert 1 <= told.found.known <= 3


def test_a_forecast_continues_the_figures_and_compares_policies(posed, found, folder):
    write(Outcome(found, coverage(found, truths=20), held_out(found)), folder)
    policies = {"officers_only": load("officers_only").policies}
    ahead = forecast(
        posed,
        load_ensemble(folder),
        folder / "forecast",
        1,
        policies,
        members=10,
        workers=here,
        jobs=1,
    )
    assert set(ahead.bands["arm"]) == {TODAY, "officers_only"}
    row = ahead.bands.query("figure == 'accepted'").iloc[0]
    assert str(row["first"]) == "2019-07-01"
    assert row["p05"] <= row["p50"] <= row["p95"]
    load_ = ahead.effects.query("figure == 'load'").iloc[0]
    assert load_["mean"] < 0.0  # more officers, fewer cases for each
    assert 0.0 <= load_["positive"] <= 1.0


def test_a_forecast_does_not_reach_beyond_twice_the_data(posed, tmp_path):
    with pytest.raises(ServandaError, match="twice the 18 months"):
        forecast(posed, None, tmp_path, 4, {})


def test_a_budget_is_divided_among_the_stages():
    for runs in (FEWEST_RUNS, 600, 2_400):
        divided = budget(runs)
        assert divided.runs == runs
        assert min(divided.first, divided.wave, divided.draws) > 20
    assert within(20.0, 0.5, 2).runs == 3_600
    assert within(0.1, 60.0, 1).runs == FEWEST_RUNS


def test_an_empty_ensemble_is_refused(tmp_path):
    path = tmp_path / "ensemble.parquet"
    pd.DataFrame({"weight": [0.0], "choice.noise": [0.1]}).to_parquet(path)
    with pytest.raises(ServandaError, match="no weight"):
        load_ensemble(path)
    with pytest.raises(ServandaError, match="no such ensemble"):
        load_ensemble("nowhere")

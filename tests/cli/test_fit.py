"""Claims about ``servanda identify``, ``fit``, ``forecast`` and ``--ensemble``."""

import json

import pandas as pd
import pytest

from sim.evidence.fitting.budget import Budget
from tests.evidence.fitting.courts import court
from tests.experiment.small import inline

SMALL = Budget(repeats=6, prior=24, first=30, wave=8, draws=16, pool=1024)
MORE = """\
format = 1
title = "More officers"
extends = "village"
[[policies]]
name = "more"
[policies.scale]
"comprehensive.officers" = 3.0
"""
QUICK = ("--debtors", 120, "--months", 3)


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory):
    """A working folder with a court, in which a fit is small and runs in this process."""
    folder = tmp_path_factory.mktemp("fit")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("sim.runs.sweep._local_workers", lambda jobs: inline)
        patch.setattr("sim.evidence.fitting.run_fit.budget", lambda *runs: SMALL)
        court(folder / "mine")
        (folder / "more.toml").write_text(MORE, encoding="utf-8")
        yield folder


@pytest.fixture(scope="module")
def ensemble(place):
    """An ensemble of three sets of parameters."""
    path = place / "three.parquet"
    values = {"comprehensive.officers": [0.4, 1.0, 2.0], "weight": [0.2, 0.5, 0.3]}
    pd.DataFrame(values).to_parquet(path)
    return str(path)


def test_figures_are_fitted_and_forecast(told, call, refused, place):
    assert "no complete fit" in refused("forecast", "mine")
    found = told("identify", "mine")
    assert {one["parameter"] for one in found["parameters"]} == {
        "comprehensive.officers",
        "comprehensive.list_rate",
        "society.norm",
    }
    note = told("fit", "mine")
    assert (place / "results" / "fit_mine" / "ensemble.parquet").exists()
    status = told("fit", "mine", "--status")
    assert status["complete"]
    assert status["done"] == status["planned"] == note["runs"]
    page = call("fit", "mine").stdout
    assert "A made-up court" in page
    # A parameter that is not learned has no value beside its prior.
    (line,) = (one for one in page.splitlines() if one.startswith("society.norm"))
    assert "not learned" in line
    assert line.count("(") == 0
    ahead = told("forecast", "mine", "--years", 1, "--members", 10, "--policy", "officers_only")
    assert {one["policy"] for one in ahead["effects"]} == {"officers_only"}
    assert "twice" in refused("forecast", "mine", "--years", 9)
    assert "has no policies" in refused("forecast", "mine", "--policy", "village")
    file = place / "mine" / "fit.toml"
    file.write_text(file.read_text().replace("high = 0.4", "high = 0.3"))
    assert "changed since the fit" in refused("forecast", "mine")


def test_a_folder_without_a_fit_file_says_what_to_write(refused, place):
    (place / "bare").mkdir()
    for name in ("data.csv", "court.toml"):
        (place / "bare" / name).write_text((place / "mine" / name).read_text())
    assert "fit.toml" in refused("fit", "bare")


def test_a_run_over_an_ensemble_gives_bands(told, refused, ensemble):
    found = told("run", "village", *QUICK, "--ensemble", ensemble, "--members", 4)
    band = found["headline"]["backlog"]
    assert band["p05"] <= band["p50"] <= band["p95"]
    assert "single run" in refused("run", "village", "--ensemble", ensemble, "--events")


def test_a_comparison_over_an_ensemble_splits_the_variance(told, shown, ensemble):
    words = ("compare", "village", "more.toml", *QUICK)
    words = (*words, "--replicates", 3, "--ensemble", ensemble, "--out", "over")
    found = told(*words)
    assert found["ensemble"]["sets"] == 3
    parts = found["variance"]["more.toml"]
    assert all(one["parameters"] >= 0.0 <= one["chance"] for one in parts.values())
    assert "that parameters cause" in shown(*words)


def test_replicates_have_sets_of_parameters_of_their_own(place, ensemble):
    plan = pd.read_parquet(place / "over" / "plan.parquet")
    officers = [dict(json.loads(one))["comprehensive.officers"] for one in plan["values"]]
    by_replicate = plan.assign(officers=officers).groupby("replicate")["officers"]
    assert by_replicate.nunique().tolist() == [1, 1, 1]  # the same set under every policy
    assert len(set(officers)) > 1


def test_scenarios_that_differ_in_a_parameter_of_the_ensemble_are_refused(refused, place, ensemble):
    text = 'format = 1\ntitle = "Other"\nextends = "village"\nlevers.comprehensive.officers = 0.7\n'
    (place / "less.toml").write_text(text, encoding="utf-8")
    error = refused("compare", "village", "less.toml", "--across-worlds", "--ensemble", ensemble)
    assert "comprehensive.officers" in error


def test_what_set_names_keeps_its_value(told, ensemble):
    words = ("run", "village", *QUICK, "--ensemble", ensemble, "--members", 3)
    free = told(*words)["headline"]
    fixed = told(*words, "--set", "comprehensive.officers=0.4")["headline"]
    assert fixed != free


def test_effects_run_over_an_ensemble(told, ensemble):
    rows = told(
        *("effects", "sanctions.late_interest", "--scenario", "village", *QUICK),
        *("--replicates", 2, "--ensemble", ensemble),
    )
    assert len(rows) == 2


def test_an_ensemble_of_other_parameters_is_refused(refused, place):
    path = place / "other.parquet"
    pd.DataFrame({"choice.nois": [0.1], "weight": [1.0]}).to_parquet(path)
    error = refused("run", "village", "--ensemble", path)
    assert "choice.nois" in error
    assert "noise" in error

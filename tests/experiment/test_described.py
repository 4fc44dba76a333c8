"""Claims about what a folder keeps of its design: all that an analysis needs, in plain values."""

import json

import pandas as pd
import pytest

import sim
from sim.experiment.reading.file import load_experiment
from sim.runs.storage.store import MANIFEST
from tests.experiment.laid import GRID, hypercube, laid, sobol
from tests.experiment.small import swept

NOISE = {"choice.noise": {"low": 0.1, "high": 0.2}}
OFFICERS = {"low": 0.04, "high": 0.16, "scale": "log"}


def tiny(design, factors, **more):
    world = {"debtors": 100, "months": 1, "burn_in": 0, "indicators": ["harm"]}
    return laid(design, factors, **world | more)


def factor(path, told):
    return tiny(GRID, {path: told}).described()["factors"][0]


def test_a_design_is_told_with_all_its_options_and_the_seeds():
    told = tiny(sobol(4), NOISE, seed=7).described()
    assert told["design"] == {"kind": "sobol", "samples": 4, "second_order": False}
    assert (told["seed"], told["replicates"]) == (7, 1)


def test_a_number_is_told_with_its_limits_scale_unit_and_distribution():
    told = factor("comprehensive.officers", OFFICERS | {"title": "Officers", "steps": 3})
    assert told == OFFICERS | {
        "path": "comprehensive.officers",
        "title": "Officers",
        "group": "",
        "kind": "number",
        "unit": "officers per 1,000 debtors",
        "values": [],
        "distribution": None,
        "parameters": {},
        "steps": 3,
    }
    told = factor("economy.ruin", {"distribution": "lognormal", "median": 0.003, "sd": 0.4})
    assert (told["distribution"], told["low"]) == ("lognormal", 0.0)
    assert told["parameters"] == {"median": 0.003, "sd": 0.4}
    assert told["title"] == "economy.ruin"
    assert factor("sanctions.late_interest", [0, 0.01])["title"] != "sanctions.late_interest"


@pytest.mark.parametrize(
    ("path", "values", "kind"),
    [
        ("choice.behaviour", ["expected_utility", "prospect"], "word"),
        ("population.districts", [1, 2], "whole"),
        ("scenario", ["village", "china_2016"], "word"),
        ("choice.noise", [0.1, 0.2], "number"),
        ("kinds.firm.freezes", [False, True], "switch"),
    ],
)
def test_values_are_told_with_what_they_are(path, values, kind):
    told = factor(path, {"values": values})
    assert (told["kind"], told["values"]) == (kind, values)


def test_policies_that_a_design_switches_are_factors():
    design = {"kind": "factorial", "policies": "all"}
    (told,) = load_experiment({"base": "special", "design": design}).described()["factors"]
    assert (told["path"], told["kind"]) == ("policies.special", "switch")


def test_points_of_a_file_tell_their_factors_but_not_their_labels(write):
    write("who,choice.noise,scenario\na,.1,village\n", "p.csv")
    design = 'design = {kind = "points", file = "p.csv", labels = ["who"]}\n'
    told = load_experiment(write(f'format = 1\ntitle = "E"\nbase = "village"\n{design}'))
    kinds = [(one["path"], one["kind"]) for one in told.described()["factors"]]
    assert kinds == [("choice.noise", "number"), ("scenario", "word")]


@pytest.mark.parametrize(
    "name", ["six_modes", "global_sensitivity", "sanction_certainty_vs_severity"]
)
def test_whatever_is_told_is_json_without_what_json_has_no_word_for(name):
    json.dumps(load_experiment(name).described(), allow_nan=False)


def test_a_folder_tells_the_design_and_where_its_points_stand_until_another_takes_it(tmp_path):
    one = tiny(hypercube(3), NOISE | {"comprehensive.officers": OFFICERS})
    swept(tmp_path, one)
    found = sim.results(tmp_path)
    assert found.manifest["design"] == hypercube(3)
    assert [f["path"] for f in found.manifest["factors"]] == list(found.points)[1:]
    assert found.shares["point"].tolist() == [0, 1, 2]
    assert found.shares.drop(columns="point").to_numpy() == pytest.approx(one.design_points.shares)
    officers = found.points["comprehensive.officers"]
    share = found.shares["comprehensive.officers"]
    assert (0.04 * 4**share).tolist() == pytest.approx(officers.tolist())
    swept(tmp_path, tiny(GRID, NOISE))
    assert sim.results(tmp_path).shares is None
    assert sim.results(tmp_path).manifest["design"] == GRID


def test_an_older_folder_is_read_and_learns_its_design_when_the_sweep_is_called_again(tmp_path):
    one = tiny(GRID, NOISE)
    swept(tmp_path, one)
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    for key in ("design", "factors", "seal"):
        del manifest[key]
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert "design" not in sim.results(tmp_path).manifest
    assert len(sim.results(tmp_path).runs) == 2
    assert swept(tmp_path, one).done == 0
    assert sim.results(tmp_path).manifest["design"] == GRID
    pd.testing.assert_frame_equal(sim.results(tmp_path).points, one.points())


def test_debtors_may_be_a_factor_and_a_setting_by_their_short_name():
    sizes = {"debtors": {"values": [50, 60]}}
    short = laid(GRID, sizes, months=1, set={"burn_in": 0})
    assert [dict(task.values)["population.size"] for task in short.tasks()] == [50, 60]
    assert short.size(1) == (60, 1, 0)
    assert list(short.points()) == ["point", "debtors"]

"""Claims about what a folder keeps of its design: all that an analysis needs, in plain values."""

import json

import pandas as pd
import pytest

import sim
from sim.experiment.reading.file import load_experiment
from sim.runs.storage.store import MANIFEST
from sim.runs.sweep import sweep
from tests.experiment.small import Small, inline

WORLD = {"base": "village", "debtors": 100, "months": 1, "burn_in": 0, "indicators": ["harm"]}


def asked(design, factors, **more):
    return load_experiment(WORLD | {"design": design, "factors": factors} | more)


def factor(path, told):
    return asked({"kind": "grid"}, {path: told}).described()["factors"][0]


def test_a_design_is_told_with_all_its_options_and_the_seeds():
    told = asked(
        {"kind": "sobol", "samples": 4}, {"choice.noise": {"low": 0.1, "high": 0.2}}, seed=7
    ).described()
    assert told["design"] == {"kind": "sobol", "samples": 4, "second_order": False}
    assert (told["seed"], told["replicates"]) == (7, 1)


def test_a_number_is_told_with_its_limits_scale_and_unit():
    told = factor(
        "comprehensive.officers",
        {"title": "Officers", "low": 0.04, "high": 0.16, "scale": "log", "steps": 3},
    )
    assert told == {
        "path": "comprehensive.officers",
        "title": "Officers",
        "group": "",
        "kind": "number",
        "unit": "officers per 1,000 debtors",
        "values": [],
        "low": 0.04,
        "high": 0.16,
        "scale": "log",
        "distribution": None,
        "parameters": {},
        "steps": 3,
    }


def test_a_distribution_is_told_with_its_parameters():
    told = factor("economy.ruin", {"distribution": "lognormal", "median": 0.003, "sd": 0.4})
    assert told["distribution"] == "lognormal"
    assert told["parameters"] == {"median": 0.003, "sd": 0.4}
    assert told["low"] == 0.0


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


def test_a_lever_without_a_title_has_its_own_and_a_parameter_its_path():
    assert factor("sanctions.late_interest", [0.0, 0.01])["title"] != "sanctions.late_interest"
    assert factor("choice.noise", [0.1, 0.2])["title"] == "choice.noise"


def test_policies_that_a_design_switches_are_factors():
    told = load_experiment(
        {"base": "special", "design": {"kind": "factorial", "policies": "all"}}
    ).described()
    assert [one["path"] for one in told["factors"]] == ["policies.special"]
    assert told["factors"][0]["kind"] == "switch"


def test_points_of_a_file_tell_their_factors_but_not_their_labels(tmp_path):
    (tmp_path / "p.csv").write_text("who,choice.noise,scenario\na,.1,village\n", encoding="utf-8")
    (tmp_path / "e.toml").write_text(
        'format = 1\ntitle = "E"\nbase = "village"\n'
        '[design]\nkind = "points"\nfile = "p.csv"\nlabels = ["who"]\n',
        encoding="utf-8",
    )
    told = load_experiment(tmp_path / "e.toml").described()
    assert [(one["path"], one["kind"]) for one in told["factors"]] == [
        ("choice.noise", "number"),
        ("scenario", "word"),
    ]


def test_whatever_is_told_is_json_without_what_json_has_no_word_for():
    for name in ("six_modes", "global_sensitivity", "sanction_certainty_vs_severity"):
        json.dumps(load_experiment(name).described(), allow_nan=False)


# ---------------------------------------------------------------- folders


def test_a_folder_tells_the_design_and_where_its_points_stand_in_the_unit_cube(tmp_path):
    one = asked(
        {"kind": "latin_hypercube", "points": 3},
        {
            "choice.noise": {"low": 0.1, "high": 0.2},
            "comprehensive.officers": {"low": 0.04, "high": 0.16, "scale": "log"},
        },
    )
    sweep(one, tmp_path, workers=inline)
    found = sim.results(tmp_path)
    assert found.manifest["design"] == {"kind": "latin_hypercube", "points": 3}
    assert [f["path"] for f in found.manifest["factors"]] == list(found.points)[1:]
    assert found.shares["point"].tolist() == [0, 1, 2]
    assert found.shares.drop(columns="point").to_numpy() == pytest.approx(one.design_points.shares)
    officers = found.points["comprehensive.officers"]
    share = found.shares["comprehensive.officers"]
    assert (0.04 * 4**share).tolist() == pytest.approx(officers.tolist())


def test_another_design_in_a_folder_leaves_no_shares_of_the_one_before(tmp_path):
    noise = {"choice.noise": {"low": 0.1, "high": 0.2}}
    sweep(asked({"kind": "latin_hypercube", "points": 2}, noise), tmp_path, workers=inline)
    sweep(asked({"kind": "grid"}, noise), tmp_path, workers=inline)
    found = sim.results(tmp_path)
    assert found.shares is None
    assert found.manifest["design"] == {"kind": "grid"}


def test_a_folder_that_tells_no_design_is_read_all_the_same(tmp_path):
    sweep(Small(count=1, replicates=1), tmp_path, workers=inline)
    found = sim.results(tmp_path)
    assert "design" not in found.manifest
    assert found.shares is None
    assert len(found.runs) == 1


def test_an_older_folder_learns_its_design_when_the_sweep_is_called_again(tmp_path):
    one = asked({"kind": "grid"}, {"choice.noise": {"low": 0.1, "high": 0.2}})
    sweep(one, tmp_path, workers=inline)
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    for key in ("design", "factors", "seal"):
        del manifest[key]
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert sweep(one, tmp_path, workers=inline).done == 0
    assert sim.results(tmp_path).manifest["design"] == {"kind": "grid"}
    pd.testing.assert_frame_equal(sim.results(tmp_path).points, one.points())


def test_debtors_may_be_a_factor_and_a_setting_by_their_short_name():
    short = load_experiment(
        {"base": "village", "months": 1, "design": {"kind": "grid"}}
        | {"set": {"burn_in": 0}, "factors": {"debtors": {"values": [50, 60]}}}
    )
    assert [dict(task.values)["population.size"] for task in short.tasks()] == [50, 60]
    assert short.size(1) == (60, 1, 0)
    assert list(short.points()) == ["point", "debtors"]

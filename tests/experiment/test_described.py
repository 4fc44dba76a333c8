"""Claims about what a folder keeps of its design: all that an analysis needs, in plain values."""

import json

import pytest

import sim
from sim.experiment.reading.file import load_experiment
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


@pytest.mark.parametrize("name", ["six_modes", "global_sensitivity"])
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

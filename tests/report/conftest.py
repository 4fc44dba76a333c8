"""Folders to report on: a sweep of each kind of design, and a run."""

import pytest

from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.experiment.small import inline

SMALL = {
    "debtors": 300,
    "burn_in": 12,
    "months": 8,
    "replicates": 2,
    "set": {"obligations.intensity": 4.0},
}
OFFICERS, PRESERVATION = "comprehensive.officers", "at_source.preservation"
DESIGNS = {
    "scenarios": {
        "design": {"kind": "scenarios", "names": ["china_2016", "rule_of_law", "special"]},
        "by": ["all", "size"],
        "months": 26,
    },
    "none": {"base": "china_2016"},
    "factorial": {"base": "all_six", "design": {"kind": "factorial", "policies": "all"}},
    "line": {
        "base": "china_2016",
        "design": {"kind": "grid"},
        "factors": {OFFICERS: {"values": [0.0, 0.04, 0.3]}},
        "replicates": 4,
    },
    "map": {
        "base": "china_2016",
        "design": {"kind": "grid"},
        "factors": {
            OFFICERS: {"values": [0.04, 0.08, 0.16]},
            PRESERVATION: {"values": [0.0, 0.9]},
        },
    },
    "starts": {
        "design": {"kind": "grid"},
        "factors": {
            "scenario": {"values": ["tipping_from_order", "tipping_from_disorder"]},
            OFFICERS: {"values": [0.2, 0.4, 1.0]},
        },
        "indicators": ["grace_performance_able", "backlog", "utilisation"],
    },
    "one_at_a_time": {
        "base": "china_2016",
        "design": {"kind": "one_at_a_time"},
        "factors": {
            OFFICERS: {"values": [0.04, 0.16]},
            PRESERVATION: {"values": [0.0, 0.9]},
        },
    },
    "morris": {
        "base": "china_2016",
        "design": {"kind": "morris", "trajectories": 6},
        "factors": {
            OFFICERS: {"low": 0.04, "high": 0.16},
            PRESERVATION: {"low": 0.0, "high": 0.9},
        },
    },
    "latin_hypercube": {
        "base": "china_2016",
        "design": {"kind": "latin_hypercube", "points": 44},
        "factors": {OFFICERS: {"low": 0.04, "high": 0.16}},
    },
}


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    """Folders of sweeps, made when they are asked for."""
    made = {}

    def folder(name):
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name)
            asked = {"title": f"A sweep: {name}", **SMALL, **DESIGNS[name]}
            sweep(load_experiment(asked), made[name], workers=inline)
        return made[name]

    return folder

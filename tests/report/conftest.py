"""Folders to report on: a sweep of each kind of design, and a run."""

import os
import time

import pytest

from sim.experiment.reading.file import load_experiment
from sim.report.page import publish
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
def once(tmp_path_factory):
    """Makes a folder when it is asked for, once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name, fill):
        place, done = base / name, base / f"{name}.done"
        try:
            place.mkdir()
        except FileExistsError:
            while not done.exists():  # another process is filling it
                assert place.exists(), f"{name} could not be made"
                time.sleep(0.05)
            return place
        try:
            fill(place)
        except BaseException:
            place.rename(base / f"{name}.failed")
            raise
        done.touch()
        return place

    return folder


@pytest.fixture(scope="session")
def swept(once):
    """Folders of sweeps, by the name of the design."""

    def fill(name, folder):
        asked = {"title": f"A sweep: {name}", **SMALL, **DESIGNS[name]}
        sweep(load_experiment(asked), folder, workers=inline)

    return lambda name: once(f"swept_{name}", lambda folder: fill(name, folder))


@pytest.fixture(scope="session")
def published(once, swept):
    """Folders of English reports on these sweeps, each with its page and figures."""
    return lambda name: once(f"published_{name}", lambda folder: publish(swept(name), out=folder))

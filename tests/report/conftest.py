"""Folders to report on: a sweep of each kind of design, and a run."""

import os
import time

import pytest

from sim.experiment.reading.file import load_experiment
from sim.report.material import material
from sim.report.page import publish
from sim.runs.sweep import sweep
from tests.analysis.filled import fill
from tests.experiment.small import inline

SMALL = {"debtors": 300, "burn_in": 12, "months": 8, "replicates": 2}
SMALL |= {"set": {"obligations.intensity": 4.0}}
OFFICERS, PRESERVATION = "comprehensive.officers", "at_source.preservation"
TWO, WIDE_RANGE = {"values": [0.05, 0.1]}, {"low": 0.04, "high": 0.16}
LONG = "A hundred more enforcement officers and a new tracing desk in the northern court"
HALVES = {OFFICERS: {"values": [0.04, 0.16]}, PRESERVATION: {"values": [0.0, 0.9]}}
RANGES = {OFFICERS: WIDE_RANGE, PRESERVATION: {"low": 0.0, "high": 0.9}}
STARTS = {"values": ["tipping_from_order", "tipping_from_disorder"]}


def design(kind, factors=None, base="china_2016", *, more=(), **fields):
    """An experiment by a design with these fields; without a base where factors have scenarios."""
    made = {"base": base} | ({"factors": factors} if factors else {}) | dict(more)
    if base is None:
        del made["base"]
    return made | ({"design": {"kind": kind, **fields}} if kind else {})


NAMES = ["china_2016", "rule_of_law", "special"]
KEPT = ["grace_performance_able", "backlog", "utilisation"]
DESIGNS = {
    "scenarios": design(
        "scenarios", base=None, names=NAMES, more={"by": ["all", "size"], "months": 26}
    ),
    "none": design(None),
    "factorial": design("factorial", base="all_six", policies="all"),
    "line": design("grid", {OFFICERS: {"values": [0.0, 0.04, 0.3]}}, more={"replicates": 4}),
    "map": design("grid", HALVES | {OFFICERS: {"values": [0.04, 0.08, 0.16]}}),
    "starts": design(
        "grid",
        {"scenario": STARTS, OFFICERS: {"values": [0.2, 0.4, 1.0]}},
        base=None,
        more={"indicators": KEPT},
    ),
    "one_at_a_time": design("one_at_a_time", HALVES),
    "morris": design("morris", RANGES, trajectories=6),
    "latin_hypercube": design("latin_hypercube", {OFFICERS: WIDE_RANGE}, points=44),
}


def reported(folder, answer, factors, kind="grid", *, replicates=2, **more):
    """What a report reads of a sweep whose runs answer at once; see `tests.analysis.filled`."""
    fill(folder, answer, factors, kind, replicates=replicates, **more)
    return material(folder)


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

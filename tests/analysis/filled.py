"""Folders as sweeps leave them, filled by a function instead of by worlds."""

import hashlib

import numpy as np

import sim
from sim.experiment.reading.file import load_experiment
from sim.runs.run_plan import PlannedRun
from sim.runs.storage.store import Store
from sim.runs.storage.writing import FinishedRun, write

AT = "2026-01-01T00:00:00"
UNIT = {"low": 0.0, "high": 1.0}
PATHS = ("comprehensive.list_rate", "comprehensive.match_rate", "comprehensive.list_accuracy")
"""Three levers that go from 0 to 1."""


def fill(folder, answer, factors, kind="grid", *, base="village", replicates=1, fails=None, **more):
    """Results of a sweep by a design of this kind over these factors, with `more` of its fields."""
    asked = {"title": "filled", "replicates": replicates, "factors": factors}
    asked |= {"design": {"kind": kind, **more}} | ({"base": base} if base else {})
    return filled(folder, load_experiment(asked), answer, fails=fails)


def filled(folder, experiment, answer, *, fails=None):
    """Results of an experiment whose runs answer at once.

    Args:
        folder: Where they are kept.
        experiment: What is asked.
        answer: The measures by name, given a point's values by factor and the replicate.
        fails: Whether a run does, given its point and replicate.
    """
    plan = [PlannedRun(_identity(task), task) for task in experiment.tasks()]
    store = Store(folder)
    store.prepare()
    about = {"title": experiment.title, "text": "", **experiment.described()}
    store.begin(about, experiment.points(), plan, experiment.shares())
    rows = experiment.points().drop(columns="point").to_dict("records")
    runs = []
    for one in plan:
        bad = fails is not None and fails(one.task.point, one.task.replicate)
        row = {"identity": one.identity, "seed": one.task.seed, "seconds": 0.0, "finished": AT}
        row |= {"status": "failed", "error": "it broke"} if bad else {"status": "ok"}
        measures = {} if bad else answer(rows[one.task.point], one.task.replicate)
        runs.append(FinishedRun(row, measures, {}))
    write(store.chunks, runs)
    return sim.results(folder)


def _identity(task):
    """As long as that of a run, and as hard to make shorter."""
    return hashlib.sha256(f"{task.point}-{task.replicate}".encode()).hexdigest()


def ishigami(one, two, three):
    """Ishigami and Homma's function of three shares from 0 to 1, with a = 7 and b = .1."""
    x, y, z = (np.pi * (2 * share - 1) for share in (one, two, three))
    return float(np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


PUBLISHED = {"S1": [0.3139, 0.4424, 0.0], "ST": [0.5576, 0.4424, 0.2437], "S2": 0.2437}
"""Its Sobol indices in closed form; of pairs only the first with the third is not 0."""

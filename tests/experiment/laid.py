"""Experiments laid over the village, of which only the points matter."""

from sim.experiment.reading.file import load_experiment

SHARES = ("comprehensive.list_rate", "comprehensive.match_rate", "comprehensive.list_accuracy")
"""Three levers that go from 0 to 1."""
UNIT = {path: {"low": 0.0, "high": 1.0} for path in SHARES}
GRID = {"kind": "grid"}


def hypercube(points):
    return {"kind": "latin_hypercube", "points": points}


def morris(trajectories, **more):
    return {"kind": "morris", "trajectories": trajectories} | more


def sobol(samples, **more):
    return {"kind": "sobol", "samples": samples} | more


def laid(design, factors=UNIT, **more):
    """An experiment over the village."""
    return load_experiment({"base": "village", "design": design, "factors": factors} | more)

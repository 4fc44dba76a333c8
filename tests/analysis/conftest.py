"""Small worlds to be set against each other, and one that cannot be run."""

import pytest

import sim
from sim.analysis.comparison.interventions import Reference

SMALL = {"population.size": 200, "run.burn_in": 6, "run.months": 6, "obligations.intensity": 4.0}

FRAGILE = '''
from sim.levers.lever import Lever

def extend(model):
    model.lever("fragile.load", Lever(
        title="Load", zh="负载", unit="share", low=0.0, high=1.0, off=0.0, reads="court",
        expected="R+",
    ))

    def straining(world):
        """Whatever carries too much breaks."""
        if world.lever("fragile.load").max() > 0.5:
            raise ValueError("it broke")

    model.phase(straining, after="trace")
'''


@pytest.fixture
def reference():
    """A village of two hundred, for half a year."""
    return Reference(sim.load("village", overrides=SMALL))


@pytest.fixture
def fragile(tmp_path):
    """A scenario with a lever that stops the run at its high end."""
    (tmp_path / "fragile.py").write_text(FRAGILE, encoding="utf-8")
    sim.allow_code(tmp_path / "fragile.py")
    file = tmp_path / "fragile.toml"
    lines = 'format = 1\ntitle = "Fragile"\nextends = "village"\nextensions = ["fragile.py"]\n'
    file.write_text(lines, encoding="utf-8")
    return file

"""Claims about the event log: who takes which step."""

import pytest

from sim.agents.transitions import TRANSITIONS
from sim.terms import Stage, label


@pytest.fixture(scope="module")
def log(make):
    return make.village({"obligations.intensity": 4.0}, events=True).run_to(24).transitions.frame()


def test_every_step_is_taken_by_whom_the_table_names(log):
    codes = {label(stage): stage for stage in Stage}
    for _, steps in log.groupby("claim", sort=False):
        stages = [codes[name] for name in steps["stage"]]
        for before, after, mover in zip(stages, stages[1:], steps["mover"].iloc[1:], strict=False):
            assert mover == label(TRANSITIONS[before][after])

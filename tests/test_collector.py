"""Claims about Mesa's own runner: a `World` goes through it as it is."""

import multiprocessing
import pickle

import mesa
import numpy as np
import pytest

from sim import ServandaError, World
from sim.engine.blocks import Execution

PLAIN = Execution(compiled=False)
TINY = {"population.size": 40, "run.burn_in": 2, "run.months": 3, "execution": PLAIN}


def test_mesas_runner_gets_the_headline_of_each_run():
    parameters = TINY | {"scenario": "village", "execution": [PLAIN]}
    parameters["sanctions.late_interest"] = [0.0, 0.01]
    before = multiprocessing.get_start_method(allow_none=True)  # which the runner changes
    try:
        rows = mesa.batch_run(World, parameters, 1, display_progress=False, rng=[1, 2])
    finally:
        multiprocessing.set_start_method(before, force=True)
    runs = [(seed, {"sanctions.late_interest": x}) for seed in (1, 2) for x in (0.0, 0.01)]
    for row, (seed, interest) in zip(rows, runs, strict=True):
        assert (row["rng"], row["month"], row["Step"]) == (seed, 3, 5)
        headline = World("village", rng=seed, **TINY, **interest).run().headline()
        np.testing.assert_equal({name: row[name] for name in headline}, headline)


def test_a_frame_of_model_variables_has_a_row_a_month_and_goes_on_with_a_copied_world():
    world = World("village", **TINY).run_to(2)
    frame = world.datacollector.get_model_vars_dataframe()
    assert frame["month"].tolist() == [-1, 0, 1, 2]
    assert frame["backlog"].iloc[-1] == world.headline()["backlog"]
    assert set(world.headline()) <= set(frame)
    again = pickle.loads(pickle.dumps(world)).run()
    frame = again.datacollector.get_model_vars_dataframe()
    assert frame["month"].tolist() == [-1, 0, 1, 2, 3]
    assert frame["backlog"].iloc[-1] == again.headline()["backlog"]


def test_a_seed_is_a_whole_number_or_that_of_the_scenario():
    for given, seed in (({}, 1), ({"run.seed": 7}, 7), ({"rng": np.int64(4)}, 4)):
        assert World("village", **{"rng": None, **TINY, **given}).setup.run.seed == seed
    for wrong in (np.random.default_rng(3), 3.0, True, "3"):
        with pytest.raises(ServandaError, match="rng: a seed is a whole number"):
            World("village", rng=wrong, **TINY)
    with pytest.raises(ServandaError, match=r"differs from run\.seed"):
        World("village", rng=3, **TINY, **{"run.seed": 4})

"""Claims about searches: they find what is best, go on where they stopped, and own up to luck."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.optimisation import nsga2
from sim.analysis.optimisation.front import ADDED, optimum
from sim.analysis.optimisation.optimise import optimise, searching
from sim.errors import ServandaError, ServandaWarning
from sim.runs.sweep_lock import Lock, held
from sim.scenario.checking.check import ScenarioErrors
from tests.analysis.filled import UNIT
from tests.experiment.small import TELLS, Formula

ROOT = Path(__file__).parents[2]
A, B = "comprehensive.list_rate", "comprehensive.match_rate"
"""Two levers that go from 0 to 1."""
UNITS = {A: UNIT, B: UNIT}
BUDGET = 0.25


def asked(factors=None, **design):
    """A search over the village, of two objectives."""
    given = {"minimise": ["public_outlay"], "maximise": ["received"], "population": 10}
    return searching(
        {
            "base": "village",
            "replicates": design.pop("replicates", 3),
            "seed": design.pop("seed", 1),
            "design": {"kind": "search", "trials": 40, "confirm": 0} | given | design,
            "factors": factors or UNITS,
        }
    )


def noise(task):
    """The same for every point of a replicate."""
    return random.Random(task.seed).gauss(0.0, 1.0)


def known(values, task):
    """A problem whose front is known: B at one half, and paid = received squared."""
    a, b = (values.get(path, 0.0) for path in (A, B))
    off = abs(b - 0.5)
    return {"received": a - off + noise(task), "public_outlay": (a**2 + off) / 1000, "harm": 0.0}


def crew(formula, **more):
    made = Formula(formula, **more)
    return made, lambda runs: made


def search(folder, made=None, formula=known, **more):
    """Search as asked, with a formula for worlds."""
    return optimise(made or asked(), folder, workers=crew(formula)[1], **more)


def same(one, other):
    """Whether two folders hold the same runs of the same points."""
    mine, theirs = (sim.results(folder) for folder in (one, other))
    pd.testing.assert_frame_equal(mine.points, theirs.points)
    pd.testing.assert_frame_equal(mine.runs.drop(columns=TELLS), theirs.runs.drop(columns=TELLS))
    a, b = (optimum(folder) for folder in (one, other))
    assert repr(a.front) == repr(b.front)  # what is missing equals nothing, not even itself
    pd.testing.assert_frame_equal(a.generations, b.generations)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A search long enough to find the known front, within half of what the dearest point adds."""
    folder = tmp_path_factory.mktemp("search")
    return search(folder, asked(trials=200, budget=BUDGET, population=20))


def test_a_search_finds_the_front_that_is_known_with_the_intervals_of_common_draws(found):
    best = found.frame()
    received = best["received_difference"] - 0.5  # the start lies a half off in B
    paid = best[f"{ADDED}_difference"] + 0.5
    assert len(best) >= 8
    # the exact front has paid = received² and ends at received = √(½ + ¼)
    assert np.median(paid - np.maximum(received, 0.0) ** 2) < 0.1
    assert received.max() > 0.75
    for one in found.front:
        assert one.differences["received"].half == pytest.approx(0.0, abs=1e-9)
    told = found.generations
    assert told["trials"].tolist() == list(range(20, 201, 20))
    assert told["hypervolume"].is_monotonic_increasing


def test_nobody_is_chosen_beyond_the_budget_and_nobody_chosen_is_beaten(found):
    points, front = found.points, found.points[found.points["front"]]
    assert (points[ADDED] > BUDGET).sum() > 5
    assert (front[ADDED] <= BUDGET).all()
    inside = points.loc[points["within"], ["received", "public_outlay"]] * [-1.0, 1.0]
    for _, one in inside.loc[front.index].iterrows():
        assert not ((inside <= one).all(axis=1) & (inside < one).any(axis=1)).any()


def test_limits_hold_for_other_indicators_too_and_where_no_point_keeps_them_there_is_no_front(
    tmp_path,
):
    limits = {"at_least": {"received": -0.2}, "at_most": {"public_outlay": 0.0008}}
    told = search(tmp_path / "some", asked(**limits))
    assert 0 < len(told.front) < told.points["within"].sum() < 40
    for one in told.front:
        assert one.means["received"] >= -0.2
        assert one.means["public_outlay"] <= 0.0008
    told = search(tmp_path / "none", asked(at_least={"received": 99.0}))
    assert told.front == ()


def test_what_fails_is_never_chosen_and_the_search_goes_on_unless_its_start_fails(tmp_path):
    breaking = lambda values, task: None if values.get(A, 0.0) > 0.5 else known(values, task)
    told = search(tmp_path, formula=breaking)
    failed = told.points["status"] == "failed"
    assert (told.points[A] > 0.5).equals(failed)
    assert 0 < failed.sum() < 20
    assert not told.points.loc[failed, "front"].any()
    with pytest.raises(ServandaError, match="with nothing chosen, failed: it broke"):
        search(tmp_path / "start", formula=lambda values, task: None)


def test_on_fresh_seeds_the_luck_of_a_search_shows(tmp_path):
    def selection_bias(values, task):
        rng = random.Random(f"{task.seed} {values.get(A, 0.0)}")
        return {"received": rng.gauss(0.0, 1.0), "public_outlay": 0.0, "harm": 0.0}

    made = asked({A: UNIT}, minimise=[], confirm=30, replicates=4)
    told = search(tmp_path, made, selection_bias)
    (best,) = told.front
    # nothing acts here: the best of forty means of four looks better than it is by two errors
    assert best.differences["received"].mean > 0.7
    assert abs(best.fresh["received"].mean) < best.fresh["received"].half * 2
    assert told.selection_bias["received"] > 0.3


def test_fresh_seeds_are_none_of_the_search(tmp_path):
    made, who = asked(confirm=5), crew(known)
    told = optimise(made, tmp_path, workers=who[1])
    runs = sim.results(tmp_path).runs
    search, fresh = runs[runs["replicate"] < 3], runs[runs["replicate"] >= 3]
    assert set(search["seed"]) == set(made.seeds)
    assert not set(search["seed"]) & set(fresh["seed"])
    assert fresh["seed"].nunique() == 5
    assert set(fresh["point"]) == {0, *(one.point for one in told.front)}


def test_points_that_chance_does_not_tell_apart_say_so_of_each_other(tmp_path):
    def dim(values, task):
        a = values.get(A, 0.0)
        rng = random.Random(f"{task.seed} {a}")
        received, paid = (a + rng.gauss(0, 2.0) for _ in range(2))
        return {"received": received, "public_outlay": paid, "harm": 0.0}

    told = search(tmp_path, asked({A: UNIT}, replicates=3), dim)
    alike = {one.point: set(one.alike) for one in told.front}
    assert any(alike.values())
    assert all(one in alike[other] for one, others in alike.items() for other in others)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a search that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    search(folder, asked(confirm=4))
    return folder


def test_an_interrupted_search_is_the_uninterrupted_one_and_does_nothing_twice(tmp_path, whole):
    tasks = []
    for most in (1, 40, 10**6):
        who, make = crew(known, most=most)
        try:
            optimise(asked(confirm=4), tmp_path, workers=make)
        except KeyboardInterrupt:
            assert most < 10**6
            with pytest.raises(ServandaError, match=r"runs are missing|contains no search"):
                optimum(tmp_path)
        tasks += who.tasks
    same(tmp_path, whole)
    done = [(t.seed, t.values) for t in tasks]
    assert len(done) == len(set(done))
    again, make = crew(known)
    optimise(asked(confirm=4), tmp_path, workers=make)
    assert again.tasks == []


SEARCH = """
import sys
from tests.analysis.test_optimise import asked, search
search(sys.argv[1], asked(confirm=4))
"""


def test_a_search_killed_at_any_moment_ends_as_if_it_had_not_been(tmp_path, whole):
    for wanted in (3, 40):
        child = subprocess.Popen([sys.executable, "-c", SEARCH, str(tmp_path)], cwd=ROOT)
        while child.poll() is None and len(list(tmp_path.glob("chunks/*.runs.parquet"))) < wanted:
            time.sleep(0.002)
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert len(sim.results(tmp_path).runs) > 0
    search(tmp_path, asked(confirm=4))
    same(tmp_path, whole)


def test_more_trials_go_on_with_the_same_search(tmp_path):
    search(tmp_path, asked(trials=25))
    short = sim.results(tmp_path).points
    who, make = crew(known)
    optimise(asked(trials=40), tmp_path, workers=make)
    longer = sim.results(tmp_path).points
    assert (len(short), len(longer)) == (26, 41)
    pd.testing.assert_frame_equal(longer.head(26), short)
    assert len(who.tasks) <= 45


def constrained():
    """A search in which the first lever never goes beyond the second."""
    design = {"kind": "search", "trials": 30, "confirm": 0, "population": 10}
    design |= {"maximise": ["received"], "minimise": ["harm"]}
    source = {"base": "village", "replicates": 2, "constraints": f"{A} <= {B}"}
    with pytest.warns(ServandaWarning, match="of 10 points broke a constraint"):
        return searching(source | {"design": design, "factors": UNITS})


def test_no_generation_tries_what_breaks_a_constraint(tmp_path):
    found = search(tmp_path, constrained())
    tried = found.points[found.points["generation"] > 0]
    assert len(tried) == 30
    assert (tried[A] <= tried[B]).all()


TINY = {"debtors": 100, "months": 2, "burn_in": 0, "replicates": 2}


SPECIAL, LAW, WORD = "policies.special", "policies.rule_of_law.dose", "choice.behaviour"
OFFICERS = "comprehensive.officers"
MIXED = {
    LAW: [0.0, 0.5, 1.0],
    OFFICERS: {"low": 0.04, "high": 0.3, "scale": "log"},
    WORD: {"values": ["expected_utility", "prospect"]},
}


def test_a_search_starts_where_no_policy_is_in_force():
    design = {"kind": "factorial", "policies": ["special"]}
    made = searching(
        TINY | {"base": "all_six", "design": design, "factors": MIXED},
        overrides={"design.population": 8, "design.trials": 16},
    )
    start, *first = made.design_points.rows
    assert start == (False, 0.0, None, None)
    doses = {p.name: p.dose for p in made.task(0, 0).scenario().policies}
    assert doses["special"] == doses["rule_of_law"] == 0.0
    assert len(first) == 8


def test_switches_words_lists_and_logarithms_are_searched(tmp_path):
    def mixed(values, task):
        good = (values.get(WORD) == "prospect") + values.get("policies.special.dose", 1.0)
        off = abs(values.get(LAW, 1.0) - 0.5) + abs(values.get(OFFICERS, 1.0) - 0.1)
        return {"received": good - off + noise(task), "public_outlay": 0.0, "harm": 0.0}

    design = {"kind": "search", "population": 10, "trials": 100, "confirm": 0}
    made = {"base": "all_six", "replicates": 2, "design": design | {"maximise": "received"}}
    (best,) = search(tmp_path, searching(made | {"factors": MIXED | {SPECIAL: {}}}), mixed).front
    assert best.values[SPECIAL]
    assert best.values[LAW] == 0.5
    assert best.values[WORD] == "prospect"
    assert best.values[OFFICERS] == pytest.approx(0.1, abs=0.02)


SOUND = {"base": "village", "replicates": 2, "factors": {A: UNIT}}


@pytest.mark.parametrize(
    ("design", "changed", "said"),
    [
        ({"trials": 10}, {}, "10 are fewer than a generation of 20"),
        ({"maximise": ["recieved"]}, {}, "did you mean 'received'"),
        ({"maximise": ["harm"], "minimise": ["harm"]}, {}, "'harm' is to be maximised too"),
        ({"confirm": 1}, {}, "one run cannot show chance variation"),
        ({}, {"factors": {}}, "design: the design 'search' needs factors"),
        ({}, {"factors": {"scenario": ["village"]}}, "a search starts from one base"),
        ({}, {"factors": {"population.size": [100, 200]}}, "share no random numbers"),
        ({}, {"indicators": ["harm"]}, "the search needs 'received', which is not stored"),
    ],
)
def test_what_cannot_be_searched_is_said_in_a_line(design, changed, said):
    with pytest.raises(ScenarioErrors, match=said):
        searching(SOUND | {"design": {"kind": "search"} | design} | changed)


def test_a_search_has_its_folder_to_itself_from_the_first_generation_to_the_last(tmp_path):
    seen = []

    def tell(*_):
        seen.append(held(tmp_path))

    made = asked(trials=20)
    optimise(made, tmp_path, workers=crew(known)[1], progress=tell)
    assert seen == [True, True]  # after each generation
    with (
        Lock(tmp_path),
        pytest.raises(ServandaError, match="another `servanda sweep` is using this folder"),
    ):
        search(tmp_path, made)


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(nsga2, "import_module", missing)
    with pytest.raises(ServandaError, match=r'pip install "servanda\[analysis\]"'):
        optimise(asked(), tmp_path)

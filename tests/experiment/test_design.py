"""Claims about designs: where points lie, in which order, and that a seed decides them."""

from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ServandaError, ServandaWarning
from sim.experiment.designs import sampling
from sim.experiment.reading.file import load_experiment
from tests.experiment.laid import GRID, SHARES, UNIT, hypercube, laid, morris, sobol

GROUPED = UNIT | {path: UNIT[path] | {"group": "list"} for path in (SHARES[0], SHARES[2])}


def rng(seed=1):
    return np.random.default_rng(seed)


# ---------------------------------------------------------------- samples


@given(factors=st.integers(1, 6), points=st.integers(1, 40), seed=st.integers(0, 99))
def test_a_latin_hypercube_has_one_point_in_each_part_of_each_factor(factors, points, seed):
    shares = sampling.latin_hypercube(factors, points, rng(seed))
    for column in shares.T:
        assert sorted((column * points).astype(int)) == list(range(points))


def test_salib_finds_the_published_indices_of_ishigami_in_our_points():
    # a = 7 and b = .1; the indices follow from the variance in closed form
    analyze = pytest.importorskip("SALib.analyze.sobol").analyze
    with pytest.warns(ServandaWarning, match="20,480 runs"):
        made = laid(sobol(4096)).points()
    x = (2 * made[list(SHARES)].to_numpy() - 1) * np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    found = analyze(problem, y, calc_second_order=False, num_resamples=2, seed=1)
    # 4,096 samples leave an error near .01
    assert found["S1"] == pytest.approx((0.314, 0.442, 0.0), abs=0.02)
    assert found["ST"] == pytest.approx((0.558, 0.442, 0.244), abs=0.02)


def test_a_saltelli_block_changes_one_factor_or_group_of_the_first_sample_at_a_time():
    made = laid(sobol(8, second_order=True), GROUPED).design_points.shares
    first, *blocks, second = made.reshape(8, 6, 3).transpose(1, 0, 2)
    owns = ([True, False, True], [False, True, False])
    for own, one, other in zip(owns, blocks[:2], blocks[2:], strict=True):
        assert (one == np.where(own, second, first)).all()
        assert (other == np.where(own, first, second)).all()


@given(factors=st.integers(1, 6), half=st.integers(2, 5), seed=st.integers(0, 99))
def test_a_trajectory_of_morris_moves_each_factor_once_by_the_same_step(factors, half, seed):
    levels = 2 * half
    pairs = [[(low, low + half) for low in range(half)]] * factors
    paths = np.stack(list(islice(sampling.morris(pairs, np.arange(factors), rng(seed)), 5)))
    moved = np.diff(paths, axis=1)
    assert (np.abs(moved[moved != 0]) == half).all()
    assert ((moved != 0).sum(axis=1) == 1).all()
    assert ((moved != 0).sum(axis=2) == 1).all()
    assert ((paths >= 0) & (paths < levels)).all()


# ---------------------------------------------------------------- whole numbers and lists

WHOLE = "population.districts"


def districts(design, **factor):
    """Experiments of districts and of a share."""
    return laid(design, {WHOLE: factor, SHARES[0]: UNIT[SHARES[0]]})


def shares_of(made, path):
    """By value of a factor, at how many points it stands."""
    return made.points()[path].value_counts().sort_index().to_dict()


@pytest.mark.parametrize(
    "factor",
    [
        {"low": 2, "high": 5},
        {"values": [2, 3, 4, 5]},
    ],
)
@pytest.mark.parametrize("design", [hypercube(400), sobol(128)])
def test_each_whole_number_between_two_limits_comes_equally_often(design, factor):
    made = districts(design, **factor)
    assert shares_of(made, WHOLE) == dict.fromkeys((2, 3, 4, 5), len(made.design_points) // 4)
    assert all(type(row[0]) is int for row in made.design_points.rows)


# ---------------------------------------------------------------- groups


def test_the_factors_of_a_group_move_together_on_trajectories_and_cost_one_step():
    made = laid(morris(12), GROUPED)
    assert len(made.design_points) == 12 * 3
    moved = np.diff(made.design_points.shares.reshape(12, 3, 3), axis=1) != 0.0
    ways = {tuple(one) for path in moved.tolist() for one in path}
    assert ways == {(True, False, True), (False, True, False)}
    assert (moved.sum(axis=1) == 1).all()


# ---------------------------------------------------------------- too many


@pytest.mark.parametrize(
    ("design", "told"),
    [
        (sobol(1 << 24), "design.samples: 1.67772e+07 is out of range"),
        (sobol(1 << 18), "1,310,720 points are too many; at most 1,000,000"),
        (morris(500_000), "2,000,000 points are too many"),
        (GRID, "1,000,000,000,000 points are too many"),
    ],
)
def test_a_design_is_counted_before_it_is_laid_out(monkeypatch, design, told):
    for name in ("latin_hypercube", "saltelli", "morris"):
        monkeypatch.setattr(sampling, name, lambda *_, **__: pytest.fail("it was laid out"))
    with pytest.raises(ServandaError) as caught:
        laid(design, {path: factor | {"steps": 10_000} for path, factor in UNIT.items()})
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- two levels


def test_a_factorial_has_every_combination_once_and_bit_k_is_factor_k():
    made = load_experiment({"base": "all_six", "design": {"kind": "factorial", "policies": "all"}})
    assert len(made.design_points.names) == 6
    assert list(made.design_points.rows) == [
        tuple(bool(number >> bit & 1) for bit in range(6)) for number in range(64)
    ]
    ends = laid({"kind": "factorial"}, {p: {"low": 0.1, "high": 0.4} for p in SHARES[:2]})
    assert list(ends.design_points.rows) == [(0.1, 0.1), (0.4, 0.1), (0.1, 0.4), (0.4, 0.4)]


@pytest.mark.parametrize(
    ("factors", "resolution", "runs"),
    # Box, Hunter and Hunter, table of two-level fractions
    [(3, 3, 4), (7, 3, 8), (8, 4, 16), (9, 5, 128), (15, 3, 16)],
)
def test_the_smallest_fraction_of_a_resolution_is_as_small_as_the_tables_say(
    factors, resolution, runs
):
    words = sampling.smallest(factors, resolution)
    made = sampling.fraction(factors, words)
    assert made.shape == (runs, factors)
    assert sampling.resolution(factors, words) >= resolution
    signs = 2 * made - 1
    assert (signs.T @ signs == runs * np.eye(factors)).all()


def test_a_fraction_whose_generators_fall_short_is_refused():
    design = {"kind": "fractional_factorial", "policies": "all", "resolution": 4}
    assert len(load_experiment({"base": "all_six", "design": design}).design_points) == 16
    short = design | {"generators": ["E = AB", "F = CD"]}
    with pytest.raises(ServandaError, match=r"these generators give resolution 3, less than 4"):
        load_experiment({"base": "all_six", "design": short})
    with pytest.raises(ServandaError, match="F is not among the first factors"):
        sampling.parsed(("E = ABF",), 5)


# ---------------------------------------------------------------- grids


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(2, 4), min_size=1, max_size=3))
def test_a_grid_has_every_combination_of_all_values(counts):
    numbers = dict(zip(SHARES, counts, strict=False))
    made = laid(GRID, {path: UNIT[path] | {"steps": count} for path, count in numbers.items()})
    values = [[n / (count - 1) for n in range(count)] for count in counts]
    assert [pytest.approx(row) for row in product(*values)] == list(made.design_points.rows)


def test_one_at_a_time_starts_from_the_base_and_moves_one_factor_only():
    made = laid({"kind": "one_at_a_time"}, UNIT | {"choice.behaviour": ["prospect"]})
    base = made.points().iloc[0]
    assert (base[SHARES[0]], base["choice.behaviour"]) == (0.35, "expected_utility")
    assert made.task(0, 0).values == ()
    moved = [sum(value is not None for value in row) for row in made.design_points.rows]
    assert moved == [0] + [1] * (3 * 2 + 1)


# ---------------------------------------------------------------- distributions


@pytest.mark.parametrize(
    "factor",
    [
        {"distribution": "normal", "mean": 0.5, "sd": 2.0},
        {"distribution": "lognormal", "median": 0.3, "sd": 1.5},
        {"distribution": "triangular", "low": 0.1, "mode": 0.2, "high": 0.9},
        {"distribution": "normal", "mean": 0.5, "sd": 2.0, "low": 0.4, "high": 0.6},
    ],
)
def test_no_value_of_a_distribution_lies_outside_its_range(factor):
    values = laid(hypercube(50), {SHARES[0]: factor}).points()[SHARES[0]][1:]
    assert values.between(factor.get("low", 0.0), factor.get("high", 1.0)).all()


def test_values_follow_the_distribution_of_the_factor():
    factor = {"distribution": "lognormal", "median": 0.003, "sd": 0.4}
    logs = np.log(laid(hypercube(400), {"economy.ruin": factor}).points()["economy.ruin"])
    # strata leave next to no chance to either
    assert np.exp(np.median(logs)) == pytest.approx(0.003, rel=0.01)
    assert logs.std() == pytest.approx(0.4, rel=0.03)


# ---------------------------------------------------------------- seeds and searches


@pytest.mark.parametrize("design", [hypercube(12), sobol(8), morris(3), {"kind": "search"}])
def test_the_experiments_seed_decides_the_points(design):
    first, again, other = (laid(design, seed=seed) for seed in (5, 5, 6))
    assert first.design_points == again.design_points != other.design_points
    assert first.tasks() == again.tasks()


def test_a_replicate_has_one_seed_at_every_point_and_more_replicates_keep_the_earlier_seeds():
    few, many = (laid(GRID, replicates=count) for count in (3, 5))
    tasks = few.tasks()
    assert len(tasks) == few.runs == 24
    seeds = {(task.replicate, task.seed) for task in tasks}
    assert len(seeds) == len({seed for _, seed in seeds}) == 3
    assert {task.point for task in tasks if task.replicate == 2} == set(range(8))
    assert many.tasks()[:24] == tasks


def test_a_search_lays_out_a_start_and_a_first_generation_of_which_each_part_has_a_point():
    made = laid({"kind": "search", "population": 20})
    start, *first = made.design_points.rows
    assert start == (None, None, None)
    assert len(first) == 20
    for column in zip(*first, strict=True):
        # on thousandths a share may have been rounded up into the next part
        parts = {min(int(value * 20 - 1e-9), 19) for value in column}
        assert len(parts) >= 19
    longer = laid({"kind": "search", "population": 20, "trials": 4000})
    assert longer.design_points == made.design_points

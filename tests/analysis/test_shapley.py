"""Claims about attribution: games whose values are known, sums that are exact, designs refused."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.sensitivity.shapley import (
    attribute,
    attribution,
    factorial_points,
    interaction,
    shapley,
)
from sim.errors import ServandaError
from sim.experiment.reading.file import load_experiment
from sim.runs.sweep import sweep
from tests.experiment.small import inline

SETS = range(1 << 4)
WORTH = (Fraction(1, 3), Fraction(2), Fraction(-5, 7), Fraction(0))


def game(value):
    """One game of four, in exact fractions."""
    return np.array([[Fraction(value(s)) for s in SETS]], dtype=object)


def additive(coalition):
    return sum((w for i, w in enumerate(WORTH) if coalition >> i & 1), Fraction(0))


def weakest_link(coalition):
    """Players 0, 1 and 3 bring something only together."""
    return int(coalition & 0b1011 == 0b1011)


def anyhow(k):
    drawn = np.random.default_rng(k).integers(-99, 99, (3, 1 << k))
    return np.array([[Fraction(int(v), 7) for v in row] for row in drawn], dtype=object)


# ---------------------------------------------------------------- games


THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "values", "pairs"),
    [
        (additive, list(WORTH), dict.fromkeys(combinations(range(4), 2), 0)),
        # the index of a pair in a unanimity game of three is a half; who is no link takes no part
        (weakest_link, [THIRD, THIRD, 0, THIRD], {(0, 3): HALF, (1, 2): 0}),
        (lambda s: s & 3 == 3, [HALF, HALF, 0, 0], {(0, 1): 1}),
        (lambda s: s & 3 > 0, [HALF, HALF, 0, 0], {(0, 1): -1}),
    ],
    ids=["additive", "chain", "two that need each other", "substitutes"],
)
def test_games_whose_values_are_known_have_them_and_their_interactions(value, values, pairs):
    assert shapley(game(value))[0].tolist() == values
    for (i, j), wanted in pairs.items():
        assert interaction(game(value), i, j).tolist() == [wanted]


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_value_is_the_mean_over_all_orders_of_arrival_and_they_sum_to_the_total_exactly(k):
    played = anyhow(k)
    found = np.zeros((3, k), dtype=object) + Fraction(0)
    for order in (orders := list(permutations(range(k)))):
        there = 0
        for i in order:
            found[:, i] += (played[:, there | 1 << i] - played[:, there]) / len(orders)
            there |= 1 << i
    assert (shapley(played) == found).all()
    assert (found.sum(axis=1) == played[:, -1] - played[:, 0]).all()


# ---------------------------------------------------------------- replicates


def test_the_chain_is_seen_in_alone_last_and_beyond():
    noise = np.random.default_rng(1).normal(size=(6, 1))
    told = attribution("m", "abcd", 5.0 + noise + game(weakest_link).astype(float))
    a = told.parts["a"]
    assert a.value.mean == pytest.approx(1 / 3)
    assert (a.alone.mean, a.last.mean) == pytest.approx((0.0, 1.0))
    assert told.parts["c"].last.mean == pytest.approx(0.0)
    assert told.beyond.mean == pytest.approx(1.0)
    assert told.pairs["a", "d"].mean == pytest.approx(0.5)
    assert told.remainder == pytest.approx(0.0, abs=1e-12)
    assert told.empty == pytest.approx(5.0 + noise.mean())


def test_the_error_is_that_of_values_by_replicate():
    played = anyhow(3).astype(float)
    told = attribution("m", "abc", played)
    for i, part in enumerate(told.parts.values()):
        values = shapley(played)[:, i]
        assert part.value.mean == pytest.approx(values.mean())
        assert part.value.error == pytest.approx(values.std(ddof=1) / np.sqrt(3))
        assert part.value.half == pytest.approx(4.302653 * part.value.error)


@pytest.mark.parametrize("lost", [np.nan, np.inf, -np.inf])
def test_a_replicate_with_a_run_without_a_finite_measure_is_left_out(lost):
    played = anyhow(3).astype(float)
    played[1, 4] = lost
    told = attribution("m", "abc", played)
    assert (told.total.pairs, told.total.dropped) == (2, 1)
    assert told.total.mean == pytest.approx((played[:, -1] - played[:, 0])[[0, 2]].mean())
    nothing = attribution("m", "abc", np.full((2, 8), np.nan))
    assert np.isnan(nothing.total.mean)
    assert np.isnan(nothing.remainder)


# ---------------------------------------------------------------- designs


def points(*columns):
    frame = pd.DataFrame(dict(zip("ab", columns, strict=False)))
    return frame.rename_axis("point").reset_index()


def test_coalitions_are_found_in_whatever_order_the_points_stand():
    found = factorial_points(points([1, 1, 9, 9], ["x", "y", "x", "y"]))
    assert found == (["a", "b"], [0, 2, 1, 3])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ((), "it has no factors"),
        (([1, 2, 3],), "a has 3 values"),
        (([1, 1], [1, 2]), "a has 1 value,"),
        (([1, 1, 2], [1, 2, 2]), "3 points for 4 combinations"),
        (([1, 1, 2, 2], [1, 2, 2, 2]), "4 points for 4 combinations"),
    ],
)
def test_what_is_no_full_factorial_is_refused_in_a_line(columns, said):
    with pytest.raises(ServandaError, match=said) as caught:
        factorial_points(points(*columns))
    assert "\n" not in str(caught.value)


# ---------------------------------------------------------------- a sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Officers and interest in a small world, every combination."""
    folder = tmp_path_factory.mktemp("shapley")
    asked = {"base": "village", "debtors": 150, "months": 4, "burn_in": 0, "replicates": 2}
    asked |= {"indicators": ["harm", "public_outlay", "backlog"], "design": {"kind": "factorial"}}
    factors = {"comprehensive.officers": [0.1, 0.4], "sanctions.late_interest": [0.0, 0.01]}
    sweep(load_experiment(asked | {"factors": factors}), folder, workers=inline)
    return folder


def test_a_sweep_is_taken_apart(swept):
    found = sim.results(swept)
    told = {one.measure: one for one in attribute(found)}
    assert list(told) == ["harm", "public_outlay", "backlog"]
    cost = told["public_outlay"]
    officers, interest = (part.value.mean for part in cost.parts.values())
    runs = found.runs.pivot_table(index="replicate", columns="point", values="public_outlay")
    assert cost.total.mean == pytest.approx((runs[3] - runs[0]).mean())
    assert officers + interest == pytest.approx(cost.total.mean)
    assert officers > abs(interest)
    assert [one.measure for one in attribute(found, ["harm"])] == ["harm"]


def test_a_measure_that_was_not_kept_and_runs_that_are_not_there_are_refused(swept):
    found = sim.results(swept)
    for name in ("hram", "seconds", "comprehensive.officers"):
        with pytest.raises(ServandaError, match="no such indicator"):
            attribute(found, [name])
    found.runs = found.runs[1:]
    with pytest.raises(ServandaError, match="1 of 8 runs are missing or failed"):
        attribute(found)

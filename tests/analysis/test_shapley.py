"""Claims about attribution: games whose values are known, sums that are exact, designs refused."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.sensitivity.shapley import (
    attribution,
    factorial_points,
    interaction,
    shapley,
)
from sim.errors import ServandaError

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


def test_a_value_is_the_mean_over_all_orders_of_arrival_and_they_sum_to_the_total_exactly():
    k, played = 4, anyhow(4)
    found = np.zeros((3, k), dtype=object) + Fraction(0)
    for order in (orders := list(permutations(range(k)))):
        there = 0
        for i in order:
            found[:, i] += (played[:, there | 1 << i] - played[:, there]) / len(orders)
            there |= 1 << i
    assert (shapley(played) == found).all()
    assert (found.sum(axis=1) == played[:, -1] - played[:, 0]).all()


def test_the_chain_is_seen_in_alone_last_and_beyond():
    noise = np.random.default_rng(1).normal(size=(6, 1))
    told = attribution("m", "abcd", 5.0 + noise + game(weakest_link).astype(float))
    a = told.parts["a"]
    assert a.value.mean == pytest.approx(1 / 3)
    assert (a.alone.mean, a.last.mean) == pytest.approx((0.0, 1.0))
    assert told.parts["c"].last.mean == pytest.approx(0.0)
    assert told.beyond.mean == pytest.approx(1.0)
    assert told.pairs["a", "d"].mean == pytest.approx(0.5)


def test_a_replicate_with_a_run_without_a_finite_measure_is_left_out():
    played = anyhow(3).astype(float)
    played[1, 4] = np.inf
    told = attribution("m", "abc", played)
    assert (told.total.pairs, told.total.dropped) == (2, 1)
    assert told.total.mean == pytest.approx((played[:, -1] - played[:, 0])[[0, 2]].mean())


def points(*columns):
    frame = pd.DataFrame(dict(zip("ab", columns, strict=False)))
    return frame.rename_axis("point").reset_index()


def test_coalitions_are_found_in_whatever_order_the_points_stand():
    found = factorial_points(points([1, 1, 9, 9], ["x", "y", "x", "y"]))
    assert found == (["a", "b"], [0, 2, 1, 3])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (([1, 2, 3],), "a has 3 values"),
        (([1, 1, 2], [1, 2, 2]), "3 points for 4 combinations"),
        (([1, 1, 2, 2], [1, 2, 2, 2]), "4 points for 4 combinations"),
    ],
)
def test_what_is_no_full_factorial_is_refused_in_a_line(columns, said):
    with pytest.raises(ServandaError, match=said):
        factorial_points(points(*columns))

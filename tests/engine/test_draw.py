"""Claims about draws: known answers, the same bits plain and compiled, and the right odds."""

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import expit, ndtri

from sim.engine.blocks import Execution
from sim.engine.draw import (
    Now,
    binomial,
    fraction,
    happens,
    logistic,
    member,
    normal,
    normal_quantile,
    normal_share,
    poisson,
    uniform,
)
from sim.terms import Decision
from tests.engine.loops import loop, untimed

SMALLEST, LARGEST = 2.0**-53, 1.0 - 2.0**-53
"""The ends of what a draw can be: the middles of the first and the last cell."""

CHANCE = 1e-4
"""A test of goodness of fit rejects below this; keys are fixed, so it passes always or never."""

ANY = st.integers(-(2**63), 2**63 - 1)
NOW = st.builds(Now, st.integers(0, 2**63 - 1), st.integers(-(2**31), 2**31 - 1))
UNIT = st.floats(SMALLEST, LARGEST)


class Keys(NamedTuple):
    """Keys of draws, a column each, and where the draws go."""

    seed: np.ndarray
    decision: np.ndarray
    identity: np.ndarray
    month: np.ndarray
    number: np.ndarray  # the index, under a name that a tuple has not taken
    out: np.ndarray


@loop
def draw_all(state, first, last):
    for row in range(first, last):
        seed, decision, identity = state.seed[row], state.decision[row], state.identity[row]
        state.out[row] = fraction(seed, decision, identity, state.month[row], state.number[row])


def drawn(*parts: Any) -> np.ndarray:
    """Compiled draws for (seed, decision, identity, month, index), broadcast and flattened."""
    columns = [np.array(c.ravel(), "i8") for c in np.broadcast_arrays(*map(np.asarray, parts))]
    out = np.zeros(len(columns[0]))
    Execution().run_kernel(draw_all, Keys._make([*columns, out]), len(out))
    return out


class Everything(NamedTuple):
    """Every kind of draw for every row."""

    now: Now
    identity: Any
    real: Any
    p: Any
    index_of: Any
    members: Any
    reals: Any
    counts: Any


@loop
def draw_everything(state, first, last):
    now = state.now
    for row in range(first, last):
        who, x, p, i = state.identity[row], state.real[row], state.p[row], state.index_of[row]
        state.reals[row, 0] = uniform(now, Decision.TRIAL, who, i)
        state.reals[row, 1] = normal(now, Decision.TASTE, who, i)
        state.reals[row, 2] = normal_quantile(p)
        state.reals[row, 3] = normal_share(x)
        state.reals[row, 4] = logistic(x)
        state.counts[row, 0] = happens(now, Decision.SUE, who, p, i)
        state.counts[row, 1] = poisson(p, abs(x))
        state.counts[row, 2] = binomial(p, 1 + row % 50, 0.5 * p)
        state.counts[row, 3] = member(now, Decision.NEIGHBOUR, who, i, state.members[row])


def everything(
    now: Now, who: Any, x: Any = 0.0, p: Any = 0.5, i: Any = 0, members: Any = 1, **how: bool
) -> Everything:
    """All draws for these, broadcast, compiled or as `how` says."""
    given_columns = np.broadcast_arrays(*map(np.atleast_1d, (who, x, p, i, members)))
    forms = ("i8", "f8", "f8", "i8", "i8")
    columns = [np.array(c, form) for c, form in zip(given_columns, forms, strict=True)]
    rows = len(columns[0])
    made = Everything(now, *columns, np.zeros((rows, 5)), np.zeros((rows, 4), int))
    Execution(**how).run_kernel(draw_everything, made, rows)
    return made


KNOWN = [
    ((0, 0, 0, 0, 0), "0x1.e2b96a69ad7f6p-2"),
    ((2026, 13, 2**62 + 5, 17, 3), "0x1.d5ca4c51a6525p-1"),
    ((1, 1, 1, -1, 1), "0x1.003b70b293415p-1"),
]


@pytest.mark.parametrize(("key", "known"), KNOWN)
def test_a_draw_never_changes_its_value_and_is_a_chain_of_splitmix_outputs(
    key: tuple[int, ...], known: str
) -> None:
    """Recorded answers: a change of these moves every result of every run."""

    def output(state: int) -> int:  # one step of the generator, in wrapping numbers of 64 bits
        z = np.array([state % 2**64], np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return int((z ^ (z >> np.uint64(31)))[0])

    chain = 0
    for part in key:
        chain = output(chain ^ part % 2**64)
    assert fraction(*key).hex() == known == ((2 * (chain >> 12) + 1) / 2**53).hex()


ROW = st.tuples(ANY, st.floats(-2000, 2000), UNIT, st.integers(0, 1000), st.integers(1, 10**6))


@untimed
@given(NOW, st.lists(ROW, min_size=1, max_size=20))
def test_every_kind_of_draw_has_the_same_bits_and_stays_in_its_range(
    now: Now, rows: list[tuple[Any, ...]]
) -> None:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    found, plain = (everything(now, *columns, compiled=compiled) for compiled in (True, False))
    assert found.reals.tolist() == plain.reals.tolist()
    assert found.counts.tolist() == plain.counts.tolist()
    events, _, binomials, members = found.counts.T
    draws = [uniform(now, Decision.SUE, who, i) for who, _, _, i, _ in rows]
    assert events.tolist() == [u < p for u, (_, _, p, _, _) in zip(draws, rows, strict=True)]
    assert SMALLEST <= found.reals[:, 0].min() <= found.reals[:, 0].max() <= LARGEST
    assert (binomials <= 1 + np.arange(len(rows)) % 50).all()
    assert ((members >= 0) & (members < found.members)).all()


@pytest.mark.parametrize("part", range(5))
def test_draws_along_every_part_of_the_key_are_uniform_and_neighbours_independent(
    part: int,
) -> None:
    """Below 4.5 standard errors: 25 comparisons of fixed keys stay below it but for 0.02 %."""
    n = 200_000
    key: list[Any] = [7, 3, 1000, 12, 1]
    along = list(key)
    along[part] = np.arange(n + 1)
    found = drawn(*along)
    assert stats.kstest(found, "uniform").pvalue > CHANCE
    counts = np.histogram2d(found[:-1], found[1:], bins=32, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(counts.ravel()).pvalue > CHANCE
    for step in (1, 2, 64, 2**20, 2**40):
        key[2] = 1000 + np.arange(n) * (2 * step if part == 2 else 1)
        near = list(key)
        near[part] = near[part] + step
        assert abs(np.corrcoef(drawn(*key), drawn(*near))[0, 1]) < 4.5 / np.sqrt(n), step


@untimed
@given(NOW, ANY, st.integers(0, 100))
def test_an_event_happens_once_its_chance_exceeds_its_draw(now: Now, who: int, index: int) -> None:
    draw = uniform(now, Decision.SUE, who, index)
    above = float(np.nextafter(draw, 1.0))
    for p, whether in ((draw, False), (above, True), (0.0, False), (1.0, True)):
        assert happens(now, Decision.SUE, who, p, index) == whether


def test_normals_and_logistics_agree_with_scipy() -> None:
    """Quantiles to 1.25e-15, where each side is 5e-16 off; shares to the rounding of z squared."""
    below = np.geomspace(SMALLEST, 0.5, 200_001)
    p = np.concatenate([[1e-300, 1e-100, 1e-30], below, 1.0 - below[below < 0.5]])
    np.testing.assert_allclose(everything(Now(1, 1), 1, p=p).reals[:, 2], ndtri(p), rtol=1.25e-15)
    x = np.linspace(-8.0, 8.0, 2001)
    found = everything(Now(1, 1), 1, x=x).reals
    np.testing.assert_allclose(found[:, 3], stats.norm.cdf(x), rtol=3e-14)
    np.testing.assert_allclose(found[:, 4], expit(x), rtol=1e-15)
    assert 0.0 < logistic(-1e300) < logistic(1e300) <= 1.0


EDGE = 1e-12
"""Distance in probability to the edge of a count: 1,000 roundings, and those of SciPy."""


def edges(distribution: Any) -> list[tuple[float, int]]:
    """Probabilities a little below and above each step of a distribution, and their counts."""
    shares = distribution.pmf(np.arange(1002))
    steps = np.flatnonzero((shares[:-1] > 10 * EDGE) & (shares[1:] > 10 * EDGE)).tolist()
    assert steps
    below = [(float(distribution.cdf(k)) - EDGE, k) for k in steps]
    return below + [(p + 2 * EDGE, k + 1) for p, k in below]


def test_counts_have_their_probabilities() -> None:
    for mean in (1e-3, 1.0, 4.5, 30.0):
        assert poisson(0.7, 0.0) == 0
        for u, count in edges(stats.poisson(mean)):
            assert poisson(u, mean) == count, mean
    for trials, chance in ((1, 0.3), (7, 0.001), (12, 0.5), (1000, 0.02), (1000, 0.6)):
        assert (binomial(0.7, trials, 0.0), binomial(0.7, trials, 1.0)) == (0, trials)
        for u, count in edges(stats.binom(trials, chance)):
            assert binomial(u, trials, chance) == count, (trials, chance)


def picks(count: Any, index: Any = 0, choosers: int = 20_000) -> np.ndarray:
    """Which of `count` members each chooser picks."""
    found: np.ndarray = everything(Now(1, 2), np.arange(choosers), i=index, members=count).counts
    return found[:, 3]


def test_members_are_equally_likely_and_picks_of_one_chooser_independent() -> None:
    pairs = np.bincount(5 * picks(5, 0) + picks(5, 1), minlength=25)
    assert stats.chisquare(pairs).pvalue > CHANCE


@pytest.mark.parametrize("count", [1, 2, 7, 16, 100, 1024])
def test_one_member_more_changes_only_the_picks_that_fall_on_it(count: int) -> None:
    before, after = (picks(n, choosers=5000) for n in (count, count + 1))
    assert ((after == before) | (after == count)).all()

"""Claims about draws: known answers, the same bits plain and compiled, and the right odds."""

from enum import unique
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from sim.engine.blocks import Execution
from sim.engine.draw import (
    MASK,
    WEYL,
    Now,
    binomial,
    fraction,
    happens,
    logistic,
    member,
    mix,
    normal,
    normal_quantile,
    normal_share,
    poisson,
    uniform,
)
from sim.terms import Decision
from tests.engine.loops import loop, untimed

PUBLISHED = {
    0: [
        0xE220A8397B1DCDAF,
        0x6E789E6AA1B965F4,
        0x06C45D188009454F,
        0xF88BB8A8724C81EC,
        0x1B39896A51A8749B,
    ],
    1234567: [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ],
}
"""First outputs of splitmix64, as its authors and later ports publish them, by seed."""

SMALLEST, LARGEST = 2.0**-53, 1.0 - 2.0**-53
"""The ends of what a draw can be: the middles of the first and the last cell."""

CHANCE = 1e-4
"""A test of goodness of fit rejects below this; keys are fixed, so it passes always or never."""

ANY = st.integers(-(2**63), 2**63 - 1)
NOW = st.builds(Now, st.integers(0, 2**63 - 1), st.integers(-1200, 1200))


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
        state.out[row] = fraction(
            state.seed[row],
            state.decision[row],
            state.identity[row],
            state.month[row],
            state.number[row],
        )


def drawn(*parts: Any, form: str = "i8") -> np.ndarray:
    """Compiled draws for (seed, decision, identity, month, index), broadcast and flattened."""
    columns = [np.array(c.ravel(), form) for c in np.broadcast_arrays(*map(np.asarray, parts))]
    out = np.zeros(len(columns[0]))
    Execution().run_kernel(draw_all, Keys._make([*columns, out]), len(out))
    return out


# ---------------------------------------------------------------- known answers


@pytest.mark.parametrize("seed", PUBLISHED)
def test_splitmix_gives_its_published_outputs(seed: int) -> None:
    found = [mix((seed + step * WEYL) & MASK) for step in range(1, 6)]
    assert found == PUBLISHED[seed]


KNOWN = [
    ((0, 0, 0, 0, 0), "0x1.e2b96a69ad7f6p-2"),
    ((2026, 13, 2**62 + 5, 17, 3), "0x1.d5ca4c51a6525p-1"),
    ((1, 1, 1, -1, 1), "0x1.003b70b293415p-1"),
]


@pytest.mark.parametrize(("key", "known"), KNOWN)
def test_a_draw_never_changes_its_value(key: tuple[int, ...], known: str) -> None:
    """Recorded answers: a change of these moves every result of every run."""
    assert fraction(*key).hex() == known


@pytest.mark.parametrize(("key", "known"), KNOWN)
def test_a_draw_is_a_chain_of_splitmix_outputs(key: tuple[int, ...], known: str) -> None:
    def output(state: int) -> int:  # one step of the generator, in wrapping numbers of 64 bits
        z = np.array([state % 2**64], np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return int((z ^ (z >> np.uint64(31)))[0])

    chain = 0
    for part in key:
        chain = output(chain ^ part % 2**64)
    assert (2 * (chain >> 12) + 1) / 2**53 == float.fromhex(known)


# ---------------------------------------------------------------- plain equals compiled

KEY = st.tuples(st.integers(0, 2**63 - 1), ANY, ANY, ANY, ANY)


@untimed
@given(st.lists(KEY, min_size=1, max_size=50))
@example([(0, 0, 2**62, -1, 0), (2**63 - 1, 35, 2**63 - 1, -(2**63), 64)])
def test_plain_and_compiled_draws_have_the_same_bits(keys: list[tuple[int, ...]]) -> None:
    assert drawn(*np.array(keys).T).tolist() == [fraction(*key) for key in keys]


def test_narrow_negative_keys_draw_what_wide_ones_draw() -> None:
    parts = np.arange(5)[:, None], np.arange(-128, 128)
    keys = (*parts, *parts, parts[1])
    columns = [np.broadcast_to(k, (5, 256)) for k in keys]
    assert drawn(*columns, form="i2").tolist() == drawn(*columns).tolist()


class Everything(NamedTuple):
    """Every kind of draw for every row."""

    now: Now
    identity: Any
    real: Any
    reals: Any
    counts: Any


@loop
def draw_everything(state, first, last):
    now = state.now
    for row in range(first, last):
        who, x = state.identity[row], state.real[row]
        u = uniform(now, Decision.TRIAL, who)
        state.reals[row, 0] = u
        state.reals[row, 1] = normal(now, Decision.TASTE, who, 2)
        state.reals[row, 2] = normal_quantile(u)
        state.reals[row, 3] = normal_share(x)
        state.reals[row, 4] = logistic(x)
        state.counts[row, 0] = happens(now, Decision.SUE, who, u, row)
        state.counts[row, 1] = poisson(u, abs(x))
        state.counts[row, 2] = binomial(u, 1 + row % 50, 0.5 * u)
        state.counts[row, 3] = member(now, Decision.NEIGHBOUR, who, 1, 1 + row)


@untimed
@given(
    NOW,
    st.lists(st.tuples(ANY, st.floats(-30, 30) | st.floats(-2000, 2000)), min_size=1, max_size=20),
)
def test_every_kind_of_draw_has_the_same_bits(now: Now, rows: list[tuple[int, float]]) -> None:
    identity, real = (np.array(column) for column in zip(*rows, strict=True))
    found = [
        Everything(now, identity, real, np.zeros((len(rows), 5)), np.zeros((len(rows), 4), int))
        for _ in range(2)
    ]
    Execution(compiled=False).run_kernel(draw_everything, found[0], len(rows))
    Execution().run_kernel(draw_everything, found[1], len(rows))
    assert found[0].reals.tolist() == found[1].reals.tolist()
    assert found[0].counts.tolist() == found[1].counts.tolist()


# ---------------------------------------------------------------- independence


def test_four_million_neighbouring_keys_draw_no_number_twice() -> None:
    """Of 2^52 cells, four million independent draws would share one with a chance of 0.2 %."""
    identity = np.concatenate([np.arange(1000), 2**62 + np.arange(-500, 500)])
    found = drawn(
        np.arange(4)[:, None, None, None, None],
        np.arange(1, 11)[:, None, None, None],
        identity[:, None, None],
        np.arange(-5, 20)[:, None],
        np.arange(2),
    )
    assert len(found) == 4_000_000
    assert len(np.unique(found)) == len(found)


PARTS = ["seed", "decision", "identity", "month", "index"]


@pytest.mark.parametrize("step", [1, 2, 64, 2**20, 2**40])
@pytest.mark.parametrize("part", range(5), ids=PARTS)
def test_neighbouring_keys_are_uncorrelated(part: int, step: int) -> None:
    """Below 4.5 standard errors: 25 comparisons of fixed keys stay below it but for 0.02 %."""
    n = 200_000
    key: list[Any] = [7, 3, 1000, 12, 1]
    key[2] = 1000 + np.arange(n) if part != 2 else 1000 + 2 * step * np.arange(n)
    near = list(key)
    near[part] = near[part] + step
    correlation = np.corrcoef(drawn(*key), drawn(*near))[0, 1]
    assert abs(correlation) < 4.5 / np.sqrt(n)


@pytest.mark.parametrize("part", range(5), ids=PARTS)
def test_draws_along_every_part_of_the_key_are_uniform(part: int) -> None:
    key: list[Any] = [7, 3, 1000, 12, 1]
    key[part] = np.arange(200_000)
    assert stats.kstest(drawn(*key), "uniform").pvalue > CHANCE


@pytest.mark.parametrize("part", range(5), ids=PARTS)
def test_pairs_of_neighbouring_draws_fill_the_square(part: int) -> None:
    key: list[Any] = [7, 3, 1000, 12, 1]
    key[part] = np.arange(200_001)
    found = drawn(*key)
    counts = np.histogram2d(found[:-1], found[1:], bins=32, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(counts.ravel()).pvalue > CHANCE


def test_parts_of_a_key_are_not_exchangeable() -> None:
    assert fraction(1, 2, 3, 4, 5) != fraction(1, 3, 2, 4, 5)
    assert fraction(1, 2, 3, 4, 5) != fraction(1, 2, 4, 3, 5)


def test_every_bit_of_a_key_turns_half_the_bits() -> None:
    """Within 5 standard errors of 2,000 keys: sqrt(64 / 4 / 2000) is 0.09 bits."""
    states = np.random.default_rng(1).integers(0, 2**63, 2000).tolist()
    for bit in range(64):
        turned = np.mean([(mix(s) ^ mix(s ^ 1 << bit)).bit_count() for s in states])
        assert abs(turned - 32.0) < 5 * 0.09, bit


@untimed
@given(KEY)
def test_a_draw_lies_strictly_between_zero_and_one(key: tuple[int, ...]) -> None:
    assert SMALLEST <= fraction(*key) <= LARGEST


def test_no_two_decisions_share_a_number() -> None:
    assert unique(Decision) is Decision


# ---------------------------------------------------------------- events


@untimed
@given(NOW, ANY, st.floats(max_value=0.0))
def test_what_has_no_chance_never_happens(now: Now, who: int, chance: float) -> None:
    assert not happens(now, Decision.SUE, who, chance)


@untimed
@given(NOW, ANY, st.floats(min_value=1.0))
def test_what_is_certain_always_happens(now: Now, who: int, chance: float) -> None:
    assert happens(now, Decision.SUE, who, chance)


@untimed
@given(NOW, ANY, st.integers(0, 100))
def test_an_event_happens_once_its_chance_exceeds_its_draw(now: Now, who: int, index: int) -> None:
    draw = uniform(now, Decision.SUE, who, index)
    assert not happens(now, Decision.SUE, who, draw, index)
    assert happens(now, Decision.SUE, who, float(np.nextafter(draw, 1.0)), index)


@untimed
@given(NOW, ANY, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_chance_keeps_what_happened(now: Now, who: int, one: float, two: float) -> None:
    low, high = sorted([one, two])
    assert happens(now, 1, who, high) >= happens(now, 1, who, low)


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.9])
def test_events_happen_as_often_as_they_should(chance: float) -> None:
    n = 20_000
    often = sum(happens(Now(1, 2), 3, who, chance) for who in range(n))
    assert abs(often - n * chance) < 4.5 * np.sqrt(n * chance * (1 - chance))


# ---------------------------------------------------------------- normals


class Quantiles(NamedTuple):
    """Probabilities and their quantiles."""

    p: np.ndarray
    z: np.ndarray


QUANTILES = [
    (1e-300, -37.04709629936119923655),
    (1e-15, -7.94134532617099677133),
    (0.001, -3.090232306167813535358),
    (0.0749, -1.440238267527963663112),
    (0.0751, -1.438825392752539982436),
    (0.12, -1.174986792066090028068),
    (0.134065835, -1.107375370423156695468),
    (0.3, -0.5244005127080408159695),
    (0.4999, -0.0002506628300880074923889),
    (0.8568349, 1.066206731214108698653),
]


@loop
def quantiles(state, first, last):
    for row in range(first, last):
        state.z[row] = normal_quantile(state.p[row])


@pytest.mark.parametrize(("p", "z"), QUANTILES)
def test_normal_quantiles_are_true_to_1e_15(p: float, z: float) -> None:
    """Of the value: at worst 6.2e-16 was seen; `z` was worked out with 40 digits."""
    assert abs(normal_quantile(p) - z) <= 1e-15 * abs(z)


def test_normal_quantiles_agree_with_scipy() -> None:
    """To 1.25e-15 of the value: where they differ most, each is 5e-16 off, to either side."""
    lower = np.unique(
        np.concatenate([np.geomspace(SMALLEST, 0.5, 200_001), np.linspace(0.001, 0.5, 200_001)])
    )
    p = np.concatenate([[1e-300, 1e-100, 1e-30], lower, 1.0 - lower[lower < 0.5]])
    found = Quantiles(p, np.zeros(len(p)))
    Execution().run_kernel(quantiles, found, len(p))
    expected = ndtri(p)
    assert (np.abs(found.z - expected) <= 1.25e-15 * np.abs(expected)).all()


@untimed
@given(st.floats(SMALLEST, LARGEST), st.floats(SMALLEST, LARGEST))
def test_normal_quantiles_rise(one: float, two: float) -> None:
    """Up to 1.25e-15 of the value, as above: rounding, and the seams of the algorithm."""
    low, high = (normal_quantile(p) for p in sorted([one, two]))
    assert high >= low - 1.25e-15 * abs(low)


@untimed
@given(st.integers(1, 2**52 - 1))
def test_normal_quantiles_are_symmetric(cells: int) -> None:
    p = cells * 2.0**-53  # so that 1 - p is exact
    assert normal_quantile(p) == -normal_quantile(1.0 - p)


def test_normals_are_normal() -> None:
    found = [normal(Now(5, 6), 7, who) for who in range(20_000)]
    assert stats.kstest(found, "norm").pvalue > CHANCE


@untimed
@given(st.floats(-8, 8))
def test_the_normal_share_agrees_with_scipy(z: float) -> None:
    """To 3e-14 of the share: on both sides z^2, up to 64, multiplies the rounding of z."""
    assert normal_share(z) == pytest.approx(stats.norm.cdf(z), rel=3e-14)


@untimed
@given(st.floats(allow_nan=False))
def test_the_logistic_is_a_share_for_any_number(x: float) -> None:
    assert 0.0 < logistic(x) <= 1.0


def test_the_logistic_is_one_half_at_zero() -> None:
    assert logistic(0.0) == 0.5
    assert logistic(2.0) == pytest.approx(1.0 / (1.0 + np.exp(-2.0)), rel=1e-15)


# ---------------------------------------------------------------- counts

EDGE = 1e-12
"""Distance in probability to the edge of a count: 1,000 roundings, and those of SciPy."""


def edges(distribution: Any) -> list[tuple[float, int]]:
    """Probabilities a little below and above each step of a distribution, and their counts."""
    cells = []
    for k in range(1001):
        share, next_share = distribution.pmf(k), distribution.pmf(k + 1)
        if share > 10 * EDGE and next_share > 10 * EDGE:
            cells += [(distribution.cdf(k) - EDGE, k), (distribution.cdf(k) + EDGE, k + 1)]
    return cells


@pytest.mark.parametrize("mean", [1e-3, 0.1, 1.0, 4.5, 12.0, 30.0])
def test_poisson_counts_have_their_probabilities(mean: float) -> None:
    steps = edges(stats.poisson(mean))
    assert [poisson(u, mean) for u, _ in steps] == [count for _, count in steps]
    assert steps


BINOMIALS = [(1, 0.3), (7, 0.001), (12, 0.5), (40, 0.9), (300, 0.05)]
BINOMIALS += [(1000, chance) for chance in (0.02, 0.4, 0.6, 0.9, 0.999)]


@pytest.mark.parametrize(("trials", "chance"), BINOMIALS)
def test_binomial_counts_have_their_probabilities(trials: int, chance: float) -> None:
    steps = edges(stats.binom(trials, chance))
    assert [binomial(u, trials, chance) for u, _ in steps] == [count for _, count in steps]
    assert steps


@untimed
@given(st.floats(SMALLEST, LARGEST), st.integers(0, 1000), st.floats(0, 1))
def test_a_binomial_count_is_one_of_the_trials(u: float, trials: int, chance: float) -> None:
    assert 0 <= binomial(u, trials, chance) <= trials


@untimed
@given(st.floats(SMALLEST, LARGEST), st.floats(SMALLEST, LARGEST), st.floats(0, 30))
def test_a_higher_draw_counts_no_less(one: float, two: float, mean: float) -> None:
    low, high = sorted([one, two])
    assert poisson(low, mean) <= poisson(high, mean)
    assert binomial(low, 20, mean / 30) <= binomial(high, 20, mean / 30)


@untimed
@given(st.floats(SMALLEST, LARGEST), st.integers(0, 1000))
def test_what_cannot_come_is_not_counted(u: float, trials: int) -> None:
    assert poisson(u, 0.0) == 0
    assert binomial(u, trials, 0.0) == 0
    assert binomial(u, trials, 1.0) == trials


def beyond_reach(distribution: Any) -> int:
    """The first count with less than 1e-18 of probability beyond it; 2^-53 is some 1e-16."""
    return int(np.argmax(distribution.sf(np.arange(1001)) < 1e-18))


def test_the_last_draw_counts_no_more_poisson_events_than_are_rare() -> None:
    for mean in np.linspace(0.01, 30.0, 300).tolist():
        assert poisson(LARGEST, mean) <= 1 + beyond_reach(stats.poisson(mean)), mean


@pytest.mark.parametrize(("trials", "chance"), [(100, 0.5), (1000, 0.01)])
def test_the_last_draw_counts_no_more_trials_than_are_rare(trials: int, chance: float) -> None:
    assert binomial(LARGEST, trials, chance) <= 1 + beyond_reach(stats.binom(trials, chance))


# ---------------------------------------------------------------- members


@untimed
@given(NOW, ANY, st.integers(0, 1000), st.integers(1, 10**6))
def test_a_pick_is_one_of_the_members(now: Now, who: int, index: int, count: int) -> None:
    assert 0 <= member(now, Decision.NEIGHBOUR, who, index, count) < count


@pytest.mark.parametrize("count", [2, 3, 5, 8, 9, 31, 100])
def test_members_are_equally_likely(count: int) -> None:
    picks = [member(Now(1, 2), Decision.CREDITOR, who, 0, count) for who in range(20_000)]
    assert stats.chisquare(np.bincount(picks, minlength=count)).pvalue > CHANCE


def test_picks_of_one_chooser_are_independent() -> None:
    pairs = np.zeros((5, 5))
    for who in range(20_000):
        first, second = (member(Now(1, 2), Decision.NEIGHBOUR, who, i, 5) for i in (0, 1))
        pairs[first, second] += 1
    assert stats.chisquare(pairs.ravel()).pvalue > CHANCE


SIZES = [1, 2, 3, 4, 5, 6, 7, 16, 30, 64, 100, 1024]


@pytest.mark.parametrize("count", SIZES)
def test_one_member_more_changes_only_the_picks_that_fall_on_it(count: int) -> None:
    now = Now(1, 2)
    for who in range(5000):
        before = member(now, Decision.CREDITOR, who, 0, count)
        assert member(now, Decision.CREDITOR, who, 0, count + 1) in {before, count}

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
    0: [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F],
    1234567: [6457827717110365317, 3203168211198807973, 9817491932198370423],
}
"""First outputs of splitmix64, as its authors and later ports publish them, by seed."""

SMALLEST, LARGEST = 2.0**-53, 1.0 - 2.0**-53
"""The ends of what a draw can be: the middles of the first and the last cell."""

CHANCE = 1e-4
"""A test of goodness of fit rejects below this; keys are fixed, so it passes always or never."""

ANY = st.integers(-(2**63), 2**63 - 1)
NOW = st.builds(Now, st.integers(0, 2**63 - 1), st.integers(-1200, 1200))
KEY = st.tuples(st.integers(0, 2**63 - 1), ANY, ANY, ANY, ANY)
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


# ---------------------------------------------------------------- known answers


@pytest.mark.parametrize("seed", PUBLISHED)
def test_splitmix_gives_its_published_outputs(seed: int) -> None:
    found = [mix((seed + step * WEYL) & MASK) for step in range(1, 4)]
    assert found == PUBLISHED[seed]


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


# ---------------------------------------------------------------- plain equals compiled


@untimed
@given(st.lists(KEY, min_size=1, max_size=50))
@example([(0, 0, 2**62, -1, 0), (2**63 - 1, 35, 2**63 - 1, -(2**63), 64)])
def test_plain_and_compiled_draws_have_the_same_bits_between_zero_and_one(
    keys: list[tuple[int, ...]],
) -> None:
    plain = [fraction(*key) for key in keys]
    assert drawn(*np.array(keys).T).tolist() == plain
    assert SMALLEST <= min(plain) <= max(plain) <= LARGEST


def test_narrow_negative_keys_draw_what_wide_ones_draw() -> None:
    parts = np.arange(5)[:, None], np.arange(-128, 128)
    keys = (*parts, *parts, parts[1])
    columns = [np.broadcast_to(k, (5, 256)) for k in keys]
    assert drawn(*columns, form="i2").tolist() == drawn(*columns).tolist()


ROW = st.tuples(
    ANY,
    st.floats(-30, 30) | st.floats(-2000, 2000),
    UNIT,
    st.integers(0, 1000),
    st.integers(1, 10**6),
)


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
    assert (binomials <= 1 + np.arange(len(rows)) % 50).all()
    assert ((members >= 0) & (members < found.members)).all()
    for who, _, _, i, _ in rows:
        u = uniform(now, Decision.TASTE, who, i)
        assert normal(now, Decision.TASTE, who, i) == normal_quantile(u)


# ---------------------------------------------------------------- independence


def test_a_million_neighbouring_keys_draw_no_number_twice() -> None:
    """Of 2^52 cells, a million independent draws would share one with a chance of 0.01 %."""
    identity = np.concatenate([np.arange(250), 2**62 + np.arange(-125, 125)])
    found = drawn(
        np.arange(4)[:, None, None, None, None],
        np.arange(1, 11)[:, None, None, None],
        identity[:, None, None],
        np.arange(-5, 20)[:, None],
        np.arange(2),
    )
    assert len(np.unique(found)) == len(found) == 1_000_000


PARTS = ["seed", "decision", "identity", "month", "index"]


@pytest.mark.parametrize("part", range(5), ids=PARTS)
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


def test_parts_of_a_key_are_not_exchangeable() -> None:
    assert fraction(1, 2, 3, 4, 5) != fraction(1, 3, 2, 4, 5)
    assert fraction(1, 2, 3, 4, 5) != fraction(1, 2, 4, 3, 5)
    assert unique(Decision) is Decision  # no two decisions share a number


def test_every_bit_of_a_key_turns_half_the_bits() -> None:
    """Within 5 standard errors of 2,000 keys: sqrt(64 / 4 / 2000) is 0.09 bits."""
    states = np.random.default_rng(1).integers(0, 2**63, 2000).tolist()
    for bit in range(64):
        turned = np.mean([(mix(s) ^ mix(s ^ 1 << bit)).bit_count() for s in states])
        assert abs(turned - 32.0) < 5 * 0.09, bit


# ---------------------------------------------------------------- events


@untimed
@given(NOW, ANY, st.integers(0, 100), st.floats(allow_nan=False))
def test_an_event_happens_once_its_chance_exceeds_its_draw(
    now: Now, who: int, index: int, chance: float
) -> None:
    draw = uniform(now, Decision.SUE, who, index)
    above = float(np.nextafter(draw, 1.0))
    for p, whether in ((draw, False), (above, True), (0.0, False), (1.0, True)):
        assert happens(now, Decision.SUE, who, p, index) == whether
    assert happens(now, Decision.SUE, who, chance, index) == (draw < chance)


# ---------------------------------------------------------------- normals

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


@pytest.mark.parametrize(("p", "z"), QUANTILES)
def test_normal_quantiles_are_true_to_1e_15(p: float, z: float) -> None:
    """Of the value: at worst 6.2e-16 was seen; `z` was worked out with 40 digits."""
    assert abs(normal_quantile(p) - z) <= 1e-15 * abs(z)


def test_normal_quantiles_agree_with_scipy() -> None:
    """To 1.25e-15 of the value: where they differ most, each is 5e-16 off, to either side."""
    lower = [np.geomspace(SMALLEST, 0.5, 200_001), np.linspace(0.001, 0.5, 200_001)]
    below = np.unique(np.concatenate(lower))
    p = np.concatenate([[1e-300, 1e-100, 1e-30], below, 1.0 - below[below < 0.5]])
    expected = ndtri(p)
    found = everything(Now(1, 1), 1, p=p).reals[:, 2]
    assert (np.abs(found - expected) <= 1.25e-15 * np.abs(expected)).all()


@untimed
@given(st.integers(1, 2**52 - 1))
def test_normal_quantiles_are_symmetric(cells: int) -> None:
    p = cells * 2.0**-53  # so that 1 - p is exact
    assert normal_quantile(p) == -normal_quantile(1.0 - p)


@untimed
@given(st.floats(-8, 8))
def test_the_normal_share_agrees_with_scipy(z: float) -> None:
    """To 3e-14 of the share: on both sides z^2, up to 64, multiplies the rounding of z."""
    assert normal_share(z) == pytest.approx(stats.norm.cdf(z), rel=3e-14)


@untimed
@given(st.floats(allow_nan=False))
@example(0.0)
@example(2.0)
def test_the_logistic_is_a_share_for_any_number(x: float) -> None:
    assert 0.0 < logistic(x) <= 1.0
    if abs(x) < 700.0:
        assert logistic(x) == pytest.approx(1.0 / (1.0 + np.exp(-x)), rel=1e-15)


# ---------------------------------------------------------------- counts

EDGE = 1e-12
"""Distance in probability to the edge of a count: 1,000 roundings, and those of SciPy."""


def edges(distribution: Any) -> list[tuple[float, int]]:
    """Probabilities a little below and above each step of a distribution, and their counts."""
    shares = distribution.pmf(np.arange(1002))
    steps = np.flatnonzero((shares[:-1] > 10 * EDGE) & (shares[1:] > 10 * EDGE)).tolist()
    assert steps
    below = [(float(distribution.cdf(k)) - EDGE, k) for k in steps]
    return below + [(p + 2 * EDGE, k + 1) for p, k in below]


@pytest.mark.parametrize("mean", [1e-3, 0.1, 1.0, 4.5, 12.0, 30.0])
def test_poisson_counts_have_their_probabilities(mean: float) -> None:
    for u, count in edges(stats.poisson(mean)):
        assert poisson(u, mean) == count


BINOMIALS = [(1, 0.3), (7, 0.001), (12, 0.5), (40, 0.9), (300, 0.05)]
BINOMIALS += [(1000, chance) for chance in (0.02, 0.4, 0.6, 0.9, 0.999)]


@pytest.mark.parametrize(("trials", "chance"), BINOMIALS)
def test_binomial_counts_have_their_probabilities(trials: int, chance: float) -> None:
    for u, count in edges(stats.binom(trials, chance)):
        assert binomial(u, trials, chance) == count


@untimed
@given(UNIT, UNIT, st.floats(0, 30), st.integers(0, 1000))
def test_a_higher_draw_counts_no_less_and_no_chance_nothing(
    one: float, two: float, mean: float, trials: int
) -> None:
    low, high = sorted([one, two])
    assert poisson(low, mean) <= poisson(high, mean)
    assert 0 <= binomial(low, trials, mean / 30) <= binomial(high, trials, mean / 30) <= trials
    assert poisson(one, 0.0) == binomial(one, trials, 0.0) == 0
    assert binomial(one, trials, 1.0) == trials


def beyond_reach(distribution: Any) -> int:
    """The first count with less than 1e-18 of probability beyond it; 2^-53 is some 1e-16."""
    return int(np.argmax(distribution.sf(np.arange(1001)) < 1e-18))


def test_the_last_draw_counts_no_more_than_is_rare() -> None:
    for mean in np.linspace(0.01, 30.0, 300).tolist():
        assert poisson(LARGEST, mean) <= 1 + beyond_reach(stats.poisson(mean)), mean
    for trials, chance in ((100, 0.5), (1000, 0.01)):
        most = 1 + beyond_reach(stats.binom(trials, chance))
        assert binomial(LARGEST, trials, chance) <= most


# ---------------------------------------------------------------- members


def picks(count: Any, index: Any = 0, choosers: int = 20_000) -> np.ndarray:
    """Which of `count` members each chooser picks."""
    found: np.ndarray = everything(Now(1, 2), np.arange(choosers), i=index, members=count).counts
    return found[:, 3]


def test_members_are_equally_likely_and_picks_of_one_chooser_independent() -> None:
    for count in (2, 3, 5, 8, 9, 31, 100):
        assert stats.chisquare(np.bincount(picks(count), minlength=count)).pvalue > CHANCE
    pairs = np.bincount(5 * picks(5, 0) + picks(5, 1), minlength=25)
    assert stats.chisquare(pairs).pvalue > CHANCE


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 16, 30, 64, 100, 1024])
def test_one_member_more_changes_only_the_picks_that_fall_on_it(count: int) -> None:
    before, after = (picks(n, choosers=5000) for n in (count, count + 1))
    assert ((after == before) | (after == count)).all()

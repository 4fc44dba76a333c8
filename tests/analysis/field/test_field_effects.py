"""Claims about effects in trials: chance is subtracted, verdicts follow intervals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.field.catalogue import verdict
from sim.analysis.field.effect import Compared, estimate, linearised
from sim.analysis.field.outcome import Half, Halves, halves
from sim.analysis.field.spec import Accepted, Outcome
from sim.analysis.paired import difference

N = 8
RNG = np.random.default_rng(1)
BASE = RNG.integers(20, 60, N).astype(float)
OTHER = RNG.integers(20, 60, N).astype(float)
MANY = np.full(N, 100.0)


def pair(treated, control):
    return Halves(Half(MANY, treated), Half(MANY, control))


UNTREATED = pair(BASE, OTHER)


def test_chance_differences_between_the_halves_are_subtracted():
    found = estimate("difference", Compared(pair(BASE + 5.0, OTHER), UNTREATED))
    assert (found.mean, found.low, found.high) == pytest.approx((0.05, 0.05, 0.05))


def test_what_reaches_both_halves_alike_is_no_effect_but_spills_over():
    both = Compared(pair(BASE + 5.0, OTHER + 5.0), UNTREATED)
    assert estimate("difference", both).mean == pytest.approx(0.0)
    assert estimate("spillover", both).mean == pytest.approx(1.0)


def test_arms_are_subtracted():
    one, other, together = (Compared(pair(BASE + x, OTHER), UNTREATED) for x in (5.0, 3.0, 6.0))
    assert estimate("difference", together, [one, other]).mean == pytest.approx(-0.02)


def test_a_relative_effect_is_the_ratio_of_means():
    found = estimate("relative", Compared(pair(BASE + 5.0, OTHER), UNTREATED))
    assert found.mean == pytest.approx(0.05 / np.mean(OTHER / 100.0))


def test_a_level_is_that_of_both_halves_without_the_policy():
    found = estimate("level", Compared(pair(BASE + 5.0, OTHER), UNTREATED))
    assert found.mean == pytest.approx(np.mean((BASE + OTHER) / 200.0))


@given(st.floats(0.1, 10.0), st.integers(0, 1000))
def test_the_interval_of_a_proportional_numerator_has_no_width(ratio, seed):
    below = np.random.default_rng(seed).uniform(1.0, 2.0, N)
    assert linearised(ratio * below, below) == pytest.approx(np.full(N, ratio))


def test_without_a_claim_there_is_no_number():
    nobody = Half(np.zeros(N), np.zeros(N))
    found = estimate("relative", Compared(Halves(nobody, nobody), Halves(nobody, nobody)))
    assert np.isnan(found.mean)
    assert verdict(found, Accepted(-1.0, 1.0)) == "unclear"


@pytest.mark.parametrize(
    ("gaps", "accepted", "said"),
    [
        ([0.9, 1.0, 1.1], Accepted(0.5, 1.5), "met"),
        ([0.9, 1.0, 1.1], Accepted(1.0, 1.5), "unclear"),
        ([0.9, 1.0, 1.1], Accepted(2.0, 3.0), "missed"),
        ([0.0] * 3, Accepted(0.0, 1.0, strict=True), "unclear"),
        ([0.0] * 6, Accepted(0.0, 1.0, strict=True), "missed"),
        ([0.0] * 6, Accepted(-0.1, 0.1), "met"),
    ],
)
def test_the_verdict_follows_from_interval_and_accepted_range(gaps, accepted, said):
    assert verdict(difference(gaps), accepted) == said


ROWS = pd.DataFrame(
    [
        ("treated", "able", "wages", 1, 0, True, 0, 4),
        ("treated", "able", "wages", 1, 3, False, 0, 2),
        ("treated", "empty", "wages", 2, -1, False, 0, 1),
        ("treated", "able", "trade", 9, 0, True, 0, 7),
        ("control", "able", "wages", 2, 1, True, 1, 5),
    ],
    columns=["arm", "ability", "domain", "month", "months", "freely", "replicate", "claims"],
)


@pytest.mark.parametrize(
    ("asked", "claims", "counted"),
    [
        ({"within": 0}, 7.0, 4.0),
        ({"within": 3}, 7.0, 6.0),
        ({"within": 3, "freely": True}, 7.0, 4.0),
        ({"within": 3, "unpaid": True}, 7.0, 1.0),
        ({"within": 3, "among": "unable"}, 1.0, 0.0),
        ({"within": 3, "domains": ["trade"]}, 0.0, 0.0),
        ({"within": 0, "due": (9, 9)}, 7.0, 7.0),
    ],
)
def test_an_outcome_counts_the_claims_that_it_names(asked, claims, counted):
    found = halves(ROWS, Outcome(**{"title": "t", "due": (1, 2)} | asked), 2).treated
    assert (found.claims[0], found.counted[0]) == (claims, counted)
    assert found.claims[1] == 0.0

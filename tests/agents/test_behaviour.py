"""Claims about the ways to weigh a chance, and about taste."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.behaviour import loss, pays, sure_gain, taste_of, weighted
from sim.parameters import Choice
from sim.terms import Behaviour

PROSPECT = Choice(behaviour=Behaviour.PROSPECT)
EXACT = 1e-12
PROBABILITY = st.floats(0.0, 1.0)


@given(p=PROBABILITY, q=PROBABILITY, exponent=st.floats(0.3, 1.0))
def test_a_likelier_loss_never_weighs_less(p, q, exponent):
    low, high = sorted((p, q))
    assert weighted(low, exponent) <= weighted(high, exponent) + EXACT
    assert 0.0 <= weighted(low, exponent) <= 1.0 + EXACT


@given(p=PROBABILITY)
def test_small_chances_are_overweighed_and_large_ones_underweighed_but_without_curvature(p):
    assert weighted(p, 1.0) == pytest.approx(p, rel=EXACT)
    # Tversky and Kahneman 1992: for losses with .69 the curves cross near .36
    assert weighted(0.05, 0.69) > 0.05
    assert weighted(0.8, 0.69) < 0.8
    assert [weighted(sure, 0.69) for sure in (0.0, 1.0)] == [0.0, 1.0]


def test_a_certainty_equivalent_is_worth_as_much_as_the_chance_and_a_sure_gain_weighs_less():
    assert loss(1.0, 700.0, PROSPECT) == loss(1.0, 700.0, Choice()) == 700.0
    assert loss(0.1, 5_000.0, Choice()) == 500.0
    sure = loss(0.1, 5_000.0, PROSPECT)
    assert sure**0.88 == pytest.approx(weighted(0.1, 0.69) * 5_000.0**0.88, rel=EXACT)
    sure = sure_gain(5_000.0, PROSPECT)
    assert 2.25 * sure**0.88 == pytest.approx(5_000.0**0.88, rel=EXACT)
    assert sure_gain(5_000.0, Choice()) == 5_000.0


@given(score=st.floats(-7.0, 7.0))
def test_taste_is_logistic_where_its_score_is_normal(score):
    share = 0.5 * math.erfc(-score / math.sqrt(2.0))
    assert 1.0 / (1.0 + math.exp(-taste_of(score))) == pytest.approx(share, rel=1e-6, abs=2e-13)


def test_noise_is_in_yuan_of_what_is_payable_but_never_of_nothing():
    loud = Choice(noise=0.1)
    assert pays(-100.0, -101.0, 1e4, 3000.0, 0.0, loud)  # a cheaper honest alternative
    assert pays(-99.0, 0.0, 1000.0, 0.0, 1.0, loud)
    assert not pays(-101.0, 0.0, 1000.0, 0.0, 1.0, loud)
    assert pays(-29.0, 0.0, 0.0, 3000.0, 1.0, loud)
    assert not pays(-31.0, 0.0, 0.0, 3000.0, 1.0, loud)


@pytest.mark.parametrize("net", [-1e9, 1e9])
def test_the_rule_of_thumb_looks_at_no_ledger(net):
    thumb = Choice(behaviour=Behaviour.RULE_OF_THUMB, thumb_share=0.65)
    edge = -math.log(0.65 / 0.35)
    assert pays(net, 0.0, 1e4, 3000.0, edge + 1e-9, thumb)
    assert not pays(net, 0.0, 1e4, 3000.0, edge - 1e-9, thumb)

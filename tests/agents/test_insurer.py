"""Claims about cover, care and the effort of creditors who expect relief."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.insurer import accidents, cover, covered_share, effort, social_benefit
from sim.agents.parameters import Protection
from sim.levers.at_source import AtSource
from sim.levers.catalogue import Levers

HELD = {"insurance_coverage": 1.0, "insurance_compliance": 0.6, "insurance_limit": 122_000.0}


def levers(**values):
    return Levers(at_source=replace(AtSource(), **(HELD | values)))


def test_cover_ends_at_its_limit_and_leaves_the_deductible():
    assert cover(100_000.0, levers()) == 100_000.0
    assert cover(100_000.0, levers(insurance_deductible=0.2)) == 80_000.0
    assert cover(1e6, levers(insurance_deductible=0.2)) == 122_000.0
    assert covered_share(levers()) == 0.6
    assert covered_share(levers(insurance_compliance=0.0)) == 0.0


def test_full_cover_raises_accidents_by_what_care_avoided():
    assert accidents(50_000.0, levers(), Protection()) == pytest.approx(1.06, abs=0.001)
    assert accidents(50_000.0, levers(insurance_limit=0.0), Protection()) == 1.0


@given(
    loss=st.floats(100.0, 1e6),
    deductible=st.floats(0.0, 1.0),
    rating=st.floats(0.0, 1.0),
    care=st.floats(0.0, 0.9),
)
def test_cover_never_makes_careful_and_experience_rating_always_does(
    loss, deductible, rating, care
):
    protection = Protection(care=care)
    rated = levers(insurance_deductible=deductible, insurance_experience_rating=rating)
    flat = levers(insurance_deductible=deductible)
    rounding = 1e-12  # of a ratio near one
    assert accidents(loss, flat, protection) >= accidents(loss, rated, protection) - rounding
    assert accidents(loss, rated, protection) >= 1.0 - rounding


def test_social_insurance_pays_for_bad_months_only():
    half = levers(social_insurance=0.5)
    assert social_benefit(3000.0, 2000.0, half) == 500.0
    assert social_benefit(3000.0, 4000.0, half) == 0.0


def test_who_expects_relief_hurries_less_unless_the_channel_is_closed():
    assert effort(1.0, 24_000.0, 48_000.0, Protection(relief_slack=0.5)) == 0.75
    assert effort(1.0, 24_000.0, 48_000.0, Protection(relief_slack=0.0)) == 1.0
    assert effort(0.0, 24_000.0, 48_000.0, Protection()) == 1.0
    assert effort(1.0, 24_000.0, 0.0, Protection()) == 1.0

"""Claims about cover, care and the effort of creditors who expect relief."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.institutions.insurer import (
    accidents,
    class_after_claim,
    class_factor,
    cover,
    covered_share,
    premiums_at_stake,
    social_benefit,
)
from sim.levers.at_source import AtSource
from sim.levers.catalogue import Levers
from sim.mechanisms.relief_fund import effort
from sim.parameters import Protection

HELD = {"insurance_coverage": 1.0, "insurance_compliance": 0.6, "insurance_limit": 122_000.0}


def levers(**values):
    return Levers(at_source=replace(AtSource(), **(HELD | values)))


def test_cover_ends_at_its_limit_and_leaves_the_deductible():
    assert cover(100_000.0, levers()) == 100_000.0
    assert cover(100_000.0, levers(insurance_deductible=0.2)) == 80_000.0
    assert cover(1e6, levers(insurance_deductible=0.2)) == 122_000.0
    assert covered_share(levers()) == 0.6
    assert covered_share(levers(insurance_compliance=0.0)) == 0.0


def test_full_cover_raises_accidents_by_what_care_avoided_and_premiums_at_stake_lower_them():
    flat, rated = (accidents(50_000.0, yuan, levers(), Protection()) for yuan in (0.0, 10_000.0))
    assert flat == pytest.approx(1.06, abs=0.001)
    assert 1.0 < rated < flat
    assert accidents(50_000.0, 0.0, levers(insurance_limit=0.0), Protection()) == 1.0


@given(
    malus=st.integers(0, 8),
    left=st.integers(1, 12),
    discount=st.floats(0.001, 0.1),
    rating=st.floats(0.0, 1.0),
)
def test_premiums_at_stake_are_what_a_claim_adds_month_by_month(malus, left, discount, rating):
    of = Protection()
    total = 0.0
    without, with_claim = malus, class_after_claim(malus, of)
    for month in range(1, 12 * 20):
        if (month - left) % 12 == 0 and month >= left:
            without, with_claim = max(0, without - 1), max(0, with_claim - 1)
        more = class_factor(with_claim, rating, of) - class_factor(without, rating, of)
        total += 30.0 * more / (1.0 + discount) ** month
    worth = premiums_at_stake(malus, left, 30.0, rating, discount, of)
    assert worth == pytest.approx(total, rel=1e-9, abs=1e-9)


def test_social_insurance_pays_for_bad_months_only():
    half = levers(social_insurance=0.5)
    assert social_benefit(3000.0, 2000.0, half) == 500.0
    assert social_benefit(3000.0, 4000.0, half) == 0.0


def test_who_expects_relief_hurries_less_unless_the_channel_is_closed():
    assert effort(1.0, 24_000.0, 48_000.0, Protection(relief_slack=0.5)) == 0.75
    assert effort(1.0, 24_000.0, 48_000.0, Protection(relief_slack=0.0)) == 1.0
    assert effort(0.0, 24_000.0, 48_000.0, Protection()) == 1.0
    assert effort(1.0, 24_000.0, 0.0, Protection()) == 1.0

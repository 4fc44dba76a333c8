"""Claims about means, money, and who is born."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.debtor import means, take_money, wealth
from sim.parameters import AssetTraits
from tests.build import debtor

YUAN = st.floats(0.0, 1e9)
ROUNDING = 1e-9
CLASSES = [AssetTraits(own_price=p) for p in (1.0, 1.0, 1.0, 0.95, 0.9, 0.98)]


@given(assets=st.lists(YUAN, min_size=6, max_size=6), exempt=YUAN, wanted=YUAN)
def test_money_is_taken_down_to_the_exempt_minimum_and_no_further(assets, exempt, wanted):
    who = debtor(assets=assets, exempt=exempt)
    taken = take_money(who, wanted)
    left = [who.assets[k] for k in range(6)]
    assert min(left) >= 0.0
    assert left[3:] == assets[3:]
    money = sum(assets[:3])
    expected = min(wanted, max(0.0, money - exempt))
    assert taken == pytest.approx(expected, rel=ROUNDING, abs=ROUNDING * (money + 1.0))
    assert sum(left[:3]) + taken == pytest.approx(money, rel=ROUNDING, abs=ROUNDING)


@given(assets=st.lists(YUAN, min_size=6, max_size=6), exempt=YUAN, frozen=YUAN)
def test_wealth_is_what_an_own_sale_brings_beyond_the_exempt_minimum(assets, exempt, frozen):
    of = means(
        debtor(assets=assets, exempt=exempt, frozen=frozen, income=500.0, need=400.0), CLASSES
    )
    worth = sum(a * c.own_price for a, c in zip(assets, CLASSES, strict=True)) + frozen * 0.95
    assert wealth(of) == pytest.approx(max(0.0, worth - exempt) + 300.0, rel=ROUNDING)
    assert of.liquid <= sum(assets[:3]) * (1.0 + ROUNDING)


def test_those_born_are_as_their_kind_says(make):
    world = make.village({"population.size": 4000})
    rows = world.simulation.debtors.rows
    shares = np.bincount(rows["kind"], minlength=3) / 4000
    five_sd = 5 * np.sqrt(0.25 / 4000)
    assert np.abs(shares - [0.87, 0.12, 0.01]).max() < five_sd
    persons = rows[rows["kind"] == 0]
    assert abs(np.log(persons["usual"] / 3000.0).mean()) < 5 * 0.7 / np.sqrt(len(persons))
    upright = (persons["conscience_origin"] == 3.0).mean()
    honest = world.setup.kinds.person.honest_share
    assert abs(upright - honest) < 5 * np.sqrt(0.25 / len(persons))
    assert not rows[rows["kind"] == 2]["assets"][:, 1:].any()  # a public body has money only

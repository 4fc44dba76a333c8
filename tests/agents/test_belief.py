"""Claims about believed and felt hazards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.belief import believed, felt_optimism, remember, stepped
from sim.agents.debtor import Debtor
from sim.agents.parameters import Learning
from sim.engine.plain import Row
from sim.engine.record import dtype
from sim.terms import Updating


def debtor(**fields):
    row = Row(np.zeros(1, dtype(Debtor)), 0)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


@given(
    events=st.integers(0, 50), months=st.integers(0, 50), prior=st.floats(0.0, 1.0),
    weight=st.floats(0.01, 1200.0),
)  # fmt: skip
def test_a_believed_hazard_lies_between_prior_and_experience(events, months, prior, weight):
    months = max(events, months)
    rate = events / months if months else prior
    low, high = sorted((prior, rate))
    rounding = 1e-12
    assert low - rounding <= believed(events, months, prior, weight) <= high + rounding


def test_experience_outweighs_the_prior_in_the_end():
    assert believed(0.0, 0.0, 0.05, 12.0) == pytest.approx(0.05)
    assert believed(2e5, 1e6, 0.05, 12.0) == pytest.approx(0.2, rel=1e-4)  # 12 of 1e6 months


def test_standardisation_narrows_how_differently_debtors_see_the_same_risk():
    learning = Learning(optimism=0.4, dispersion=0.5)
    drawn = np.exp(np.random.default_rng(1).normal(0, 0.5, 300))
    crowd = [debtor(optimism=float(o)) for o in drawn]
    spread = [
        np.std([felt_optimism(d, learning, level) for d in crowd]) for level in (0.0, 0.5, 1.0)
    ]
    assert spread[1] == pytest.approx(spread[0] / 2)
    assert spread[2] == pytest.approx(0.0, abs=1e-12)  # rounding of a mean
    assert felt_optimism(crowd[0], learning, 1.0) == 0.4


@given(
    events=st.integers(0, 1), start=st.floats(0.0, 1.0), rise=st.floats(0.0, 1.0),
    fall=st.floats(0.0, 1.0),
)  # fmt: skip
def test_asymmetric_steps_keep_a_hazard_a_hazard(events, start, rise, fall):
    learning = Learning(updating=Updating.ASYMMETRIC, rise=rise, fall=fall)
    weight, prior = 12.0, 0.05
    seen = stepped((start - prior) * weight, prior, weight, events, 1.0, learning)
    h = believed(seen, 0.0, prior, weight)
    assert -1e-12 <= h <= 1.0 + 1e-12
    expected = start + rise * (1 - start) if events else start - fall * start
    assert h == pytest.approx(expected, abs=1e-12)


def test_without_an_exposed_month_nothing_is_learned():
    who = debtor(seen_recovery=0.4, exposure=3.0)
    remember(who, Learning(), 1.0, 1.0, 1.0, 0.0)
    assert (who.seen_recovery, who.exposure) == (0.4, 3.0)

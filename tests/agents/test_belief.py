"""Claims about believed and felt hazards."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.debtor.belief import (
    Experience,
    believed,
    felt_optimism,
    law_as_written,
    remember,
    stepped,
    vigour,
)
from sim.levers.catalogue import Levers
from sim.parameters import Learning
from sim.terms import Updating
from tests.build import debtor


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


def test_vigour_is_what_was_seen_of_what_the_law_foresaw_and_one_who_saw_nothing_trusts_the_law():
    assert vigour(0.0, 0.0, law_as_written(Levers()), 12.0) == 1.0
    assert vigour(0.0, 0.0, 0.0, 12.0) == 1.0
    assert vigour(0.0, 0.1, 0.01, 10.0) == pytest.approx(0.5)
    assert vigour(0.4, 0.1, 0.01, 10.0) == pytest.approx(2.5)


def test_a_month_without_exposure_teaches_nothing_and_nothing_is_forgotten_in_it():
    who = debtor(seen_recovery=2.0, seen_personal=1.0, exposure=10.0, foreseen=0.5)
    nothing = Experience(0.0, 0.0, 0.0, 0.0, 0.0)
    for updating in (Updating.COUNTING, Updating.ASYMMETRIC):
        remember(who, nothing, 0.05, Learning(updating=updating))
    assert (who.seen_recovery, who.seen_personal, who.exposure, who.foreseen) == (2, 1, 10, 0.5)
    exposed = nothing._replace(exposures=1.0)
    remember(who, exposed, 0.05, Learning(updating=Updating.COUNTING, memory=0.5))
    assert (who.seen_recovery, who.exposure) == (1.0, 6.0)

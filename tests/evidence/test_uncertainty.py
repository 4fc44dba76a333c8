"""Claims about how exact a figure is."""

from datetime import date
from math import isnan, sqrt

import pytest

from sim.evidence.catalogue import KNOWN
from sim.evidence.row import Row
from sim.evidence.uncertainty import Z90, uncertainty


def of(name, value, **more):
    row = Row(measure=name, first=date(2019, 1, 1), last=date(2019, 12, 31), value=value, **more)
    return uncertainty(row, KNOWN[name])


def test_a_national_count_has_only_the_error_of_reporting_and_a_small_court_that_of_chance():
    assert of("accepted", 1e7).sd == pytest.approx(0.02 * 1e7, rel=1e-3)
    assert of("accepted", 12.0).sd == pytest.approx(sqrt(12.0), rel=0.01)


@pytest.mark.parametrize(
    ("grade", "relative"), [("A", 0.02), ("B", 0.08), ("C", 0.15), ("D", 0.30)]
)
def test_the_grade_gives_the_error_of_reporting(grade, relative):
    assert of("completion", 0.5, grade=grade).sd == pytest.approx(0.5 * relative)


def test_a_share_of_few_cases_is_binomial():
    found = of("completion", 0.5, grade="A", n=100)
    assert found.sd == pytest.approx(sqrt(0.25 / 100 + 0.01**2), rel=1e-3)
    assert of("completion", 0.0, grade="A", n=20).sd > 0.0  # 0 of 20 is not known for sure


@pytest.mark.parametrize("bias", ["under", "over", "target_pressure"])
def test_a_biased_figure_errs_on_one_side(bias):
    found = of("completion", 0.5, grade="B", n=1000, bias=bias)
    chance = sqrt(0.25 / 1000)
    wide = found.above if bias == "under" else found.below
    assert wide == pytest.approx(sqrt(chance**2 + 0.04**2), rel=1e-3)
    assert min(found) == pytest.approx(chance, rel=1e-3)


def test_what_the_court_gives_comes_first():
    assert of("completion", 0.5, grade="D", sd=0.01) == (0.01, 0.01)
    found = of("completion", 0.5, grade="D", low=0.4, high=0.55)
    assert found == pytest.approx((0.1 / Z90, 0.05 / Z90))


def test_a_suppressed_value_is_one_of_few_whole_numbers_and_a_missing_one_says_nothing():
    found = of("detentions", 2.0, status="suppressed", low=0.0, high=4.0)
    assert found.sd == pytest.approx(sqrt((5**2) / 12))
    assert isnan(of("detentions", float("nan"), status="NA").sd)

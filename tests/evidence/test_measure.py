"""Claims about measures: formed from the counts of a run by the formula of the court."""

import numpy as np
import pytest

from sim import World
from sim.errors import ServandaError
from sim.evidence.catalogue import KNOWN, MEASURES, measure
from sim.evidence.counted import Counted
from sim.measure.indicators import KNOWN as INDICATORS

MONTHS = 14
SAME = {
    "entry": "entry",
    "grace_performance_able": "grace_performance_able",
    "enforcement_performance_able": "enforcement_performance_able",
    "no_property": "no_property",
    "completion": "completion",
    "recovery": "recovery",
    "clearance": "clearance",
    "load": "load",
    "listing_hazard": "listing_hazard",
    "detention": "detention",
    "sale_rate": "sale_rate",
    "preservation": "preservation",
    "mean_claim": "mean_claim",
    "termination": "termination",
    "tracing_success": "tracing_success",
    "months_to_close": "months_in_docket",
}
"""Measures whose first definition is that of an indicator of the model."""


@pytest.fixture(scope="module")
def run():
    return World("village", rng=3, **{"run.months": MONTHS, "run.burn_in": 12}).run()


@pytest.fixture(scope="module")
def frame(run):
    frame = run.measured.frame(None, burn_in=True, counts=True)
    return {name: frame[name].to_numpy() for name in frame}


def test_every_figure_of_the_baseline_is_a_measure_with_the_formula_of_the_indicator(run):
    headline = run.headline()
    for name, indicator in SAME.items():
        found = KNOWN[name].computed(run.measured, 1, MONTHS)
        assert found == pytest.approx(headline[indicator], nan_ok=True), name
    assert set(SAME.values()) <= set(INDICATORS)


def test_every_definition_of_every_measure_gives_a_number(run):
    counted = Counted(run.measured)
    for one in MEASURES:
        for definition in one.definitions:
            value = one.computed(counted, 2, MONTHS, definition.code)
            assert np.isnan(value) or value >= -1e-9, (one.name, definition.code)
            assert definition.title
            assert definition.zh


def test_columns_of_a_stored_run_give_the_same_as_its_series(run, frame):
    cells = [("all", "all"), ("kind", "firm"), ("district", "0")]
    for name in ("completion", "accepted", "listed_share", "pending", "clearance"):
        for cell in cells:
            one = KNOWN[name].computed(run.measured, 3, 9, cell=cell)
            assert KNOWN[name].computed(frame, 3, 9, cell=cell) == pytest.approx(one, nan_ok=True)


def test_pending_at_the_end_is_pending_before_plus_accepted_less_closed(run):
    value = lambda name, first, last, code: KNOWN[name].computed(run.measured, first, last, code)
    before = value("pending", 3, 3, "with_plans")
    came = value("accepted", 4, 9, "with_revived")
    went = value("closed", 4, 9, "with_termination")
    assert value("pending", 4, 9, "with_plans") == pytest.approx(before + came - went)


def test_a_rate_of_a_year_is_no_mean_of_monthly_rates():
    columns = {
        "month": np.arange(1, 3),
        "n_closed_full": np.array([1.0, 30.0]),
        "n_closed": np.array([10.0, 40.0]),
        "n_terminated": np.array([5.0, 0.0]),
        "n_entered": np.array([20.0, 80.0]),
        "n_revived": np.array([0.0, 0.0]),
    }
    assert KNOWN["completion"].computed(columns, 1, 2) == pytest.approx(31 / 50)
    other = KNOWN["completion"].computed(columns, 1, 2, "without_terminated")
    assert other == pytest.approx(31 / 45)
    assert KNOWN["closed"].computed(columns, 1, 2, scale=100.0) == 5000.0
    assert KNOWN["completion"].computed(columns, 1, 2, scale=100.0) == pytest.approx(31 / 50)


def test_clearance_with_stock_needs_the_month_before():
    columns = {
        "month": np.arange(0, 3),
        **{f"n_{name}": np.array([9.0, 10.0, 12.0]) for name in ("closed", "entered", "docket")},
        **{f"n_{name}": np.zeros(3) for name in ("revived", "in_plan")},
    }
    one = KNOWN["clearance"]
    assert one.computed(columns, 1, 2, "with_stock") == pytest.approx(22 / (9 + 22))
    assert np.isnan(one.computed(columns, 0, 2, "with_stock"))


def test_what_a_run_does_not_have_is_refused(run):
    for arguments, said in (
        ((0, 99), "the run has the months"),
        ((3, 2), "the run has the months"),
        ((1, 2, "nothing"), "has no definition"),
    ):
        with pytest.raises(ServandaError, match=said):
            KNOWN["closed"].computed(run.measured, *arguments)
    with pytest.raises(ServandaError, match="no kind 'robot'"):
        KNOWN["closed"].computed(run.measured, 1, 2, cell=("kind", "robot"))
    with pytest.raises(ServandaError, match="did you mean 'completion'"):
        measure("completon")


def test_names_and_codes_are_unique_and_the_catalogue_has_chinese_titles():
    assert len(KNOWN) == len(MEASURES)
    for one in MEASURES:
        codes = [definition.code for definition in one.definitions]
        assert len(set(codes)) == len(codes)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.zh)

"""Statistics of figures, and the same of a run."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from sim.evidence.court import Break, Court, Recorded
from sim.evidence.fitting.predicted import predicted
from sim.evidence.fitting.statistic import SHARED, statistics
from sim.evidence.period import months
from sim.evidence.row import Row

MONTH_1 = date(2018, 1, 1)
SPEC = SimpleNamespace(
    month=lambda day: 12 * (day.year - MONTH_1.year) + day.month - MONTH_1.month + 1
)


def row(month, value, measure="accepted", **more):
    first, last = months(2018, month, 1)
    return Row(measure=measure, first=first, last=last, value=value, line=month, **more)


def court(**fields):
    return Court(observe={}, **fields) if "observe" not in fields else Court(**fields)


def run(**columns):
    """Counts of a run by month."""
    values = {f"n_{name}": np.array(column, float) for name, column in columns.items()}
    length = len(next(iter(values.values())))
    return {"month": np.arange(1, length + 1), **values}


def counted(**columns):
    from sim.evidence.counted import Counted

    return Counted(run(**columns))


def test_a_single_figure_is_compared_as_it_is():
    (one,) = statistics([row(3, 200.0)], court(), SPEC)
    assert (one.what, one.months, one.scaled) == ("value", ((3, 3),), True)
    assert one.observed == pytest.approx(np.log(200.0))
    assert one.of(counted(entered=[1, 2, 300], revived=[0, 0, 100])) == pytest.approx(np.log(400.0))


def test_a_series_is_its_level_and_its_trend():
    level, trend = statistics([row(m, 100.0 + 10.0 * m) for m in range(1, 9)], court(), SPEC)
    assert (level.what, trend.what) == ("level", "trend")
    assert level.observed == pytest.approx(np.log(145.0))
    assert trend.observed == pytest.approx(70.0 / 145.0)  # from 110 to 180, over the mean
    twice = counted(entered=[2 * (100 + 10 * m) for m in range(1, 9)], revived=[0] * 8)
    assert level.of(twice) - level.observed == pytest.approx(np.log(2.0))
    assert trend.of(twice) == pytest.approx(trend.observed)


def test_what_periods_share_does_not_average_out():
    rows = [row(m, 0.4, "completion", n=1e9, grade="B") for m in range(1, 9)]
    level, trend = statistics(rows, court(), SPEC)
    reported = 0.08 * 0.4
    assert level.below == pytest.approx(reported * np.sqrt(SHARED + (1 - SHARED) / 8), rel=1e-3)
    slope = np.sqrt(12.0 * (1 - SHARED) * reported**2 / (8 * 63))
    assert trend.below == pytest.approx(7 * slope / 0.4, rel=1e-3)


def test_small_shares_are_compared_in_ratios_and_large_ones_in_differences():
    small, large = statistics([row(1, 0.02, "detention"), row(1, 0.4, "completion")], court(), SPEC)
    assert small.logarithmic
    assert not large.logarithmic
    assert small.shown(small.observed) == pytest.approx(0.02)


def test_a_declared_break_starts_another_series():
    rows = [row(m, 100.0 if m < 9 else 900.0) for m in range(1, 17)]
    parts = statistics(rows, court(**{"break": (Break(month="2018-09"),)}), SPEC)
    assert [one.what for one in parts] == ["level", "trend"] * 2
    assert [one.observed for one in parts] == pytest.approx(
        [np.log(100.0), 0.0, np.log(900.0), 0.0]
    )


def test_partial_recording_shrinks_the_run_and_widens_the_error():
    seen = court(observe={"accepted": Recorded(recorded=(0.4, 0.8))})
    whole, partly = (statistics([row(1, 200.0)], one, SPEC)[0] for one in (court(), seen))
    made = counted(entered=[100.0], revived=[0.0])
    assert partly.of(made) - whole.of(made) == pytest.approx(np.log(0.6))
    assert partly.below > whole.below


def test_a_run_without_any_case_is_far_away_but_has_a_statistic():
    count, share = statistics([row(1, 200.0), row(1, 0.02, "detention")], court(), SPEC)
    empty = counted(entered=[0.0], revived=[0.0], detentions=[0.0], closed=[10.0])
    assert count.of(empty) == pytest.approx(np.log(0.5))
    assert share.of(empty) == pytest.approx(np.log(0.05 * 0.02))


def test_a_run_without_a_value_has_no_statistic():
    (one,) = statistics([row(1, 0.4, "completion")], court(), SPEC)
    assert np.isnan(one.of(counted(closed=[0.0], closed_full=[0.0])))


def test_predictions_are_on_the_level_of_the_court():
    rows = [row(m, 200.0 + m % 2, sd=1e-9) for m in range(1, 7)]
    runs = [
        counted(entered=[10.0 + m % 2 / 20 for m in range(1, 7)] + [15.0] * 12, revived=[0.0] * 18),
        counted(entered=[20.0 + m % 2 / 10 for m in range(1, 7)] + [40.0] * 12, revived=[0.0] * 18),
    ]
    inside, year = [(m, m) for m in range(1, 7)], [(7, 18)]
    found = predicted(rows, inside, year, runs, np.full(2, 0.5), np.random.default_rng(1))
    assert found[:, 0].tolist() == pytest.approx([12 * 300.0, 12 * 400.0], rel=0.01)


def test_the_spread_of_figures_around_the_runs_stays():
    rng = np.random.default_rng(3)
    rows = [row(m, 200.0 + 20.0 * rng.standard_normal()) for m in range(1, 37)]
    flat = [counted(entered=[10.0] * 48, revived=[0.0] * 48) for _ in range(400)]
    inside, ahead = [(m, m) for m in range(1, 37)], [(40, 40), (37, 48)]
    found = predicted(rows, inside, ahead, flat, np.full(400, 1 / 400), rng)
    assert found[:, 0].std() == pytest.approx(20.0, rel=0.3)
    assert found[:, 1].std() == pytest.approx(20.0 * np.sqrt(12.0), rel=0.3)  # twelve months' sum

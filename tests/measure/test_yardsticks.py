"""Claims about yardsticks of the assessment and about firms that close: counted by hand."""

import numpy as np
import pytest

from sim.books.counts import LONGEST, SPANS, Count, Span, count_names
from sim.indicator import Throughput
from sim.measure.indicators import INDICATORS

BY_NAME = {one.name: one for one in INDICATORS}
NO_SPANS = np.zeros((0, 1, SPANS, LONGEST + 1))
ROUNDING = 1e-9


def months(**counts):
    """Sums of so many months, one cell, from counts by lower-case name."""
    sums = np.zeros((len(next(iter(counts.values()))), 1, len(count_names())))
    for name, values in counts.items():
        sums[:, 0, Count[name.upper()]] = values
    return sums


def test_what_left_is_set_against_what_came_and_what_stood_open_before():
    words = {"name": "x", "title": "X", "zh": "某", "unit": "u"}
    share = Throughput(
        left=(Count.CLOSED,), came=(Count.ENTERED,), stock=(Count.DOCKET,), window=2, **words
    )
    sums = months(closed=[9, 1, 2, 3], entered=[9, 4, 4, 4], docket=[10, 13, 15, 16])
    found = share.values(sums, NO_SPANS).ravel()
    assert np.isnan(found[:2]).all()
    assert found[2:] == pytest.approx([3 / (8 + 10), 5 / (8 + 13)])
    assert share.evaluate(sums, NO_SPANS) == pytest.approx([8 / 39])
    assert np.isnan(share.evaluate(sums[:2], NO_SPANS)).all()
    assert share.formula() == ("closed", "entered + docket 2 months before")


def test_cases_closed_in_36_months_are_missing_before_and_never_more_than_there_were():
    one = BY_NAME["overall_closing"]
    sums = months(closed=[1.0] * 40, entered=[2.0] * 40, docket=np.arange(10.0, 50.0))
    sums[:, 0, Count.IN_PLAN] = 5.0
    found = one.values(sums, NO_SPANS).ravel()
    assert np.isnan(found[:36]).all()
    assert found[36:] == pytest.approx([36 / (72 + 15 + t) for t in range(4)])


def test_the_quality_of_terminations_is_told_by_those_audited():
    sums = months(terminated_audited=[1.0] * 12, audited_checked=[1.0, 0.0] * 6)
    assert BY_NAME["audited_quality"].values(sums, NO_SPANS)[-1, 0] == 0.5


def test_firms_killed_are_a_cohort_of_the_month_of_seizure():
    sums = months(viable_seized=[4.0] + [0.0] * 13)
    spans = np.zeros((14, 1, SPANS, LONGEST + 1))
    spans[3, 0, Span.VIABLE_CLOSED, 3] = 1.0
    spans[12, 0, Span.VIABLE_CLOSED, 12] = 1.0
    found = BY_NAME["firms_killed"].values(sums, spans).ravel()
    assert found[0] == 0.5
    assert np.isnan(found[1:]).all()


@pytest.fixture(scope="module")
def busy(make):
    paths = {"obligations.intensity": 4.0, "rule_of_law.plans": 1.0, "economy.exit": 0.01}
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "institutions.audit": 0.5}
    return make.village(paths | firms).run_to(24)


def test_cases_come_and_go_and_what_is_left_is_open_or_in_a_plan(busy):
    sums = busy.measured.sums(burn_in=True)
    open_ones = sums[..., Count.DOCKET] + sums[..., Count.IN_PLAN]
    came = sums[..., Count.ENTERED] + sums[..., Count.REVIVED]
    change = np.diff(open_ones, axis=0)
    assert change == pytest.approx((came - sums[..., Count.CLOSED])[1:])
    assert sums[:, 0, Count.IN_PLAN].max() > 0.0


def test_about_the_share_told_is_audited(busy):
    head = busy.measured.sums(burn_in=True)[:, 0].sum(axis=0)
    chance = busy.setup.institutions.audit
    chance += (1.0 - chance) * busy.setup.levers.rule_of_law.supervision
    audited, all_of_them = head[Count.TERMINATED_AUDITED], head[Count.TERMINATED]
    assert all_of_them > 20
    spread = np.sqrt(all_of_them * chance * (1.0 - chance))
    assert abs(audited - chance * all_of_them) <= 4.0 * spread
    assert head[Count.AUDITED_CHECKED] <= head[Count.TERMINATED_CHECKED]


def test_no_more_viable_firms_close_than_were_seized(busy):
    seized = busy.measured.sums(burn_in=True)[:, 0, Count.VIABLE_SEIZED]
    closed = busy.measured.spans(burn_in=True)[:, 0, Span.VIABLE_CLOSED]
    assert 0.0 < closed.sum() <= seized.sum()
    assert closed[:, 13:].sum() == 0.0
    firms = busy.measured.sums(burn_in=True)[:, 0]
    assert (seized <= firms[:, Count.SEIZURES] * (1.0 + ROUNDING)).all()

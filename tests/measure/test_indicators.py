"""Claims about indicators: what they divide, over which months, and what is missing."""

import pickle

import numpy as np
import pandas as pd
import pytest

from sim import World
from sim.books.counts import LONGEST, SPANS, Count, Span, count_names
from sim.indicator import SHARE, Cohort, Gini, Percentile, Ratio, Throughput
from sim.measure.indicators import INDICATORS
from sim.measure.series import BREAKDOWNS
from sim.terms import Stage

ROUNDING = 1e-9
"""Sums of yuan in another order."""
NO_SPANS = np.zeros((0, 1, SPANS, LONGEST + 1))
WORDS = {"name": "x", "title": "X", "zh": "某", "unit": "u"}
BY_NAME = {one.name: one for one in INDICATORS}


def one(**fields):
    usual = {"numerator": (Count.CLOSED_FULL,), "denominator": (Count.CLOSED,)}
    return Ratio(**(WORDS | usual | fields))


def months(**counts):
    """Sums of so many months, one cell, from counts by lower-case name."""
    sums = np.zeros((len(next(iter(counts.values()))), 1, len(count_names())))
    for name, values in counts.items():
        sums[:, 0, Count[name.upper()]] = values
    return sums


def test_every_indicator_is_declared_with_words_of_its_own_and_a_unit_that_fits():
    for words in ("name", "title", "zh"):
        assert len({getattr(i, words) for i in INDICATORS}) == len(INDICATORS)
    shares = {one.name for one in INDICATORS if one.unit.startswith("share")}
    between = {one.name for one in INDICATORS if one.bounds == SHARE}
    assert shares <= between
    units = {BY_NAME[name].unit for name in between - shares}
    assert units == {"0 to 1", "0 to 1, neutral at one half"}
    of_harm = [one for one in INDICATORS if one.people]
    assert {"false_listing", "firms_killed", "false_conviction"} <= {one.name for one in of_harm}
    for one in of_harm:
        people = BY_NAME[one.people]
        assert people.unit.endswith(("per 1,000 debtors", "per 1,000 debtors and year")), one.name
        assert one.better == people.better, one.name


def test_a_ratio_sums_what_it_divides_over_its_window_and_is_missing_until_full():
    sums = months(closed=[0, 4, 4], closed_full=[0, 0, 1])
    assert one().values(sums, NO_SPANS).ravel() == pytest.approx([np.nan, 0.0, 0.25], nan_ok=True)
    sums = months(closed=[1, 2, 3, 4], closed_full=[1, 0, 3, 1], terminated=[1, 1, 1, 1])
    found = one(window=3).values(sums, NO_SPANS).ravel()
    assert found == pytest.approx([np.nan, np.nan, 4 / 6, 4 / 9], nan_ok=True)
    assert one(window=3).evaluate(sums, NO_SPANS) == pytest.approx([0.5])
    gone = (Count.TERMINATED,)
    less = one(less=gone, denominator_less=gone, scale=100.0)
    assert less.values(sums[2:], NO_SPANS).ravel() == pytest.approx([100.0 * 2 / 2, 0.0])


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.name)
def test_no_indicator_speaks_of_an_empty_world(indicator):
    nothing = np.zeros((24, 2, len(count_names())))
    nobody = np.zeros((24, 2, SPANS, LONGEST + 1))
    assert np.isnan(indicator.values(nothing, nobody)).all()
    assert np.isnan(indicator.evaluate(nothing, nobody)).all()


def test_what_left_is_set_against_what_came_and_what_stood_open_before():
    left, came, stock = ((count,) for count in (Count.CLOSED, Count.ENTERED, Count.DOCKET))
    share = Throughput(left=left, came=came, stock=stock, window=2, **WORDS)
    sums = months(closed=[9, 1, 2, 3], entered=[9, 4, 4, 4], docket=[10, 13, 15, 16])
    found = share.values(sums, NO_SPANS).ravel()
    expected = [np.nan, np.nan, 3 / (8 + 10), 5 / (8 + 13)]
    assert found == pytest.approx(expected, nan_ok=True)
    assert share.evaluate(sums, NO_SPANS) == pytest.approx([8 / 39])


def test_declared_indicators_count_what_their_names_say():
    sums = months(closed=[1.0] * 40, entered=[2.0] * 40, docket=np.arange(10.0, 50.0))
    sums[:, 0, Count.IN_PLAN] = 5.0
    found = BY_NAME["overall_closing"].values(sums, NO_SPANS).ravel()
    assert np.isnan(found[:36]).all()
    assert found[36:] == pytest.approx([36 / (72 + 15 + t) for t in range(4)])
    sums = months(terminated_audited=[1.0] * 12, audited_checked=[1.0, 0.0] * 6)
    assert BY_NAME["audited_quality"].values(sums, NO_SPANS)[-1, 0] == 0.5
    # the days in which the stock would be worked off
    sums = months(closed=[2.0] * 12, docket=[20.0] * 12, in_plan=[4.0] * 12)
    assert BY_NAME["disposition_time"].evaluate(sums, NO_SPANS)[0] == pytest.approx(365 * 24 / 24)
    assert BY_NAME["disposition_time"].values(sums, NO_SPANS)[-1, 0] == pytest.approx(365.0)
    # firms killed are a cohort of the month of seizure
    sums = months(viable_seized=[4.0] + [0.0] * 13)
    spans = np.zeros((14, 1, SPANS, LONGEST + 1))
    spans[[3, 12], 0, Span.VIABLE_CLOSED, [3, 12]] = 1.0
    found = BY_NAME["firms_killed"].values(sums, spans).ravel()
    assert found[0] == 0.5
    assert np.isnan(found[1:]).all()


def test_the_cases_behind_a_value_are_those_that_it_divides_by_unless_that_is_money():
    sums = months(
        closed=[3.0, 4.0], closed_claimed=[1e6] * 2, debtors=[500.0] * 2, listed_unable=[2.0] * 2
    )
    for name, cases in (("completion", 7.0), ("recovery", 7.0), ("wrongly_listed", 4.0)):
        assert BY_NAME[name].cases(sums, NO_SPANS)[0] == cases, name


@pytest.fixture(scope="module")
def busy(make):
    sanctions = ("listing", "delisting", "fine", "detention")
    paths = {f"procedure.{kind}_hours": 0.0 for kind in sanctions}
    return make.village(paths | {"obligations.intensity": 4.0}, events=True).run_to(24)


@pytest.fixture(scope="module")
def planned(make):
    paths = {"obligations.intensity": 4.0, "rule_of_law.plans": 1.0, "economy.exit": 0.01}
    firms = {"kinds.firm.share": 0.5, "kinds.person.share": 0.49, "institutions.audit": 0.5}
    return make.village(paths | firms).run_to(24)


BY_DISTRICT_ONLY = {"n_hours", "n_hours_used", "n_officers", "n_hours_unworked", "n_hours_moved"}
BY_DISTRICT_ONLY |= {"n_inspections", "n_courts", "n_hours_lapsed"}
BY_DISTRICT_ONLY |= {"n_levers_cost", "n_staff_cost", "n_custody_cost"}
OVERALL_ONLY = {"n_transfers"}
OF_ALL_DEBTORS = {"n_trust", "n_debtors", "n_known", "n_known_honest", "n_scored", "n_score"}
OF_THE_COVERED = {"n_insured", "n_insured_weight", "n_premium_yuan"}
"""Of debtors in a domain: no claim says of what size."""


@pytest.mark.parametrize("breakdown", [b for b in BREAKDOWNS if b != "all"])
def test_the_parts_of_every_count_add_up_to_the_whole(busy, breakdown):
    names = [f"n_{c.name.lower()}" for c in Count]
    whole = busy.series("all", burn_in=True, counts=True).set_index("month")[names]
    parts = busy.series(breakdown, burn_in=True, counts=True).groupby("month")[names].sum()
    left_out = OVERALL_ONLY | (set() if breakdown == "district" else BY_DISTRICT_ONLY)
    if breakdown in ("domain", "size"):
        left_out |= OF_ALL_DEBTORS
    if breakdown == "size":
        left_out |= OF_THE_COVERED
    for name in sorted(set(names) - left_out):
        assert parts[name].to_numpy() == pytest.approx(
            whole[name].to_numpy(), rel=ROUNDING, abs=ROUNDING * whole["n_due_yuan"].max()
        ), name


def test_a_series_has_a_row_for_each_month_and_cell_and_no_value_out_of_bounds(busy):
    frame = busy.series(None, burn_in=True)
    assert len(frame[frame["month"] >= 1]) == 24 * (1 + 9 + 3 + 4 + 2)
    assert not frame.duplicated(["month", "breakdown", "cell"]).any()
    for indicator in INDICATORS:
        values = frame[indicator.name].dropna()
        low, high = indicator.bounds
        assert values.between(low - ROUNDING, high + ROUNDING).all(), indicator.name


def test_hours_are_used_kept_or_lapsed_and_utilisation_is_a_share(busy):
    hours = busy.series("district", burn_in=True, counts=True).groupby("cell")
    spent, had = (hours[name].cumsum() for name in ("n_hours_used", "n_hours"))
    assert spent.max() > 0.0
    assert (spent <= had * (1.0 + ROUNDING)).all()  # none is used before it is there
    total, used, lapsed = (
        hours[name].sum().to_numpy() for name in ("n_hours", "n_hours_used", "n_hours_lapsed")
    )
    kept = busy.simulation.courts.rows["unused"]
    assert lapsed.sum() > 0.0
    assert used + lapsed + kept == pytest.approx(total)
    sums = busy.measured.sums()[:, 0].sum(axis=0)
    expected = sums[Count.HOURS_USED] / sums[[Count.HOURS_USED, Count.HOURS_LAPSED]].sum()
    assert busy.headline()["utilisation"] == pytest.approx(expected)


def test_the_log_counts_what_series_and_books_count(busy):
    log = busy.transitions.frame()
    sums = busy.series(burn_in=True, counts=True).set_index("month")
    for stage, count in (("due", "n_due"), ("filed", "n_filed"), ("terminated", "n_terminated")):
        found = log[log["stage"] == stage].groupby("month").size()
        expected = sums[count][sums[count] > 0]
        assert found.astype(float).to_dict() == expected.to_dict(), stage
    due = log[log["stage"] == "due"].groupby("month")["amount"].sum()
    assert due.to_numpy() == pytest.approx(sums["n_due_yuan"][due.index].to_numpy(), rel=ROUNDING)
    assert (log["amount"] >= 0.0).all()
    lost = log[log["stage"].isin(["dismissed", "written_off", "archived"])]
    by_month = lost.groupby("month")["amount"].sum()
    # half a cent of each payment in full is written off too
    booked = busy.measured.books().set_index("month")["claim_off"][by_month.index]
    assert (booked - by_month).abs().max() < 1.0


def test_a_headline_equals_a_computation_by_hand(busy):
    sums = busy.measured.sums()[:, 0].sum(axis=0)
    head = busy.headline()
    by_hand = {
        "refusal": sums[Count.DEBTORS_EVADING] / sums[Count.DEBTORS_ABLE],
        "inability": sums[Count.DEBTORS_UNABLE] / sums[Count.DEBTORS_ENFORCEABLE],
        "recovery": sums[Count.CLOSED_RECOVERED] / sums[Count.CLOSED_CLAIMED],
        "load": 12 * (sums[Count.ENTERED] + sums[Count.REVIVED]) / sums[Count.OFFICERS],
        "backlog": 1000 * sums[Count.DOCKET] / (400 * 24),
        "clearance": sums[Count.CLOSED] / (sums[Count.ENTERED] + sums[Count.REVIVED]),
    }
    for name, value in by_hand.items():
        assert head[name] == pytest.approx(value, rel=1e-12), name
    assert set(head) == {i.name for i in INDICATORS}


def test_a_tiny_world_is_counted_as_one_would_count_it(make):
    bench = make.bench(debtors=4)
    for row in range(4):
        bench.own(row, bank=[0.0, 1e5, 1e5, 1e5][row])
        bench.set(row, discount=0.04, trust=0.5, conscience=100.0 if row == 1 else 0.0)
        bench.set(row, conscience_origin=100.0 if row == 1 else 0.0)
        bench.claim(row, due=5000.0, stage=Stage.GRACE, months=5)
    bench.play("choice", "learn", "close")
    totals = bench.simulation.totals().counts[None, :1], bench.simulation.spans()[None, :1]
    values = {i.name: float(i.evaluate(*totals)[0]) for i in INDICATORS}
    assert values["grace_performance"] == 1.0  # one left grace by paying, three are still waiting
    assert bench.count(Count.DEBTORS_ENFORCEABLE) == 3.0
    assert values["inability"] == pytest.approx(1 / 3)
    assert values["refusal"] == 1.0
    assert np.isnan(values["recovery"])


def test_a_percentile_is_the_age_that_so_many_do_not_exceed():
    spans = np.zeros((2, 1, SPANS, LONGEST + 1))
    spans[0, 0, Span.DOCKET_AGE, [1, 4, 9]] = [5, 4, 1]
    ninth = Percentile(span=Span.DOCKET_AGE, share=0.9, **WORDS)
    found = ninth.values(months(closed=[0, 0]), spans).ravel()
    assert found == pytest.approx([4.0, np.nan], nan_ok=True)


def test_a_cohort_stands_at_its_month_of_origin_once_its_time_is_over():
    spans = np.zeros((4, 1, SPANS, LONGEST + 1))
    spans[0, 0, Span.APPLIED, 0] = 1  # of the first month, at once
    spans[1, 0, Span.APPLIED, 1] = 2  # of the first month, one later
    spans[2, 0, Span.APPLIED, 2] = 4  # of the first month, too late
    spans[2, 0, Span.APPLIED, 1] = 3  # of the second month
    sums = months(closed=[10, 5, 5, 5])
    share = Cohort(span=Span.APPLIED, within=1, base=Count.CLOSED, **WORDS)
    found = share.values(sums, spans).ravel()
    assert found == pytest.approx([0.3, 0.6, 0.0, np.nan], nan_ok=True)
    assert share.evaluate(sums, spans)[0] == pytest.approx(6 / 20)


def test_yuan_of_a_cohort_are_paid_after_its_intake_and_never_exceed_what_reached_creditors(busy):
    spans = busy.measured.spans(burn_in=True)[:, 0, Span.RECOVERED]
    counted = busy.measured.sums(burn_in=True)[:, 0]
    forced = counted[:, Count.RECOVERED_BY_FORCE] + counted[:, Count.RECOVERED_VOLUNTARILY]
    assert spans.sum() >= forced.sum() * (1.0 - ROUNDING)
    paid = busy.measured.books()[["paid_voluntarily", "distributed"]].to_numpy().sum()
    assert 0.0 < spans.sum() <= paid * (1.0 + ROUNDING)
    for month in range(len(spans)):
        assert spans[month, month + 1 :].sum() == 0.0  # nothing is older than the world


def test_inequality_is_nothing_when_all_have_the_same_and_near_one_when_one_has_all():
    spans = np.zeros((3, 1, SPANS, LONGEST + 1))
    spans[0, 0, Span.RECOVERED_SHARE, 30] = 7.0
    spans[1, 0, Span.RECOVERED_SHARE, [0, 60]] = [99.0, 1.0]
    spans[2, 0, Span.RECOVERED_SHARE, [10, 30]] = [2.0, 2.0]  # G = 1/4 for shares 1 and 3
    gini = Gini(span=Span.RECOVERED_SHARE, **WORDS)
    sums = months(closed=[0, 0, 0])
    assert gini.values(sums, spans).ravel() == pytest.approx([0.0, 0.99, 0.25])


def test_what_is_recovered_is_set_against_what_it_cost(busy, make):
    head = busy.headline()
    sums = busy.measured.sums()[:, 0].sum(axis=0)
    recovered = sums[Count.RECOVERED_VOLUNTARILY] + sums[Count.RECOVERED_BY_FORCE]
    assert head["officers_cost"] == pytest.approx(sums[Count.OFFICERS_PAY] / recovered)
    of = busy.simulation.inputs.parameters.institutions
    worked = of.wage * sums[Count.HOURS_USED]
    assert sums[Count.OFFICERS_PAY] == pytest.approx(
        worked
    )  # nobody is pooled, no machine helps, sanctions take no hours
    gap = head["social_return"] - head["social_return_less_harm"]
    assert gap == pytest.approx(12.0 * sums[Count.FELT_HARM] / sums[Count.DEBTORS])
    assert head["net_received"] == pytest.approx(head["social_return"] + head["public_outlay"])
    spent = busy.measured.books().query("month >= 1")[["suit_costs", "application"]]
    assert sums[Count.CREDITORS_COST] >= spent.to_numpy().sum() * (1.0 - ROUNDING)


def test_cases_come_and_go_and_what_is_left_is_open_or_in_a_plan(planned):
    sums = planned.measured.sums(burn_in=True)
    open_ones = sums[..., Count.DOCKET] + sums[..., Count.IN_PLAN]
    came = sums[..., Count.ENTERED] + sums[..., Count.REVIVED]
    change = np.diff(open_ones, axis=0)
    assert change == pytest.approx((came - sums[..., Count.CLOSED])[1:])
    assert sums[:, 0, Count.IN_PLAN].max() > 0.0


def test_what_is_counted_by_debtor_is_unknown_by_domain_and_not_zero():
    usual = {"population.size": 2000, "run.burn_in": 24, "run.months": 24}
    frame = World("parties_and_registers", **usual).run().series(by=None)
    there = frame[frame["breakdown"] == "all"].iloc[:, 3:].sum() != 0.0
    for _, part in frame.groupby("breakdown"):
        known = part.iloc[:, 3:].notna().any()
        empty = there & known & (part.iloc[:, 3:].fillna(0.0) == 0.0).all()
        assert list(empty[empty].index) == []


@pytest.mark.parametrize("name", ["china_full", "parties_and_registers"])
def test_what_has_bounds_stays_within_them_in_every_cell(name):
    usual = {"population.size": 2000, "run.burn_in": 24, "run.months": 36}
    frame = World(name, **usual, **{"rule_of_law.heirs": 1.0}).run().series(by=None)
    for each in INDICATORS:
        values = frame[each.name].dropna()
        assert (values >= each.bounds.low - ROUNDING).all(), each.name
        assert (values <= each.bounds.high * (1.0 + ROUNDING) + ROUNDING).all(), each.name


def test_a_copy_of_a_series_carries_only_its_months_and_has_room_for_the_others():
    size = {"population.size": 100, "run.burn_in": 0, "run.months": 40}
    series = World("village", **size).run_to(3).measured
    whole = pickle.dumps(series)
    assert len(whole) < 4 * series.spans()[0].nbytes
    copy = pickle.loads(whole)
    assert copy._sums.shape == series._sums.shape
    pd.testing.assert_frame_equal(copy.frame(None, counts=True), series.frame(None, counts=True))


def test_tables_of_several_breakdowns_are_parts_of_the_whole():
    size = {"population.size": 100, "run.burn_in": 0, "run.months": 2}
    series = World("village", **size).run().measured
    whole = series.frame(None)
    names = ("recovery", "performed_12")
    part = series.frame(("all", "size"), names=names)
    assert list(part) == ["month", "breakdown", "cell", *names]
    kept = whole[whole["breakdown"].isin(("all", "size"))].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, kept[list(part)])
    for table in (series.survival, series.ledgers):
        kept = table(None)[lambda f: f["breakdown"].isin(("all", "size"))].reset_index(drop=True)
        pd.testing.assert_frame_equal(table(("all", "size")), kept)

"""Claims about indicators: what they divide, over which months, and what is missing."""

import re

import numpy as np
import pandas as pd
import pytest

from sim.agents.claim import in_docket
from sim.books.counts import LONGEST, SPANS, Count, Span, count_names
from sim.indicator import SHARE, Cohort, Gini, Percentile, Ratio, rolled
from sim.measure.indicators import INDICATORS
from sim.measure.renamed import RENAMED, instead
from sim.measure.series import BREAKDOWNS
from sim.terms import Stage

ROUNDING = 1e-9
"""Sums of yuan in another order."""
NO_SPANS = np.zeros((0, 1, SPANS, LONGEST + 1))


def one(**fields):
    words = {"name": "x", "title": "X", "zh": "某", "unit": "u"}
    return Ratio(
        **(words | {"numerator": (Count.CLOSED_FULL,), "denominator": (Count.CLOSED,)} | fields)
    )


def counts(closed, full):
    sums = np.zeros((len(closed), 1, len(count_names())))
    sums[:, 0, Count.CLOSED], sums[:, 0, Count.CLOSED_FULL] = closed, full
    return sums


def test_names_and_titles_are_unique():
    for words in ("name", "title", "zh"):
        found = [getattr(i, words) for i in INDICATORS]
        assert len(set(found)) == len(found)


def test_nothing_over_nothing_is_missing_and_nothing_over_something_is_zero():
    found = one().values(counts([0, 4, 4], [0, 0, 1]), NO_SPANS).ravel()
    assert np.isnan(found[0])
    assert found[1:].tolist() == [0.0, 0.25]
    assert np.isnan(one().evaluate(counts([0, 0], [0, 0]), NO_SPANS)[0])


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.name)
def test_no_indicator_speaks_of_an_empty_world(indicator):
    nothing = np.zeros((24, 2, len(count_names())))
    nobody = np.zeros((24, 2, SPANS, LONGEST + 1))
    assert np.isnan(indicator.values(nothing, nobody)).all()
    assert np.isnan(indicator.evaluate(nothing, nobody)).all()


def test_a_window_sums_what_it_divides_and_is_missing_until_full():
    found = one(window=3).values(counts([1, 2, 3, 4], [1, 0, 3, 1]), NO_SPANS).ravel()
    assert np.isnan(found[:2]).all()
    assert found[2:] == pytest.approx([4 / 6, 4 / 9])
    over = one(window=3).evaluate(counts([1, 2, 3, 4], [1, 0, 3, 1]), NO_SPANS)
    assert over == pytest.approx([0.5])


@pytest.mark.parametrize("window", [1, 2, 12, 30])
def test_rolling_sums_are_sums_over_the_window(window):
    sums = np.random.default_rng(1).integers(0, 9, (24, 2, 3)).astype(float)
    found = rolled(sums, window)
    for month in range(24):
        if month < window - 1:
            assert np.isnan(found[month]).all()
        else:
            assert (found[month] == sums[month - window + 1 : month + 1].sum(axis=0)).all()


def test_what_is_subtracted_is_subtracted():
    sums = counts([10.0], [4.0])
    sums[0, 0, Count.TERMINATED] = 1.0
    less = one(less=(Count.TERMINATED,), denominator_less=(Count.TERMINATED,), scale=100.0)
    assert less.values(sums, NO_SPANS).ravel() == pytest.approx([100.0 * 3 / 9])


@pytest.fixture(scope="module")
def busy(make):
    return make.village({"obligations.intensity": 4.0}, events=True).run_to(24)


BY_DISTRICT_ONLY = {"n_hours", "n_hours_used", "n_officers", "n_hours_unworked", "n_hours_moved"}
BY_DISTRICT_ONLY |= {"n_inspections", "n_courts", "n_hours_lapsed"}
BY_DISTRICT_ONLY |= {"n_levers_cost", "n_staff_cost", "n_custody_cost"}
OVERALL_ONLY = {"n_transfers"}
OF_ALL_DEBTORS = {"n_debtors", "n_known", "n_known_honest", "n_scored", "n_score"}
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


def test_a_series_has_a_row_for_each_month_and_cell(busy):
    frame = busy.series(None)
    cells = 1 + 9 + 3 + 4 + 2
    assert len(frame) == 24 * cells
    assert not frame.duplicated(["month", "breakdown", "cell"]).any()
    assert {i.name for i in INDICATORS} <= set(frame.columns)


def test_no_value_lies_outside_the_bounds_of_its_indicator(busy):
    frame = busy.series(None, burn_in=True)
    for indicator in INDICATORS:
        values = frame[indicator.name].dropna()
        low, high = indicator.bounds
        assert (values >= low - ROUNDING).all(), indicator.name
        assert (values <= high + ROUNDING).all(), indicator.name


def test_only_what_lies_between_nought_and_one_is_called_a_share():
    shares = {one.name for one in INDICATORS if one.unit.startswith("share")}
    between = {one.name for one in INDICATORS if one.bounds == SHARE}
    assert shares <= between
    assert {one.unit for one in INDICATORS if one.name in between - shares} == {
        "0 to 1",
        "0 to 1, neutral at one half",
    }


def test_a_title_has_no_number_and_money_a_debtor_is_told_by_the_year():
    for one in INDICATORS:
        assert not re.search(r"\(\d", one.title), one.name
        assert "month" not in one.unit or "yuan a debtor" not in one.unit, one.name


def test_a_share_of_harm_names_the_indicator_that_counts_the_harmed():
    known = {one.name: one for one in INDICATORS}
    shares = [one for one in INDICATORS if one.people]
    for one in shares:
        people = known[one.people]
        assert one.better in ("less", "")
        assert people.unit.endswith(("per 1,000 debtors", "per 1,000 debtors and year")), one.name
        assert people.better == one.better, one.name
    assert {"false_listing", "firms_killed", "false_conviction"} <= {one.name for one in shares}


def test_a_share_of_harm_can_rise_while_fewer_are_harmed():
    known = {one.name: one for one in INDICATORS}
    before, after = (np.zeros((1, 1, len(count_names()))) for _ in range(2))
    for sums, listed, unable in ((before, 100.0, 10.0), (after, 20.0, 8.0)):
        sums[0, 0, Count.DEBTORS] = 1000.0
        sums[0, 0, Count.LISTED], sums[0, 0, Count.LISTED_UNABLE] = listed, unable
    share, people = (known[n] for n in ("false_listing", "wrongly_listed"))
    assert share.evaluate(before, NO_SPANS)[0] < share.evaluate(after, NO_SPANS)[0]
    assert people.evaluate(before, NO_SPANS)[0] == 10.0
    assert people.evaluate(after, NO_SPANS)[0] == 8.0


def test_the_cases_behind_a_value_are_those_that_it_divides_by_unless_that_is_money():
    known = {one.name: one for one in INDICATORS}
    sums = counts([3.0, 4.0], [1.0, 2.0])
    sums[:, 0, Count.CLOSED_CLAIMED] = 1e6
    sums[:, 0, Count.DEBTORS] = 500.0
    sums[:, 0, Count.LISTED_UNABLE] = 2.0
    for name, cases in (("completion", 7.0), ("recovery", 7.0), ("wrongly_listed", 4.0)):
        assert known[name].cases(sums, NO_SPANS)[0] == cases, name


def test_who_asks_for_an_indicator_by_an_old_name_is_told_the_new_one():
    names = [one.name for one in INDICATORS]
    for old, now in RENAMED.items():
        assert old not in names
        assert now.now in names
        assert now.now in instead(old, names)
    assert instead("recovry", names) == "did you mean 'recovery'?"


def test_no_court_uses_more_hours_than_it_had(busy):
    hours = busy.series("district", burn_in=True, counts=True)
    spent, had = (hours.groupby("cell")[name].cumsum() for name in ("n_hours_used", "n_hours"))
    assert spent.max() > 0.0
    assert (spent <= had * (1.0 + ROUNDING)).all()


def test_hours_are_used_kept_or_lapsed_and_utilisation_is_a_share(busy):
    hours = busy.series("district", burn_in=True, counts=True).groupby("cell")
    had, used, lapsed = (
        hours[name].sum().to_numpy() for name in ("n_hours", "n_hours_used", "n_hours_lapsed")
    )
    kept = busy.simulation.courts.rows["unused"]
    assert lapsed.sum() > 0.0
    assert used + lapsed + kept == pytest.approx(had)
    assert busy.headline()["utilisation"] == pytest.approx(
        busy.measured.sums()[:, 0, Count.HOURS_USED].sum()
        / busy.measured.sums()[:, 0, [Count.HOURS_USED, Count.HOURS_LAPSED]].sum()
    )


def test_disposition_time_is_the_days_in_which_the_stock_would_be_worked_off():
    one = next(i for i in INDICATORS if i.name == "disposition_time")
    sums = counts([2.0] * 12, [0.0] * 12)
    sums[:, 0, Count.DOCKET], sums[:, 0, Count.IN_PLAN] = 20.0, 4.0
    assert one.evaluate(sums, NO_SPANS)[0] == pytest.approx(365 * 24 / 24)
    assert one.values(sums, NO_SPANS)[-1, 0] == pytest.approx(365.0)


def test_the_log_counts_what_the_series_count(busy):
    log = busy.transitions.frame()
    sums = busy.series(burn_in=True, counts=True).set_index("month")
    for stage, count in (("due", "n_due"), ("filed", "n_filed"), ("terminated", "n_terminated")):
        found = log[log["stage"] == stage].groupby("month").size()
        expected = sums[count][sums[count] > 0]
        assert found.astype(float).to_dict() == expected.to_dict(), stage
    due = log[log["stage"] == "due"].groupby("month")["amount"].sum()
    assert due.to_numpy() == pytest.approx(sums["n_due_yuan"][due.index].to_numpy(), rel=ROUNDING)
    queued = log[log["stage"] == "queued"]
    assert len(queued)
    assert (queued["amount"] > 0.0).all()


def test_events_carry_the_yuan_that_they_are_about(busy):
    log = busy.transitions.frame()
    books = busy.measured.books().set_index("month")
    assert (log["amount"] >= 0.0).all()
    lost = log[log["stage"].isin(["dismissed", "written_off", "archived"])]
    by_month = lost.groupby("month")["amount"].sum()
    # half a cent of each payment in full is written off too
    gap = (books["claim_off"][by_month.index] - by_month).abs()
    assert gap.max() < 1.0
    assert log["claim"].nunique() == (log["stage"] == "due").sum()


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
    values = {
        i.name: float(
            i.evaluate(
                bench.simulation.totals().counts[None, :1], bench.simulation.spans()[None, :1]
            )[0]
        )
        for i in INDICATORS
    }
    assert values["grace_performance"] == 1.0  # one left grace by paying, three are still waiting
    assert bench.count(Count.DEBTORS_ENFORCEABLE) == 3.0
    assert values["inability"] == pytest.approx(1 / 3)
    assert values["refusal"] == 1.0
    assert np.isnan(values["recovery"])


def test_the_stocks_are_those_of_the_tables(busy):
    claims, debtors = busy.simulation.claims.rows, busy.simulation.debtors.rows
    last = busy.series(counts=True).iloc[-1]
    assert last["n_docket"] == sum(in_docket(s) for s in claims["stage"])
    assert last["n_shadow"] == (claims["stage"] == Stage.TERMINATED).sum()
    assert last["n_debtors"] == len(debtors)


WORDS = {"name": "x", "title": "X", "zh": "某", "unit": "u"}


def test_a_percentile_is_the_age_that_so_many_do_not_exceed():
    spans = np.zeros((2, 1, SPANS, LONGEST + 1))
    spans[0, 0, Span.DOCKET_AGE, [1, 4, 9]] = [5, 4, 1]
    ninth = Percentile(span=Span.DOCKET_AGE, share=0.9, **WORDS)
    assert ninth.values(counts([0, 0], [0, 0]), spans).ravel()[0] == 4.0
    assert np.isnan(ninth.values(counts([0, 0], [0, 0]), spans).ravel()[1])
    spans[1, 0, Span.DOCKET_AGE, 9] = 1
    assert ninth.evaluate(counts([0, 0], [0, 0]), spans)[0] == 9.0


def test_a_cohort_stands_at_its_month_of_origin_once_its_time_is_over():
    spans = np.zeros((4, 1, SPANS, LONGEST + 1))
    spans[0, 0, Span.APPLIED, 0] = 1  # of the first month, at once
    spans[1, 0, Span.APPLIED, 1] = 2  # of the first month, one later
    spans[2, 0, Span.APPLIED, 2] = 4  # of the first month, too late
    spans[2, 0, Span.APPLIED, 1] = 3  # of the second month
    sums = counts([10, 5, 5, 5], [0, 0, 0, 0])
    share = Cohort(span=Span.APPLIED, within=1, base=Count.CLOSED, **WORDS)
    found = share.values(sums, spans).ravel()
    assert found[:3] == pytest.approx([0.3, 0.6, 0.0])
    assert np.isnan(found[3])
    assert share.evaluate(sums, spans)[0] == pytest.approx(6 / 20)


def cohorts_in_the_log(world, begun, followed, within):
    """Of the claims that reached a stage in a measured month, those that went on to another."""
    log = world.transitions.frame()
    order = pd.Series(log.index, log["claim"])
    at = {
        stage: order[(log["stage"] == stage).to_numpy()].groupby(level=0).min()
        for stage in (begun, followed, "plan")
    }
    # Whose plan came before has performed, if only at first.
    before = at["plan"].reindex(order.index.unique()).fillna(np.inf)
    first, then = (
        log["month"]
        .reindex(rows[rows < before[rows.index]])
        .set_axis(rows[rows < before[rows.index]].index)
        for rows in (at[begun], at[followed])
    )
    months = (then.reindex(first.index) - first).to_numpy()
    complete = (first >= 1) & (first <= world.month - within)
    return (months[complete] <= within).sum(), complete.sum()


def test_cohorts_tell_what_the_log_tells(busy):
    applied, unpaid = cohorts_in_the_log(busy, "unpaid", "queued", 6)
    assert 0 < applied < unpaid
    share = Cohort(span=Span.APPLIED, within=6, base=Count.UNPAID, **WORDS)
    told = share.evaluate(busy.measured.sums()[:, :1], busy.measured.spans()[:, :1])
    assert told[0] == pytest.approx(applied / unpaid)


def test_ages_of_open_cases_are_those_of_the_claims(busy):
    claims = busy.simulation.claims.rows
    ages = claims["docket"][[in_docket(s) for s in claims["stage"]]]
    spans = busy.measured.spans()[-1, 0, Span.DOCKET_AGE]
    assert spans.tolist() == np.bincount(ages, minlength=LONGEST + 1).tolist()
    last = busy.series().iloc[-1]
    assert last["docket_age_p90"] == np.sort(ages)[int(np.ceil(0.9 * len(ages))) - 1]


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
    sums = counts([0, 0, 0], [0, 0, 0])
    assert gini.values(sums, spans).ravel() == pytest.approx([0.0, 0.99, 0.25])


def test_what_is_recovered_is_set_against_what_it_cost(busy, make):
    head = busy.headline()
    sums = busy.measured.sums()[:, 0].sum(axis=0)
    recovered = sums[Count.RECOVERED_VOLUNTARILY] + sums[Count.RECOVERED_BY_FORCE]
    assert head["officers_cost"] == pytest.approx(sums[Count.OFFICERS_PAY] / recovered)
    worked = busy.simulation.inputs.parameters.institutions.wage * sums[Count.HOURS_USED]
    assert sums[Count.OFFICERS_PAY] == pytest.approx(worked)  # nobody is pooled, no machine helps
    gap = head["social_return"] - head["social_return_less_harm"]
    assert gap == pytest.approx(12.0 * sums[Count.FELT_HARM] / sums[Count.DEBTORS])
    assert head["net_received"] == pytest.approx(head["social_return"] + head["public_outlay"])
    spent = busy.measured.books().query("month >= 1")[["suit_costs", "application"]]
    assert sums[Count.CREDITORS_COST] >= spent.to_numpy().sum() * (1.0 - ROUNDING)

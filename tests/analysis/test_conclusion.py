"""Claims about conclusions: what is said follows from the intervals and never outruns them."""

import string
from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.comparison.compare import HEADLINE, NET, PEOPLE, Standing
from sim.analysis.comparison.conclusion import conclusion
from sim.analysis.comparison.district import Currency, District
from sim.analysis.comparison.money import Money
from sim.analysis.comparison.reach import MIN_CLAIMS, PolicyReach
from sim.analysis.comparison.statements import TEXTS, in_words
from sim.analysis.paired import difference, replicates_to_show, smallest_effect
from sim.books.accounts import Account
from sim.scenario.differences import Unlike

NOISE = np.array([-1.0, 1.0, -0.5, 0.5, 0.2, -0.2])
BASE = 100.0 + 10.0 * NOISE


def away(mean, spread=0.01):
    """A difference of six pairs, as clear as its spread is small; none at all for 0."""
    spread = spread if mean else 0.0
    return difference(BASE + mean + spread * NOISE[::-1], BASE)


def standing(name, net=0.0, cost=0.0, *, spread=0.01, reach=1000, dose=1.0, first=None, **others):
    measures = dict.fromkeys((*HEADLINE, *PEOPLE), away(0.0, 0.0))
    values = {} if first is None else {"performed_12": tuple(first)}
    if first is not None:
        measures["performed_12"] = difference(np.array(first), np.zeros(6))
    measures |= {NET: away(net, spread), "public_outlay": away(cost)}
    measures |= {measure: away(mean) for measure, mean in others.items()}
    policy = PolicyReach("it", 6, 12.0, 2.0, 100.0, reach / 6, 10.0, reach)
    nets = tuple(BASE + net + (spread if net else 0.0) * NOISE[::-1])
    return Standing(name, measures, reach=(policy,), dose=dose, net=nets, values=values)


START = Standing("base", {}, net=tuple(BASE))


def told(*standings, **more):
    return conclusion([START, *standings], **more)


def keys(found, about=None):
    return [one.key for one in found if about is None or one.about == about]


def sentence(found, key):
    (one,) = (one for one in found if one.key == key)
    return in_words(one)


OFFICERS, TRACING = standing("officers", 30.0), standing("tracing", 10.0)


def test_what_brings_clearly_most_is_named_with_its_interval():
    found = told(OFFICERS, TRACING)
    text = sentence(found, "best")
    assert text.startswith(
        "officers brings creditors the most: 30 yuan more per debtor and year than"
    )
    assert "(+30 to +30)" in text
    names = {"officers": "增执行人员", "base": "基准"}.__getitem__
    assert in_words(found[0], "zh", names).startswith("“增执行人员”使债权人净受偿")


def test_what_is_not_told_apart_is_said_to_be_so_with_the_replicates_that_would():
    one = standing("officers", 30.0, spread=8.0, first=0.1 + 0.01 * NOISE)
    other = standing("tracing", 29.0, spread=-8.0, first=0.1 - 0.01 * NOISE[::-1])
    found = told(one, other)
    assert "best" not in keys(found)
    assert "do not distinguish it from tracing" in sentence(found, "best_tied")
    gaps = 0.01 * (NOISE + NOISE[::-1])
    assert abs(gaps.mean()) < 1e-9
    assert "more_rival" not in keys(found)  # nothing to see, however many replicates
    other = standing("tracing", 29.0, spread=-8.0, first=0.098 - 0.01 * NOISE[::-1])
    count = replicates_to_show(float(gaps.std(ddof=1)), 0.002)
    text = sentence(told(one, other), "more_rival")
    assert text.startswith(f"About {count} replicates would distinguish officers from tracing by")


def test_what_these_runs_could_have_shown_comes_first_where_the_headline_is_not_clear():
    small, clear = 0.004 + 0.01 * NOISE, 0.3 + 0.02 * NOISE
    found = told(standing("officers", 30.0, first=small), standing("tracing", 9.0, first=clear))
    assert keys(found)[0] == "small"
    sizes = [smallest_effect(float(one.std(ddof=1)), 6) for one in (small, clear)]
    count = replicates_to_show(float(small.std(ddof=1)), 0.004)
    text = sentence(found, "small")
    least, most = (f"{100 * size:.3g}" for size in sizes)
    assert f"is {least} to {most} percentage points." in text
    assert f"is not clear for these scenarios: officers +0.4 ({count})." in text
    assert "+30 percentage points" in sentence(found, "first")
    assert "small" not in keys(told(standing("tracing", 9.0, first=clear)))


def test_where_nothing_is_clear_or_known_nothing_is_called_best():
    found = told(standing("officers", 3.0, spread=50.0), standing("tracing", -2.0, spread=50.0))
    assert {"best", "best_tied", "best_alone"}.isdisjoint(keys(found))
    assert "In none of these scenarios" in sentence(found, "none_better")


def test_every_scenario_is_told_whether_creditors_receive_more_or_less_and_why_it_failed():
    failed = Standing("broken", {}, error="seed 1: it broke")
    others = standing("worse", -5.0), standing("same", cost=2.0), failed
    found = told(OFFICERS, *others)
    assert "receive 30 yuan more per debtor and year" in sentence(found, "net_more")
    assert keys(found, "same") == ["net_same", "cost_more"]
    assert sentence(found, "failed") == "broken failed: seed 1: it broke."
    assert keys(found)[-1] == "interval"


def test_a_policy_that_reached_too_few_has_no_place_in_the_ranking_and_is_named():
    found = told(standing("wages", 90.0, reach=3), OFFICERS)
    assert "wages reached 3 claims in 6 replicates" in sentence(found, "few")
    assert keys(found, "wages") == ["few"]
    few = replace(OFFICERS.reach[0], policy="wages", in_all=MIN_CLAIMS - 1)
    found = told(replace(OFFICERS, reach=(*OFFICERS.reach, few)))
    assert "Its policy wages reached 29 claims" in sentence(found, "few_policy")


def test_who_pays_is_named_with_the_payment_and_people_are_counted_both_ways():
    rising, falling, same = away(379.0), away(-300.0), away(0.0)
    parties = {Account.DEBTORS: falling, Account.INSURERS: rising, Account.STATE: same}
    money = Money("cover", {}, {}, parties, {"premiums": rising, "fines": same})
    cover = standing("cover", 10.0, wrongly_listed=0.5)
    found = told(cover, moneys=[money])
    assert sentence(found, "pays").endswith(": debtors −300.")
    assert "premiums of liability cover (debtors to insurers) +379" in sentence(found, "flows")
    assert "Debtors wrongly listed +0.5" in sentence(found, "hurt")


def test_costs_are_told_for_the_district_in_its_currency():
    place = District(800_000, 250.0, False, Currency("EUR", 8.0))
    found = told(standing("officers", 10.0, cost=4.0), district=place)
    text = sentence(found, "cost_more")
    assert "4 yuan more per debtor and year, 100,000 EUR a year for the district" in text
    assert "as given" in sentence(found, "district")


def test_a_budget_that_cannot_be_spent_is_no_comparison_at_equal_cost():
    full, half = standing("officers", 10.0, cost=4.0, dose=12.0), standing("tracing", 5.0, cost=1.0)

    def spending(*standings):
        return told(*standings, district=District(800_000, 250.0, False, budget=800_000.0))

    found = spending(full, half)
    assert "costs 800,000 yuan a year more than base" in sentence(found, "equal_cost")
    assert sentence(found, "unspent").startswith("tracing cannot use up the budget")
    jumped = spending(full, standing("jail", 5.0, cost=1.0, dose=0.4))
    assert "because its cost rises in jumps" in sentence(jumped, "over")
    assert "equal_cost" not in keys(spending(half))


def test_other_worlds_are_named_before_all_else():
    found = told(OFFICERS, unlike=[Unlike("officers", "population.size", 400, 10_000)])
    assert keys(found)[0] == "across"
    assert "population.size 400 against 10,000" in sentence(found, "across")


@pytest.mark.parametrize("key", list(TEXTS))
def test_both_languages_say_the_same_values(key):
    english, chinese = (
        {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXTS[key]
    )
    assert english == chinese

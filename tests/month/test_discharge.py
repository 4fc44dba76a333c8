"""Claims about personal bankruptcy: who with means asks for it, who abuses it, who can open it."""

import pytest

from sim.agents.debtor.debtor import ABUSES, ASKED, CONCEALS, FOUND
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Domain, Option, Stage

LAW = {
    "at_source.personal_bankruptcy": 1.0,
    "at_source.bankruptcy_examination": 0.0,
    "procedure.bankruptcy_cost": 0.0,
    "procedure.bankruptcy_stigma": 0.0,
    "procedure.administrator_fee": 0.1,
    "procedure.plan_share": 0.7,
    "choice.attention": 0.0,
}
UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5}


def partly(make, paths=None, *, debtors=1, conscience=True, cash=20_000.0, due=2e5):
    """Persons with some money and 1,000 yuan a month above need who owe far more than that."""
    bench = make.bench(LAW | (paths or {}), debtors=debtors)
    for row in range(debtors):
        bench.set(row, income=3000.0, usual=3000.0, need=2000.0, discount=0.01)
        if conscience:
            bench.set(row, **UPRIGHT)
        bench.own(row, cash=cash)
        bench.claim(row, due=due, intake=1)
    return bench


# ---------------------------------------------------------------- who asks honestly


@pytest.mark.parametrize(
    ("paths", "option"),
    [
        ({}, Option.BANKRUPT),
        ({"at_source.personal_bankruptcy": 0.0}, Option.PAY),
        ({"procedure.bankruptcy_cost": 1e5}, Option.PAY),
        ({"procedure.bankruptcy_stigma": 60.0}, Option.PAY),
        # nothing of later savings would ever be taken: a discharge saves nothing
        ({"learning.prior_recovery": 0.0}, Option.PAY),
    ],
)
def test_who_can_pay_a_part_takes_the_cheapest_honest_way(make, paths, option):
    bench = partly(make, paths)
    bench.play("choice")
    assert bench.debtor().option == option
    assert bench.count(Count.DISCHARGE_ADMITTED) == (option == Option.BANKRUPT)


def test_who_can_pay_in_full_pays(make):
    bench = partly(make, cash=3e5)
    bench.play("choice")
    assert bench.debtor().option == Option.PAY
    assert bench.count(Count.DISCHARGE_ASKED) == 0.0


def test_petitions_are_counted_once_whether_admitted_or_not(make):
    bench = partly(make, {"at_source.personal_bankruptcy": 0.5}, debtors=60)
    bench.play("choice")
    asked, admitted = (bench.count(c) for c in (Count.DISCHARGE_ASKED, Count.DISCHARGE_ADMITTED))
    assert asked == 60.0
    assert 15.0 < admitted < 45.0  # more than three standard deviations from a half
    bench.simulation.debtors.rows["prompted"][:60] = True
    bench.play("choice")
    assert bench.count(Count.DISCHARGE_ASKED) == 0.0


def test_together_creditors_share_all_that_is_not_exempt_and_by_paying_the_oldest_takes_it(make):
    def received(law):
        bench = partly(make, {"at_source.personal_bankruptcy": law, "assets.realty.own_sale": 1.0})
        bench.own(cash=10_000.0, realty=20_000.0).set(exempt=1000.0)
        other = bench.claim(due=1e5, domain=Domain.TRADE, intake=1)
        bench.play("choice", "leaving")
        return bench, bench.at(0).paid, bench.at(other).paid

    bench, first, second = received(1.0)
    price = bench.simulation.inputs.assets[3].auction_price
    assert first + second == pytest.approx(0.9 * (9000.0 + 20_000.0 * price))
    assert first == pytest.approx(2.0 * second)  # as they are owed
    assert sum(bench.debtor().assets[a] for a in range(6)) == pytest.approx(1000.0)
    _, alone, left = received(0.0)
    assert alone > 0.0 == left


def test_an_estate_that_is_enough_pays_all_and_leaves_the_rest(make):
    bench = partly(make, cash=3e5)
    bench.set(option=Option.BANKRUPT)
    bench.play("leaving")
    assert bench.at(0).stage == Stage.PAID
    assert bench.at(0).paid == pytest.approx(2e5)
    assert bench.debtor().assets[2] == pytest.approx(3e5 - 2e5 / 0.9)
    assert bench.count(Count.DISCHARGED) == 0.0


@pytest.mark.parametrize(("months", "left"), [(0.0, 1000.0), (3.0, 7000.0), (60.0, 28_000.0)])
def test_what_is_exempt_in_bankruptcy_is_left_out_of_what_the_estate_brings(make, months, left):
    one = {f"assets.realty.{name}": 1.0 for name in ("auction_price", "own_price")}
    bench = partly(make, one | {"at_source.bankruptcy_exempt": months})
    bench.own(cash=8_000.0, realty=20_000.0).set(exempt=1000.0, option=Option.BANKRUPT, income=0.0)
    bench.play("leaving")
    assert bench.at(0).stage == Stage.INSOLVENT
    assert sum(bench.debtor().assets[a] for a in range(6)) == pytest.approx(left)
    assert bench.at(0).paid == pytest.approx(0.9 * (28_000.0 - left))


def test_the_more_is_exempt_the_more_of_those_with_means_ask(make):
    def asking(months):
        paths = {"at_source.bankruptcy_exempt": months, "procedure.bankruptcy_cost": 30_000.0}
        bench = partly(make, paths, debtors=40)
        for row in range(40):
            bench.own(row, cash=1000.0 * row)
        bench.play("choice")
        return bench.count(Count.DISCHARGE_ADMITTED)

    asked = [asking(months) for months in (0.0, 3.0, 12.0)]
    assert asked == sorted(asked)
    assert asked[2] > asked[0]


# ---------------------------------------------------------------- abuse


SECRET = {"assets.cash.hide": 1.0}
"""Cash can be kept from everyone."""


def abusers(make, examination, **paths):
    """How many of forty persons without a conscience ask with assets concealed."""
    levers = {"at_source.bankruptcy_examination": examination}
    bench = partly(make, SECRET | levers | paths, debtors=40, conscience=False)
    for row in range(40):
        bench.set(row, discount=0.004 + 0.001 * row)
    bench.play("choice")
    return sum(bool(bench.debtor(row).petition & ABUSES) for row in range(40))


def test_abuse_appears_where_examination_is_weak_and_falls_as_it_rises(make):
    found = [abusers(make, e) for e in (0.0, 0.1, 0.3, 0.6, 1.0)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 20
    assert found[-1] == 0


def test_nobody_abuses_who_cannot_hide_or_where_there_is_no_law(make):
    assert abusers(make, 0.0, **{"assets.cash.hide": 0.0}) == 0
    assert abusers(make, 0.0, **{"at_source.personal_bankruptcy": 0.0}) == 0
    assert abusers(make, 0.0, **{"comprehensive.cash_control": 1.0}) == 0


def test_who_has_a_conscience_discloses_everything(make):
    bench = partly(make, SECRET)
    bench.play("choice", "leaving")
    assert bench.at(0).stage == Stage.INSOLVENT
    assert bench.debtor().petition == 0
    assert bench.debtor().assets[2] == pytest.approx(0.0)


def test_not_being_able_to_pay_is_never_abuse(make):
    bench = partly(make, SECRET, conscience=False, cash=2000.0)
    bench.play("choice", "leaving")
    assert bench.at(0).stage == Stage.INSOLVENT
    assert bench.count(Count.DISCHARGE_OPENED) == 1.0
    assert bench.count(Count.BANKRUPTCY_ABUSED) == 0.0


def concealing(make, examination):
    """One who asks falsely, its proceeding just opened; a second claim was never a case."""
    bench = partly(make, SECRET | {"at_source.bankruptcy_examination": examination})
    bench.set(option=Option.BANKRUPT, petition=ASKED | ABUSES, income=2000.0)
    late = bench.claim(due=1e5, stage=Stage.FILED)
    bench.play("leaving")
    assert [bench.at(c).stage for c in (0, late)] == [Stage.INSOLVENT] * 2
    assert bench.debtor().petition == CONCEALS
    assert bench.debtor().assets[2] == pytest.approx(20_000.0)
    assert bench.count(Count.BANKRUPTCY_ABUSED) == 1.0
    return bench, late


def test_who_is_not_found_out_keeps_what_it_hid_and_is_discharged(make):
    bench, late = concealing(make, 0.0)
    bench.simulation.claims.rows["wait"][:2] = 0
    bench.play("leaving")
    assert [bench.at(c).stage for c in (0, late)] == [Stage.DISCHARGED] * 2
    assert bench.debtor().assets[2] == pytest.approx(20_000.0)
    assert bench.debtor().petition == 0


def test_who_is_found_out_is_back_in_enforcement_and_creditors_have_what_was_hidden(make):
    bench, late = concealing(make, 1.0)
    before = bench.at(0).paid
    bench.play("leaving")
    assert [bench.at(c).stage for c in (0, late)] == [Stage.QUEUED, Stage.UNPAID]
    assert bench.count(Count.BANKRUPTCY_ABUSE_FOUND) == 1.0
    assert bench.flow(Flow.COLLECTIVE) == pytest.approx(0.9 * 20_000.0)
    assert bench.at(0).due + bench.at(late).due == pytest.approx(3e5 - 0.9 * 20_000.0)
    assert before == 0.0
    assert bench.count(Count.DISCHARGED) == 0.0
    debtor = bench.debtor()
    assert debtor.broken
    assert debtor.petition & FOUND
    bench.play("choice")
    assert bench.debtor().option != Option.BANKRUPT  # no second admission
    assert bench.count(Count.DISCHARGE_ASKED) == 0.0


# ---------------------------------------------------------------- administrators


def test_few_administrators_make_petitions_wait_and_open_as_many_as_they_can(make):
    bench = partly(make, {"at_source.administrators": 50.0}, debtors=200)
    opened = []
    for month in range(9):
        bench.play("choice", "leaving", "institutions")
        opened.append(bench.count(Count.OPENINGS))
        wanted = bench.count(Count.OPENINGS_WANTED)
        assert wanted == (200.0 - sum(opened[:-1]) if month else 0.0)
    assert opened[0] == 0.0  # nobody knew of them
    assert 5.0 < sum(opened[1:]) / 8.0 < 15.0  # room for ten a month
    waiting = int(bench.simulation.administrators.rows["waiting"][0])
    assert waiting == 200 - sum(opened)


def test_without_administrators_nothing_is_opened_and_with_enough_at_once(make):
    none, all_of_them = (
        partly(make, {"at_source.administrators": limit}, debtors=20) for limit in (0.0, 1000.0)
    )
    for bench in (none, all_of_them):
        bench.play("choice", "leaving", "institutions")
    assert all_of_them.count(Count.OPENINGS) == 20.0
    none.play("choice", "leaving", "institutions")
    assert none.count(Count.OPENINGS) == 0.0
    assert none.debtor().option == Option.BANKRUPT


@pytest.mark.parametrize("limit", [0.0, 1000.0])
def test_firms_about_to_be_terminated_wait_too_and_are_not_terminated_meanwhile(make, limit):
    paths = {"at_source.conversion": 1.0, "procedure.term_after": 6.0}
    bench = make.bench(paths | {"at_source.administrators": limit}, kind="firm")
    at = bench.claim(docket=6, fruitless=1)
    bench.play("leaving")
    bench.play("leaving")
    assert bench.at(at).stage == (Stage.QUEUED if limit == 0.0 else Stage.INSOLVENT)

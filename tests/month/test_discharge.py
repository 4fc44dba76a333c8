"""Claims about personal bankruptcy: who with means asks for it, who abuses it, who can open it."""

import pytest

from sim.agents.debtor.debtor import ABUSES, ASKED, CONCEALS, FOUND
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.month.month_end.cohorts import follow
from sim.terms import Asset, Domain, Option, Stage

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


def partly(make, paths=None, *phases, debtors=1, conscience=True, cash=20_000.0):
    """Persons with some money and 1,000 yuan a month above need who owe far more than that."""
    who = {"income": 3000.0, "usual": 3000.0, "need": 2000.0, "discount": 0.01}
    bench = make.bench(LAW | (paths or {}), debtors=debtors)
    who |= UPRIGHT if conscience else {}
    return bench.crowd(*phases, own={"cash": cash}, claim={"due": 2e5, "intake": 1}, **who)


def owned(bench):
    return sum(bench.debtor().assets[a] for a in range(6))


# ---------------------------------------------------------------- who asks honestly


@pytest.mark.parametrize(
    ("paths", "cash", "option"),
    [
        ({}, 20_000.0, Option.BANKRUPT),
        ({}, 3e5, Option.PAY),  # it can pay in full
        ({"at_source.personal_bankruptcy": 0.0}, 20_000.0, Option.PAY),
        ({"procedure.bankruptcy_cost": 1e5}, 20_000.0, Option.PAY),
        # nothing of later savings would ever be taken: a discharge saves nothing
        ({"learning.prior_recovery": 0.0}, 20_000.0, Option.PAY),
    ],
)
def test_who_can_pay_a_part_takes_the_cheapest_honest_way(make, paths, cash, option):
    bench = partly(make, paths, "choice", cash=cash)
    assert bench.debtor().option == option
    assert bench.count(Count.DISCHARGE_ADMITTED) == (option == Option.BANKRUPT)
    assert cash < 3e5 or bench.count(Count.DISCHARGE_ASKED) == 0.0


def test_together_creditors_share_all_that_is_not_exempt_and_by_paying_the_oldest_takes_it(make):
    def received(law):
        bench = partly(make, {"at_source.personal_bankruptcy": law, "assets.realty.own_sale": 1.0})
        bench.own(cash=10_000.0, realty=20_000.0).set(exempt=1000.0)
        other = bench.lay("choice", "leaving", due=1e5, domain=Domain.TRADE, intake=1)
        return bench, bench.at(0).paid, other.paid

    bench, first, second = received(1.0)
    price = bench.simulation.inputs.assets[3].auction_price
    assert first + second == pytest.approx(0.9 * (9000.0 + 20_000.0 * price))
    assert first == pytest.approx(2.0 * second)  # as they are owed
    assert owned(bench) == pytest.approx(1000.0)
    _, alone, left = received(0.0)
    assert alone > 0.0 == left


def test_an_estate_that_is_enough_pays_all_and_leaves_the_rest(make):
    bench = partly(make, cash=3e5).set(option=Option.BANKRUPT)
    bench.at(0).intake = 0  # never in enforcement, and yet not performed voluntarily
    bench.play("leaving")
    follow(bench.simulation)
    spans = bench.simulation.spans()[0]
    assert spans[Span.PERFORMED].sum() == 1.0
    assert spans[Span.PERFORMED_VOLUNTARILY].sum() == 0.0
    assert (bench.at(0).stage, bench.at(0).paid) == (Stage.PAID, pytest.approx(2e5))
    assert bench.debtor().assets[Asset.CASH] == pytest.approx(3e5 - 2e5 / 0.9)
    assert bench.count(Count.DISCHARGED) == 0.0


@pytest.mark.parametrize(("months", "left"), [(0.0, 1000.0), (3.0, 7000.0)])
def test_what_is_exempt_in_bankruptcy_is_left_out_of_what_the_estate_brings(make, months, left):
    one = {f"assets.realty.{name}": 1.0 for name in ("auction_price", "own_price")}
    bench = partly(make, one | {"at_source.bankruptcy_exempt": months})
    bench.own(cash=8_000.0, realty=20_000.0).set(exempt=1000.0, option=Option.BANKRUPT, income=0.0)
    bench.play("leaving")
    assert bench.at(0).stage == Stage.INSOLVENT
    assert owned(bench) == pytest.approx(left)
    assert bench.at(0).paid == pytest.approx(0.9 * (28_000.0 - left))


# ---------------------------------------------------------------- abuse


SECRET = {"assets.cash.hide": 1.0}
"""Cash can be kept from everyone."""


def abusers(make, examination, paths=None):
    """How many of forty persons without a conscience ask with assets concealed."""
    paths = SECRET | {"at_source.bankruptcy_examination": examination} | (paths or {})
    bench = partly(make, paths, debtors=40, conscience=False)
    bench.simulation.debtors.rows["discount"] = [0.004 + 0.001 * row for row in range(40)]
    bench.play("choice")
    return sum(bool(bench.debtor(row).petition & ABUSES) for row in range(40))


def test_abuse_appears_where_examination_is_weak_and_falls_as_it_rises(make):
    found = [abusers(make, e) for e in (0.0, 0.3, 1.0)]
    assert found[0] > 20
    assert found[0] >= found[1] >= found[2] == abusers(make, 0.0, {"assets.cash.hide": 0.0}) == 0


def concealing(make, examination):
    """One who asks falsely, its proceeding just opened; a second claim was never a case."""
    bench = partly(make, SECRET | {"at_source.bankruptcy_examination": examination})
    bench.set(option=Option.BANKRUPT, petition=ASKED | ABUSES, income=2000.0)
    late = bench.lay("leaving", due=1e5, stage=Stage.FILED)
    assert (bench.at(0).stage, late.stage) == (Stage.INSOLVENT, Stage.INSOLVENT)
    assert bench.debtor().petition == CONCEALS
    assert bench.debtor().assets[Asset.CASH] == pytest.approx(20_000.0)
    assert (bench.count(Count.BANKRUPTCY_ABUSED), bench.at(0).paid) == (1.0, 0.0)
    return bench, bench.at(0), late


def test_who_is_not_found_out_keeps_what_it_hid_and_is_discharged(make):
    bench, first, late = concealing(make, 0.0)
    bench.simulation.claims.rows["wait"][:2] = 0
    bench.play("leaving")
    assert (first.stage, late.stage) == (Stage.DISCHARGED, Stage.DISCHARGED)
    assert bench.debtor().assets[Asset.CASH] == pytest.approx(20_000.0)
    assert bench.debtor().petition == 0


def test_who_is_found_out_is_back_in_enforcement_and_creditors_have_what_was_hidden(make):
    bench, first, late = concealing(make, 1.0)
    bench.play("leaving")
    assert (first.stage, late.stage) == (Stage.QUEUED, Stage.UNPAID)
    assert bench.totals(Count.BANKRUPTCY_ABUSE_FOUND, Count.DISCHARGED) == [1.0, 0.0]
    assert bench.flow(Flow.COLLECTIVE) == pytest.approx(0.9 * 20_000.0)
    assert first.due + late.due == pytest.approx(3e5 - 0.9 * 20_000.0)
    assert bench.debtor().broken
    assert bench.debtor().petition & FOUND
    bench.play("choice")
    assert bench.debtor().option != Option.BANKRUPT  # no second admission
    assert bench.count(Count.DISCHARGE_ASKED) == 0.0


def test_few_administrators_make_petitions_wait_and_open_as_many_as_they_can(make):
    bench = partly(make, {"at_source.administrators": 50.0}, debtors=200)
    opened = []
    for _ in range(9):
        bench.play("choice", "leaving", "institutions")
        opened.append(bench.count(Count.OPENINGS))
    assert opened[0] == 0.0  # nobody knew of them
    assert 5.0 < sum(opened[1:]) / 8.0 < 15.0  # room for ten a month
    assert bench.simulation.administrators.rows["waiting"][0] == 200 - sum(opened)


@pytest.mark.parametrize(("limit", "stage"), [(0.0, Stage.QUEUED), (1000.0, Stage.INSOLVENT)])
def test_firms_about_to_be_terminated_wait_too_and_are_not_terminated_meanwhile(make, limit, stage):
    paths = {"at_source.conversion": 1.0, "procedure.term_after": 6.0}
    paths |= {"at_source.administrators": limit}
    bench, claim = make.case(paths, "leaving", kind="firm", docket=6, fruitless=1)
    bench.play("leaving")
    assert claim.stage == stage

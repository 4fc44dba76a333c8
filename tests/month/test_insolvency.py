"""Claims about insolvency: who is converted, how creditors share, what ends with it."""

import pytest

from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Domain, Option, Stage

CONVERT = {
    "at_source.conversion": 1.0,
    "procedure.term_after": 6.0,
    "procedure.administrator_fee": 0.1,
}
DONE = {"docket": 6, "fruitless": 1}


def firm(make, paths=None):
    return make.bench(CONVERT | (paths or {}), kind="firm")


def run_out(bench):
    """Let the proceeding come to its end."""
    bench.simulation.claims.rows["wait"][: len(bench.simulation.claims)] = 0
    bench.play("leaving")


@pytest.mark.parametrize(
    ("kind", "share", "bank", "converted"),
    [
        ("firm", 1.0, 0.0, True),
        ("firm", 0.0, 0.0, False),
        ("person", 1.0, 0.0, False),
        ("firm", 1.0, 5000.0, False),  # it has more than it owes
    ],
)
def test_insolvent_firms_about_to_be_terminated_are_converted(make, kind, share, bank, converted):
    bench = make.bench(CONVERT | {"at_source.conversion": share}, kind=kind).own(bank=bank)
    at = bench.claim(**DONE)
    other = bench.claim(stage=Stage.FILED)
    bench.play("leaving")
    stages = [bench.at(c).stage for c in (at, other)]
    assert stages == ([Stage.INSOLVENT] * 2 if converted else [Stage.TERMINATED, Stage.FILED])
    assert bench.count(Count.CONVERTED) == converted
    assert bench.count(Count.CLOSED) == 1.0


def test_creditors_of_a_firm_share_by_class_then_in_proportion_and_it_is_gone(make):
    bench = firm(make, {"assets.realty.auction_price": 0.5})
    bench.own(bank=500.0, realty=1000.0)
    wages = bench.claim(due=300.0, domain=Domain.WAGES, livelihood=True, **DONE)
    trade = [bench.claim(due=due, domain=Domain.TRADE) for due in (1000.0, 3000.0)]
    bench.play("leaving")
    run_out(bench)
    claims = [bench.at(c) for c in (wages, *trade)]
    assert [c.stage for c in claims] == [Stage.LIQUIDATED] * 3
    # 500 in money and 500 from the sale, less a tenth for the administrator
    assert [c.paid for c in claims] == pytest.approx([300.0, 150.0, 450.0])
    assert bench.flow(Flow.ADMINISTRATION) == pytest.approx(100.0)
    assert bench.flow(Flow.CLAIM_OFF) == pytest.approx(3400.0)
    assert bench.debtor().leaving


@pytest.mark.parametrize("specialised", [0.0, 1.0])
def test_specialised_courts_shorten_the_proceeding(make, specialised):
    bench = firm(make, {"at_source.specialised_courts": specialised})
    at = bench.claim(**DONE)
    bench.play("leaving")
    factor = 0.64 if specialised else 1.0
    assert factor * 12.0 - 1.0 <= bench.at(at).wait < factor * 24.0


def test_what_one_creditor_had_attached_goes_to_all(make):
    bench = firm(make)
    bench.set(frozen=800.0)
    bench.claim(due=1e4, **DONE)
    held = bench.claim(due=1e4, stage=Stage.SEIZED, attached=[800.0, 0.0, 0.0])
    bench.play("leaving")
    assert sum(bench.at(held).attached[g] for g in range(3)) == 0.0
    assert bench.debtor().assets[3] == 800.0
    assert bench.debtor().frozen == 0.0


FREE = {
    "at_source.personal_bankruptcy": 1.0,
    "procedure.bankruptcy_cost": 0.0,
    "procedure.bankruptcy_stigma": 0.0,
}


def ruined(make, paths=None):
    """A listed person with 100 yuan a month above need who owes 100,000."""
    bench = make.bench(FREE | {"choice.attention": 0.0} | (paths or {}))
    bench.set(income=1000.0, usual=1000.0, need=900.0, discount=0.01, on_list=True)
    at = bench.claim(due=1e5, principal=1e5)
    return bench, at


def test_a_discharge_ends_interest_listing_and_harm(make):
    bench, at = ruined(make)
    bench.play("choice", "sanction", "leaving")
    assert bench.at(at).stage == Stage.INSOLVENT
    bench.play("earning", "choice", "sanction", "leaving")
    assert bench.flow(Flow.CLAIM_INTEREST) == 0.0
    assert bench.count(Count.FELT_HARM) == 0.0
    assert not bench.debtor().on_list
    assert bench.flow(Flow.COLLECTIVE) > 0.0  # it pays from its income meanwhile
    run_out(bench)
    assert bench.at(at).stage == Stage.DISCHARGED
    assert bench.count(Count.DISCHARGED) == 1.0
    assert not bench.debtor().leaving


@pytest.mark.parametrize(
    "without",
    [
        {"at_source.personal_bankruptcy": 0.0},
        {"procedure.bankruptcy_cost": 1e6},
        {"procedure.bankruptcy_stigma": 60.0},
    ],
)
def test_nobody_asks_who_is_not_admitted_or_finds_it_too_dear(make, without):
    bench, at = ruined(make, without)
    bench.play("choice", "sanction", "leaving")
    assert bench.at(at).stage == Stage.QUEUED
    assert bench.debtor().option == Option.UNABLE
    assert bench.flow(Flow.CLAIM_INTEREST) > 0.0
    assert bench.count(Count.FELT_HARM) > 0.0


@pytest.mark.parametrize(
    ("option", "stage", "rate", "liquidated"),
    [
        (Option.STALL, Stage.QUEUED, 0.5, True),
        (Option.STALL, Stage.QUEUED, 0.0, False),
        (Option.PAY, Stage.QUEUED, 0.5, False),
        (Option.STALL, Stage.UNPAID, 0.5, False),
    ],
)
def test_only_firms_that_refuse_in_enforcement_are_compelled(make, option, stage, rate, liquidated):
    bench = make.bench({"special.compulsory_liquidation": rate}, kind="firm", debtors=20)
    for row in range(20):
        bench.set(row, option=option)
        bench.claim(row, stage=stage)
    bench.play("leaving")
    assert (bench.count(Count.BANKRUPTCIES) > 0.0) == liquidated

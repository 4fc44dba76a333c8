"""Claims about insolvency: who is converted, how creditors share, what ends with it."""

import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Domain, Option, Stage

CONVERT = {
    "at_source.conversion": 1.0,
    "procedure.term_after": 6.0,
    "procedure.administrator_fee": 0.1,
}
DONE = {"docket": 6, "fruitless": 1}


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
    paths = CONVERT | {"at_source.conversion": share}
    bench, claim = make.case(paths, kind=kind, own={"bank": bank}, **DONE)
    other = bench.lay("leaving", stage=Stage.FILED)
    stages = (Stage.INSOLVENT, Stage.INSOLVENT) if converted else (Stage.TERMINATED, Stage.FILED)
    assert (claim.stage, other.stage) == stages
    assert bench.totals(Count.CONVERTED, Count.CLOSED) == [converted, 1.0]


def test_creditors_of_a_firm_share_by_class_then_in_proportion_and_it_is_gone(make):
    bench = make.bench(CONVERT | {"assets.realty.auction_price": 0.5}, kind="firm")
    bench.own(bank=500.0, realty=1000.0)
    claims = [bench.lay(due=300.0, domain=Domain.WAGES, livelihood=True, **DONE)]
    claims += [bench.lay(due=due, domain=Domain.TRADE) for due in (1000.0, 3000.0)]
    run_out(bench.play("leaving"))
    assert [c.stage for c in claims] == [Stage.LIQUIDATED] * 3
    # 500 in money and 500 from the sale, less a tenth for the administrator
    assert [c.paid for c in claims] == pytest.approx([300.0, 150.0, 450.0])
    assert bench.totals(Flow.ADMINISTRATION, Flow.CLAIM_OFF) == pytest.approx([100.0, 3400.0])
    assert bench.debtor().leaving


@pytest.mark.parametrize(("specialised", "factor"), [(0.0, 1.0), (1.0, 0.64)])
def test_specialised_courts_shorten_the_proceeding(make, specialised, factor):
    paths = CONVERT | {"at_source.specialised_courts": specialised}
    _, claim = make.case(paths, "leaving", kind="firm", **DONE)
    assert factor * 12.0 - 1.0 <= claim.wait < factor * 24.0


FREE = {
    "at_source.personal_bankruptcy": 1.0,
    "procedure.bankruptcy_cost": 0.0,
    "procedure.bankruptcy_stigma": 0.0,
    "choice.attention": 0.0,
}


def test_a_discharge_ends_interest_listing_and_harm(make):
    who = {"income": 1000.0, "usual": 1000.0, "need": 900.0, "discount": 0.01, "on_list": True}
    bench, claim = make.case(FREE, "choice", "sanction", "leaving", who=who, due=1e5)
    assert claim.stage == Stage.INSOLVENT
    bench.play("earning", "choice", "sanction", "leaving")
    assert bench.totals(Flow.CLAIM_INTEREST, Count.FELT_HARM) == [0.0, 0.0]
    assert not bench.debtor().on_list
    assert bench.flow(Flow.COLLECTIVE) > 0.0  # it pays from its income meanwhile
    run_out(bench)
    assert (claim.stage, bench.debtor().leaving) == (Stage.DISCHARGED, False)
    assert bench.count(Count.DISCHARGED) == 1.0


@pytest.mark.parametrize(
    ("option", "stage", "liquidated"),
    [
        (Option.STALL, Stage.QUEUED, True),
        (Option.PAY, Stage.QUEUED, False),
        (Option.STALL, Stage.UNPAID, False),
    ],
)
def test_only_firms_that_refuse_in_enforcement_are_compelled(make, option, stage, liquidated):
    bench = make.bench({"special.compulsory_liquidation": 0.5}, kind="firm", debtors=20)
    bench.crowd("leaving", claim={"stage": stage}, option=option)
    assert (bench.count(Count.BANKRUPTCIES) > 0.0) == liquidated

"""Claims about the procuratorial check: which acts are undone, and which harm this prevents."""

import pytest

from sim.agents.debtor.belief import PUNISHED, UNFAIR
from sim.books.accounts import Account, Flow
from sim.books.counts import Count
from sim.mechanisms.procuratorial_check import RETURNED, SANCTIONS_UNDONE
from sim.terms import Option, Stage

WRONG = {
    "collaborative.target_accuracy": 0.0,
    "sanctions.fine_rate": 1.0,
    "sanctions.fine_amount": 1.0,
    "sanctions.detention_rate": 1.0,
    "sanctions.detention_days": 10.0,
    "sanctions.prison_rate": 0.0,
    "comprehensive.list_rate": 0.0,
    "institutions.days_spared": 0.6,
}
MOVES = {
    "rule_of_law.procuratorial_check": (
        1.0,
        "n_sanctions_undone",
        {
            "collaborative.target_accuracy": 0.0,
            "sanctions.fine_rate": 1.0,
            "procedure.sanctions_in_hand": False,
            "obligations.intensity": 40.0,
        },
    )
}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""


@pytest.mark.parametrize("checked", [0.0, 1.0])
def test_sanctions_on_one_who_cannot_pay_are_undone_and_the_days_served_are_harm(make, checked):
    paths = WRONG | {"rule_of_law.procuratorial_check": checked}
    bench = make.bench(paths).own(bank=5000.0).set(option=Option.UNABLE, income=1000.0)
    bench.claim()
    bench.play("sanction", "institutions", "close")  # closing the month checks the books
    days = 10.0 - 6.0 * checked
    assert bench.debtor().assets[0] == pytest.approx(4000.0 + 1000.0 * checked)
    assert (bench.flow(Flow.FINE), bench.flow(RETURNED)) == (1000.0, 1000.0 * checked)
    assert bench.simulation.books.stocks[Account.STATE] == pytest.approx(1000.0 * (1.0 - checked))
    assert bench.count(Count.DETENTIONS_UNABLE) == 1.0
    assert bench.count(SANCTIONS_UNDONE) == checked
    assert bench.totals(Count.DETENTION_DAYS, Count.DETENTION_DAYS_UNABLE) == pytest.approx(
        [days, days]
    )
    weight = bench.world.setup.choice.detention_weight
    assert bench.count(Count.FELT_HARM) == pytest.approx(days / 30.0 * 1000.0 * weight)


@pytest.mark.parametrize(("option", "checked", "felt"), [
    (Option.UNABLE, 0.0, PUNISHED | UNFAIR), (Option.UNABLE, 1.0, 0), (Option.STALL, 1.0, PUNISHED),
])  # fmt: skip
def test_what_is_undone_is_not_felt_and_who_evades_is_punished_all_the_same(
    make, option, checked, felt
):
    paths = WRONG | {"rule_of_law.procuratorial_check": checked}
    bench = make.bench(paths).own(bank=5000.0).set(option=option, income=1000.0)
    bench.lay("sanction")
    assert bench.debtor().events & (PUNISHED | UNFAIR) == felt


LARGE = {
    "comprehensive.find_person": 1.0,
    "collaborative.trace_realty": 1.0,
    "procedure.control": 1.0,
    "procedure.seize_ratio": 3.0,
    "procedure.caught": 0.0,
    "procedure.debtor_objects": 0.0,
    "rule_of_law.proportionality": 0.0,
}


@pytest.mark.parametrize("checked", [0.0, 1.0])
def test_goods_beyond_the_claim_are_freed_and_not_felt_as_unfair(make, checked):
    paths = LARGE | {"rule_of_law.procuratorial_check": checked}
    bench, claim = make.case(
        paths, "queueing", "seize", own={"realty": 1e5}, stage=Stage.TRACED, found=8
    )
    assert claim.stage == Stage.SEIZED
    assert bench.totals(Count.OVER_SEIZURES, Count.EXCESS_UNDONE) == [1.0, checked]
    assert bool(bench.debtor().events & UNFAIR) == (not checked)
    price = bench.world.setup.assets.realty.auction_price
    assert bench.debtor().frozen == claim.attached[0]
    assert (claim.attached[0] * price <= 1200.0 + 1e-6) == bool(checked)


@pytest.mark.parametrize("checked", [0.0, 1.0])
def test_money_that_an_officer_seizes_beyond_the_need_goes_back(make, checked):
    paths = LARGE | {
        "collaborative.trace_bank": 1.0,
        "choice.noise": 0.0,
        "comprehensive.assessment": 1.0,
        "institutions.recovery_value": 1.0,
        "institutions.excess": 0.5,
        "institutions.discipline": 0.0,
        "sanctions.enforcement_fee": 0.0,
        "sanctions.late_interest": 0.0,
        "rule_of_law.procuratorial_check": checked,
    }
    bench, claim = make.case(
        paths, "queueing", "seize", own={"bank": 1e5}, stage=Stage.TRACED, found=1
    )
    assert bench.count(Count.OVERREACHED) == 1.0
    assert claim.escrow == pytest.approx(1500.0 - 500.0 * checked)
    assert bench.flow(Flow.SURPLUS) == pytest.approx(500.0 * checked)
    assert bool(bench.debtor().events & UNFAIR) == (not checked)

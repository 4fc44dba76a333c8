"""Claims about relief: who is in need, what the fund can pay, and that the debt lives on."""

import numpy as np
import pytest

from sim.books.accounts import Flow
from sim.mechanisms.relief_fund import BACK, CLAIMS, EARMARKED, FUNDING, LEVY, RELIEF
from sim.terms import Option, Stage

RICH = {"comprehensive.relief_fund": 1_000_000.0, "protection.relief_award": 500.0}

COVERED = {f"at_source.insurance_{name}": 1.0 for name in ("coverage", "compliance")} | {
    "domains.injury.insurable": True
}
MOVES = {
    "comprehensive.relief_fund": (200_000.0, "relief", {}),
    "comprehensive.relief_fines": (1.0, "relief_earmarked", {"sanctions.fine_rate": 0.2}),
    "comprehensive.relief_fees": (1.0, "relief_earmarked", {"comprehensive.officers": 1.0}),
    "comprehensive.relief_premiums": (0.1, "relief_levy", COVERED),
}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""


def in_need(make, paths=None, **fields):
    bench = make.bench(RICH | (paths or {}))
    private = int(bench.simulation.lender_first[2])
    at = bench.claim(**({"stage": Stage.TERMINATED, "creditor": private} | fields))
    bench.play("relieve", "institutions")
    return bench, bench.at(at)


def test_relief_pays_the_creditor_and_ends_no_debt(make):
    bench, claim = in_need(make)
    assert bench.flow(FUNDING) == 1000.0
    assert bench.flow(RELIEF) == claim.received == claim.relieved == 500.0
    assert (claim.stage, claim.due) == (Stage.TERMINATED, 1000.0)
    assert bench.simulation.funds.rows["balance"][0] == pytest.approx(500.0)


@pytest.mark.parametrize(
    "fields",
    [
        {"creditor": 0},
        {"stage": Stage.QUEUED, "docket": 3},
        {"relieved": 500.0},
    ],
)
def test_who_is_not_in_need_gets_nothing(make, fields):
    bench, _ = in_need(make, **fields)
    assert bench.flow(RELIEF) == 0.0


def test_a_small_fund_pays_livelihood_claims_first(make):
    bench = make.bench({"comprehensive.relief_fund": 6e5, "protection.relief_award": 500.0})
    private = int(bench.simulation.lender_first[2])
    for livelihood in (False, True):
        bench.claim(stage=Stage.TERMINATED, creditor=private, livelihood=livelihood)
    bench.play("relieve", "institutions")
    relieved = [bench.at(at).relieved for at in range(2)]
    assert relieved == [pytest.approx(100.0), pytest.approx(500.0)]
    assert np.allclose(
        bench.simulation.funds.rows["balance"], 0.0, atol=1e-9
    )  # rounding of one sum
    assert bench.count(CLAIMS) == 2.0


def test_what_sums_leave_behind_relieves_nobody(make):
    bench = make.bench({"comprehensive.relief_fund": 0.0, "protection.relief_award": 500.0})
    private = int(bench.simulation.lender_first[2])
    bench.claim(stage=Stage.TERMINATED, creditor=private)
    bench.simulation.funds.rows["balance"] = 1e-10
    bench.play("relieve")
    assert bench.count(CLAIMS) == 0.0
    assert bench.flow(RELIEF) == 0.0


def test_a_debtor_who_pays_later_returns_the_funds_share_through_the_creditor(make):
    bench, claim = in_need(make, {"protection.subrogation": 0.4})
    assert claim.relief == 200.0
    bench.own(bank=5000.0).set(conscience=100.0, trust=0.5, prompted=True)
    bench.play("choice", "institutions")
    assert bench.at(0).stage == Stage.PAID
    assert bench.flow(BACK) == bench.at(0).spent == 200.0
    assert bench.simulation.funds.rows["balance"][0] == pytest.approx(700.0)


@pytest.mark.parametrize(
    ("path", "share", "where", "paid", "given"),
    [
        ("relief_fines", 0.5, {"sanctions.fine_rate": 1.0}, Flow.FINE, EARMARKED),
        ("relief_premiums", 0.1, COVERED | {"domains.injury.person": 1.0}, Flow.PREMIUM, LEVY),
    ],
)
def test_sources_give_their_share_to_the_fund_and_the_books_balance(
    make, path, share, where, paid, given
):
    bench = make.bench({f"comprehensive.{path}": share} | where).own(bank=1e5)
    bench.set(option=Option.STALL, income=1000.0)
    bench.simulation.insurers.rows["premium"] = 100.0
    bench.claim(due=1e5)
    bench.play("earning", "sanction", "relieve", "institutions", "close")
    assert bench.flow(given) == pytest.approx(share * bench.flow(paid))
    assert bench.flow(given) > 0.0
    assert bench.simulation.funds.rows["balance"][0] == pytest.approx(bench.flow(given))

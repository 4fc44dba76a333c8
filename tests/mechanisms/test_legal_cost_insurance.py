"""Claims about dispute cover: who buys it, what it pays, what comes back, and its rate."""

import numpy as np
import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count, count_names
from sim.mechanisms.legal_cost_insurance import (
    BACK,
    BACK_YUAN,
    COSTS,
    COSTS_YUAN,
    COVERED,
    COVERED_YUAN,
    PAID,
    PAID_YUAN,
    PREMIUM,
    PREMIUM_YUAN,
    dispute_rate,
    settle_disputes,
    worth_insuring,
)
from sim.month.shared.journal import OVERALL
from sim.parameters import LenderTraits, Procedure, Protection
from sim.terms import Stage
from tests.build import creditor

MOVES = {"at_source.dispute_insurance": (1.0, "dispute_premium", {})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

OFFERED = {"at_source.dispute_insurance": 1.0, "domains.private_loan.person": 500.0}


def fallen_due(make, paths, premium=None):
    bench = make.bench(OFFERED | paths, debtors=40)
    if premium is not None:
        bench.simulation.insurers.rows["premium"] = premium
    return bench.play("new_claims")


def test_creditors_offered_cover_buy_it_and_pay_the_premium(make):
    bench = fallen_due(make, {}, premium=0.02)
    claims = bench.simulation.claims
    assert len(claims) > 5
    assert claims.rows["covered"][: len(claims)].all()
    assert bench.flow(PREMIUM) == pytest.approx(
        0.02 * claims.rows["principal"][: len(claims)].sum()
    )


@pytest.mark.parametrize(
    ("paths", "premium"), [({"at_source.dispute_insurance": 0.0}, 0.02), ({}, 0.9)]
)
def test_nobody_buys_what_is_not_offered_or_too_dear(make, paths, premium):
    bench = fallen_due(make, paths, premium)
    assert bench.count(Count.DUE) > 5.0
    assert bench.flow(PREMIUM) == bench.count(COVERED) == 0.0


SUES = {"procedure.sue": 1.0, "procedure.suit_cost": 0.1, "procedure.apply_cost": 0.0}
SUES |= {"pursuit.negotiate": 0.0, "at_source.preservation": 0.0}


@pytest.mark.parametrize("covered", [True, False])
def test_cover_pays_the_costs_of_the_suit(make, covered):
    bench = make.bench(SUES)
    at = bench.claim(stage=Stage.OVERDUE, covered=covered)
    bench.play("suing")
    claim = bench.at(at)
    assert bench.flow(Flow.SUIT_COSTS) == claim.spent == 100.0
    paid = 100.0 if covered else 0.0
    assert bench.flow(COSTS) == claim.received == claim.subrogated == paid


ENDS = {"procedure.term_unserved": 1.0, "institutions.closure_value": 0.0}


def test_cover_pays_once_its_share_of_a_judgment_that_stays_unpaid(make):
    bench = make.bench(ENDS)
    at = bench.claim(stage=Stage.QUEUED, docket=5, covered=True)
    bench.play("leaving")
    claim = bench.at(at)
    assert (claim.stage, claim.due, claim.received) == (Stage.TERMINATED, 1000.0, 500.0)
    assert (claim.covered, claim.subrogated) == (False, 500.0)
    assert bench.flow(PAID) == 500.0


def test_what_is_paid_later_returns_to_the_insurer_first(make):
    bench = make.bench({"procedure.sue": 0.0})
    bench.own(bank=800.0)
    at = bench.claim(stage=Stage.OVERDUE, subrogated=300.0, insured=800.0)
    bench.play("performing")
    assert bench.at(at).subrogated == 0.0
    assert bench.flow(BACK) == 300.0


def test_the_rate_moves_from_what_was_expected_to_what_was_seen(make):
    known = Protection(loading=0.2, dispute_rate=0.03)
    assert dispute_rate(0.0, 0.0, 0, known) == pytest.approx(1.2 * 0.03)
    assert dispute_rate(50.0, 1000.0, 6, known) == pytest.approx(1.2 * 0.04)
    assert dispute_rate(50.0, 1000.0, 12, known) == pytest.approx(1.2 * 0.05)
    bench = make.bench()
    rows = bench.simulation.insurers.rows
    sums = np.zeros((OVERALL + 1, len(count_names())))
    sums[OVERALL, COVERED_YUAN] = 1000.0
    sums[OVERALL, PREMIUM_YUAN] = 36.0
    sums[OVERALL, COSTS_YUAN] = 40.0
    sums[OVERALL, PAID_YUAN] = 500.0
    sums[OVERALL, BACK_YUAN] = 140.0
    settle_disputes(rows, sums, 1, known)
    assert rows["reserve"][-1] == 36.0 + 140.0 - 540.0
    assert rows["premium"][-1] == pytest.approx(dispute_rate(400.0, 1000.0, 1, known))


def willing_to_pay(trust=0.5, aversion=1.0):
    traits = LenderTraits(expected_share=0.5, risk_aversion=aversion)
    premiums = np.arange(0.0, 1000.0)
    bought = [
        worth_insuring(creditor(trust=trust), 1000.0, p, traits, Procedure(), Protection())
        for p in premiums
    ]
    return sum(bought)


def test_cover_is_worth_more_to_the_distrustful_and_to_the_averse():
    assert willing_to_pay(trust=0.0) > willing_to_pay(trust=0.5)
    assert willing_to_pay(aversion=5.0) > willing_to_pay(aversion=0.0) > 0

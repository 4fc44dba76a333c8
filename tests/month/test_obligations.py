"""Claims about how claims arise, are performed, sued for and judged."""

from functools import partial

import numpy as np
import pytest

from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Option, Stage

RATES = {"domains.bank_loan.person": 500.0, "domains.bank_loan.credit": True}
REPORTED = {"at_source.credit_reporting": 1.0}


def arising(make, paths=None, bank=1e9, **fields):
    bench = make.bench(RATES | (paths or {}), debtors=400)
    return bench.crowd("new_claims", own={"bank": bank}, **fields)


@pytest.fixture(scope="module")
def usual(make):
    """Claims of a month in which nobody is refused."""
    return arising(make)


def test_claims_arrive_at_their_rate(usual):
    assert abs(usual.count(Count.DUE) - 200) < 5 * np.sqrt(200)  # five sd of a Poisson count
    assert usual.flow(Flow.CLAIM_NEW) == pytest.approx(usual.simulation.claims.rows["due"].sum())
    assert (np.diff(usual.simulation.claims.rows["id"]) > 0).all()


SOUND, LISTED, EMPTY = {}, {"on_list": True}, {"bank": 0.0}
WITHOUT_CREDIT = {"at_source.screening": 1.0, "domains.bank_loan.credit": False}


@pytest.mark.parametrize(
    ("paths", "who", "expected"),
    [
        ({"at_source.screening": 1.0}, SOUND, 0.0),
        ({"at_source.screening": 0.5}, LISTED, 0.5),
        ({"at_source.screening": 1.0}, LISTED, 1.0),
        ({"at_source.screening": 1.0}, EMPTY, 1.0),
        (WITHOUT_CREDIT, LISTED, 0.0),
        ({}, {"score": 0}, 0.0),  # without reports a score is nothing
    ],
)
def test_screening_refuses_the_listed_and_the_empty_credit_and_nothing_else(
    make, usual, paths, who, expected
):
    free = usual.count(Count.DUE)
    refused = 1.0 - arising(make, paths, **who).count(Count.DUE) / free
    assert abs(refused - expected) <= (5 * np.sqrt(0.25 / free) if 0 < expected < 1 else 0.0)


def test_claims_grow_with_the_means_of_who_owes_them(make):
    def correlation(tie):
        bench = make.bench(RATES | {"obligations.size_by_means": tie}, debtors=600)
        rows = bench.simulation.debtors.rows
        rows["buffer"] = rows["usual"] * 8.0
        claims = bench.play("new_claims").simulation.claims.rows
        usual = rows["usual"][claims["debtor"]]
        return np.corrcoef(np.log(usual), np.log(claims["principal"]))[0, 1]

    assert abs(correlation(0.0)) < 0.25  # four standard errors of some three hundred
    assert correlation(0.9) > 0.6


def test_low_scores_are_refused_more_than_middling_ones_and_middling_ones_not_at_all(make):
    for score in (0, 20, 50):
        bench = arising(make, REPORTED, score=score)
        sought, refused = bench.totals(Count.CREDIT_SOUGHT, Count.CREDIT_REFUSED)
        assert sought - refused == bench.count(Count.DUE)
        chance = max(0.0, 1.0 - score / 50.0)
        assert abs(refused / sought - chance) <= 5 * np.sqrt(chance * (1 - chance) / sought)


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_partners_in_trade_see_as_many_records_as_are_shared_with_their_sector(make, shared):
    trade = {"domains.trade.person": 500.0, "domains.trade.credit": True}
    sharing = {"domains.bank_loan.person": 0.0, "at_source.cross_sector_sharing": shared}
    bench = arising(make, REPORTED | trade | sharing, score=0)
    sought, refused = bench.totals(Count.CREDIT_SOUGHT, Count.CREDIT_REFUSED)
    assert abs(refused / sought - shared) <= 5 * np.sqrt(shared * (1 - shared) / sought)


# ---------------------------------------------------------------- performance


@pytest.mark.parametrize(
    ("paths", "money", "conscience", "able"),
    [({}, 1e5, 100.0, None), ({}, 10.0, 100.0, False), ({}, 1e5, 0.0, True),
     ({"domains.private_loan.disputed": 1.0}, 1e5, 100.0, True)],
    ids=["willing and able", "unable", "unwilling", "disputed"],
)  # fmt: skip
def test_the_willing_and_able_perform_when_due_and_who_cannot_is_counted_apart_from_who_will_not(
    make, paths, money, conscience, able
):
    usual = {"domains.private_loan.disputed": 0.0, "choice.noise": 0.0, "society.norm": 0.0}
    who = {"discount": 0.04, "trust": 0.5, "conscience": conscience}
    bench, claim = make.case(
        usual | paths, "performing", own={"bank": money}, who=who, stage=Stage.DUE
    )
    paid = able is None
    assert claim.stage == (Stage.PAID if paid else Stage.OVERDUE)
    assert bench.totals(Flow.PAID_DUE, Count.DUE_PAID) == ([1000.0, 1.0] if paid else [0.0, 0.0])
    assert bench.count(Count.OVERDUE_UNABLE) == (able is False)
    assert paid or claim.able == able


# ---------------------------------------------------------------- creditors and courts


@pytest.mark.parametrize(
    ("due", "trust", "sues"), [(10_000.0, 0.5, True), (500.0, 0.5, False), (10_000.0, -0.5, False)]
)
def test_a_creditor_sues_when_it_hopes_for_more_than_it_costs(make, due, trust, sues):
    bench = make.bench({"procedure.sue": 1.0})
    bench.simulation.creditors.rows["trust"] = trust
    claim = bench.lay("suing", stage=Stage.OVERDUE, due=due)
    assert (claim.stage == Stage.FILED) == sues
    assert bench.flow(Flow.SUIT_COSTS) == claim.spent == (0.025 * due if sues else 0.0)


@pytest.mark.parametrize("stage", [Stage.OVERDUE, Stage.UNPAID])
def test_time_runs_out_for_who_does_not_act(make, stage):
    still = {"procedure.prescription": 24.0, "procedure.sue": 0.0, "procedure.apply": 0.0}
    bench, early = make.case(still, stage=stage, months=23)
    late = bench.lay("suing", stage=stage, months=24)
    assert (early.stage, late.stage) == (stage, Stage.WRITTEN_OFF)


@pytest.fixture
def applied(make):
    """An application for enforcement of 5,000 yuan."""
    paths = {"procedure.apply": 1.0, "procedure.patience": 6.0}
    return partial(make.case, paths, "suing", stage=Stage.UNPAID, due=5000.0)


@pytest.mark.parametrize("money", [0.0, 1e6])
def test_an_application_opens_a_case_and_remembers_whether_the_debtor_could_pay(applied, money):
    bench, claim = applied(own={"bank": money}, who={"option": Option.STALL})
    able = money > 0.0
    assert (claim.stage, claim.claimed, claim.able) == (Stage.QUEUED, 5000.0, able)
    assert bench.totals(Count.ENTERED_UNABLE, Count.ENTERED_COLLECTABLE) == [
        not able,
        5000.0 * able,
    ]
    assert bench.flow(Flow.APPLICATION) == 300.0
    assert bench.debtor().prompted  # notice of enforcement makes it choose anew


@pytest.mark.parametrize(
    ("option", "months", "stage"),
    [(Option.PAY, 5, Stage.UNPAID), (Option.PAY, 6, Stage.QUEUED), (Option.STALL, 0, Stage.QUEUED)],
)
def test_a_creditor_is_patient_with_one_who_is_selling_to_pay(applied, option, months, stage):
    assert applied(who={"option": option}, months=months)[1].stage == stage


@pytest.mark.parametrize("win", [0.0, 1.0])
def test_who_loses_owes_the_costs_and_who_wins_has_a_judgment(make, win):
    paths = {"procedure.win": win, "procedure.trial_months": 1.0}
    bench, claim = make.case(paths, "judging", stage=Stage.FILED, due=1000.0)
    assert claim.stage == (Stage.GRACE if win else Stage.DISMISSED)
    found = [claim.due, *bench.totals(Flow.CLAIM_COSTS, Flow.CLAIM_OFF, Count.JUDGED)]
    assert found == pytest.approx([1025.0, 25.0, 0.0, 1.0] if win else [0.0, 0.0, 1000.0, 1.0])

"""Claims about assets preserved before the suit: when, on what terms, and what follows."""

import pytest

from sim.agents.court.standard import BEFORE_SUIT
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import EnforceableTitle, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
MANY = 60
ASKED = {f"collaborative.trace_{name}": 1.0 for name in CLASSES} | {
    "at_source.preservation": 1.0,
    "at_source.preservation_link": 1.0,
    "at_source.risk_notice": 1.0,
    "at_source.pre_suit_preservation": 1.0,
    "procedure.sue": 0.5,
    "lenders.bank.litigiousness": 1.0,
    "procedure.suit_cost": 0.0,
    "procedure.trial_months": 60.0,
    "procedure.win": 1.0,
    "pursuit.damages": 0.1,
    "choice.noise": 0.0,
    "lenders.bank.capital_cost": 0.0,
    "sanctions.late_interest": 0.0,
    "sanctions.enforcement_fee": 0.0,
}
"""Everyone knows, asks, is heard and finds; about half of the creditors sue each month."""


def overdue(make, paths=None, bank=8000.0, **fields):
    """Claims of one debtor each, all of them against debtors who refused."""
    bench = make.bench(ASKED | (paths or {}), debtors=MANY)
    for row in range(MANY):
        bench.own(row, bank=bank)
    values = {"stage": Stage.OVERDUE, "due": 1e4, "refused": True} | fields
    rows = [bench.claim(row, **values) for row in range(MANY)]
    return bench, rows


def held(bench, rows):
    return [r for r in rows if bench.at(r).preserved and bench.at(r).stage == Stage.OVERDUE]


def test_who_will_sue_next_month_has_assets_held_this_month(make):
    bench, rows = overdue(make)
    bench.play("suing")
    early = held(bench, rows)
    assert 5 < len(early) < MANY
    assert bench.count(Count.PRESERVED_BEFORE_SUIT) == len(early)
    assert all(bench.at(r).escrow == 8000.0 for r in early)
    filed = bench.count(Count.FILED)
    assert bench.count(Count.PRESERVATIONS) == filed  # those who sue at once ask at once
    bench.play("suing")
    assert all(bench.at(r).stage == Stage.FILED and bench.at(r).preserved for r in early)
    assert bench.count(Count.PRESERVATIONS) == bench.count(Count.FILED) >= len(early)


def test_with_the_mechanism_off_nothing_is_held_before_a_suit(make):
    bench, rows = overdue(make, {"at_source.pre_suit_preservation": 0.0})
    bench.play("suing")
    assert held(bench, rows) == []
    assert bench.count(Count.PRESERVATIONS) == bench.count(Count.FILED) > 0.0


def secured(make, admitted, moving):
    """Yuan held after two months for claims whose creditors sue in the second."""
    paths = {"at_source.pre_suit_preservation": admitted, "pursuit.dissipate_overdue": moving}
    bench, rows = overdue(make, paths)
    bench.play("suing", "judging")
    late = [r for r in rows if bench.at(r).stage == Stage.OVERDUE]
    bench.play("suing", "judging")
    return [float(bench.at(r).escrow) for r in late if bench.at(r).stage == Stage.FILED]


def test_what_is_held_before_the_suit_cannot_be_moved_away_until_it(make):
    before, at_suit = (secured(make, admitted, 0.3) for admitted in (1.0, 0.0))
    assert len(before) == len(at_suit) > 5
    assert before == pytest.approx([8000.0] * len(before))
    assert at_suit == pytest.approx([0.7 * 8000.0] * len(at_suit))
    still = [secured(make, admitted, 0.0) for admitted in (1.0, 0.0)]
    assert still[0] == still[1]  # where nobody moves anything, nothing is gained by haste


def test_before_a_suit_security_is_given_in_full_and_a_month_longer(make):
    paths = {"lenders.bank.capital_cost": 0.001, "procedure.trial_months": 6.0}
    bench, rows = overdue(make, paths)
    bench.play("suing")
    months = 6.0 + 1.0  # trial and the bench's grace
    early = held(bench, rows)
    filed = [r for r in rows if bench.at(r).stage == Stage.FILED]
    fee = 0.01 * 1e4
    assert early
    for r in early:
        assert bench.at(r).spent == pytest.approx(fee + 1.0 * 1e4 * 0.001 * (months + 1.0))
    for r in filed:
        assert bench.at(r).spent == pytest.approx(fee + 0.3 * 1e4 * 0.001 * months)


def test_security_that_is_too_dear_keeps_creditors_from_asking_early(make):
    bench, rows = overdue(make, {"lenders.bank.capital_cost": 0.08, "procedure.trial_months": 6.0})
    bench.play("suing")
    assert held(bench, rows) == []
    assert bench.count(Count.PRESERVATIONS) > 0.0


def test_no_suit_within_the_month_gives_the_assets_back_with_damages(make):
    bench, rows = overdue(make, {"lenders.bank.trust_floor": 0.2})
    bench.play("suing", "learn")
    early = held(bench, rows)
    bench.simulation.creditors.rows["trust"] = 0.0
    bench.play("suing", "judging", "sanction", "leaving", "learn", "close")
    for r in early:
        claim, debtor = bench.at(r), bench.debtor(bench.at(r).debtor)
        assert (claim.stage, claim.preserved, claim.escrow) == (Stage.OVERDUE, False, 0.0)
        assert debtor.assets[0] == pytest.approx(8000.0 + 0.1 * 8000.0)
    assert bench.count(Count.PRESERVATIONS_LAPSED) == len(early) > 0
    assert bench.flow(Flow.WRONGFUL_DAMAGES) == pytest.approx(800.0 * len(early))


def test_who_loses_answers_for_the_month_before_the_suit_too(make):
    bench, _ = overdue(make, {"procedure.win": 0.0, "procedure.trial_months": 1.0})
    fields = {"stage": Stage.FILED, "preserved": True, "escrow": 1000.0, "months": 1}
    bench.claim(0, due=1e4, checks=BEFORE_SUIT, **fields)
    bench.play("judging")
    assert bench.flow(Flow.WRONGFUL_DAMAGES) == pytest.approx(0.1 * 1000.0 * 3.0)


@pytest.mark.parametrize("title", [EnforceableTitle.AWARD, EnforceableTitle.NOTARISED])
def test_where_there_is_nothing_to_sue_for_nothing_is_held(make, title):
    bench, rows = overdue(make, title=title)
    bench.play("suing")
    assert held(bench, rows) == []


def test_a_debtor_settles_before_the_suit_when_its_money_is_held(make):
    talking = {"pursuit.negotiate": 1.0, "pursuit.held_recovery": 1.0}
    settled = []
    for admitted in (0.0, 1.0):
        paths = talking | {"at_source.pre_suit_preservation": admitted}
        bench, rows = overdue(make, paths, bank=2e4)
        bench.play("suing")
        settled.append(sum(bench.at(r).stage == Stage.PAID for r in rows))
        assert bench.count(Count.SETTLED) == bench.count(Count.SETTLED_BEFORE_SUIT) == settled[-1]
    assert settled[0] == 0
    assert settled[1] > 5


def test_who_has_goods_held_lets_go_of_them_for_no_promise(make):
    talking = {"pursuit.negotiate": 1.0, "pursuit.held_recovery": 1.0}
    bench, rows = overdue(make, talking, bank=0.0)
    for row in range(MANY):
        bench.own(row, realty=1e5)
    bench.play("suing")
    assert len(held(bench, rows)) > 5
    promised = [r for r in rows if bench.at(r).stage == Stage.SETTLED]
    assert all(not bench.at(r).preserved for r in promised)


def test_goods_held_before_a_suit_are_in_a_possible_state_and_frozen_once(make):
    bench, rows = overdue(make, {"procedure.value_decay": 0.1}, bank=0.0)
    for row in range(MANY):
        bench.own(row, realty=1e5)
    bench.play("suing", "judging", "sanction", "leaving", "learn", "close")
    for r in held(bench, rows):
        claim = bench.at(r)
        assert bench.debtor(claim.debtor).frozen == pytest.approx(sum(claim.attached))
        assert claim.attached[0] == pytest.approx(0.9 * 1e4)

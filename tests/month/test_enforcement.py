"""Claims about enforcement step by step: line, tracing, seizure, sale, distribution."""

import numpy as np
import pytest

from sim.agents.court.standard import ASKED, HEARD, SOUGHT
from sim.agents.debtor.belief import UNFAIR
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.terms import Asset, Domain, Option, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
SURE = {"procedure.control": 1.0, "procedure.sale_rate": 1.0, "comprehensive.find_person": 1.0}
FREE = SURE | {"sanctions.enforcement_fee": 0.0, "sanctions.late_interest": 0.0}
CENT = 1e-9


def network(**coverage):
    return {f"collaborative.trace_{name}": coverage.get(name, 0.0) for name in CLASSES}


# ---------------------------------------------------------------- the line


@pytest.mark.parametrize(("priority", "first"), [(0.0, 0), (1.0, 1)])
def test_livelihood_cases_are_served_first_where_the_lever_says_so(make, priority, first):
    paths = {
        "special.livelihood_priority": priority,
        "comprehensive.officers": 0.1,
        "procedure.hours": 30.0,
        "procedure.trace_hours": 3.0,
        "domains.wages.livelihood": True,
    }
    bench = make.bench(paths, debtors=1000)  # three hours a month: one search
    rows = [bench.claim(0), bench.claim(1, domain=Domain.WAGES, livelihood=True)]
    bench.play("queueing")
    assert [bench.at(r).served for r in rows] == [first == 0, first == 1]


def test_technology_makes_an_hour_count_for_more(make):
    served = []
    for it in (0.0, 1.0):
        paths = {
            "systemic.it": it,
            "comprehensive.officers": 0.1,
            "procedure.hours": 30.0,
            "procedure.trace_hours": 3.0,
        }
        bench = make.bench(paths, debtors=1000)
        for row in range(5):
            bench.claim(row)
        bench.play("queueing")
        served.append(int(bench.simulation.courts.rows["served"][0]))
    assert served == [1, 2]


def test_a_case_that_waits_for_its_next_search_is_not_in_line(make):
    bench = make.bench()
    ready, waiting = bench.claim(), bench.claim(wait=2)
    bench.play("queueing")
    assert (bench.at(ready).served, bench.at(waiting).served) == (True, False)


# ---------------------------------------------------------------- tracing


@pytest.mark.parametrize("name", CLASSES)
def test_only_covered_classes_are_found_and_seized(make, name):
    bench = make.bench(FREE | network(**{name: 1.0})).own(**dict.fromkeys(CLASSES, 1000.0))
    at = bench.claim(due=3000.0)
    bench.play("queueing", "trace")
    assert bench.at(at).stage == Stage.TRACED
    assert bench.at(at).found == 1 << CLASSES.index(name)
    bench.play("queueing", "seize")
    assets = [bench.debtor().assets[k] for k in range(6)]
    assert assets == [0.0 if other == name else 1000.0 for other in CLASSES]
    liquid = CLASSES.index(name) < 3
    assert bench.at(at).stage == (Stage.SOLD if liquid else Stage.SEIZED)
    assert bench.at(at).escrow == (1000.0 if liquid else 0.0)
    assert bench.debtor().frozen == (0.0 if liquid else 1000.0)


def test_without_coverage_nothing_is_ever_seized(make):
    dark = network() | {"kinds.public_body.share": 0.0, "kinds.person.share": 0.88}
    lit = network(bank=1.0) | {"kinds.public_body.share": 0.0, "kinds.person.share": 0.88}
    flows = [make.village(p | {"obligations.intensity": 4.0}).run_to(24).measured.books().sum()
             for p in (dark, lit)]  # fmt: skip
    assert flows[0]["seized_money"] == flows[0]["auctioned"] == 0.0
    assert flows[1]["seized_money"] > 0.0 == flows[1]["auctioned"]


def test_an_attempt_that_finds_nothing_waits_for_the_next(make):
    bench = make.bench(FREE | network() | {"procedure.retrace": 3.0}).own(bank=1e6)
    at = bench.claim()
    bench.play("queueing", "trace")
    claim = bench.at(at)
    assert (claim.stage, claim.wait, claim.attempts, claim.fruitless) == (Stage.QUEUED, 3, 1, 1)


def test_who_cannot_be_found_loses_nothing(make):
    bench = make.bench(FREE | network(bank=1.0) | {"comprehensive.find_person": 0.0}).own(bank=1e6)
    at = bench.claim()
    bench.play("queueing", "trace")
    assert bench.at(at).stage == Stage.QUEUED
    assert not bench.simulation.totals().inquiries.any()


def hit_share(make, option, cash_control):
    bench = make.bench(
        FREE
        | network(bank=0.8)
        | {"assets.bank.hide": 0.5, "comprehensive.cash_control": cash_control},
        debtors=600,
    )
    for row in range(600):
        bench.own(row, bank=1e5).set(row, option=option)
        bench.claim(row)
    bench.play("queueing", "trace")
    return bench.count(Count.TRACES_HIT) / 600


def test_concealment_lowers_what_is_found_unless_cash_is_controlled(make):
    stalling, hiding = (hit_share(make, o, 0.0) for o in (Option.STALL, Option.CONCEAL))
    five_sd = 5 * np.sqrt(0.25 / 600)
    assert abs(stalling - 0.8) < five_sd
    assert abs(hiding - 0.4) < five_sd
    # the same draws: with hiding out of reach, exactly the same are found
    assert hit_share(make, Option.CONCEAL, 1.0) == stalling


def test_a_lawyer_with_an_order_finds_more_for_a_fee(make):
    paths = network() | {"collaborative.investigation_order": 1.0, "pursuit.order_reach": 1.0}
    bench = make.bench(FREE | paths | {"pursuit.order_fee": 100.0}).own(bank=1e6)
    at, small = bench.claim(due=1e4), bench.claim(due=100.0)
    bench.play("queueing", "trace")
    assert [bench.at(r).stage for r in (at, small)] == [Stage.TRACED, Stage.QUEUED]
    assert bench.flow(Flow.INVESTIGATION) == bench.at(at).spent == 100.0


def test_a_tip_finds_what_is_hidden_and_costs_a_share_of_what_is_paid_out(make):
    paths = FREE | network() | {"collaborative.bounty": 0.1, "pursuit.tips": 10.0}
    bench = make.bench(paths).own(cash=500.0).set(option=Option.CONCEAL)
    at = bench.claim(due=1000.0)
    bench.play("queueing", "trace")
    assert bench.at(at).found == 1 << Asset.CASH
    for phase in ("seize", "distribute"):
        bench.play("queueing", phase)
    assert bench.flow(Flow.DISTRIBUTED) == 500.0
    assert bench.flow(Flow.BOUNTY) == pytest.approx(50.0)


WATCHED = FREE | network() | {"collaborative.witnesses": 1.0}


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({"bank": 9e4, "cash": 500.0}, 1 << Asset.CASH),
        ({"securities": 9e4, "realty": 2e4, "vehicles": 1e4}, 1 << Asset.REALTY),
        ({"bank": 9e4, "online": 9e4, "securities": 9e4}, 0),
    ],
)
def test_witnesses_tell_of_the_largest_thing_that_can_be_seen_hidden_or_not(make, own, found):
    bench = make.bench(WATCHED | {"pursuit.mistaken": 0.0}).own(**own).set(option=Option.CONCEAL)
    at = bench.claim(due=1000.0)
    bench.play("queueing", "trace")
    assert bench.at(at).found == found
    assert bench.count(Count.WITNESSED) == (found > 0)


@pytest.mark.parametrize(("option", "unfair"), [(Option.UNABLE, True), (Option.CONCEAL, False)])
def test_a_mistaken_word_costs_a_month_and_is_unfair_to_who_cannot_pay(make, option, unfair):
    waits = []
    for mistaken in (0.0, 1.0):
        bench = make.bench(WATCHED | {"pursuit.mistaken": mistaken}).own(bank=9e4)
        bench.set(option=option)
        at = bench.claim(due=1000.0)
        bench.play("queueing", "trace")
        assert bench.at(at).stage == Stage.QUEUED
        waits.append(bench.at(at).wait)
    assert waits[1] == waits[0] + 1
    assert bench.count(Count.WITNESSED_WRONGLY) == 1.0
    assert bool(bench.debtor().events & UNFAIR) == unfair


def test_a_petition_goes_ahead_and_costs_hours(make):
    paths = {
        "comprehensive.officers": 0.1,
        "procedure.hours": 30.0,
        "procedure.trace_hours": 3.0,
        "pursuit.petition": 1.0,
        "pursuit.petition_after": 12.0,
        "pursuit.petition_hours": 0.0,
    }
    served = []
    for hours in (0.0, 3.0):
        bench = make.bench(paths | {"pursuit.petition_hours": hours}, debtors=1000)
        young, old = bench.claim(0), bench.claim(1, docket=12)
        bench.play("queueing")
        served.append([bench.at(r).served for r in (young, old)])
    assert served == [[False, True], [False, False]]  # three hours: one search, or not even that


def test_hearing_a_creditor_for_the_standard_costs_hours(make):
    paths = {"comprehensive.officers": 0.1, "procedure.hours": 40.0, "procedure.trace_hours": 3.0}
    paths |= {"rule_of_law.termination_standard": 1.0, "procedure.term_after": 6.0}
    seen = []
    for hours in (1.0, 1.5):  # of four hours a month
        bench = make.bench(paths | {"procedure.hearing_hours": hours}, debtors=1000)
        at = bench.claim(docket=5)
        bench.play("queueing")
        seen.append((bool(bench.at(at).served), int(bench.at(at).checks)))
    assert seen == [(True, HEARD), (False, 0)]


def test_an_attempt_notes_what_the_court_did(make):
    for person, checks in ((0.0, SOUGHT | HEARD), (1.0, SOUGHT | HEARD | ASKED)):
        paths = FREE | network() | {"procedure.hearing": 1.0, "comprehensive.find_person": person}
        bench = make.bench(paths)
        at = bench.claim()
        bench.play("queueing", "trace")
        assert bench.at(at).checks == checks


# ---------------------------------------------------------------- seizure


def test_the_exempt_minimum_is_left(make):
    bench = make.bench(FREE | network(bank=1.0, realty=1.0)).set(exempt=700.0)
    bench.own(bank=500.0, realty=1000.0)
    at = bench.claim(due=5000.0)
    bench.play("queueing", "trace")
    bench.play("queueing", "seize")
    assert bench.at(at).escrow == 0.0
    assert bench.at(at).attached[0] == 800.0
    assert bench.debtor().assets[Asset.BANK] == 500.0


def test_no_more_is_attached_than_a_sale_of_it_would_need_to_bring(make):
    bench = make.bench(FREE | network(realty=1.0) | {"assets.realty.auction_price": 0.5})
    bench.own(realty=1e6)
    at = bench.claim(due=1000.0)
    bench.play("queueing", "trace")
    bench.play("queueing", "seize")
    assert bench.at(at).attached[0] == pytest.approx(2000.0)
    assert bench.debtor().frozen == pytest.approx(2000.0)


def test_nothing_is_seized_for_two_claims_at_once(make):
    bench = make.bench(FREE | network(bank=1.0, realty=1.0)).own(bank=600.0, realty=500.0)
    rows = [bench.claim(due=1000.0) for _ in range(2)]
    bench.play("queueing", "trace")
    bench.play("queueing", "seize")
    assert [bench.at(r).escrow for r in rows] == [600.0, 0.0]
    assert [bench.at(r).attached[0] for r in rows] == [400.0, 100.0]
    assert bench.debtor().frozen == 500.0


def test_control_can_fail_and_skill_avoids_it(make):
    seized = []
    for skill in (0.0, 1.0):
        paths = FREE | network(bank=1.0)
        bench = make.bench(paths | {"procedure.control": 0.0, "systemic.skill": skill})
        bench.own(bank=1000.0)
        bench.claim()
        bench.play("queueing", "trace")
        bench.play("queueing", "seize")
        seized.append(bench.flow(Flow.SEIZED_MONEY))
    assert seized == [0.0, 1000.0]


def test_resistance_makes_control_fail(make):
    bench = make.bench(FREE | network(bank=1.0) | {"evasions.resist.recovery": 0.0}, debtors=2)
    for row, option in enumerate((Option.RESIST, Option.STALL)):
        bench.own(row, bank=1000.0).set(row, option=option)
        bench.claim(row)
    bench.play("queueing", "trace")
    bench.play("queueing", "seize")
    assert [bench.at(r).escrow for r in range(2)] == [0.0, 1000.0]


@pytest.mark.parametrize(("asked", "paid"), [(0.0, 0.0), (1.0, 1000.0)])
def test_public_property_is_not_seized_but_money_is_appropriated_when_asked(make, asked, paid):
    paths = FREE | network(bank=1.0, realty=1.0) | {"procedure.appropriation": asked}
    bench = make.bench(paths | {"procedure.control": 0.0 if asked else 1.0}, kind="public_body")
    bench.own(bank=5000.0, realty=1e6)
    at = bench.claim(due=1000.0)
    bench.play("queueing", "trace")
    bench.play("queueing", "seize")
    assert bench.flow(Flow.SEIZED_MONEY) == paid
    assert bench.debtor().frozen == 0.0
    assert bench.at(at).stage == (Stage.SOLD if paid else Stage.QUEUED)


# ---------------------------------------------------------------- sale


def test_a_forced_sale_loses_value_and_the_buyer_has_it(make):
    bench = make.bench(FREE | {"assets.realty.auction_price": 0.7}).set(frozen=1000.0)
    at = bench.claim(stage=Stage.SEIZED, attached=[1000.0, 0.0, 0.0], escrow=50.0)
    bench.play("queueing", "sell")
    assert bench.at(at).escrow == pytest.approx(750.0)
    assert bench.flow(Flow.AUCTIONED) == 1000.0
    assert bench.flow(Flow.AUCTION_PRICE) == pytest.approx(700.0)
    assert bench.count(Count.FORCED_SALE_LOSS) == pytest.approx(300.0)
    assert bench.debtor().frozen == 0.0


def test_an_auction_without_a_buyer_is_repeated(make):
    bench = make.bench(FREE | {"procedure.sale_rate": 0.0}).set(frozen=1000.0)
    at = bench.claim(stage=Stage.SEIZED, attached=[1000.0, 0.0, 0.0])
    bench.play("queueing", "sell")
    assert bench.at(at).stage == Stage.SEIZED
    assert (bench.count(Count.AUCTIONS), bench.count(Count.AUCTIONS_SOLD)) == (1.0, 0.0)
    bench.play("queueing", "sell")
    assert bench.count(Count.AUCTIONS) == 1.0


# ---------------------------------------------------------------- distribution


def shared(make, kind, pot=200.0, fee=0.0, priority=0.0, dues=(300.0, 100.0)):
    paths = SURE | {"sanctions.enforcement_fee": fee, "special.livelihood_priority": priority}
    bench = make.bench(paths, kind=kind)
    for number, due in enumerate(dues):
        last = number == len(dues) - 1
        bench.claim(
            due=due,
            stage=Stage.SOLD if last else Stage.QUEUED,
            escrow=pot if last else 0.0,
            livelihood=number == 1,
        )
    bench.play("queueing", "distribute")
    return bench, [bench.at(r).paid for r in range(len(dues))]


def test_a_persons_creditors_share_in_proportion(make):
    bench, paid = shared(make, "person")
    assert paid == pytest.approx([150.0, 50.0])
    assert bench.flow(Flow.DISTRIBUTED) == pytest.approx(200.0)
    assert bench.count(Count.RECOVERED_BY_FORCE) == pytest.approx(200.0)
    assert [bench.at(r).received for r in range(2)] == pytest.approx([150.0, 50.0])


def test_a_firms_own_case_comes_first_and_then_the_oldest(make):
    _, paid = shared(make, "firm", dues=(300.0, 400.0, 100.0))
    assert paid == pytest.approx([100.0, 0.0, 100.0])


def test_livelihood_claims_are_paid_out_first_where_the_lever_says_so(make):
    _, paid = shared(make, "person", priority=1.0, dues=(300.0, 150.0, 100.0))
    assert paid == pytest.approx([37.5, 150.0, 12.5])


def test_the_fee_is_taken_before_creditors_and_what_is_left_returns(make):
    bench, paid = shared(make, "person", pot=100.0, fee=0.1)
    assert bench.flow(Flow.FEE) == pytest.approx(10.0)
    assert paid == pytest.approx([67.5, 22.5])
    bench, paid = shared(make, "person", pot=1000.0, fee=0.1)
    assert paid == pytest.approx([300.0, 100.0])
    fee, left = bench.flow(Flow.FEE), bench.flow(Flow.SURPLUS)
    assert fee + left == pytest.approx(600.0)
    assert 0.0 < fee <= 0.1 * (400.0 + fee) + CENT  # none is taken of what returns
    assert bench.debtor().assets[Asset.BANK] == left
    assert [bench.at(r).stage for r in range(2)] == [Stage.PAID, Stage.PAID]
    assert bench.count(Count.CLOSED_FULL) == 2.0


def test_a_case_that_is_not_satisfied_goes_back_to_the_search(make):
    bench, _ = shared(make, "person")
    assert bench.at(1).stage == Stage.QUEUED
    assert bench.at(1).due == pytest.approx(50.0)
    assert bench.at(1).wait > 0


def test_what_is_recovered_by_force_pays_no_debtor_a_good_name(make):
    bench, _ = shared(make, "person", pot=1000.0)
    bench.play("leaving")
    from sim.agents.debtor.norm import UNKNOWN

    assert bench.debtor().standing == UNKNOWN

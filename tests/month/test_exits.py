"""Claims about how cases end, begin again, and are forgotten."""

import pytest

from sim.agents.court.standard import ASKED, HEARD, PROPERTY, SOUGHT
from sim.agents.debtor.belief import REFUSED
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.terms import Ability, Option, Stage

TERMS = {"procedure.term_after": 6.0, "procedure.term_unserved": 18.0}


@pytest.mark.parametrize(
    ("docket", "fruitless", "ends"),
    [(5, 1, False), (6, 1, True), (6, 0, False), (17, 0, False), (18, 0, True)],
)
def test_a_case_is_terminated_after_its_months_and_a_fruitless_search(
    make, docket, fruitless, ends
):
    bench = make.bench(TERMS)
    at = bench.claim(stage=Stage.QUEUED, docket=docket, fruitless=fruitless, attempts=fruitless)
    bench.play("leaving")
    assert (bench.at(at).stage == Stage.TERMINATED) == ends
    assert bench.count(Count.TERMINATED) == ends
    assert bench.at(at).due == 1000.0


STRICT = TERMS | {"rule_of_law.termination_standard": 1.0, "comprehensive.list_rate": 0.1}


@pytest.mark.parametrize("missing", [0, SOUGHT, ASKED, HEARD])
def test_no_case_held_to_the_standard_ends_before_all_checks(make, missing):
    bench = make.bench(STRICT)
    checks = (SOUGHT | ASKED | HEARD) - missing
    at = bench.claim(docket=30, fruitless=1, checks=checks)
    bench.play("leaving")
    assert (bench.at(at).stage == Stage.TERMINATED) == (missing == 0)
    assert bench.count(Count.TERMINATED_CHECKED) == (missing == 0)


@pytest.mark.parametrize("share", [0.0, 1.0])
@pytest.mark.parametrize("rate", [0.0, 0.1])
def test_an_evader_is_listed_before_its_case_ends_where_there_is_a_list(make, share, rate):
    paths = {"rule_of_law.termination_standard": share, "comprehensive.list_rate": rate}
    bench = make.bench(STRICT | paths).set(option=Option.STALL)
    at = bench.claim(docket=6, fruitless=1, checks=SOUGHT | ASKED | HEARD)
    bench.play("leaving")
    listed = share > 0.0 and rate > 0.0
    assert bench.at(at).stage == Stage.TERMINATED
    assert bool(bench.debtor().on_list) == listed
    assert bench.count(Count.TERMINATED_CHECKED) == listed


@pytest.mark.parametrize("found", [0, PROPERTY])
def test_no_property_in_the_eyes_of_the_court_is_nothing_found_after_all_checks(make, found):
    bench = make.bench(TERMS)
    bench.claim(docket=6, fruitless=1, checks=SOUGHT | ASKED | HEARD | found)
    bench.claim(docket=6, fruitless=1, checks=SOUGHT | HEARD)
    bench.play("leaving")
    assert bench.count(Count.TERMINATED) == 2.0
    assert bench.count(Count.TERMINATED_EMPTY) == (found == 0)


@pytest.mark.parametrize(("trust", "floor", "again"), [(0.5, 0.0, True), (0.1, 0.2, False)])
def test_a_creditor_who_hopes_applies_anew_and_pays_for_it(make, trust, floor, again):
    paths = {f"lenders.{kind}.trust_floor": floor for kind in ("bank", "trade", "private")}
    paths |= {"procedure.reapply": 1.0, "procedure.revive": 0.0, "procedure.apply_cost": 100.0}
    bench = make.bench(paths)
    bench.simulation.creditors.rows["trust"] = trust
    at = bench.claim(stage=Stage.TERMINATED, due=1e5, months=7, checks=SOUGHT)
    bench.play("leaving")
    assert (bench.at(at).stage == Stage.QUEUED) == again
    assert bench.flow(Flow.APPLICATION) == bench.at(at).spent == (100.0 if again else 0.0)
    assert bench.simulation.state().journal.spans[:, 0, Span.REAPPLIED, 7].sum() == again
    assert bench.at(at).checks == (0 if again else SOUGHT)


@pytest.mark.parametrize(
    ("docket", "suspended", "due"), [(5, 0, 0), (6, 0, 1), (7, 0, 0), (7, 1, 1), (6, 1, 0)]
)
def test_a_case_with_property_is_due_once_as_its_time_runs_out(make, docket, suspended, due):
    bench = make.bench(TERMS)
    bench.claim(docket=docket, suspended=suspended, checks=PROPERTY)
    bench.claim(docket=docket, suspended=suspended)
    bench.play("close")
    assert bench.count(Count.WITH_PROPERTY_DUE) == due
    assert bench.count(Count.WITH_PROPERTY_IN_TIME) == 0.0


@pytest.mark.parametrize("stage", [Stage.SEIZED, Stage.SOLD])
def test_a_case_with_something_in_hand_is_not_terminated(make, stage):
    bench = make.bench(TERMS)
    at = bench.claim(stage=stage, docket=100, fruitless=3)
    bench.play("leaving")
    assert bench.at(at).stage == stage


@pytest.mark.parametrize(("yuan", "false"), [(0.0, 0), (49.0, 0), (51.0, 1)])
def test_a_termination_despite_property_is_counted(make, yuan, false):
    bench = make.bench(TERMS).own(bank=yuan)
    bench.claim(due=1000.0, docket=6, fruitless=1)
    bench.play("leaving")
    assert bench.count(Count.TERMINATED_WITH_PROPERTY) == false


@pytest.mark.parametrize(("yuan", "back"), [(0.0, False), (51.0, True)])
def test_a_terminated_claim_revives_when_property_returns(make, yuan, back):
    bench = make.bench({"procedure.revive": 1.0}).own(bank=yuan)
    at = bench.claim(stage=Stage.TERMINATED, months=3, docket=9, attempts=2, paid=70.0)
    bench.set(option=Option.UNABLE)
    bench.play("leaving")
    claim = bench.at(at)
    assert (claim.stage == Stage.QUEUED) == back
    assert bench.debtor().prompted == back
    assert bench.count(Count.REVIVED) == back
    if back:
        assert (claim.docket, claim.attempts, claim.paid, claim.claimed) == (0, 0, 0.0, claim.due)


@pytest.mark.parametrize(("months", "gone"), [(59, False), (60, True)])
def test_a_terminated_claim_is_archived_in_the_end(make, months, gone):
    bench = make.bench({"procedure.archive_after": 60.0})
    at = bench.claim(stage=Stage.TERMINATED, months=months)
    bench.play("leaving")
    claim = bench.at(at)
    assert (claim.stage == Stage.ARCHIVED) == claim.closed == gone
    assert bench.flow(Flow.CLAIM_OFF) == (1000.0 if gone else 0.0)


def test_an_estate_pays_its_claims_oldest_first_and_the_rest_is_written_off(make):
    bench = make.bench({"assets.realty.auction_price": 0.5, "kinds.person.exempt": 10.0})
    bench.set(leaving=True, exempt=400.0).own(bank=300.0, realty=1000.0)
    stages = (Stage.QUEUED, Stage.UNPAID, Stage.FILED)
    rows = [bench.claim(due=500.0, stage=stage) for stage in stages]
    bench.play("leaving")
    assert [bench.at(r).stage for r in rows] == [Stage.PAID, Stage.WRITTEN_OFF, Stage.WRITTEN_OFF]
    assert [bench.at(r).paid for r in rows] == [500.0, 300.0, 0.0]
    assert bench.flow(Flow.PAID_VOLUNTARILY) == 800.0  # no exempt minimum protects an estate
    assert bench.flow(Flow.OWN_SALE) == 500.0
    assert bench.flow(Flow.CLAIM_OFF) == 200.0 + 500.0
    assert bench.flow(Flow.ESTATE) == 0.0


def test_an_estate_frees_what_was_attached(make):
    bench = make.bench().set(leaving=True, frozen=800.0)
    at = bench.claim(due=100.0, stage=Stage.SEIZED, attached=[800.0, 0.0, 0.0])
    bench.play("leaving")
    assert bench.at(at).stage == Stage.PAID
    assert bench.flow(Flow.ESTATE) == 700.0
    assert sum(bench.at(at).attached[k] for k in range(3)) == 0.0


def test_what_leaving_debtors_own_goes_to_others(make):
    bench = make.bench().set(leaving=True).own(bank=10.0, realty=90.0)
    bench.play("leaving")
    assert bench.flow(Flow.ESTATE) == 100.0


def entry(make, term):
    """Months of restrictions that one entry brings to an evader who never pays."""
    bench = make.bench({"sanctions.listing_term": term, "comprehensive.list_rate": 0.0})
    bench.set(option=Option.STALL, income=1000.0, on_list=True)
    bench.claim()
    months = 0
    while bench.debtor().on_list:
        bench.play("sanction", "leaving")
        months += 1
        assert bench.count(Count.RESTRICTION_MONTHS) == 1.0
    return months


@pytest.mark.parametrize("term", [1.0, 2.0, 24.0])
def test_an_entry_on_the_list_expires_with_its_term(make, term):
    assert entry(make, term) == term


def test_listing_and_restrictions_together_last_the_term(make):
    # what debtors weigh is a sum over `term` months; so many follow an entry in fact
    bench = make.bench({"sanctions.listing_term": 6.0, "comprehensive.list_rate": 1.0})
    bench.set(option=Option.STALL, income=1000.0)
    bench.claim()
    bench.play("sanction", "leaving")
    assert bench.count(Count.LISTINGS) == 1.0
    restricted = 0.0
    while bench.debtor().on_list:
        bench.play("sanction", "leaving")
        restricted += bench.count(Count.RESTRICTION_MONTHS)
    assert restricted == 6.0


def test_who_pays_up_is_delisted_at_once_and_who_pays_a_part_is_not(make):
    for money, off in ((5000.0, True), (400.0, False)):
        bench = make.bench(debtors=1)
        bench.set(option=Option.PAY, ability=Ability.LIQUID, on_list=True, listed=3, taste=9.0)
        bench.set(conscience=100.0, conscience_origin=100.0, trust=0.5, discount=0.04)
        bench.own(bank=money)
        bench.claim(due=1000.0)
        bench.play("choice", "sanction", "leaving")
        assert bool(bench.debtor().on_list) is not off
        assert bench.count(Count.DELISTED_PAID) == off


def test_payers_among_the_listed_are_counted_among_those_at_risk(make):
    bench = make.bench().set(option=Option.STALL, on_list=True, listed=3)
    bench.set(conscience=100.0, conscience_origin=100.0, trust=0.5, prompted=True, income=1000.0)
    bench.own(bank=5000.0)
    bench.claim(due=1000.0)
    bench.play("choice", "sanction", "leaving")
    assert bench.count(Count.LISTED_PAID) == 1.0
    assert bench.count(Count.LISTED_START) == 1.0


def test_standing_follows_conduct(make):
    bench = make.bench(debtors=3)
    for row, option in enumerate((Option.STALL, Option.PAY, Option.UNABLE)):
        bench.set(row, option=option)
        bench.claim(row)
    bench.play("leaving")
    from sim.agents.debtor.norm import DISHONEST, HONEST, UNKNOWN

    assert [bench.debtor(r).standing for r in range(3)] == [DISHONEST, HONEST, UNKNOWN]


def test_without_an_enforceable_debt_there_is_nothing_left_to_choose(make):
    bench = make.bench(debtors=2)
    for row, stage in enumerate((Stage.FILED, Stage.GRACE)):
        bench.set(row, option=Option.STALL, ability=Ability.LIQUID)
        bench.claim(row, stage=stage)
    bench.play("leaving")
    assert [bench.debtor(r).option for r in range(2)] == [Option.NONE, Option.STALL]


@pytest.mark.parametrize(
    ("fields", "rewarded"),
    [
        ({}, True),
        ({"standing": 2}, False),
        ({"on_list": True}, False),
        ({"events": REFUSED}, False),
    ],
)
def test_a_reward_follows_conduct_and_is_felt_not_paid(make, fields, rewarded):
    paths = {"comprehensive.honesty_reward": 0.1, "choice.reward_months": 12.0}
    bench = make.bench(paths)
    bench.set(option=Option.PAY, income=1000.0, prompted=False, ability=Ability.LIQUID, **fields)
    bench.set(conscience=100.0, conscience_origin=100.0, trust=0.5, discount=0.04).own(bank=5000.0)
    bench.claim(due=1000.0)
    bench.play("choice", "leaving")
    assert bench.count(Count.FELT_REWARD) == pytest.approx(1200.0 if rewarded else 0.0)
    assert bench.flow(Flow.PAID_VOLUNTARILY) == 1000.0
    assert bench.flow(Flow.SURPLUS) == 0.0


@pytest.mark.parametrize(("periodic", "back"), [(0.0, False), (1.0, True)])
def test_periodic_tracing_revives_what_the_courts_alone_would_leave(make, periodic, back):
    bench = make.bench({"procedure.revive": 0.0, "rule_of_law.periodic_tracing": periodic})
    bench.own(bank=1e6)
    at = bench.claim(stage=Stage.TERMINATED)
    bench.play("leaving")
    assert (bench.at(at).stage == Stage.QUEUED) == back


@pytest.mark.parametrize(("share", "audited"), [(0.0, 0.0), (1.0, 1.0)])
@pytest.mark.parametrize("checks", [SOUGHT | ASKED | HEARD, SOUGHT])
def test_an_audit_looks_into_a_share_of_terminations_and_sees_what_was_done(
    make, share, audited, checks
):
    bench = make.bench(TERMS | {"institutions.audit": share, "rule_of_law.supervision": 0.0})
    bench.claim(docket=30, fruitless=1, checks=checks)
    bench.play("leaving")
    assert bench.count(Count.TERMINATED) == 1.0
    assert bench.count(Count.TERMINATED_AUDITED) == audited
    assert bench.count(Count.AUDITED_CHECKED) == audited * (checks != SOUGHT)

"""Claims about how cases end, begin again, and are forgotten."""

import pytest

from sim.agents.court.standard import ASKED, HEARD, PROPERTY, SOUGHT
from sim.agents.debtor.belief import REFUSED
from sim.agents.debtor.norm import DISHONEST, HONEST, UNKNOWN
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.terms import Ability, Option, Stage

TERMS = {"procedure.term_after": 6.0, "procedure.term_unserved": 18.0}
STRICT = TERMS | {"rule_of_law.termination_standard": 1.0, "comprehensive.list_rate": 0.1}
CHECKED = SOUGHT | ASKED | HEARD
SEARCHED = {"docket": 6, "fruitless": 1}
UPRIGHT = {"conscience": 100.0, "conscience_origin": 100.0, "trust": 0.5, "discount": 0.04}


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"docket": 5, "fruitless": 1}, False),
        ({"docket": 6, "fruitless": 1, "attempts": 1}, True),
        ({"docket": 17}, False),
        ({"docket": 18}, True),
        ({"docket": 100, "fruitless": 3, "stage": Stage.SEIZED}, False),
    ],
)
def test_a_case_is_terminated_after_its_months_and_a_search_with_nothing_in_hand(
    make, fields, ends
):
    bench, claim = make.case(TERMS, "leaving", **fields)
    assert claim.stage == (Stage.TERMINATED if ends else fields.get("stage", Stage.QUEUED))
    assert (bench.count(Count.TERMINATED), claim.due) == (ends, 1000.0)


@pytest.mark.parametrize("missing", [0, SOUGHT, ASKED, HEARD])
def test_no_case_held_to_the_standard_ends_before_all_checks(make, missing):
    fields = {"docket": 30, "fruitless": 1, "checks": CHECKED - missing}
    bench, claim = make.case(STRICT, "leaving", **fields)
    assert (claim.stage == Stage.TERMINATED) == (missing == 0)
    assert bench.count(Count.TERMINATED_CHECKED) == (missing == 0)


@pytest.mark.parametrize(("share", "rate"), [(0.0, 0.1), (1.0, 0.0), (1.0, 0.1)])
def test_an_evader_is_listed_before_its_case_ends_where_there_is_a_list(make, share, rate):
    paths = {"rule_of_law.termination_standard": share, "comprehensive.list_rate": rate}
    who = {"option": Option.STALL}
    bench, claim = make.case(TERMS | paths, "leaving", who=who, checks=CHECKED, **SEARCHED)
    listed = share > 0.0 and rate > 0.0
    assert claim.stage == Stage.TERMINATED
    assert bool(bench.debtor().on_list) == bench.count(Count.TERMINATED_CHECKED) == listed


@pytest.mark.parametrize(("share", "checks"), [(0.0, CHECKED), (1.0, CHECKED), (1.0, SOUGHT)])
def test_an_audit_looks_into_a_share_of_terminations_and_sees_what_was_done(make, share, checks):
    paths = TERMS | {"institutions.audit": share, "rule_of_law.supervision": 0.0}
    bench, _ = make.case(paths, "leaving", docket=30, fruitless=1, checks=checks)
    seen = bench.totals(Count.TERMINATED, Count.TERMINATED_AUDITED, Count.AUDITED_CHECKED)
    assert seen == [1.0, share, share * (checks != SOUGHT)]


@pytest.mark.parametrize(
    ("docket", "suspended", "due"), [(5, 0, 0), (6, 0, 1), (7, 0, 0), (7, 1, 1)]
)
def test_a_case_with_property_is_due_once_as_its_time_runs_out(make, docket, suspended, due):
    bench, _ = make.case(TERMS, docket=docket, suspended=suspended, checks=PROPERTY)
    bench.lay("close", docket=docket, suspended=suspended)
    assert bench.totals(Count.WITH_PROPERTY_DUE, Count.WITH_PROPERTY_IN_TIME) == [due, 0.0]


@pytest.mark.parametrize(("trust", "floor", "again"), [(0.5, 0.0, True), (0.1, 0.2, False)])
def test_a_creditor_who_hopes_applies_anew_and_pays_for_it(make, trust, floor, again):
    paths = {f"lenders.{kind}.trust_floor": floor for kind in ("bank", "trade", "private")}
    paths |= {"procedure.reapply": 1.0, "procedure.revive": 0.0, "procedure.apply_cost": 100.0}
    bench = make.bench(paths)
    bench.simulation.creditors.rows["trust"] = trust
    claim = bench.lay("leaving", stage=Stage.TERMINATED, due=1e5, months=7, checks=SOUGHT)
    found = (Stage.QUEUED, 0) if again else (Stage.TERMINATED, SOUGHT)
    assert (claim.stage, claim.checks) == found
    assert bench.flow(Flow.APPLICATION) == claim.spent == (100.0 if again else 0.0)
    assert bench.simulation.state().journal.spans[:, 0, Span.REAPPLIED, 7].sum() == again


@pytest.mark.parametrize(
    ("revive", "periodic", "yuan", "back"),
    [(1.0, 0.0, 0.0, False), (1.0, 0.0, 51.0, True), (0.0, 1.0, 1e6, True)],
)
def test_a_terminated_claim_revives_when_property_is_seen_to_return(
    make, revive, periodic, yuan, back
):
    paths = {"procedure.revive": revive, "rule_of_law.periodic_tracing": periodic}
    ended = {"stage": Stage.TERMINATED, "months": 3, "docket": 9, "attempts": 2, "paid": 70.0}
    who = {"option": Option.UNABLE}
    bench, claim = make.case(paths, "leaving", own={"bank": yuan}, who=who, **ended)
    assert (claim.stage == Stage.QUEUED) == bench.debtor().prompted == back
    assert bench.count(Count.REVIVED) == back
    if back:
        assert (claim.docket, claim.attempts, claim.paid, claim.claimed) == (0, 0, 0.0, claim.due)


@pytest.mark.parametrize(("months", "gone"), [(59, False), (60, True)])
def test_a_terminated_claim_is_archived_in_the_end(make, months, gone):
    paths = {"procedure.archive_after": 60.0}
    bench, claim = make.case(paths, "leaving", stage=Stage.TERMINATED, months=months)
    assert (claim.stage == Stage.ARCHIVED) == claim.closed == gone
    assert bench.flow(Flow.CLAIM_OFF) == (1000.0 if gone else 0.0)


def test_an_estate_pays_its_claims_oldest_first_and_the_rest_is_written_off(make):
    bench = make.bench({"assets.realty.auction_price": 0.5, "kinds.person.exempt": 10.0})
    bench.set(leaving=True, exempt=400.0).own(bank=300.0, realty=1000.0)
    stages = (Stage.QUEUED, Stage.UNPAID, Stage.FILED)
    claims = [bench.lay(due=500.0, stage=stage) for stage in stages]
    bench.play("leaving")
    assert [c.stage for c in claims] == [Stage.PAID, Stage.WRITTEN_OFF, Stage.WRITTEN_OFF]
    assert [c.paid for c in claims] == [500.0, 300.0, 0.0]
    # no exempt minimum protects an estate
    moved = bench.totals(Flow.PAID_VOLUNTARILY, Flow.OWN_SALE, Flow.CLAIM_OFF, Flow.ESTATE)
    assert moved == [800.0, 500.0, 200.0 + 500.0, 0.0]
    assert all(c.closed for c in claims)
    assert sum(bench.debtor().assets[k] for k in range(6)) == 0.0


# ---------------------------------------------------------------- the list, standing, rewards


@pytest.mark.parametrize(("term", "rate"), [(2.0, 0.0), (6.0, 1.0)])
def test_an_entry_on_the_list_brings_restrictions_for_its_term(make, term, rate):
    # what debtors weigh is a sum over `term` months; so many follow an entry in fact
    paths = {"sanctions.listing_term": term, "comprehensive.list_rate": rate}
    bench = make.bench(paths).set(option=Option.STALL, income=1000.0, on_list=rate == 0.0)
    bench.claim()
    if rate:
        bench.play("sanction", "leaving")
        assert bench.count(Count.LISTINGS) == 1.0
    months = 0.0
    while bench.debtor().on_list:
        bench.play("sanction", "leaving")
        months += bench.count(Count.RESTRICTION_MONTHS)
    assert months == term


@pytest.mark.parametrize(("money", "off"), [(5000.0, True), (400.0, False)])
def test_who_pays_up_is_delisted_and_counted_among_those_at_risk(make, money, off):
    who = {"option": Option.STALL, "ability": Ability.LIQUID, "on_list": True, "listed": 3}
    who |= UPRIGHT | {"prompted": True, "income": 1000.0, "need": 1000.0}
    bench, _ = make.case({}, "choice", "sanction", "leaving", own={"bank": money}, who=who)
    assert bool(bench.debtor().on_list) is not off
    seen = bench.totals(Count.DELISTED_PAID, Count.LISTED_PAID, Count.LISTED_START)
    assert seen == [off, off, 1.0]
    # three months were borne before, so it paid in the fourth after the entry
    assert bench.simulation.spans()[0, Span.LISTED_PAID, 4] == off


def test_standing_follows_conduct(make):
    bench = make.bench(debtors=3)
    for row, option in enumerate((Option.STALL, Option.PAY, Option.UNABLE)):
        bench.set(row, option=option).claim(row)
    bench.play("leaving")
    assert [bench.debtor(r).standing for r in range(3)] == [DISHONEST, HONEST, UNKNOWN]


@pytest.mark.parametrize("fields", [{}, {"on_list": True}, {"events": REFUSED}])
def test_a_reward_follows_conduct_and_is_felt_not_paid(make, fields):
    paths = {"comprehensive.honesty_reward": 0.1, "choice.reward_months": 12.0}
    who = {"option": Option.PAY, "income": 1000.0, "prompted": False, "ability": Ability.LIQUID}
    bench, _ = make.case(
        paths, "choice", "leaving", own={"bank": 5000.0}, who=who | UPRIGHT | fields
    )
    assert bench.count(Count.FELT_REWARD) == pytest.approx(0.0 if fields else 1200.0)
    assert bench.totals(Flow.PAID_VOLUNTARILY, Flow.SURPLUS) == [1000.0, 0.0]

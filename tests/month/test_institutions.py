"""Claims about single steps in which institutions decide."""

import pytest

from sim.agents.debtor.belief import UNFAIR
from sim.books.accounts import Account, Flow
from sim.books.counts import Count
from sim.terms import Option, Stage

SURE = {"choice.noise": 0.0}
"""Nobody wavers: what is worth it is done."""
ALL_FOUND = {f"collaborative.trace_{name}": 1.0 for name in ("bank", "online", "realty")} | {
    "comprehensive.find_person": 1.0,
    "procedure.control": 1.0,
}
BRIBED = SURE | ALL_FOUND | {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
STALLER = {"option": Option.STALL}


def test_a_bribe_stalls_the_case_and_leaves_the_books_balanced(make):
    paths = BRIBED | {"institutions.bribe_penalty": 100.0}
    bench, claim = make.case(paths, own={"bank": 1e5}, who=STALLER, due=5e4)
    bench.play("queueing", "trace", "seize", "close")  # closing refuses what does not balance
    assert bench.totals(Flow.BRIBE, Count.BRIBED) == pytest.approx([0.2 * 5e4, 1.0])
    assert (claim.stage, claim.wait) == (Stage.QUEUED, 5)  # of six months one is over
    assert bench.simulation.books.stocks[Account.OFFICERS] == pytest.approx(1e4)
    assert bench.debtor().assets[0] == pytest.approx(9e4)


@pytest.mark.parametrize(
    ("option", "paths"),
    [
        (Option.STALL, {"institutions.bribe_penalty": 20_000.0, "rule_of_law.traceability": 1.0}),
        (Option.STALL, {"institutions.bribe_penalty": 20_000.0, "systemic.professionalism": 1.0}),
        (Option.PAY, {"institutions.bribe_penalty": 100.0}),
    ],
)
def test_a_traced_or_professional_officer_takes_no_bribe_and_only_evaders_offer_one(
    make, option, paths
):
    bench, _ = make.case(BRIBED | paths, own={"bank": 1e5}, who={"option": option}, due=5e4)
    assert bench.enforce("trace").flow(Flow.BRIBE) == 0.0


@pytest.mark.parametrize(
    ("paths", "own", "longer"),
    [
        ({}, "bank", 2),
        ({"comprehensive.coordination": 1.0}, "bank", 0),
        ({"rule_of_law.assistance_liability": 1.0, "institutions.proof": 0.9}, "bank", None),
        ({"collaborative.trace_cash": 1.0}, "cash", None),  # cash is in nobody's keeping
    ],
)
def test_a_holder_who_is_not_liable_stalls_and_the_inquiry_finds_nothing(make, paths, own, longer):
    paths = SURE | ALL_FOUND | {"institutions.assist_delay": 2.0} | paths
    paths |= {"institutions.relationship": 0.1, "institutions.client_share": 1.0}
    bench, claim = make.case(paths, own={own: 1e5}, due=5e4)
    bench.enforce("trace")
    stalled = longer is not None
    assert claim.stage == (Stage.QUEUED if stalled else Stage.TRACED)
    assert (claim.found == 0) == stalled
    assert bench.count(Count.INQUIRIES_STALLED) == stalled
    assert not stalled or claim.wait == 3 + longer


@pytest.mark.parametrize("connections", [0, 100])
def test_a_government_puts_off_the_cases_of_the_connected_only(make, connections):
    paths = SURE | ALL_FOUND | {"institutions.local_weight": 1.0}
    who = STALLER | {"connections": connections}
    bench, claim = make.case(paths, kind="firm", own={"bank": 1e6}, who=who, due=5e5)
    bench.play("queueing", "trace", "institutions")
    spared = connections > 0
    assert bench.count(Count.INTERFERED) == spared
    assert bench.simulation.governments.rows["interfered"][0] == spared
    assert (claim.stage, claim.wait) == ((Stage.QUEUED, 6) if spared else (Stage.TRACED, 0))


@pytest.mark.parametrize(("loss", "asked"), [(0.0, False), (1e6, True)])
def test_targets_of_the_district_keep_a_government_quiet_and_make_public_bodies_pay(
    make, loss, asked
):
    paths = SURE | ALL_FOUND | {"institutions.local_weight": 1.0, "procedure.appropriation": 0.0}
    paths |= {"comprehensive.assessment": 1.0, "institutions.target_loss": loss}
    paths |= {"institutions.closure_value": 0.0}
    who = STALLER | {"connections": 50}
    bench, claim = make.case(paths, kind="public_body", own={"bank": 1e6}, who=who, due=5e5)
    assert bench.enforce("trace").count(Count.INTERFERED) == (not asked)
    claim.stage, claim.found, claim.wait = Stage.TRACED, 1, 0
    bench.enforce("seize")
    assert bench.count(Count.APPROPRIATIONS) == asked


@pytest.mark.parametrize(("procedures", "lost"), [(0.0, 0.25), (0.6, 0.1)])
def test_hours_left_unworked_are_missing_next_month_unless_a_procedure_accounts_for_them(
    make, procedures, lost
):
    paths = {"institutions.shirk_value": 10.0, "institutions.shirk_hours": 35.0}
    paths |= {"institutions.discipline": 0.0, "systemic.standard_procedures": procedures}
    bench = make.bench(SURE | paths, debtors=100).play("queueing", "institutions")
    full = float(bench.simulation.courts.rows["hours"][0])
    bench.play("queueing")
    assert bench.simulation.courts.rows["hours"][0] == pytest.approx((1.0 - lost) * full)
    assert bench.count(Count.HOURS_UNWORKED) == pytest.approx(lost * full, abs=1e-6 * full)


def test_assessment_hurries_and_ends_cases_before_their_time(make):
    bench = make.bench(SURE | {"comprehensive.assessment": 1.0, "institutions.audit_penalty": 0.0})
    claims = [bench.lay(stage=s) for s in (Stage.QUEUED, Stage.TRACED, Stage.SEIZED)]
    bench.play("queueing", "leaving")
    assert [c.stage for c in claims] == [Stage.TERMINATED, Stage.TERMINATED, Stage.SEIZED]
    assert bench.totals(Count.TERMINATED_EARLY, Count.TERMINATED) == [2.0, 2.0]
    calm = make.bench().play("queueing").simulation.courts.rows["hours"][0]
    assert bench.simulation.courts.rows["hours"][0] == pytest.approx(1.1 * calm)


def test_overreach_seizes_more_is_unfair_and_gives_the_rest_back(make):
    paths = SURE | ALL_FOUND | {"comprehensive.assessment": 1.0, "institutions.recovery_value": 1.0}
    paths |= {"institutions.audit_penalty": 1e7}
    bench, claim = make.case(paths, own={"bank": 1e6}, due=1e5, stage=Stage.TRACED, found=1)
    bench.enforce("seize")
    assert bench.count(Count.OVERREACHED) == 1.0
    assert claim.escrow > 1.4e5
    assert bench.debtor().events & UNFAIR
    assert bench.enforce("distribute").flow(Flow.SURPLUS) > 0.3e5


@pytest.mark.parametrize(
    ("kind", "option", "gone"),
    [("firm", Option.STALL, 5e4), ("firm", Option.PAY, 0.0), ("person", Option.STALL, 0.0)],
)
def test_only_firms_that_keep_money_back_are_stripped(make, kind, option, gone):
    paths = SURE | {"institutions.strip_share": 0.5, "procedure.dissipation": 0.0}
    who = {"option": option}
    bench, _ = make.case(paths, "sanction", own={"bank": 1e5}, who=who, kind=kind)
    assert bench.flow(Flow.STRIPPED) == pytest.approx(gone)

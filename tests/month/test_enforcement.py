"""Claims about enforcement step by step: line, tracing, seizure, sale, distribution."""

import pytest

from sim.agents.court.standard import ASKED, HEARD, SOUGHT
from sim.agents.debtor.norm import UNKNOWN
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Asset, Domain, Option, Stage

CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
SURE = {"procedure.control": 1.0, "procedure.sale_rate": 1.0, "comprehensive.find_person": 1.0}
FREE = SURE | {"sanctions.enforcement_fee": 0.0, "sanctions.late_interest": 0.0}
ONE_SEARCH = {"procedure.hours": 30.0, "procedure.trace_hours": 3.0}
"""Of ten debtors, the court of a bench has a tenth of an officer: three hours a month."""
CENT = 1e-9


def network(**coverage):
    return {f"collaborative.trace_{name}": coverage.get(name, 0.0) for name in CLASSES}


def served(make, paths, *claims):
    """Which of these claims, on a debtor each, are served."""
    bench = make.bench(ONE_SEARCH | paths, debtors=10)
    laid = [bench.lay(row=row, **fields) for row, fields in enumerate(claims)]
    bench.play("queueing")
    return [bool(claim.served) for claim in laid]


def test_the_line_serves_livelihood_first_by_its_lever_and_petitions_which_cost_hours(make):
    living = {"domain": Domain.WAGES, "livelihood": True}
    for priority, who in ((0.0, [True, False]), (1.0, [False, True])):
        paths = {"special.livelihood_priority": priority, "domains.wages.livelihood": True}
        assert served(make, paths, {}, living) == who
    petition = {"pursuit.petition": 1.0, "pursuit.petition_after": 12.0}
    for hours, who in ((0.0, [False, True]), (3.0, [False, False])):  # or not even one search
        assert served(make, petition | {"pursuit.petition_hours": hours}, {}, {"docket": 12}) == who


def test_a_step_that_does_not_fit_holds_up_everyone_behind_it(make):
    eight = {"procedure.sale_hours": 8.0}  # where there are three
    sale = {"stage": Stage.SEIZED}
    assert served(make, eight, {}, sale) == [True, False]
    assert served(make, eight, sale, {}) == [False, False]


# ---------------------------------------------------------------- tracing


@pytest.mark.parametrize("name", ["online", "cash", "realty"])
def test_only_covered_classes_are_found_and_seized(make, name):
    all_classes = dict.fromkeys(CLASSES, 1000.0)
    paths = FREE | network(**{name: 1.0})
    bench, claim = make.case(paths, "queueing", "trace", own=all_classes, due=3000.0)
    assert (claim.stage, claim.found) == (Stage.TRACED, 1 << CLASSES.index(name))
    bench.enforce("seize")
    assets = [bench.debtor().assets[k] for k in range(6)]
    assert assets == [0.0 if other == name else 1000.0 for other in CLASSES]
    liquid = CLASSES.index(name) < 3
    held = (claim.stage, claim.escrow, bench.debtor().frozen)
    assert held == ((Stage.SOLD, 1000.0, 0.0) if liquid else (Stage.SEIZED, 0.0, 1000.0))


@pytest.mark.parametrize(
    ("paths", "checks"),
    [({"comprehensive.find_person": 0.0}, SOUGHT | HEARD), (network(), SOUGHT | HEARD | ASKED)],
    ids=["person not found", "no coverage"],
)
def test_an_attempt_that_finds_nothing_notes_what_was_done_and_waits(make, paths, checks):
    usual = FREE | network(bank=1.0) | {"procedure.retrace": 3.0, "procedure.hearing": 1.0}
    bench, claim = make.case(usual | paths, "queueing", "trace", own={"bank": 1e6})
    assert (claim.stage, claim.attempts, claim.fruitless) == (Stage.QUEUED, 1, 1)
    assert (claim.wait, claim.checks) == (3, checks)
    assert bench.simulation.totals().inquiries.any() == bool(checks & ASKED)


HIDES = {"option": Option.CONCEAL}


LIMITS, CAMPAIGN = {"comprehensive.cash_control": 1.0}, {"special.anti_evasion": 1.0}


@pytest.mark.parametrize(
    ("option", "name", "law", "hits"),
    [
        (Option.STALL, "cash", {}, 1.0),
        (Option.CONCEAL, "cash", {}, 0.0),
        (Option.CONCEAL, "cash", LIMITS, 1.0),
        (Option.CONCEAL, "cash", CAMPAIGN, 1.0),
        (Option.CONCEAL, "realty", LIMITS, 0.0),
        (Option.CONCEAL, "realty", CAMPAIGN, 1.0),
        (Option.CONCEAL, "realty", CAMPAIGN | {"assets.realty.uncovered": 0.0}, 0.0),
    ],
)
def test_what_is_hidden_is_found_once_a_law_reaches_its_class(make, option, name, law, hits):
    paths = FREE | network(**{name: 1.0}) | {f"assets.{name}.hide": 1.0}
    paths |= {"assets.cash.controlled": 1.0} | law
    who = {"option": option}
    bench, _ = make.case(paths, "queueing", "trace", own={name: 1e5}, who=who)
    assert bench.count(Count.TRACES_HIT) == hits


def test_a_tip_finds_what_is_hidden_and_costs_a_share_of_what_is_paid_out(make):
    paths = FREE | network() | {"collaborative.bounty": 0.1, "pursuit.tips": 10.0}
    bench, claim = make.case(paths, "queueing", "trace", own={"cash": 500.0}, who=HIDES)
    assert claim.found == 1 << Asset.CASH
    bench.enforce("seize", "distribute")
    assert bench.totals(Flow.DISTRIBUTED, Flow.BOUNTY) == pytest.approx([500.0, 50.0])


WATCHED = FREE | network() | {"collaborative.witnesses": 1.0}


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({"bank": 9e4, "cash": 500.0}, 1 << Asset.CASH),
        ({"bank": 9e4, "online": 9e4, "securities": 9e4}, 0),
    ],
)
def test_witnesses_tell_of_the_largest_thing_that_can_be_seen_hidden_or_not(make, own, found):
    paths = WATCHED | {"pursuit.mistaken": 0.0}
    bench, claim = make.case(paths, "queueing", "trace", own=own, who=HIDES)
    assert claim.found == found
    assert bench.count(Count.WITNESSED) == (found > 0)


# ---------------------------------------------------------------- seizure


def test_the_exempt_minimum_is_left_and_no_more_attached_than_a_sale_needs_to_bring(make):
    paths = FREE | network(bank=1.0, realty=1.0)
    bench, claim = make.case(
        paths, own={"bank": 500.0, "realty": 1000.0}, who={"exempt": 700.0}, due=5000.0
    )
    bench.enforce("trace", "seize")
    assert (claim.escrow, claim.attached[0]) == (0.0, 800.0)
    assert bench.debtor().assets[Asset.BANK] == 500.0
    bench, claim = make.case(paths | {"assets.realty.auction_price": 0.5}, own={"realty": 1e6})
    bench.enforce("trace", "seize")
    assert claim.attached[0] == bench.debtor().frozen == pytest.approx(2000.0)


def test_nothing_is_seized_for_two_claims_at_once(make):
    bench = make.bench(FREE | network(bank=1.0, realty=1.0)).own(bank=600.0, realty=500.0)
    claims = [bench.lay(due=1000.0) for _ in range(2)]
    bench.enforce("trace", "seize")
    assert [c.escrow for c in claims] == [600.0, 0.0]
    assert [c.attached[0] for c in claims] == [400.0, 100.0]
    assert bench.debtor().frozen == 500.0


def test_control_fails_where_it_is_resisted_and_skill_avoids_failure(make):
    paths = FREE | network(bank=1.0)
    for option, control, skill, taken in (
        (Option.STALL, 0.0, 0.0, 0.0),
        (Option.STALL, 0.0, 1.0, 1000.0),
        (Option.RESIST, 1.0, 0.0, 0.0),
    ):
        paths |= {"procedure.control": control, "systemic.skill": skill}
        resisted = {"evasions.resist.recovery": 0.0}
        bench, claim = make.case(paths | resisted, own={"bank": 1000.0}, who={"option": option})
        bench.enforce("trace", "seize")
        assert bench.flow(Flow.SEIZED_MONEY) == claim.escrow == taken


@pytest.mark.parametrize(("asked", "paid"), [(0.0, 0.0), (1.0, 1000.0)])
def test_public_property_is_not_seized_but_money_is_appropriated_when_asked(make, asked, paid):
    paths = FREE | network(bank=1.0, realty=1.0) | {"procedure.appropriation": asked}
    paths |= {"procedure.control": 0.0 if asked else 1.0}
    bench, claim = make.case(paths, kind="public_body", own={"bank": 5000.0, "realty": 1e6})
    bench.enforce("trace", "seize")
    assert (bench.flow(Flow.SEIZED_MONEY), bench.debtor().frozen) == (paid, 0.0)
    assert claim.stage == (Stage.SOLD if paid else Stage.QUEUED)


# ---------------------------------------------------------------- distribution


def shared(make, kind="person", *, pot=200.0, fee=0.0, priority=0.0, dues=(300.0, 100.0)):
    """Pay out what the last of these claims has brought in; the second is one of livelihood."""
    paths = SURE | {"sanctions.enforcement_fee": fee, "special.livelihood_priority": priority}
    bench = make.bench(paths, kind=kind)
    claims = [bench.lay(due=due, livelihood=number == 1) for number, due in enumerate(dues)]
    claims[-1].stage, claims[-1].escrow = Stage.SOLD, pot
    return bench.play("queueing", "distribute"), claims, [claim.paid for claim in claims]


def test_a_persons_creditors_share_in_proportion_and_who_is_not_satisfied_searches_on(make):
    bench, claims, paid = shared(make)
    assert paid == [claim.received for claim in claims] == pytest.approx([150.0, 50.0])
    assert bench.totals(Flow.DISTRIBUTED, Count.RECOVERED_BY_FORCE) == pytest.approx([200.0, 200.0])
    assert (claims[1].stage, claims[1].due) == (Stage.QUEUED, pytest.approx(50.0))
    assert claims[1].wait > 0


def test_a_firms_own_case_comes_first_and_livelihood_where_the_lever_says_so(make):
    assert shared(make, "firm", dues=(300.0, 400.0, 100.0))[2] == pytest.approx([100.0, 0.0, 100.0])
    living = shared(make, priority=1.0, dues=(300.0, 150.0, 100.0))[2]
    assert living == pytest.approx([37.5, 150.0, 12.5])


def test_the_fee_is_taken_before_creditors_and_what_is_left_returns(make):
    bench, _, paid = shared(make, pot=100.0, fee=0.1)
    assert (bench.flow(Flow.FEE), paid) == (pytest.approx(10.0), pytest.approx([67.5, 22.5]))
    bench, claims, paid = shared(make, pot=1000.0, fee=0.1)
    assert paid == pytest.approx([300.0, 100.0])
    fee, left = bench.totals(Flow.FEE, Flow.SURPLUS)
    assert fee + left == pytest.approx(600.0)
    assert 0.0 < fee <= 0.1 * (400.0 + fee) + CENT  # none is taken of what returns
    assert bench.debtor().assets[Asset.BANK] == left
    assert [claim.stage for claim in claims] == [Stage.PAID, Stage.PAID]
    assert bench.count(Count.CLOSED_FULL) == 2.0
    bench.play("leaving")  # what is recovered by force pays no debtor a good name
    assert bench.debtor().standing == UNKNOWN

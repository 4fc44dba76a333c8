"""Claims about transfers, and how what others hold is had again."""

import pytest

from sim.agents.debtor.belief import RECOVERED
from sim.agents.debtor.transfer import turn_of_year, within_reach
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.terms import Option, Stage
from tests.build import debtor

DARK = {f"collaborative.trace_{n}": 0.0 for n in ("bank", "online", "cash")} | {
    "sanctions.enforcement_fee": 0.0,
    "sanctions.late_interest": 0.0,
    "procedure.dissipation": 0.1,
}
AVOIDANCE = {"rule_of_law.avoidance": 1.0}


@pytest.mark.parametrize(
    ("paths", "moved"), [({}, 100.0), (AVOIDANCE | {"procedure.retrace": 1.0}, 0.0)]
)
def test_others_hold_what_an_evader_moves_away_unless_it_surely_comes_back(make, paths, moved):
    who = {"option": Option.STALL}
    bench, _ = make.case(DARK | paths, "sanction", own={"bank": 1000.0}, who=who)
    assert bench.debtor().transferred[0] == bench.flow(Flow.DISSIPATION) == pytest.approx(moved)


def tried(make, paths, year=0, kind="person"):
    who = {"transferred": [600.0 * (age == year) for age in range(3)], "usual": 100.0}
    return make.case(DARK | paths, "queueing", "trace", kind=kind, who=who)


@pytest.mark.parametrize(
    ("avoidance", "years", "age", "back"),
    [
        (0.0, 2.0, 0, 0.0),
        (1.0, 0.0, 0, 0.0),
        (1.0, 1.0, 0, 600.0),
        (1.0, 1.0, 2, 0.0),
        (1.0, 2.0, 1, 600.0),
        (1.0, 10.0, 2, 600.0),
    ],
)
def test_avoidance_brings_back_transfers_within_the_look_back(make, avoidance, years, age, back):
    paths = {"rule_of_law.avoidance": avoidance, "rule_of_law.avoidance_lookback": years}
    bench, claim = tried(make, paths, age)
    assert bench.flow(Flow.AVOIDED) == claim.escrow == back
    assert bench.debtor().transferred[age] == 600.0 - back
    assert claim.stage == (Stage.SOLD if back else Stage.QUEUED)
    assert bool(bench.debtor().events & RECOVERED) == bool(back)


def test_transfers_age_by_the_year_and_pass_out_of_reach():
    who = debtor(transferred=[6.0, 3.0, 1.0])
    turn_of_year(who, 7)
    assert list(who.transferred) == [6.0, 3.0, 1.0]
    turn_of_year(who, 24)
    assert list(who.transferred) == [0.0, 6.0, 4.0]
    # in June half of last year's transfers are within a year; in December none
    found = [[within_reach(year, month, 1.0) for year in range(3)] for month in (5, 11)]
    assert found == [[1.0, 0.5, 0.0], [1.0, 0.0, 0.0]]
    assert within_reach(0, 11, 0.25) == 0.25


def test_shareholders_of_a_firm_answer_once_and_those_of_a_person_never(make):
    paths = {"rule_of_law.added_parties": 1.0, "procedure.controller_wealth": 4.0}
    bench, claim = tried(make, paths, kind="firm")
    assert (claim.escrow, claim.added, bench.flow(Flow.ADDED_PARTY)) == (400.0, True, 400.0)
    bench.enforce("distribute")
    assert claim.due == pytest.approx(600.0)
    claim.wait = 0
    bench.enforce("trace")
    assert claim.escrow == tried(make, paths)[1].escrow == 0.0
    claim.added = False  # another case of theirs: they have given what they had
    bench.enforce("trace")
    assert claim.escrow == 0.0


@pytest.mark.parametrize(
    ("managed", "leak", "wait"), [(0.0, 60.0, 4), (0.5, 30.0, 2), (1.0, 0.0, 0)]
)
def test_proceeds_leak_and_wait_unless_they_are_managed(make, managed, leak, wait):
    paths = AVOIDANCE | {"procedure.leakage": 0.1, "procedure.payout_delay": 4.0}
    bench, claim = tried(make, paths | {"rule_of_law.proceeds_management": managed})
    assert claim.wait == wait
    claim.wait = 0
    bench.enforce("distribute")
    assert bench.totals(Flow.LEAKAGE, Count.LEAKED) == pytest.approx([leak, leak])
    assert claim.paid == pytest.approx(600.0 - leak)


def stripping(make, paths, debtors=400):
    usual = {"institutions.strip_share": 0.2, "institutions.strip_liability": 0.2}
    usual |= DARK | {"procedure.dissipation": 0.0}
    bench = make.bench(usual | paths, kind="firm", debtors=debtors)
    who = {"option": Option.STALL, "usual": 1000.0}
    return bench.crowd("sanction", own={"bank": 1000.0}, claim={"due": 5000.0}, **who)


def test_avoidance_and_added_parties_deter_stripping(make):
    avoiding = {"rule_of_law.avoidance": 0.8, "rule_of_law.avoidance_lookback": 5.0}
    adding = {"rule_of_law.added_parties": 0.3, "procedure.controller_wealth": 1.0}
    rich = {"rule_of_law.added_parties": 1.0, "procedure.controller_wealth": 60.0}
    free, avoided, pursued, both, least = (
        stripping(make, paths).flow(Flow.STRIPPED)
        for paths in ({}, avoiding, adding, avoiding | adding, rich)
    )
    assert free > avoided > 0.4 * free
    assert free > pursued
    assert both < min(avoided, pursued)
    assert least < 0.1 * free


@pytest.mark.parametrize(
    ("bank", "escrow", "moved"), [(1000.0, 0.0, 100.0), (9000.0, 0.0, 0.0), (1000.0, 900.0, 0.0)]
)
def test_transfers_are_weighed_by_the_debt_for_which_nothing_is_held(make, bank, escrow, moved):
    paths = DARK | {"choice.transfer_by_debt": True, "learning.prior_recovery": 0.05}
    who, owed = {"option": Option.STALL}, {"due": 1000.0, "escrow": escrow}
    bench, _ = make.case(paths, "sanction", own={"bank": bank}, who=who, **owed)
    assert bench.flow(Flow.DISSIPATION) == pytest.approx(moved)

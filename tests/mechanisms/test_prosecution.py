"""Claims about prosecution: who is charged and by whom, what it costs, who is sentenced wrongly."""

import pytest

from sim.agents.debtor.belief import FAIR, PUNISHED, UNFAIR
from sim.books.accounts import Account
from sim.books.counts import Count
from sim.mechanisms.prosecution.declaration import (
    PRIVATE_CHARGES,
    PRIVATE_CONVICTIONS,
    REPORTED,
)
from sim.mechanisms.prosecution.private import EVIDENCE
from sim.mechanisms.prosecution.public import charges
from sim.mechanisms.prosecution.refusal import FALSE_CONVICTIONS, LIARS_CONVICTED, REFERRED
from sim.month.enforcement.declaration import FALSE, TRUE
from sim.parameters import Institutions
from sim.terms import Option

UNHEARD = {
    "sanctions.prison_rate": 0.3,
    "choice.prison_weight": 0.0,
    "institutions.prosecutors": 0.0,
}
"""A world in which debtors are reported and no prosecutor has room for them."""
MOVES = {"special.private_prosecution": (1.0, "accusation", UNHEARD)}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

NOISE = 0.13

UNCHARGED = {
    "choice.noise": 0.0,
    "sanctions.fine_rate": 0.0,
    "sanctions.detention_rate": 0.0,
    "sanctions.prison_rate": 1.0,
    "comprehensive.list_rate": 0.0,
    "institutions.charge_cost": 1e6,
    "institutions.evidence": 1.0,
    "special.private_prosecution": 1.0,
}
"""Everyone is reported, no prosecutor finds a charge worth its work, creditors may charge."""


def reported(make, paths=None, option=Option.STALL, due=1e5, debtors=1, phases=("sanction",)):
    bench = make.bench(UNCHARGED | (paths or {}), debtors=debtors)
    bench.simulation.creditors.rows["trust"] = 0.5
    for row in range(debtors):
        bench.set(row, option=option, income=1000.0)
        bench.claim(row, due=due)
    return bench.play(*phases)


@pytest.mark.parametrize("admitted", [0.0, 1.0])
def test_a_creditor_charges_whom_no_prosecutor_charged_where_it_may(make, admitted):
    bench = reported(make, {"special.private_prosecution": admitted})
    assert bench.count(REPORTED) == 1.0
    for what in (PRIVATE_CHARGES, PRIVATE_CONVICTIONS, Count.PRISONS):
        assert bench.count(what) == admitted
    events = bench.debtor().events
    assert bool(events & PUNISHED) == bool(events & FAIR) == bool(admitted)


def test_evidence_is_the_creditor_s_expense_and_the_books_balance(make):
    phases = ("sanction", "learn", "institutions", "close")  # closing refuses what is amiss
    bench = reported(make, {"institutions.private_cost": 700.0}, phases=phases)
    assert bench.flow(EVIDENCE) == 700.0
    assert bench.simulation.creditors.rows["cash"].sum() == pytest.approx(-700.0)
    assert bench.simulation.books.stocks[Account.PROFESSIONALS] == pytest.approx(700.0)
    assert bench.simulation.prosecutors.rows["charged"][0] == 0


def test_who_is_charged_already_owes_too_little_or_pays_is_left_alone(make):
    assert reported(make, {"institutions.charge_cost": 0.0}).count(PRIVATE_CHARGES) == 0.0
    assert reported(make, due=100.0).count(PRIVATE_CHARGES) == 0.0
    assert reported(make, {"institutions.evidence": 0.0}).count(PRIVATE_CHARGES) == 0.0
    assert reported(make, option=Option.PAY).count(PRIVATE_CHARGES) == 0.0


def test_creditors_err_about_those_who_cannot_pay_unless_the_evidence_is_good(make):
    wrongly = {}
    for error, quality in ((0.0, 0.0), (1.0, 0.0), (1.0, 0.5), (1.0, 1.0)):
        paths = {
            "collaborative.target_accuracy": 0.0,
            "institutions.private_error": error,
            "special.evidence": quality,
        }
        bench = reported(make, paths, option=Option.UNABLE, debtors=200)
        wrongly[error, quality] = bench.count(FALSE_CONVICTIONS)
        assert bench.count(Count.PRISONS) == wrongly[error, quality]
        events = bench.simulation.debtors.rows["events"]
        assert (events & UNFAIR != 0).sum() == wrongly[error, quality]
    assert wrongly[0.0, 0.0] == wrongly[1.0, 1.0] == 0.0
    assert wrongly[1.0, 0.0] == 200.0
    # Five standard deviations of a share of two hundred: reports, then verdicts
    assert wrongly[1.0, 0.5] / 200 == pytest.approx(0.5 * 0.5, abs=0.16)


def test_a_prosecutor_without_room_charges_nobody(make):
    paths = {"sanctions.prison_rate": 1.0, "institutions.prosecutors": 0.0}
    bench = make.bench(paths).set(option=Option.STALL)
    bench.claim()
    bench.play("sanction", "institutions")
    assert bench.count(Count.PRISONS) == 1.0  # nobody knew yet how many would be reported
    bench.play("sanction", "institutions")
    assert bench.count(REPORTED) == 1.0
    assert bench.count(Count.PRISONS) == 0.0
    office = bench.simulation.prosecutors.rows[0]
    assert (office["reported"], office["charged"], office["room"]) == (1, 0, 0.0)


def test_a_prosecutor_charges_what_is_worth_it_and_has_room():
    def chance(room: float, **fields: float) -> float:
        return charges(0.5, Institutions(**fields), room, NOISE)

    assert chance(1.0) == 1.0
    assert chance(1.0, charge_cost=20_000.0) < 0.02
    assert chance(1.0, charge_cost=1_000.0) > 0.98
    assert chance(0.5, charge_cost=1_000.0) == pytest.approx(0.5 * chance(1.0, charge_cost=1_000.0))


@pytest.mark.parametrize("option", [Option.STALL, Option.UNABLE])
def test_evidence_that_reaches_convicts_more_of_those_who_evade_and_none_who_cannot_pay(
    make, option
):
    """A prosecutor finds more charges worth the work, and more of a creditor's charges succeed."""
    convicted = {}
    for reach in (0.0, 1.0):
        for quality in (0.0, 0.8):
            paths = {
                "collaborative.target_accuracy": 0.0,
                "institutions.evidence": 0.3,
                "institutions.evidence_reach": reach,
                "institutions.private_error": 0.0,
                "special.evidence": quality,
            }
            bench = reported(make, paths, option=option, debtors=200)
            public = paths | {"special.private_prosecution": 0.0}
            public |= {"institutions.charge_cost": 5000.0, "institutions.prosecutors": 1e3}
            charged = reported(make, public, option=option, debtors=200)
            convicted[reach, quality] = (bench.count(Count.PRISONS), charged.count(Count.PRISONS))
    assert convicted[0.0, 0.0] == convicted[1.0, 0.0]
    if option == Option.UNABLE:
        assert convicted[1.0, 0.8] == convicted[0.0, 0.8] == (0.0, 0.0)
    else:
        assert convicted[0.0, 0.0] == convicted[0.0, 0.8]
        # Five standard deviations of a share of two hundred
        assert convicted[1.0, 0.8][0] / 200 == pytest.approx(0.3 + 0.7 * 0.8, abs=0.15)
        assert convicted[0.0, 0.8][0] / 200 == pytest.approx(0.3, abs=0.15)
        assert (convicted[0.0, 0.8][1], convicted[1.0, 0.8][1]) == (0.0, 200.0)


def test_a_prosecutor_s_load_counts_the_charges_that_better_evidence_makes_worth_while(make):
    load = []
    for reach in (0.0, 1.0):
        paths = {
            "institutions.evidence": 0.3,
            "institutions.evidence_reach": reach,
            "institutions.charge_cost": 5000.0,
            "special.evidence": 1.0,
        }
        bench = reported(make, paths, debtors=24, phases=("sanction", "institutions"))
        load.append(bench.simulation.prosecutors.rows["load"][0])
    assert load == pytest.approx([0.0, 2.0])


LIE = {
    "special.declaration": 1.0,
    "procedure.false_detected": 0.0,
    "choice.noise": 0.0,
    "sanctions.detention_days": 0.0,
    "sanctions.fine_amount": 0.0,
    "learning.optimism": 1.0,
}


def liar(make, share, option=Option.STALL, **paths):
    """A case with a false declaration; it is found out if `paths` set the chance of that."""
    paths = LIE | {"special.false_declaration": share} | paths
    who = {"option": option, "income": 1000.0}
    return make.case(paths, "queueing", "trace", own={"bank": 1000.0}, who=who, declared=FALSE)


@pytest.mark.parametrize(("share", "option", "tried"), [
    (0.0, Option.STALL, 0.0), (1.0, Option.STALL, 1.0), (1.0, Option.UNABLE, 0.0),
])  # fmt: skip
def test_a_false_declaration_found_out_is_prosecuted_unless_the_debtor_cannot_pay(
    make, share, option, tried
):
    bench, claim = liar(make, share, option, **{"procedure.false_detected": 1.0})
    assert claim.declared == 0
    for what in (REFERRED, LIARS_CONVICTED, REPORTED, Count.PRISONS):
        assert bench.count(what) == tried
    assert bench.count(FALSE_CONVICTIONS) == 0.0
    _, unseen = liar(make, share, option)
    assert unseen.declared == FALSE


def test_who_would_be_prosecuted_for_a_lie_tells_the_truth(make):
    declared = []
    for share in (0.0, 1.0):
        paths = LIE | {"special.false_declaration": share, "procedure.false_detected": 0.5}
        who = {"option": Option.STALL, "income": 1000.0}
        _, claim = make.case(paths, "queueing", "trace", own={"bank": 1000.0}, who=who)
        declared.append(claim.declared)
    assert declared == [FALSE, TRUE]

"""Claims about charges that creditors bring themselves."""

import pytest

from sim.agents.debtor.belief import FAIR, PUNISHED, UNFAIR
from sim.books.accounts import Account, Flow
from sim.books.counts import Count
from sim.terms import Option

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
    return bench.crowd(*phases, claim={"due": due}, option=option, income=1000.0)


@pytest.mark.parametrize("admitted", [0.0, 1.0])
def test_a_creditor_charges_whom_no_prosecutor_charged_where_it_may(make, admitted):
    bench = reported(make, {"special.private_prosecution": admitted})
    assert bench.count(Count.REPORTED) == 1.0
    for what in (Count.PRIVATE_CHARGES, Count.PRIVATE_CONVICTIONS, Count.PRISONS):
        assert bench.count(what) == admitted
    events = bench.debtor().events
    assert bool(events & PUNISHED) == bool(events & FAIR) == bool(admitted)


def test_evidence_is_the_creditor_s_expense_and_the_books_balance(make):
    phases = ("sanction", "learn", "institutions", "close")  # closing refuses what is amiss
    bench = reported(make, {"institutions.private_cost": 700.0}, phases=phases)
    assert bench.flow(Flow.ACCUSATION) == 700.0
    assert bench.simulation.creditors.rows["cash"].sum() == pytest.approx(-700.0)
    assert bench.simulation.books.stocks[Account.PROFESSIONALS] == pytest.approx(700.0)
    assert bench.simulation.prosecutors.rows["charged"][0] == 0


@pytest.mark.parametrize(
    ("paths", "options"),
    [
        ({"institutions.charge_cost": 0.0}, {}),  # the prosecutor charges
        ({}, {"due": 100.0}),
        ({"institutions.evidence": 0.0}, {}),
        ({}, {"option": Option.PAY}),
    ],
)
def test_who_is_charged_already_pays_or_owes_too_little_is_left_alone(make, paths, options):
    assert reported(make, paths, **options).count(Count.PRIVATE_CHARGES) == 0.0


def test_creditors_err_about_those_who_cannot_pay_unless_the_evidence_is_good(make):
    wrongly = {}
    for error in (0.0, 0.4, 1.0):
        for quality in (0.0, 0.5, 1.0):
            paths = {
                "collaborative.target_accuracy": 0.0,
                "institutions.private_error": error,
                "special.evidence": quality,
            }
            bench = reported(make, paths, option=Option.UNABLE, debtors=200)
            wrongly[error, quality] = bench.count(Count.FALSE_CONVICTIONS)
            assert bench.count(Count.PRISONS) == wrongly[error, quality]
            events = bench.simulation.debtors.rows["events"]
            assert (events & UNFAIR != 0).sum() == wrongly[error, quality]
    assert wrongly[0.0, 0.0] == wrongly[0.4, 1.0] == wrongly[1.0, 1.0] == 0.0
    # Five standard deviations of a share of two hundred
    assert wrongly[0.4, 0.0] / 200 == pytest.approx(0.4, abs=0.18)
    assert wrongly[1.0, 0.5] / 200 == pytest.approx(0.5 * 0.5, abs=0.16)  # reports, then verdicts
    assert wrongly[1.0, 0.0] == 200.0

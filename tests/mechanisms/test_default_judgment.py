"""Claims about judgments unknown to their debtor: nothing is chosen, blamed or paid until known."""

import pytest

from sim.agents.debtor.debtor import evades
from sim.books.counts import Count
from sim.mechanisms.default_judgment import BY_DEFAULT, LEARNT, UNKNOWN
from sim.terms import Option, Stage

MOVES = {"procedure.unaware": (0.5, "n_judgments_unknown", {})}
"""A parameter, its value, the count that it changes, and in which world; see `test_declaring`."""

SILENT = {"procedure.learn_by_letter": 0.0, "procedure.learn_by_refusal": 0.0}


@pytest.mark.parametrize(("share", "disputed"), [(0.0, False), (1.0, False), (1.0, True)])
def test_only_a_judgment_that_nobody_contested_can_be_unknown(make, share, disputed):
    judged = {"procedure.trial_months": 1.0, "procedure.win": 1.0, "procedure.unaware": share}
    bench = make.bench(judged | {"at_source.mediation": 0.0})
    claim = bench.lay("judging", stage=Stage.FILED, disputed=disputed, months=1)
    missed = share > 0.0 and not disputed
    assert (claim.stage, claim.unaware) == (Stage.GRACE, missed)
    assert bench.totals(UNKNOWN, BY_DEFAULT) == [float(missed), float(not disputed)]


def test_an_unknown_judgment_falls_unpaid_without_a_choice(make):
    punishing = {"sanctions.fine_rate": 1.0, "collaborative.target_accuracy": 0.0}
    listing = {"comprehensive.list_rate": 1.0, "comprehensive.list_accuracy": 0.0}
    bench = make.bench(SILENT | punishing | listing).own(bank=5_000.0)
    claim = bench.lay("choice", stage=Stage.GRACE, due=1000.0, unaware=True)
    who = bench.debtor()
    assert (claim.stage, who.option, claim.paid) == (Stage.UNPAID, Option.NONE, 0.0)
    claim.stage, claim.worked = Stage.QUEUED, True
    bench.play("choice", "sanction", "leaving")
    assert bench.totals(Count.FINES, Count.LISTINGS) == [0.0, 0.0]
    assert not who.on_list
    assert not evades(who.option)
    assert who.standing == 0


def test_a_debtor_who_pays_pays_only_what_it_knows_of(make):
    bench = make.bench(SILENT).own(bank=5_000.0).set(conscience=9.0)
    unknown = bench.lay(stage=Stage.UNPAID, due=1000.0, unaware=True)
    known = bench.lay("choice", stage=Stage.GRACE, due=500.0)
    assert (known.stage, unknown.stage) == (Stage.PAID, Stage.UNPAID)
    assert bench.debtor().option == Option.PAY
    bench.play("leaving", "close")
    assert bench.debtor().option == Option.NONE  # the spell of the known one is over


WAYS = {
    "letter": ({"procedure.learn_by_letter": 1.0}, {}, {}),
    "visit": ({"procedure.learn_by_visit": 1.0}, {}, {"stage": Stage.QUEUED, "worked": True}),
    "seizure": ({"procedure.learn_by_visit": 0.0}, {}, {"stage": Stage.QUEUED, "seized": True}),
    "payment": ({}, {}, {"paid": 10.0}),
    "refusal": ({"procedure.learn_by_refusal": 1.0}, {"on_list": True}, {}),
    "nothing": ({"procedure.learn_by_visit": 1.0}, {"on_list": True}, {}),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_event_makes_it_known_and_the_debtor_then_chooses(make, way):
    paths, who, claim = WAYS[way]
    bench = make.bench({"procedure.unaware": 0.5} | SILENT | paths).own(bank=5_000.0)
    bench.set(conscience=9.0, **who)
    laid = bench.lay("hear_of_judgments", **({"stage": Stage.UNPAID, "unaware": True} | claim))
    learnt = way != "nothing"
    assert (laid.unaware, bench.count(LEARNT)) == (not learnt, float(learnt))
    bench.play("choice")
    assert (laid.stage == Stage.PAID) == learnt


def test_one_refusal_reveals_every_judgment(make):
    refusing = {"procedure.unaware": 0.5, "procedure.learn_by_refusal": 0.5}
    bench = make.bench(SILENT | refusing, debtors=40)
    for row in range(40):
        bench.set(row, on_list=True)
        for _ in range(2):
            bench.claim(row, stage=Stage.UNPAID, unaware=True)
    bench.play("hear_of_judgments")
    left = bench.simulation.claims.rows["unaware"].reshape(40, 2)
    assert (left[:, 0] == left[:, 1]).all()
    assert 0 < left[:, 0].sum() < 40

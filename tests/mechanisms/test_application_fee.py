"""Claims about the application fee: who pays it, whom it keeps out, what comes back."""

from sim.books.accounts import Flow
from sim.mechanisms.application_fee import ADVANCED, BACK, PAID
from sim.terms import Stage

MOVES = {"sanctions.application_fee": (0.01, "application_fee", {})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

CHARGED = {"sanctions.application_fee": 0.02, "procedure.application_fee_least": 50.0}
EAGER = {"procedure.apply": 1.0, "procedure.apply_cost": 0.0, "pursuit.handover": 0.0}


def applying(make, paths, **fields):
    bench = make.bench(EAGER | paths)
    at = bench.claim(stage=Stage.UNPAID, **fields)
    bench.simulation.creditors.rows["trust"] = 0.5
    bench.play("suing")
    return bench, bench.at(at)


def test_who_applies_advances_the_fee_and_the_debtor_owes_it(make):
    bench, claim = applying(make, CHARGED, due=10_000.0)
    assert bench.flow(ADVANCED) == bench.flow(Flow.CLAIM_COSTS) == bench.count(PAID) == 200.0
    assert (claim.stage, claim.spent, claim.due) == (Stage.QUEUED, 200.0, 10_200.0)
    assert claim.claimed == claim.due


def test_a_fee_keeps_out_claims_that_are_not_worth_it(make):
    _, claim = applying(make, CHARGED | {"procedure.application_fee_least": 1000.0}, due=900.0)
    assert (claim.stage, claim.spent) == (Stage.UNPAID, 0.0)


def test_what_the_debtor_pays_is_counted_as_the_fee_first(make):
    bench = make.bench({"procedure.sue": 0.0})
    bench.own(bank=800.0)
    at = bench.claim(stage=Stage.OVERDUE, fee_advanced=300.0, insured=800.0)
    bench.play("performing")
    assert bench.at(at).fee_advanced == 0.0
    assert bench.count(BACK) == 300.0

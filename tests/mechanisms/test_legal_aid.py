"""Claims about legal aid: who is granted it, what the state advances, and what comes back."""

import pytest

from sim.mechanisms.legal_aid import ADVANCED, BACK_YUAN, RETURNED
from sim.terms import Stage

MOVES = {"at_source.legal_aid": (1.0, "legal_aid", {})}
"""A lever, its value, the money that it moves, and in which world; see `test_declaring`."""

AIDED = {"at_source.legal_aid": 1.0, "procedure.legal_aid_limit": 20_000.0}
SUING = {"procedure.sue": 1.0, "procedure.suit_cost": 0.1}


def test_the_state_advances_the_costs_of_a_suit(make):
    bench = make.bench(SUING | AIDED)
    at = bench.claim(stage=Stage.OVERDUE, due=10_000.0, aided=True)
    bench.play("suing")
    claim = bench.at(at)
    assert claim.stage == Stage.FILED
    assert bench.flow(ADVANCED) == claim.received == claim.spent == claim.aid_advanced > 0.0


@pytest.mark.parametrize("who", [{"aided": False}, {"aided": True, "covered": True}])
def test_who_is_not_granted_aid_or_is_insured_gets_none(make, who):
    bench = make.bench(SUING | AIDED)
    bench.claim(stage=Stage.OVERDUE, due=10_000.0, **who)
    bench.play("suing")
    assert bench.flow(ADVANCED) == 0.0


def test_what_a_debtor_pays_returns_the_aid_first(make):
    bench = make.bench({"procedure.sue": 0.0})
    bench.own(bank=800.0)
    at = bench.claim(stage=Stage.OVERDUE, due=1_000.0, aid_advanced=300.0, insured=800.0)
    bench.play("performing")
    claim = bench.at(at)
    assert bench.flow(RETURNED) == bench.count(BACK_YUAN) == claim.spent == 300.0
    assert (claim.received, claim.aid_advanced) == (800.0, 0.0)

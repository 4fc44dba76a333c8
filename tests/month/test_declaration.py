"""Claims about the duty to declare assets."""

import pytest

from sim.agents.debtor.belief import PUNISHED
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.month.enforcement.declaration import FALSE, TRUE
from sim.terms import Option, Stage

DARK = {f"collaborative.trace_{n}": 0.0 for n in ("bank", "online", "cash")} | {
    "choice.noise": 0.0,
    "special.declaration": 1.0,
    "learning.optimism": 1.0,
}


def declared(make, paths=None, option=Option.STALL, conscience=0.0):
    who = {"option": option, "conscience": conscience, "income": 1000.0}
    return make.case(DARK | (paths or {}), "queueing", "trace", own={"bank": 1000.0}, who=who)


def test_a_true_declaration_makes_tracing_succeed_and_without_the_duty_there_is_none(make):
    bench, claim = declared(make, option=Option.UNABLE)
    assert (claim.declared, claim.stage, claim.found) == (TRUE, Stage.TRACED, 1)
    assert bench.count(Count.DECLARED_FALSELY) == 0.0
    _, claim = declared(make, {"special.declaration": 0.0}, option=Option.UNABLE)
    assert (claim.declared, claim.stage) == (0, Stage.QUEUED)


HARSH = {
    "procedure.false_detected": 0.8,
    "sanctions.fine_amount": 1.0,
    "sanctions.detention_days": 15.0,
}


@pytest.mark.parametrize(
    ("paths", "found_out", "sure"),
    [
        (HARSH, "procedure.false_detected", 0.9),
        ({"procedure.false_detected": 0.0}, "special.anti_evasion", 1.0),
    ],
)
def test_an_evader_lies_where_lies_are_not_found_out_and_not_where_they_are(
    make, paths, found_out, sure
):
    found = [declared(make, paths | {found_out: p})[1].declared for p in (0.0, sure)]
    assert found == [FALSE, TRUE]


def test_a_lie_found_out_is_punished_and_has_to_be_mended_and_conscience_keeps_from_lying(make):
    never = {"procedure.false_detected": 0.0}
    assert declared(make, never, conscience=2.0)[1].declared == TRUE
    bench, claim = declared(make, never)
    assert claim.declared == FALSE
    bench.levers.special.anti_evasion = 1.0
    claim.wait = 0
    parts = bench.simulation.inputs._replace(refresh=lambda rows, added, month: None)
    bench.world.simulation.inputs = parts
    bench.enforce("trace")
    assert claim.declared == 0
    assert bench.debtor().events & PUNISHED
    assert bench.flow(Flow.FINE) > 0.0
    assert bench.totals(Count.FALSE_DETECTED, Count.DETENTIONS) == [1.0, 1.0]

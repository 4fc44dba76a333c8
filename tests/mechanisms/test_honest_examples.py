"""Claims about examples: performers are named, people think better of strangers, this fades."""

import pytest

from sim.agents.debtor.norm import NEIGHBOURS
from sim.mechanisms.honest_examples import COUNTED, remembered
from sim.parameters import Society
from sim.terms import Stage

MOVES = {"comprehensive.honest_examples": (1.0, "n_honest_examples", {})}
"""A lever, its value, the count that it changes, and in which world; see `test_declaring`."""


@pytest.mark.parametrize("named", [0.0, 0.5])
def test_who_performs_in_time_is_named_and_strangers_are_thought_better_of(make, named):
    bench = make.bench({"comprehensive.honest_examples": named}).own(bank=5000.0)
    bench.set(conscience=100.0, trust=0.5)
    bench.lay("judging", "choice", "institutions", stage=Stage.GRACE, due=1000.0, months=1)
    assert bench.count(COUNTED) == named
    court = bench.simulation.courts.rows[0]
    assert court["examples"] == pytest.approx(named / 6.0)
    bench.lay("queueing", stage=Stage.QUEUED, due=1000.0)
    bench.simulation.neighbours[:] = -1
    strangers = bench.deliberation().position.honest
    assert strangers == pytest.approx(0.6 + 0.3 * named / 6.0 * 0.4)
    assert NEIGHBOURS * strangers <= NEIGHBOURS


def test_examples_are_bounded_and_forgotten():
    shown = 0.0
    for _ in range(240):
        shown = remembered(shown, 1.0, Society())
    assert 0.99 < shown <= 1.0
    for _ in range(24):
        shown = remembered(shown, 0.0, Society())
    assert shown == pytest.approx((5.0 / 6.0) ** 24)

"""Claims about the work of a month in which nothing happens: passes, bytes, draws, memory.

Work is counted, not timed, so these tests say the same on every machine. If a change needs another
pass over all debtors, or another draw, it has to be written here with its reason.
"""

import tracemalloc
from collections import Counter

import pytest

from benchmarks.apart import Asked, aged
from benchmarks.touched import Watching
from sim.agents.debtor.debtor import Debtor
from sim.engine import draw
from sim.engine.record import LINE, dtype
from sim.terms import Decision

SIZE = 200
IDLE = Asked(SIZE, warm_up=4, months=2, density=0.0)
PASSES = {
    "economy.live": 4.1,
    "learning.publish": 3.0,
    "closing.sum_debtors": 1.0,
}
"""Passes that read the record of every debtor, and how many lines of a cache each may touch.

A line that is written counts twice. A record takes five lines.
"""
CALLS = 39
"""Calls of kernels in a month. Each costs some microseconds, however many rows there are."""
BYTES = 5.0
"""Bytes per debtor that a month may allocate for a while: some masks of one byte for each row."""


@pytest.fixture(scope="module")
def idle():
    """The kernels of an idle month, and how often each decision was drawn in it."""
    execution = Watching()
    world = aged(IDLE, execution)
    world.run_for(1)
    execution.passes = []
    drawn: Counter[int] = Counter()
    fraction = draw.fraction

    def counted(seed, decision, identity, month, index):
        drawn[decision] += 1
        return fraction(seed, decision, identity, month, index)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "fraction", counted)
        world.run_for(1)
    assert not len(world.claims)
    return execution.passes, drawn


def test_passes_over_all_debtors_and_the_bytes_of_each(idle):
    passes, _ = idle
    every = {one.kernel: one.marks["debtors"] for one in passes}
    assert len(passes) == len(every) <= CALLS
    assert {n for n, marks in every.items() if len(marks.records) == SIZE} == PASSES.keys()
    lines = {name: every[name].line_bytes / SIZE / LINE for name in PASSES}
    assert [name for name, most in PASSES.items() if not 0.9 * most < lines[name] <= most] == []


def test_each_group_of_a_debtors_fields_begins_a_line_of_the_cache():
    kind = dtype(Debtor)
    begins = [name for name, (_, place, *_) in (kind.fields or {}).items() if place % LINE == 0]
    assert begins == ["id", "assets", "trust", "exposure", "wealth_then"]
    assert kind.itemsize == 5 * LINE


def test_three_draws_for_a_debtor_to_whom_nothing_happens(idle):
    _, drawn = idle
    assert drawn.pop(Decision.COMMON_SHOCK) == 1
    assert drawn.pop(Decision.INCOME) == SIZE
    for rare in (Decision.FORTUNE, Decision.ARRIVAL):  # drawn again for those who may meet it
        assert SIZE <= drawn.pop(rare) < 1.05 * SIZE
    assert sum(drawn.values()) < 0.2 * SIZE  # what is drawn for the few who die or are replaced


def test_a_month_allocates_next_to_nothing_for_more_debtors():
    peaks = []
    for size in (20_000, 60_000):
        world = aged(IDLE._replace(size=size))
        world.run_for(1)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        world.run_for(1)
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < BYTES * 40_000

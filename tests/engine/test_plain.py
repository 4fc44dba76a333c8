"""Claims about views: plain Python over views does what compiled code does, and is stricter."""

import math
from enum import IntEnum
from typing import Annotated, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.blocks import Execution
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.engine.plain import view
from sim.engine.record import Byte, Cells, Short, Single, declared, dtype, record, table
from tests.engine.loops import loop, untimed


class Mood(IntEnum):
    CALM = 0
    CROSS = 2


@declared
class Slope:
    gain: float = 0.5
    limit: float = 3.0


@declared
class Knobs:
    slope: Slope = Slope()
    count: int = 4
    on: bool = True


@record
class Being:
    id: int
    money: float
    purse: Annotated[Cells, ("f8", (3,))]
    mood: Byte
    age: Short
    known: Single
    seen: bool
    slope: Slope


class Small(NamedTuple):
    """What the kernel below works on."""

    now: Now
    beings: Any
    knobs: Any
    sums: Any


@rule
def judge(now: Now, being: Any, knobs: Any) -> tuple[float, bool]:
    worth = knobs.slope.gain * math.log1p(being.money) + math.exp(-0.1 * being.age)
    return worth, worth > knobs.slope.limit or happens(now, 7, being.id, 0.25)


@loop
def live(state, first, last):
    for row in range(first, last):
        being = state.beings[row]
        knobs = state.knobs[row % len(state.knobs)]
        worth, cross = judge(state.now, being, knobs)
        if cross and knobs.on:
            being.mood = Mood.CROSS
        being.age += knobs.count
        being.seen = not being.seen
        being.known = being.money / 3.0
        being.slope.gain += worth
        for k in range(len(being.purse)):
            being.purse[k] = 0.5 * being.purse[k] + normal(state.now, 8, being.id, k)
            state.sums[k, being.mood] += being.purse[k]


def small(rows: int, seed: int) -> Small:
    """A world of `rows` beings and two settings."""
    beings = np.zeros(rows, dtype(Being))
    rng = np.random.default_rng(seed)
    beings["id"] = 2**62 + np.arange(rows)
    beings["money"] = rng.lognormal(8, 2, rows)
    beings["purse"] = rng.normal(size=(rows, 3))
    beings["age"] = rng.integers(-5, 600, rows)
    knobs = table(Knobs, [Knobs(), Knobs(slope=Slope(gain=0.9), on=False)])
    return Small(Now(seed, 17), beings, knobs, np.zeros((3, 3)))


@untimed
@given(st.integers(0, 40), st.integers(0, 2**63 - 1))
def test_plain_and_compiled_months_give_identical_tables(rows: int, seed: int) -> None:
    plain, compiled = small(rows, seed), small(rows, seed)
    for _ in range(3):
        Execution(compiled=False).run_kernel(live, plain, rows)
        Execution().run_kernel(live, compiled, rows)
    for name in plain.beings.dtype.names:
        assert plain.beings[name].tobytes() == compiled.beings[name].tobytes(), name
    assert plain.sums.tobytes() == compiled.sums.tobytes()
    assert rows == 0 or compiled.sums.any()  # the month did something


def test_a_row_reads_python_numbers_and_writes_into_the_table() -> None:
    beings = small(2, 1).beings
    before, being = view(beings)[1], view(beings)[1]
    assert set(dir(being)) == set(dtype(Being).names or ())
    names = ("id", "money", "mood", "age", "known", "seen")
    assert [type(getattr(being, name)) for name in names] == [int, float, int, int, float, bool]
    being.money, being.slope.gain, being.purse[2] = 8.0, 0.125, 4.0
    assert (before.money, before.slope.gain, before.purse[2]) == (8.0, 0.125, 4.0)
    written = beings[1]
    assert (written["money"], written["slope"]["gain"], written["purse"][2]) == (8.0, 0.125, 4.0)
    assert beings[0]["money"] != 8.0


def test_a_name_a_row_or_a_number_that_does_not_fit_is_an_error() -> None:
    rows = view(small(3, 1).beings)
    with pytest.raises(AttributeError, match="mony"):
        _ = rows[0].mony
    with pytest.raises((AttributeError, ValueError), match="gian"):
        rows[0].slope.gian = 1.0
    for outside in (3, -1):
        with pytest.raises(IndexError, match=f"no row {outside} in a table of 3 rows"):
            rows[outside]
    with pytest.raises(IndexError):
        rows[0].purse[3] = 1.0
    with pytest.raises(OverflowError):
        rows[0].mood = 128

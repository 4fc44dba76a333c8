"""Claims about effects: pairs of the same draws, intervals, and signs that came or did not."""

from types import SimpleNamespace

import pytest

import sim
from sim.analysis.comparison.effects import INDICATOR, MEASURES, Row, effects, nil
from sim.analysis.comparison.interventions import Intervention, Reference, held, moved, pack
from sim.analysis.paired import Difference, difference
from sim.errors import ServandaError
from sim.levers.lever import Lever
from sim.measure.indicators import KNOWN
from sim.scenario.reading.file import load
from sim.world import World

SEEDS = (1, 2, 3)
OFFICERS = "comprehensive.officers"


def test_a_lever_held_where_it_stands_changes_nothing_at_all(reference):
    stands = reference.baseline.levers.comprehensive.officers
    same = Intervention(OFFICERS, reference, sim.load(held(reference.baseline, {OFFICERS: stands})))
    (row,) = effects([same], SEEDS)
    assert set(row.effects) <= set(MEASURES)
    for one in row.effects.values():
        assert (one.mean, one.half, one.clear) == (0.0, 0.0, False)


def test_pairs_are_of_one_seed_and_each_run_is_what_a_world_of_that_seed_measures(reference):
    (none, _) = moved(reference, OFFICERS)
    (row,) = effects([none], SEEDS)
    sides = [
        [World(load(one.model_dump(), overrides={"run.seed": seed})).run() for seed in SEEDS]
        for one in (none.setup, reference.baseline)
    ]
    for part, name in INDICATOR.items():
        if part not in row.effects:  # the runs are too short for a cohort of it
            assert KNOWN[name].fewest_months > none.setup.run.months
            continue
        mine, theirs = ([world.headline()[name] for world in worlds] for worlds in sides)
        expected = difference(mine, theirs)
        found = row.effects[part]
        assert repr((found.mean, found.pairs)) == repr((expected.mean, expected.pairs))


def test_one_process_and_two_give_the_same_numbers(reference):
    points = [*moved(reference, OFFICERS), pack(reference, "village", "special")]
    alone = effects(points, SEEDS[:2], jobs=1)
    assert repr(alone) == repr(effects(points, SEEDS[:2], jobs=2))


def test_only_scenarios_that_begin_alike_go_on_from_one_burn_in(reference):
    (none, _) = (point.setup for point in moved(reference, OFFICERS))
    world = sim.World(none).run_to(0)
    tables = none.model_dump()
    for other in (
        sim.load(tables, overrides={"run.seed": 2}),
        sim.load(tables, overrides={"economy.exit": 0.0}),
    ):
        with pytest.raises(ServandaError, match="only policies that reach the same"):
            world.under(other)
    with pytest.raises(ServandaError, match="only before month 1"):
        world.run_to(1).under(none)


@pytest.mark.parametrize("load", [0.0, 0.8])
def test_a_run_that_fails_is_a_row_and_a_baseline_that_fails_is_told_in_all_its_rows(fragile, load):
    small = {"population.size": 200, "run.burn_in": 0, "run.months": 3, "fragile.load": load}
    reference = Reference(sim.load(fragile, overrides=small))
    broken, whole = effects(
        [next(moved(reference, path)) for path in ("fragile.load", OFFICERS)], [1, 2]
    )
    assert broken.effects == broken.verdicts == {}
    if load:
        assert [row.error.partition(":")[0] for row in (broken, whole)] == ["baseline, seed 1"] * 2
    else:
        assert "seed 1: month 1, phase straining" in broken.error
        assert {"cost", "backlog"} <= set(whole.effects) < set(MEASURES)


def lever(expected, bites=()):
    return Lever(
        title="t", zh="字", unit="u", low=0.0, high=1.0, off=0.0, reads="claim",
        expected=expected, bites=dict.fromkeys(bites, 1.0),
    )  # fmt: skip


def row(end="high", expected="C+ R- B± H+", name="a.b", bites=(), bit=False, error="", **means):
    reference = SimpleNamespace(baseline=None, bites=(("x", 1.0),) if bit else ())
    point = Intervention(name, reference, None, lever(expected, bites), end)  # type: ignore[arg-type]
    told = {part: Difference.symmetric(means.get(part, 0.0), 0.5, 9) for part in MEASURES}
    return Row(point, {} if error else told, error)


def test_signs_are_judged_by_the_end_of_the_range():
    came = {"performance": 1.0, "recovery": 1.0, "backlog": -1.0, "harm": 0.1, "cost": 9.0}
    judged = {"C": "as expected", "R": "against", "B": "down", "H": "nil"}
    assert row("high", **came).verdicts == judged
    assert row("low", **came).verdicts == judged | {"C": "against", "R": "as expected"}


def test_a_lever_is_nil_only_where_neither_end_in_either_world_shows_anything():
    rows = [
        *(row("low", name="a.silent"), row("high", name="a.silent")),
        *(row("low", name="a.priced", cost=0.6), row("high", name="a.priced")),
        *(row("low", name="a.works"), row("high", name="a.works", harm=1.0)),
        row("high", name="a.bites", bites="x"),
        row("high", name="a.bites", bites="x", bit=True, backlog=1.0),
        row("high", name="a.untried", bites="x"),
        *(row("high", name="a.tried", bites="x"), row("high", name="a.tried", bites="x", bit=True)),
        row("high", name="a.broken", error="it broke"),
    ]
    assert {one.name: (one.but_cost, one.bit) for one in nil(rows)} == {
        "a.silent": (False, True),
        "a.priced": (True, True),
        "a.untried": (False, False),
        "a.tried": (False, True),
    }

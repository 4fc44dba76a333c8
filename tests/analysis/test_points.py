"""Claims about what is set against a baseline."""

import pytest

import sim
from sim.analysis.comparison.interventions import (
    ENDS,
    PACKS,
    Reference,
    biting,
    held,
    moved,
    named,
    pack,
)
from sim.errors import ServandaError
from sim.levers.catalogue import catalogue
from sim.scenario.levers_by_month import Treatments
from tests.analysis.conftest import SMALL

OFFICERS = "comprehensive.officers"


def reached(scenario, path, month=1):
    """The lever's values in the rows of all treatments that reach something."""
    made = Treatments(scenario)
    rows = made.rows()
    made.refresh(rows, rows["sanctions"]["late_interest"][:, None][:, :0], month)
    mode, name = path.split(".")
    return set(rows[mode][name][sorted({*made.court.ravel()})].tolist())


def test_a_lever_is_held_from_the_first_measured_month_whatever_policies_say():
    ours = {"name": "ours", "set": {OFFICERS: 0.3}, "scale": {"comprehensive.assessment": 2.0}}
    more = {"name": "more", "start": 2, "add": {OFFICERS: 0.1}}
    setup = sim.load({"extends": "village", "policies": [ours, more]})
    other = sim.load(held(setup, {OFFICERS: 0.2}))
    assert [policy.name for policy in other.policies] == ["ours", f"{OFFICERS} held"]
    assert reached(other, OFFICERS, 0) == {setup.levers.comprehensive.officers}
    assert reached(other, OFFICERS, 1) == reached(other, OFFICERS, 6) == {0.2}


def test_every_lever_moves_to_each_end_but_where_it_stands_and_what_policies_steer_stands_nowhere(
    reference,
):
    for entry in catalogue():
        points = list(moved(reference, entry.path))
        ends = [end for end in ENDS if getattr(entry.lever, end) != points[0].start]
        assert [point.end for point in points] == ends != []
    steered = {"name": "steered", "set": {"special.publicity": 0.5}}
    steered_world = Reference(sim.load({"extends": "village", "policies": [steered]}))
    points = moved(steered_world, "special.publicity")
    assert [(point.end, point.start) for point in points] == [("low", None), ("high", None)]


def test_levers_bite_in_worlds_of_their_own_that_are_made_once(reference):
    paths = named(["special"], reference.baseline)
    points = list(biting(reference, paths))
    bites = {e.path: dict(e.lever.bites) for e in catalogue() if e.path in paths and e.lever.bites}
    assert {point.name: dict(point.reference.bites) for point in points} == bites
    worlds = {id(point.reference): point.reference.bites for point in points}
    assert len(worlds) == len(set(worlds.values()))
    changed = next(point for point in points if point.name == "special.anti_passivity")
    assert changed.reference.baseline.institutions.shirk_value == 3.0
    assert changed.setup.institutions == changed.reference.baseline.institutions


def test_words_name_levers_modes_or_all(reference):
    there = [entry.path for entry in catalogue()]
    assert named(["all"], reference.baseline) == there
    assert named(["special", "special.publicity"], reference.baseline) == [
        path for path in there if path.startswith("special.")
    ]
    for wrong, hint in [
        ("sanctions.officers", "did you mean 'comprehensive.officers'?"),
        ("at_sorce", "did you mean 'at_source'?"),
    ]:
        with pytest.raises(ServandaError) as told:
            named([wrong], reference.baseline)
        assert (told.value.where, told.value.hint) == (wrong, hint)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_lays_its_policies_over_the_world_asked_for(reference, name):
    full, part = (pack(reference, "village", asked, SMALL) for asked in (name, f"{name}@0.25"))
    theirs = sim.load(name).policies
    assert full.setup.policies == theirs
    assert full.setup.run == reference.baseline.run
    assert [p.dose for p in part.setup.policies] == [0.25 * p.dose for p in theirs]
    for dose in ("2", "much"):
        with pytest.raises(ServandaError, match="is not a dose; give 0 to 1"):
            pack(reference, "village", f"{name}@{dose}")

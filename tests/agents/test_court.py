"""Claims about officers' hours, skill and the network's coverage."""

import pytest

from sim.agents.court.court import capacity, coverage, succeeds
from sim.levers.catalogue import Levers
from sim.parameters import Procedure
from sim.terms import Asset, label
from tests.build import law


def test_hours_are_officers_times_hours_and_technology_adds_its_share():
    assert capacity(2.0, Procedure(hours=100.0), Levers()) == 200.0
    assert capacity(2.0, Procedure(hours=100.0), law(systemic__it=0.5)) == 300.0


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_skill_avoids_its_share_of_failures(chance):
    for skill in (0.0, 0.25, 1.0):
        failing = 1.0 - succeeds(chance, law(systemic__skill=skill))
        assert failing == pytest.approx((1.0 - chance) * (1.0 - skill))


def test_each_class_has_a_coverage_of_its_own():
    for asset in Asset:
        levers = law({f"collaborative.trace_{label(asset)}": 0.123})
        assert [a for a in Asset if coverage(a, levers) == 0.123] == [asset]

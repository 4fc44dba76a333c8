"""Claims about `Scenario`: its tables, its defaults, and that nothing gets past its limits."""

from dataclasses import fields

import pytest
from pydantic import ValidationError

from sim.parameters import EvasionTraits, KindTraits
from sim.scenario.checking.sections import Assets, Domains, Kinds, Lenders, Population, rows
from sim.scenario.scenario import Scenario
from sim.terms import Asset, Domain, Kind, Lender, Option, label

ALL = Kinds(person=KindTraits(share=1.0))


def world(**given) -> Scenario:
    return Scenario(**({"format": 1, "title": "T", "kinds": ALL} | given))


@pytest.mark.parametrize(
    ("section", "words"), [(Kinds, Kind), (Domains, Domain), (Assets, Asset), (Lenders, Lender)]
)
def test_the_rows_of_a_section_stand_in_the_order_of_their_codes(section, words) -> None:
    assert [item.name for item in fields(section)] == [label(word) for word in words]
    assert len(rows(section())) == len(words)


@pytest.mark.parametrize(
    "given",
    [
        {"population": Population(size=0)},
        {"evasions": {"stall": EvasionTraits(cost=2.0)}},
        {"kinds": Kinds()},
        {"evasions": {}},
    ],
)
def test_a_record_made_in_python_does_not_get_past_its_limits(given: dict) -> None:
    with pytest.raises(ValidationError):
        world(**given)


def test_a_world_has_three_options_or_just_those_that_it_names_from_their_defaults() -> None:
    options = world().evasions
    assert [row.option for row in options.values()] == [Option.STALL, Option.CONCEAL, Option.RESIST]
    assert [name for name, row in options.items() if row.hides] == ["conceal"]
    (conceal,) = (named := world(evasions={"conceal": {"cost": 0.1}}).evasions).values()
    assert list(named) == ["conceal"]
    assert (conceal.option, conceal.crime, conceal.cost) == (Option.CONCEAL, 3.0, 0.1)

"""Every mechanism is at work in some shipped world: no parameter and no lever is at zero in all."""

from enum import Enum

from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped

ROWS = ("kinds", "domains", "assets", "lenders", "evasions")
"""Tables whose rows are of one form: a number is at work if it is in any row."""
CHOICES = ("run", "population", "format", "added_levers")


def numbers(table, head=""):
    """Paths of all numbers and switches of a table, without the names of rows."""
    for key, value in table.items():
        path = f"{head}.{key}" if head else key
        if isinstance(value, dict):
            rows = path in ROWS
            for row in value.values() if rows else [value]:
                yield from numbers(row, path)
        elif isinstance(value, int | float) and not isinstance(value, Enum):
            yield path, value


def test_no_mechanism_is_at_zero_in_all_shipped_worlds():
    known, at_work = set(), set()
    for name in shipped():
        world = load(name).model_dump()
        for policy in world.pop("policies"):
            at_work |= {f"levers.{path}" for path in policy["set"]}
        for path, value in numbers(world):
            known.add(path)
            at_work |= {path} if value else set()
    assert len(known) > 300
    assert {path for path in known - at_work if not path.startswith(CHOICES)} == set()

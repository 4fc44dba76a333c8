"""Fines, listing, detention and prison make more of those who can pay do so."""

import pytest

from tests.model.worlds import WIDE, Worlds, beyond_chance


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, WIDE, burn_in=False)


BARE = {"sanctions.fine_rate": 0.0, "comprehensive.list_rate": 0.0}
MILD = {"sanctions.detention_rate": 0.0, "sanctions.fine_rate": 0.0}
HARSH = {
    "sanctions.prison_rate": 0.02,
    "sanctions.detention_rate": 0.05,
    "collaborative.target_accuracy": 0.0,
}
STRUCK = [
    (BARE, BARE | {"sanctions.fine_rate": 0.3}),
    (BARE, BARE | {"comprehensive.list_rate": 0.5}),
    (MILD, HARSH),
]


@pytest.mark.parametrize(("mild", "harsh"), STRUCK, ids=["fines", "list", "detention and prison"])
def test_sanctions_move_those_who_can_pay(worlds, mild, harsh):
    found = [worlds.over_seeds(paths) for paths in (mild, harsh)]
    refusing = [counts["debtors_evading"] / counts["debtors_able"] for counts in found]
    assert beyond_chance(*refusing)

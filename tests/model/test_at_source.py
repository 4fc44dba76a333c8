"""Claims about governance at the source, on against off under common draws."""

import pytest

from tests.model.worlds import Worlds

SMALL = {
    "population.size": 2000,
    "run.burn_in": 24,
    "run.months": 36,
    "obligations.intensity": 3.0,
    "comprehensive.officers": 0.4,
}
UNHELD = {"at_source.preservation": 0.0}
HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 1.0, "pursuit.leads": 1.0}


@pytest.fixture(scope="module")
def worlds(make):
    return Worlds(make, SMALL)


def test_preservation_stops_dissipation_and_more_judgments_are_performed(worlds):
    moving = {"pursuit.dissipate_pending": 0.1, "procedure.dissipation": 0.0}
    held, unheld = (worlds(moving | paths) for paths in (HELD, UNHELD))
    assert held.yuan["dissipation"] < unheld.yuan["dissipation"]
    # by number: in yuan a few very large claims decide
    held, unheld = (worlds(paths) for paths in (HELD, UNHELD))
    assert held.ratio("grace_paid", "grace_left") > unheld.ratio("grace_paid", "grace_left")


def test_mediation_keeps_suits_out_of_the_docket_and_preserved_ones_settle_more_often(worlds):
    without, mediated = worlds.each("at_source.mediation", 0.0, 1.0)
    assert mediated.ratio("entered", "filed") < without.ratio("entered", "filed")
    # an outcome of the ledgers: no chance of settling is put in
    found = worlds(HELD | {"at_source.mediation": 1.0}).n
    others = (found["mediated"] - found["settled_preserved"]) / (
        found["filed"] - found["preservations"]
    )
    assert found["settled_preserved"] / found["preservations"] > others


RAISING = {"at_source.reminder": 1.0, "rule_of_law.persuasion": 0.2, "lenders.trade.repeated": 1.0}


@pytest.mark.parametrize("path", RAISING)
def test_messages_and_standing_partners_raise_performance_when_due(worlds, path):
    less, more = worlds.each(path, 0.0, RAISING[path])
    assert less.ratio("due_paid", "due") < more.ratio("due_paid", "due")


def test_lenders_who_see_records_lend_less_to_those_who_refused_before(worlds):
    seen = {"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0}
    blind, sighted = (worlds(paths) for paths in ({}, seen))
    assert sighted.n["due"] < blind.n["due"]
    assert blind.ratio("due_paid", "due") < sighted.ratio("due_paid", "due")

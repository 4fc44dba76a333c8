"""Claims about policies in a running world: triggers."""

import numpy as np
import pytest

BUSY = {"run.burn_in": 24, "run.months": 48, "obligations.intensity": 3.0}


def officers(world):
    """Officers of the courts in each measured month."""
    return world.series(counts=True)["n_officers"].to_numpy()


def crackdown(**more):
    return [{"name": "crackdown", "scale": {"comprehensive.officers": 3.0}} | more]


@pytest.fixture(scope="module")
def untreated(make):
    return make.village(BUSY).run()


def test_a_crackdown_lasts_while_the_backlog_is_high(make, untreated):
    backlog = untreated.series()["backlog"].to_numpy()
    high, low = np.quantile(backlog, 0.6), np.quantile(backlog, 0.3)
    trigger = {"indicator": "backlog", "on": float(high), "off": float(low)}
    world = make.village(BUSY, policies=crackdown(trigger=trigger)).run()
    staff, seen = officers(world), world.series()["backlog"].to_numpy()
    raised = staff > staff.min() * 1.5
    assert 0 < raised.sum() < len(raised)
    for month in range(1, len(staff)):
        if raised[month] and not raised[month - 1]:
            assert seen[month - 1] >= high
        if raised[month - 1] and not raised[month]:
            assert seen[month - 1] <= low
        if raised[month] == raised[month - 1]:
            assert seen[month - 1] > low if raised[month] else seen[month - 1] < high


def test_a_trigger_that_is_never_reached_changes_no_bit(make, untreated):
    trigger = {"indicator": "backlog", "on": 1e9, "off": 1.0}
    never = make.village(BUSY, policies=crackdown(trigger=trigger)).run()
    tables = ("debtors", "claims", "courts", "governments")
    numbering = [f"{table}.treatment" for table in tables]
    assert make.differing(never, untreated, but=numbering) == []

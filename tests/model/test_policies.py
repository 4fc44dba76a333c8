"""Claims about policies in a running world: triggers, doses, routine."""

import numpy as np
import pytest

from sim.errors import ServandaError

BUSY = {"run.burn_in": 24, "run.months": 48, "obligations.intensity": 3.0}
OFFICERS = "comprehensive.officers"


def officers(world):
    """Officers of the courts in each measured month."""
    return world.series(counts=True)["n_officers"].to_numpy()


def crackdown(**more):
    policy = {"name": "crackdown", "scale": {OFFICERS: 3.0}}
    return [policy | more]


def test_a_crackdown_lasts_while_the_backlog_is_high(make):
    backlog = make.village(BUSY).run().series()["backlog"].to_numpy()
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


def test_a_trigger_that_is_never_reached_changes_no_bit(make):
    trigger = {"indicator": "backlog", "on": 1e9, "off": 1.0}
    never = make.village(BUSY, policies=crackdown(trigger=trigger)).run()
    numbering = ("debtors.treatment", "claims.treatment", "courts.treatment")
    numbering += ("governments.treatment",)
    assert make.differing(never, make.village(BUSY).run(), but=numbering) == []


def test_an_indicator_that_nobody_measures_is_refused_with_the_policy_that_waits_for_it(make):
    trigger = {"indicator": "backlogg", "on": 2.0, "off": 1.0}
    told = r"policies.crackdown.trigger.indicator: unknown indicator 'backlogg'; did you mean 'back"
    with pytest.raises(ServandaError, match=told):
        make.village(BUSY, policies=crackdown(trigger=trigger))


def test_a_campaign_that_becomes_routine_leaves_its_share(make):
    campaign = crackdown(end=12, decay=5, routine=0.25)
    world = make.village(BUSY, policies=campaign).run()
    staff = officers(world) / officers(make.village(BUSY).run())
    assert staff[:12] == pytest.approx(3.0)
    assert staff[-1] == pytest.approx(1.0 + 2.0 * 0.25)


def test_half_a_dose_moves_levers_half_way(make):
    half = make.village(BUSY, policies=crackdown(dose=0.5)).run()
    assert officers(half) / officers(make.village(BUSY).run()) == pytest.approx(2.0)

"""Claims about the log of choices: it is what the model weighed, and it changes nothing."""

import numpy as np
import pytest

from sim import ServandaError
from sim.agents.debtor.weigh import Ledger
from sim.terms import Option, label

BUSY = {"obligations.intensity": 6.0, "run.burn_in": 6, "run.months": 12}


@pytest.fixture(scope="module")
def watched(make):
    asked = {"choices": True, "cohorts": [0, 6], "groups": ["preserved", "ability", "belief"]}
    return make.village(BUSY, **asked).run()


def test_the_choices_of_able_debtors_add_up_to_the_ledgers_of_payers_and_evaders(watched):
    log = watched.choices().query("month >= 1 and not in_plan")
    log = log[log["ability"].isin(["income_only", "illiquid", "liquid"])]
    ledgers = watched.ledgers().set_index("group")
    for who, mine in (("payers", log["honest"]), ("evaders", ~log["honest"])):
        told = ledgers.loc[who]
        assert mine.sum() == told["choices"] > 20
        for term in Ledger._fields:
            assert log.loc[mine, term].mean() == pytest.approx(told[term], rel=1e-9, abs=1e-9)


def test_a_row_agrees_with_itself(watched):
    log = watched.choices()
    costs = log[[term for term in Ledger._fields if term != "gain"]].sum(axis=1)
    assert np.allclose(log["net"], costs - log["gain"], rtol=1e-9, atol=1e-6)
    evading = ["stall", "conceal", "resist"]
    assert log["best"].isin(evading).all()
    assert (log["honest"] | log["option"].isin([*evading, "bankrupt"])).all()
    assert not log.loc[log["honest"], "option"].isin(evading).any()
    assert (log["payable"] > 0.0).all()
    assert not (log["prompt"] == "none").any()
    assert not (log["ability"] == "empty").any()


def test_the_log_tells_what_debtors_did(make):
    world = make.village(BUSY, choices=True).run_to(3, before="queueing")
    log = world.choices().query("month == 3").set_index("debtor")["option"]
    assert len(log) > 3
    rows = world.simulation.debtors.rows
    did = dict(zip(rows["id"].tolist(), rows["option"].tolist(), strict=True))
    assert all(label(Option(did[debtor])) == option for debtor, option in log.items())


def test_recording_changes_no_bit(make, watched):
    assert make.differing(watched, make.village(BUSY).run()) == []


def test_choices_that_were_not_recorded_are_refused(make):
    with pytest.raises(ServandaError, match=r"were not recorded.*choices=True"):
        make.village().choices()

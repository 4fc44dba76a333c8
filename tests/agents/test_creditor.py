"""Claims about creditors' hopes and costs."""

import numpy as np
import pytest

from sim.agents.creditor import after_closing, hopes_for, suit_costs, worth_applying, worth_suing
from sim.parameters import LenderTraits, Procedure
from tests.build import creditor

TRAITS = LenderTraits(expected_share=0.5)


def test_hope_grows_with_trust_up_to_the_share_of_its_kind():
    assert hopes_for(creditor(trust=0.0), 1000.0, TRAITS) == 250.0
    assert hopes_for(creditor(trust=0.5), 1000.0, TRAITS) == 500.0
    assert hopes_for(creditor(trust=1.0), 1000.0, TRAITS) == 500.0


@pytest.mark.parametrize("trust", [0.0, 0.5])
def test_who_sues_must_hope_for_more_than_who_only_applies(trust):
    procedure = Procedure(apply_cost=300.0, suit_cost=0.025, win=0.92)
    yuan = np.arange(100.0, 5000.0, 10.0)
    applies = [worth_applying(creditor(trust=trust), y, 0.0, TRAITS, procedure) for y in yuan]
    sues = [
        worth_suing(creditor(trust=trust), y, suit_costs(y, procedure), 0.0, TRAITS, procedure)
        for y in yuan
    ]
    assert 0 < sum(sues) < sum(applies) < len(yuan)
    assert all(a >= s for a, s in zip(applies, sues, strict=True))


def test_trust_moves_a_tenth_of_the_way_to_what_came_back():
    assert after_closing(0.5, 1.0, 0.0) == pytest.approx(0.55)
    assert after_closing(0.5, 0.0, 0.0) == pytest.approx(0.45)
    assert after_closing(0.5, 7.0, 0.0) == pytest.approx(0.55)  # interest is no more than all


def test_who_could_follow_a_failed_case_holds_less_against_the_court():
    assert after_closing(0.5, 0.0, 0.4) == pytest.approx(0.5 + 0.1 * (0.4 - 0.5))
    assert after_closing(0.5, 1.0, 0.4) == after_closing(0.5, 1.0, 0.0)

"""Claims about rewards and personal sanctions: who they move, and whom they strike by error."""

import pytest

from tests.model.worlds import WIDE, Worlds, beyond_chance


@pytest.fixture(scope="module")
def found(make):
    """Counts of all measured months, a seed each, by values that differ from the village's."""
    return Worlds(make, WIDE, burn_in=False).over_seeds


def refusing(counts):
    return counts["debtors_evading"] / counts["debtors_able"]


def test_a_reward_for_honesty_raises_performance_and_is_felt(found):
    none, given = (found({"comprehensive.honesty_reward": w}) for w in (0.0, 0.5))
    paid = [counts["due_paid"] / counts["due"] for counts in (given, none)]
    assert beyond_chance(*paid)
    assert none["felt_reward"].sum() == 0.0 < given["felt_reward"].sum()


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
def test_sanctions_move_those_who_can_pay(found, mild, harsh):
    assert beyond_chance(refusing(found(mild)), refusing(found(harsh)))


def test_classified_measures_spare_the_unable(found):
    harsh, aimed = (found(HARSH | {"collaborative.target_accuracy": a}) for a in (0.0, 1.0))
    assert harsh["detention_days_unable"].sum() > 0.0 == aimed["detention_days_unable"].sum()


def test_good_evidence_prevents_false_convictions_and_not_true_ones(found):
    poor, good = (found(HARSH | {"special.evidence": e}) for e in (0.0, 0.9))
    false = [counts["false_convictions"].sum() for counts in (poor, good)]
    true = [(c["prisons"] - c["false_convictions"]).sum() for c in (poor, good)]
    assert 0.0 < false[1] < 0.3 * false[0]
    assert true[1] > 0.7 * true[0]


def test_prosecutors_charge_no_more_than_they_have_room_for_and_creditors_make_up_for_it(found):
    law = {"sanctions.prison_rate": 0.05}
    few, free = (found(law | {"institutions.prosecutors": n}) for n in (0.02, 10.0))
    charged = [counts["prisons"].sum() / counts["reported"].sum() for counts in (few, free)]
    assert charged[0] < 0.3 * charged[1]
    assert charged[1] > 0.5
    none = law | {"institutions.prosecutors": 0.0}
    short, private = (found(none | {"special.private_prosecution": x}) for x in (0.0, 1.0))
    assert short["private_charges"].sum() == 0.0
    assert private["prisons"].sum() > short["prisons"].sum() + 10.0
    assert beyond_chance(refusing(short), refusing(private))


def test_who_foresees_a_bribe_performs_less(found):
    bought = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
    blind, foreseen = (found(bought | {"choice.foresees_obstruction": x}) for x in (0.0, 1.0))
    paid = [c["grace_paid_able"] / c["grace_left_able"] for c in (blind, foreseen)]
    assert beyond_chance(*paid)

"""Claims about assignment at random: who is drawn, how that shows, and what is refused."""

import numpy as np
import pytest

import sim
from sim.books.counts import Count, Span
from sim.measure.groups import KEPT

SMALL = {
    "extends": "village",
    "population": {"size": 1500},
    "run": {"months": 16, "burn_in": 6},
    "obligations": {"intensity": 20.0},
    "economy": {"exit": 0.02},
}
REMIND = {"name": "trial", "set": {"at_source.reminder": 1.0}}
FINE = {"name": "fines", "scale": {"sanctions.fine_rate": 3.0}}


def world(*policies, **paths):
    return sim.World(SMALL | {"policies": list(policies)}, **paths)


def half(unit="debtor", share=0.5):
    return {"assign": {"share": share, "unit": unit}}


def treated(made, policy="trial", table="debtors"):
    """Ids of those whom a policy reaches."""
    rows = getattr(made.simulation, table).rows
    reached = made.treatments.members[policy][rows["treatment"]]
    return set(rows["id"][reached].tolist())


def everyone(made, table="debtors"):
    return set(getattr(made.simulation, table).rows["id"].tolist())


def test_a_share_is_drawn_and_two_policies_are_independent():
    made = world(REMIND | half(share=0.3), FINE | half())
    one, other, n = treated(made), treated(made, "fines"), len(everyone(made))
    five_errors = 5.0 * 0.5 / np.sqrt(n)
    assert len(one) / n == pytest.approx(0.3, abs=five_errors)
    assert len(other) / n == pytest.approx(0.5, abs=five_errors)
    assert len(one & other) / n == pytest.approx(0.15, abs=five_errors)


def test_a_draw_depends_on_seed_and_name_alone():
    first = world(REMIND | half())
    # another policy before it, another lever, another start and a narrower share
    narrow = {"name": "trial", "start": 5, "set": {"at_source.mediation": 0.4}} | half(share=0.2)
    second = world({"name": "a"} | half() | {"add": {"at_source.clarity": 0.1}}, narrow)
    assert set() < treated(second) < treated(first)
    assert treated(world(REMIND | half(), **{"run.seed": 9})) != treated(first)
    assert treated(world(REMIND | half() | {"name": "again"}), "again") != treated(first)


def test_a_debtor_keeps_its_arm_with_all_its_claims_and_a_newcomer_is_drawn():
    made = world(REMIND | half(), FINE | half() | {"domains": ["private_loan"]})  # by oldest case
    begun, began = treated(made), everyone(made)
    made.run_to(8)
    now = treated(made)
    stayed, came = began & everyone(made), everyone(made) - began
    assert now & stayed == begun & stayed
    assert len(came) > 100
    assert len(now & came) / len(came) == pytest.approx(0.5, abs=2.5 / np.sqrt(len(came)))
    claims, debtors = made.simulation.claims.rows, made.simulation.debtors.rows
    theirs = np.isin(debtors["id"][claims["debtor"]], list(now))
    reached = made.treatments.members["trial"][claims["treatment"]]
    assert (theirs == reached).all()
    assert 0 < reached.sum() < len(claims)


def test_claims_are_drawn_one_by_one_and_districts_as_a_whole():
    made = world(REMIND | half("claim")).run_to(4)
    claims = made.simulation.claims.rows
    reached = made.treatments.members["trial"][claims["treatment"]]
    assert reached.mean() == pytest.approx(0.5, abs=2.5 / np.sqrt(len(claims)))
    per_debtor = np.bincount(claims["debtor"], reached) / np.maximum(
        1, np.bincount(claims["debtor"])
    )
    assert ((per_debtor > 0) & (per_debtor < 1)).any()
    assert treated(made) == set()
    officers = {"name": "trial", "scale": {"comprehensive.officers": 2.0}}
    made = world(officers | half("district"), **{"population.districts": 100})
    courts, debtors = made.simulation.courts.rows, made.simulation.debtors.rows
    there = made.treatments.members["trial"][courts["treatment"]]
    assert 25 <= there.sum() <= 75
    assert (
        made.treatments.members["trial"][debtors["treatment"]] == there[debtors["district"]]
    ).all()
    arms = made.treatments.arms["trial"]
    assert (arms.control[courts["treatment"]] == ~there).all()


@pytest.mark.parametrize("unit", ["debtor", "claim", "district"])
def test_the_arms_together_are_the_whole_world(unit):
    made = world(REMIND | half(unit)).run()
    arms = made.series(by="arm", burn_in=True, counts=True)
    whole = made.series(burn_in=True, counts=True)
    for one in KEPT:
        name = f"n_{one.name.lower()}"
        both = arms.groupby("month")[name].sum().tolist()
        assert both == whole[name].tolist()
        assert unit == "district" or (arms.groupby("cell")[name].sum() > 0).all()
    for span in (Span.PERFORMED, Span.PERFORMED_VOLUNTARILY):
        found = made.observed.groups.counted("arm")[1][:, :, span].sum(axis=1)
        assert (found == made.measured.spans(burn_in=True)[:, 0, span]).all()
    assert sum(arm.claims for arm in made.arms()) == made.measured.sums()[:, 0, Count.DUE].sum()


def test_outside_its_target_a_debtor_is_in_neither_arm():
    made = world(REMIND | half() | {"kinds": ["firm"]}).run_to(3)
    firms = made.series(by="kind", counts=True)
    mine = made.series(by="arm", counts=True).groupby("month")["n_due"].sum()
    assert mine.tolist() == firms[firms["cell"] == "firm"]["n_due"].tolist()


def test_a_policy_that_changes_nothing_shows_no_difference(make):
    present = sim.load("village").levers.sanctions.detention_rate
    placebo = {"name": "trial", "set": {"sanctions.detention_rate": present}} | half()
    with_placebo, without = world(placebo).run(), world().run()
    # public cost is added up by row of levers, so that its last digits may differ
    assert set(make.differing(with_placebo, without)) - {"counts"} == {
        *("claims.treatment", "debtors.arm", "debtors.treatment")
    }
    sums = [w.measured.sums(burn_in=True).copy() for w in (with_placebo, without)]
    assert np.allclose(sums[0], sums[1], rtol=1e-12, atol=0.0)
    for one in sums:
        one[..., Count.LEVERS_COST] = 0.0
    assert (sums[0] == sums[1]).all()
    one, other = (arm.outcomes["performed_12"] for arm in with_placebo.arms())
    claims = min(arm.claims for arm in with_placebo.arms())
    assert abs(one - other) < 4.0 * np.sqrt(0.5 / claims)


def test_a_lever_moves_the_treated_more_than_their_controls():
    mediate = {"name": "trial", "set": {"at_source.mediation": 1.0}} | half()
    trial, usual = world(mediate).run(), world(mediate | {"dose": 0.0}).run()
    before = [
        made.series(by="arm", burn_in=True, counts=True).query("month < 1")[["n_due", "refusal"]]
        for made in (trial, usual)
    ]
    assert before[0].equals(before[1])
    moved = [
        with_it.outcomes["performed_12"] - without.outcomes["performed_12"]
        for with_it, without in zip(trial.arms(), usual.arms(), strict=True)
    ]
    assert moved[0] > 0.1
    assert abs(moved[1]) < 0.02


@pytest.mark.parametrize(
    ("assign", "lever", "told"),
    [
        ("share = 0.0, unit = 'debtor'", "at_source.reminder", "assign.share: a share of 0 leaves"),
        ("share = 1, unit = 'debtor'", "at_source.reminder", "assign.share: a share of 1 leaves"),
        ("share = 1.5, unit = 'debtor'", "at_source.reminder", "assign.share: 1.5 is out of range"),
        ("share = 0.5, unit = 'court'", "at_source.reminder", "assign.unit"),
        ("share = 0.5", "at_source.reminder", "assign.unit"),
        (
            "share = 0.5, unit = 'debtor'",
            "comprehensive.officers",
            "read for a court: it cannot be assigned by debtor; give 'district' as 'assign.unit'",
        ),
        (
            "share = 0.5, unit = 'claim'",
            "sanctions.detention_rate",
            "read for a debtor: it cannot be assigned by claim; give 'district' or 'debtor'",
        ),
        ("share = 0.5, unit = 'claim'", "at_source.insurance_coverage", "insures all its claims"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused_where_it_stands(
    complaints, assign, lever, told
):
    (said,) = complaints(
        f"[[policies]]\nname = 'p'\nset = {{ '{lever}' = 0.1 }}\nassign = {{ {assign} }}\n"
    )
    assert told in said
    assert said.startswith("w.toml:")


def test_a_seventh_policy_drawn_by_debtor_is_refused(complaints):
    one = "[[policies]]\nname = 'p{}'\nadd = {{ 'at_source.reminder' = 0.1 }}\n"
    one += "assign = {{ share = 0.5, unit = 'debtor' }}\n"
    (said,) = complaints("".join(one.format(place) for place in range(8)))
    assert "policies.6.assign: more than 6 policies" in said


def test_without_an_assignment_there_are_no_arms():
    made = world(REMIND)
    assert made.arms() == []
    with pytest.raises(sim.ServandaError, match="no policy is assigned at random"):
        made.series(by="arm")

"""Claims about how institutions weigh: little to gain, little done; more to lose, less done."""

import math
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.court.officer import bribe, overreach, shirking, takes, unworked
from sim.agents.court.supervisor import ends_early, hurried, inspection, inspects
from sim.agents.debtor.special_kinds import appropriates, stripping, strips
from sim.agents.institutions.bank import assisting, stalls
from sim.agents.institutions.government import interferes
from sim.agents.institutions.institution import inclination, raised, room
from sim.levers.catalogue import Levers, with_value
from sim.parameters import Institutions

NOISE = 0.13
OFF = Levers()
OF = Institutions(
    shirk_value=0.7, bribe_share=0.05, relationship=0.002, local_weight=0.02, recovery_value=0.01
)


under = partial(with_value, OFF)
PRESSED = under("comprehensive.assessment", 1.0)
WATCHED = with_value(PRESSED, "rule_of_law.supervision", 1.0)


@given(gain=st.floats(1.0, 1e9), cost=st.floats(0.0, 1e9), more=st.floats(0.0, 1e6))
def test_who_has_more_to_lose_does_it_less_and_nothing_is_done_for_nothing(gain, cost, more):
    dearer, cheaper = inclination(gain, cost + more, NOISE), inclination(gain, cost, NOISE)
    assert 0.0 <= dearer <= cheaper + 1e-12
    assert cheaper <= 1.0
    assert inclination(0.0, cost, NOISE) == 0.0


def test_the_chance_is_logistic_in_the_share_of_the_balance_and_a_lever_raises_it():
    odds = math.exp((300.0 - 100.0) / (NOISE * 400.0))
    assert inclination(300.0, 100.0, NOISE) == pytest.approx(odds / (1.0 + odds))
    assert [inclination(g, 100.0, 0.0) for g in (99.0, 101.0)] == [0.0, 1.0]
    assert [raised(0.2, x) for x in (0.0, 0.5, 1.0)] == pytest.approx([0.2, 0.6, 1.0])
    assert [room(2.0, w) for w in (0.0, 1.0, 4.0)] == [1.0, 1.0, 0.5]


def test_an_officer_s_ledger_is_hours_and_pay_against_oversight_and_duty():
    half = with_value(under("rule_of_law.supervision", 0.5), "systemic.professionalism", 0.5)
    it = shirking(0.0, half, OF)
    assert it.leisure == pytest.approx(40.0 * 40.0 * 0.7)
    assert it.discipline == pytest.approx((0.05 + 0.95 * 0.5) * 30_000.0)
    assert it.duty == pytest.approx(1_500.0)
    # one who is inspected is found out more often
    assert shirking(0.5, OFF, OF).discipline == it.discipline
    assert overreach(1e5, 1.0, PRESSED, OF).objection == pytest.approx(OF.discipline)
    assert ends_early(0.5, PRESSED, OF, NOISE) < ends_early(0.0, PRESSED, OF, NOISE)


@pytest.mark.parametrize(
    "path", ["rule_of_law.supervision", "special.anti_passivity", "systemic.professionalism"]
)
def test_oversight_and_duty_bring_hours_back(path):
    shares = [unworked(0.0, under(path, x), OF, 140.0, NOISE) for x in (0.0, 0.5, 1.0)]
    assert shares[0] > 0.05
    assert shares[0] > shares[1] >= shares[2]


def test_nobody_overreaches_without_assessment_and_less_under_supervision():
    assert overreach(1e5, 0.0, OFF, OF).assessment == 0.0
    pressed, watched = (overreach(1e5, 0.0, levers, OF) for levers in (PRESSED, WATCHED))
    assert pressed.assessment == pytest.approx(0.01 * 0.5 * 1e5)
    assert watched.objection == pytest.approx(10.0 * pressed.objection)


def test_a_holder_stands_for_what_the_creditor_lost_and_no_more():
    liable = under("rule_of_law.assistance_liability", 1.0)
    assert assisting(1e6, 1e4, liable, OF).liability == pytest.approx(0.1 * 1e4)
    assert assisting(1e4, 1e6, liable, OF).liability == pytest.approx(0.1 * 1e4)
    fined = under("special.anti_passive_assistance", 1.0)
    assert assisting(1e6, 1e6, fined, OF).fine == pytest.approx(OF.assist_fine)
    assert stalls(1e6, 1e6, OFF, OF, NOISE) > 0.9
    assert stalls(1e6, 1e6, liable, OF, NOISE) < 0.01


@pytest.mark.parametrize(
    "path",
    ["comprehensive.interference_accountability", "special.anti_interference",
     "collaborative.vertical_designation"],
)  # fmt: skip
def test_a_government_interferes_less_when_it_answers_for_it_or_is_not_heard(path):
    before, after = (interferes(80, 1e6, under(path, x), OF, NOISE) for x in (0.0, 1.0))
    assert before > 0.5 > after
    assert interferes(0, 1e9, OFF, OF, NOISE) == 0.0


def test_courts_end_cases_early_for_their_assessment_unless_audited():
    assert ends_early(0.0, OFF, OF, NOISE) == 0.0
    assert ends_early(0.0, PRESSED, OF, NOISE) == pytest.approx(0.5)
    assert ends_early(0.0, WATCHED, OF, NOISE) < 0.01
    assert [hurried(levers, OF) for levers in (OFF, PRESSED)] == pytest.approx([1.0, 1.1])


def test_a_public_body_pays_by_custom_or_under_pressure():
    pressed = under("special.public_bodies", 1.0)
    found = [appropriates(0.25, yuan, pressed, 0.0, OF, NOISE) for yuan in (1e5, 1e8)]
    assert found[0] > 0.9
    assert 0.25 == appropriates(0.25, 1e5, OFF, 0.0, OF, NOISE) <= found[1] < 0.26


def test_a_government_under_assessment_interferes_less_and_its_bodies_pay_more():
    targets = replace(OF, target_loss=2e5)
    assessed = under("comprehensive.assessment", 1.0)
    usual, aimed = (interferes(80, 1e6, assessed, of, NOISE) for of in (OF, targets))
    assert usual == interferes(80, 1e6, OFF, targets, NOISE) > 0.5 > aimed
    paid = [appropriates(0.25, 1e5, OFF, weight, targets, NOISE) for weight in (0.0, 1.0)]
    assert paid[0] == 0.25
    assert paid[1] > 0.9


def test_a_bribe_grows_with_what_can_be_paid_and_shrinks_with_its_trace():
    assert bribe(2e5, OFF, OF).money == pytest.approx(1e4)
    small, large = (takes(p, OFF, OF, NOISE) for p in (1e4, 1e6))
    assert small < large <= OF.corruptible
    assert takes(1e6, under("rule_of_law.traceability", 1.0), OF, NOISE) < 0.1 * large


def test_controllers_strip_what_they_need_not_answer_for_or_give_back():
    half = replace(OF, strip_share=0.2, strip_liability=0.5)
    it = stripping(1e5, 0.4, 3e4, half)
    assert it == pytest.approx((2e4, 1e4, 0.4 * 1e4, 0.2 * 3e4))
    pairs = ((0.0, 0.0), (0.8, 0.0), (0.8, 2e5))
    free, avoided, pursued = (strips(stripping(1e5, *pair, half), NOISE) for pair in pairs)
    assert free > avoided > 0.5 > pursued


def test_the_supervisor_looks_at_courts_by_officer_and_only_under_supervision():
    of = replace(OF, inspection_cost=500.0, complaint_weight=1_000.0)
    levers = under("rule_of_law.supervision", 0.5)
    small, large = inspection(40.0, 2.0, 1.0, levers, of), inspection(400.0, 20.0, 10.0, levers, of)
    assert small == pytest.approx(large)
    assert small.failings == pytest.approx(0.5 * (40.0 * 40.0 + 2_000.0))
    assert inspects(small, NOISE) > 0.9
    assert inspects(inspection(40.0, 2.0, 1.0, OFF, of), NOISE) == 0.0

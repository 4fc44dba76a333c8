"""Claims about publicity, open statistics, education and fairness that is seen."""

import pytest

from sim.agents.debtor.belief import EXPOSED, FAIR, RECOVERED, informed
from sim.agents.debtor.debtor import means
from sim.engine.plain import view
from sim.month.decision.position import Stake, position
from sim.month.month_end.record import publicise
from sim.month.shared.state import setting_of, surroundings_of

MANY = {"learning.publicity_months": 10.0}
"""Enough cases shown that what a debtor believed before hardly counts."""


def perceived(bench):
    state = view(bench.simulation.state())
    debtor = state.debtors[0]
    stake = Stake(
        due=1000.0,
        means=means(debtor, state.traits.assets),
        notice=1.0,
        chance=1.0,
        extra=0.0,
        held=0.0,
        partnered=0.0,
        on_record=0.0,
        deadline=0.0,
    )
    return position(debtor, stake, surroundings_of(state, 0), setting_of(state))


def shown(bench, months, punished):
    """The district's perceived hazard after months of publicity for cases of this hazard."""
    courts = bench.simulation.courts.rows
    courts["punished"] = punished
    learning = bench.simulation.inputs.parameters.learning
    reach = bench.simulation.lever("special.publicity")[courts["treatment"]]
    for _ in range(months):
        publicise(courts, reach, learning)
    return perceived(bench).personal


def test_publicity_moves_who_was_never_sanctioned_and_disappoints_when_nothing_happens(make):
    bench = make.bench({"special.publicity": 0.5} | MANY).own(bank=5000.0)
    before = perceived(bench).personal
    raised = shown(bench, 1, 0.02)
    court = bench.simulation.courts.rows[0]
    assert court["publicised"] == pytest.approx(0.5 * 10.0 * 3.0 * 0.02)
    assert court["publicised_months"] == pytest.approx(0.5 * 10.0)
    assert raised > 1.5 * before
    assert shown(bench, 60, 0.0) < before


@pytest.mark.parametrize("personal", ["law", "experience"])
@pytest.mark.parametrize("hazard", [0.001, 0.05])
def test_publicity_is_bounded_and_can_disappoint(make, personal, hazard):
    bench = make.bench({"special.publicity": 1.0, "learning.personal": personal} | MANY)
    bench.own(bank=5000.0)
    optimism = bench.simulation.inputs.parameters.learning.optimism * bench.debtor().optimism
    before = perceived(bench).personal / optimism
    after = shown(bench, 240, hazard) / optimism
    assert after == pytest.approx(3.0 * hazard, rel=0.2)  # a publicised one is remembered as three
    assert (after > before) == (3.0 * hazard > before)


def test_debtors_who_learn_nothing_hear_no_publicity(make):
    bench = make.bench({"special.publicity": 1.0, "learning.updating": "none"}).own(bank=5000.0)
    before = perceived(bench).personal
    assert shown(bench, 12, 0.05) == before


@pytest.mark.parametrize(("truth", "sign"), [(0.2, 1), (0.01, -1)])
def test_open_statistics_raise_a_belief_below_the_truth_and_lower_one_above_it(make, truth, sign):
    hazards = []
    for openness in (0.0, 0.5):
        bench = make.bench({"rule_of_law.openness": openness, "learning.prior_recovery": 0.05})
        bench.own(bank=5000.0)
        bench.simulation.courts.rows["recovery"] = truth
        hazards.append(perceived(bench).recovery)
    assert (hazards[1] - hazards[0]) * sign > 0.0
    assert informed(0.05, truth, 1.0) == pytest.approx(truth)
    assert informed(0.05, -1.0, 1.0) == 0.05


def test_open_statistics_bring_beliefs_around_the_truth_together_and_leave_their_mean():
    believed = [0.02, 0.05, 0.11]
    read = [informed(h, 0.06, 0.75) for h in believed]
    assert sum(read) == pytest.approx(sum(believed))
    assert [h - 0.06 for h in read] == pytest.approx([0.25 * (h - 0.06) for h in believed])


def test_a_court_publishes_what_happened_to_evaders_in_its_district(make):
    bench = make.bench().set(events=EXPOSED | RECOVERED)
    recovery = bench.simulation.courts.rows["recovery"]
    assert recovery[0] == -1.0
    bench.lay("learn", "close")
    assert recovery[0] == 1.0


def test_education_lifts_conscience_to_its_ceiling_and_no_higher(make):
    bench = make.bench({"at_source.integrity_education": 0.1, "society.recovery": 0.0}, debtors=2)
    bench.set(1, conscience=2.0)
    for _ in range(40):
        bench.play("learn")
    assert 0.45 < bench.debtor(0).conscience <= 0.5
    assert bench.debtor(1).conscience == 2.0


@pytest.mark.parametrize(("gain", "lifted"), [(0.0, 0.0), (0.1, 0.05)])
def test_fair_enforcement_seen_can_lift_conscience(make, gain, lifted):
    bench = make.bench({"society.fair_gain": gain, "society.recovery": 0.0}, debtors=2)
    bench.simulation.neighbours[:] = -1
    bench.simulation.neighbours[0, 0] = 1
    bench.set(1, events=FAIR).play("learn")
    assert bench.debtor(0).conscience == pytest.approx(lifted)

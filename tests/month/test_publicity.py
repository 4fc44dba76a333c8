"""Claims about publicity, open statistics, education and fairness that is seen."""

import pytest

from sim.agents.debtor.belief import EXPOSED, FAIR, RECOVERED, heard_next, informed
from sim.agents.debtor.debtor import means
from sim.engine.plain import view
from sim.month.decision.position import Stake, position
from sim.month.shared.state import setting_of, surroundings_of
from sim.parameters import Learning
from sim.terms import Updating


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
    )
    return position(debtor, stake, surroundings_of(state, 0), setting_of(state))


def test_publicity_moves_who_was_never_sanctioned_and_disappoints_when_nothing_happens(make):
    bench = make.bench({"special.publicity": 0.5}).own(bank=5000.0)
    before = perceived(bench).personal
    bench.simulation.courts.rows["punished"] = 0.02
    bench.play("learn")
    raised = perceived(bench).personal
    assert bench.debtor().heard == pytest.approx(0.5 * 10.0 * 3.0 * 0.02)
    assert bench.debtor().shown == pytest.approx(0.5 * 10.0)
    assert raised > 1.5 * before
    bench.simulation.courts.rows["punished"] = 0.0
    for _ in range(60):
        bench.play("learn")
    assert perceived(bench).personal < before
    assert heard_next(1.0, 0.5, 1.0, Learning(updating=Updating.NONE)) == 0.0


@pytest.mark.parametrize("personal", ["law", "experience"])
@pytest.mark.parametrize("hazard", [0.001, 0.05])
def test_publicity_is_bounded_and_can_disappoint(make, personal, hazard):
    bench = make.bench({"special.publicity": 1.0, "learning.personal": personal})
    bench.own(bank=5000.0)
    optimism = bench.simulation.inputs.parameters.learning.optimism * bench.debtor().optimism
    before = perceived(bench).personal / optimism
    bench.simulation.courts.rows["punished"] = hazard
    for _ in range(240):
        bench.play("learn")
    after = perceived(bench).personal / optimism
    assert after == pytest.approx(3.0 * hazard, rel=0.2)  # a publicised one is remembered as three
    assert (after > before) == (3.0 * hazard > before)


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

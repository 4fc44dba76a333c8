"""Claims about explanations: they say what the model does, and why."""

import math

import pytest

from sim import World
from sim.agents.debtor.debtor import evades, is_able
from sim.agents.debtor.weigh import net
from sim.agents.institutions.institution import inclination
from sim.engine.plain import view
from sim.explain import explain, explain_actor
from sim.explain.words import verdict
from sim.measure.chooser import Chooser, chance
from sim.month.decision.deliberation import Prompt
from sim.parameters import Choice
from sim.scenario.reading.file import load
from sim.terms import Ability, Option


def village(**more: object) -> World:
    """A village large enough for every case to occur, whatever its parameters."""
    return World(load("village", overrides={"population.size": 2000} | more))


def cases(world: World) -> list[Chooser]:
    state = view(world.simulation.state())
    return [Chooser(state, k) for k in range(len(state.by_debtor.owners))]


@pytest.mark.parametrize("behaviour", ["expected_utility", "prospect", "rule_of_thumb"])
def test_the_compiled_phase_does_what_the_explanation_says(behaviour):
    compared = chosen = 0
    for seed in (1, 2):
        world = village(**{"run.seed": seed, "choice.behaviour": behaviour})
        for month in (1, 7, 20):
            world.run_to(month, before="choice")
            before = world.simulation.debtors.rows.tobytes()
            said = {case.row: case.decision() for case in cases(world)}
            prompted = sum(case.prompt != Prompt.NONE for case in cases(world))
            assert world.simulation.debtors.rows.tobytes() == before  # looking changes nothing
            world.run_to(month, before="queueing")
            done = world.simulation.debtors.rows["option"]
            assert all(done[row] == option for row, option in said.items())
            compared, chosen = compared + len(said), chosen + prompted
    assert compared >= 60
    assert chosen >= 30


@pytest.fixture(scope="module")
def picked():
    return explain(village(), 12)


@pytest.fixture(scope="module")
def month_6():
    """A world before its choice, which is only read, and its cases."""
    world = village().run_to(6, before="choice")
    return cases(world)


def test_without_an_id_an_able_one_who_evades_is_picked_and_levers_come_by_what_they_do(picked):
    assert evades(picked.outcome)
    assert is_able(picked.ability)
    assert picked.decision == picked.outcome
    assert picked.due == pytest.approx(math.fsum(claim.due for claim in picked.claims))
    changes = [abs(effect.change) for effect in picked.weighing.contributions]
    assert changes == sorted(changes, reverse=True)
    assert min(changes) > 0.01


def test_net_is_the_sum_of_the_terms_of_the_best_option_as_in_the_model(picked):
    on = picked.weighing
    for option, terms in on.ledgers.items():
        costs = math.fsum(value for term, value in terms.items() if term != "gain")
        assert on.nets[option] == pytest.approx(costs - terms["gain"], abs=1e-6)
    assert on.net == min(on.nets.values())
    world = village().run_to(12, before="choice")
    case = next(c for c in cases(world) if c.debtor.id == picked.who.id)
    ledgers = case.ledgers(case.balance().position)
    assert min(net(ledger) for ledger in ledgers.values()) == on.net


@pytest.mark.parametrize("gap", [-5e4, 0.0, 2e5])
def test_the_chance_of_paying_is_logistic_in_net_and_without_noise_all_or_nothing(gap):
    scale = 0.13 * 1e5
    expected = 1.0 / (1.0 + math.exp(-gap / scale))
    assert chance(gap, 1e5, 3e3, Choice(noise=0.13)) == pytest.approx(expected)
    assert chance(gap, 1e5, 3e3, Choice(noise=0.0)) == (gap >= 0.0)


def test_a_debtor_who_cannot_pay_has_no_choice_and_no_ledger(month_6):
    empty = next(c for c in month_6 if c.owed.due > 0 and c.ability == Ability.EMPTY)
    found = explain(village(), 6, empty.debtor.id)
    assert found.weighing is None
    assert found.outcome == found.decision == Option.UNABLE
    assert "no sanction can change it" in verdict(found)


STRIPPING = {
    "institutions.strip_share": 0.2,
    "rule_of_law.added_parties": 0.2,
    "kinds.firm.share": 0.5,
    "kinds.person.share": 0.49,
    "obligations.intensity": 4.0,
}


def test_a_controller_is_asked_by_the_id_of_its_firm_and_its_chance_is_the_model_s():
    found = explain_actor(village(**STRIPPING), 8, "controller")
    again = explain_actor(village(**STRIPPING), 8, "controller", found.id)
    assert found == again
    (act,) = found.acts
    noise = village().simulation.inputs.parameters.choice.noise
    taken, *costs = act.terms.values()
    assert act.net == pytest.approx(taken - sum(costs))
    assert act.chance == pytest.approx(inclination(taken, sum(costs), noise))

"""Claims about the rules of each published model, at sizes that can be counted by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.classics import allingham_sandmo as tax
from sim.classics import bekar_carlaw_eaton as deterrence
from sim.classics import crokidakis as states
from sim.classics import glaeser_sacerdote_scheinkman as ring
from sim.classics import granovetter as crowd
from sim.classics import mmc as queue
from sim.classics import zaklan_westerhoff_stauffer as lattice
from sim.classics.estimate import Estimate
from sim.engine.draw import fraction
from sim.errors import ServandaError

# ---------------------------------------------------------------- deterrence

SURE = {"agents": 10, "gain_sd": 0.001, "effectiveness": 1.0, "capacity": 10, "periods": 1200}
"""Ten agents with the same gain, all of whom can be apprehended."""


def violations(**values):
    it = deterrence.Parameters(**SURE | {"warm_up": 0} | values)
    return {name: one.value for name, one in deterrence.run(it, 1).items()}


def test_all_violate_until_what_happened_is_within_memory_and_again_when_it_is_forgotten():
    """With g = .85: q = 1 / 1.25 = .8 at first, then 11 / 11.25 for as long as memory lasts."""
    assert violations(gain_mean=0.85)["mean_violations"] == pytest.approx(10 / 3)
    assert violations(gain_mean=0.85, memory=1)["mean_violations"] == pytest.approx(5.0)
    assert violations(gain_mean=0.75)["mean_violations"] == 0.0
    assert violations(gain_mean=0.85, effectiveness=0.0)["mean_violations"] == 10.0


def test_capacity_is_shared_by_all_violators_or_spent_on_chosen_ones():
    always = {"gain_mean": 5.0, "capacity": 5}
    shared = violations(**always, periods=4000)["mean_apprehended"]
    assert shared == pytest.approx(5.0, abs=4.0 * (10 * 0.25 / 4000) ** 0.5)
    assert violations(**always, investigation="chosen")["mean_apprehended"] == 5.0


def test_a_crackdown_follows_more_than_the_tolerated_violations_and_everything_costs():
    always = {"gain_mean": 5.0, "capacity": 1, "crackdown_capacity": 3, "warm_up": 1}
    assert violations(**always, limit=10)["mean_capacity"] == 1.0
    harsh = violations(**always, limit=9)
    assert harsh["mean_capacity"] == 3.0
    assert harsh["mean_cost"] == pytest.approx(2.0 * 3 + 4.0 * 10 * 5.0, abs=0.01)


def test_with_little_capacity_most_violate_and_with_much_few_do():
    def run(R):
        return deterrence.run(deterrence.Parameters(capacity=R, periods=20_000), 1)

    low, high = run(30), run(50)
    assert low["unruly_share"].value > 0.99
    assert high["unruly_share"].value < 0.01
    for R, found in ((30, low), (50, high)):
        (published,) = (one for one in deterrence.TABLE if one[0] == R)
        mean = found["mean_violations"]
        assert mean.value == pytest.approx(published[1], abs=4.0 * mean.standard_error)


# ---------------------------------------------------------------- lattice

COOL = {"side": 20, "periods": 400, "warm_up": 100}


def evaders(**values):
    return lattice.run(lattice.Parameters(**COOL | values), 1)["evaders"]


def test_the_chance_to_evade_falls_with_honest_neighbours():
    odds = [math.exp(4.0), math.exp(2.0), 1.0, math.exp(-2.0), math.exp(-4.0)]
    assert lattice.chances(2.0) == pytest.approx([x / (1.0 + x) for x in odds])
    assert lattice.chances(0.01).tolist() == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])


def test_nobody_begins_to_evade_when_it_is_cold_and_half_do_when_it_is_hot():
    assert evaders(temperature=0.01) == (0.0, 0.0)
    hot = evaders(temperature=lattice.HOT)
    assert hot.value == pytest.approx(0.5, abs=4.0 * hot.standard_error)


def test_an_audit_without_forced_honesty_changes_nothing_and_one_for_good_ends_evasion():
    assert evaders(audit=1.0, forced=0) == evaders()
    assert evaders(audit=1.0, forced=10_000) == (0.0, 0.0)


def test_a_caught_evader_is_honest_for_exactly_k_periods():
    """One row of agents who always evade if free: with k = 2 each evades every third period."""
    honest, held = np.ones((3, 3), np.int64), np.zeros((3, 3), np.int64)
    counts = np.zeros(7, np.int64)
    lattice.simulate(1, 0, 7, np.ones(5), 1.0, 2, honest, held, counts)
    assert counts.tolist() == [9, 0, 0, 9, 0, 0, 9]


def test_without_audits_a_cold_lattice_evades_as_yang_computed():
    assert lattice.without_audits(2.0) == pytest.approx(0.0443, abs=5e-5)
    assert lattice.without_audits(2.3) == 0.5


# ---------------------------------------------------------------- three states


@given(noise=st.floats(0.001, 0.249))
def test_shares_sum_to_one_and_satisfy_detailed_balance(noise):
    """f₊ P₋ = f₀ P₊ and f₋ P₊ = f₀ P₋, so f₊ f₋ = f₀²."""
    honest, undecided, evading = states.shares(noise)
    assert honest + undecided + evading == pytest.approx(1.0)
    assert honest * evading == pytest.approx(undecided**2)
    up = (1.0 - noise) * honest + noise * evading
    down = (1.0 - noise) * evading + noise * honest
    assert honest * down == pytest.approx(undecided * up)
    order = Estimate(honest - evading, 0.0)
    assert states.critical_noise(order, noise).value == pytest.approx(0.25)


def test_without_noise_all_stay_honest_and_audits_reduce_evasion():
    def run(**values):
        few = {"agents": 1000, "periods": 80, "warm_up": 40}
        return states.run(states.Parameters(**few | values), 1)

    assert run(noise=0.0)["order"] == (1.0, 0.0)
    free, audited = run(noise=0.3), run(noise=0.3, audit=0.5)
    assert free["evaders"].value == pytest.approx(1 / 3, abs=0.03)
    assert audited["evaders"].value < 0.1
    assert run(noise=0.3, audit=0.5, forced=0)["evaders"].value > audited["evaders"].value


def test_two_agents_without_noise_end_where_the_one_who_moves_is_drawn():
    """An agent that meets the opposite becomes undecided, and then joins the other."""
    ends = {(0, 0): [-1, -1], (0, 1): [0, -1], (1, 0): [1, 0], (1, 1): [1, 1]}
    seen = set()
    for seed in range(20):
        pair, held, counts = np.array([1, -1]), np.zeros(2, np.int64), np.zeros(3, np.int64)
        states.simulate(seed, 0, 1, 0.0, 0.0, 0, pair, held, counts)
        movers = tuple(int(2 * fraction(seed, states.WHO, meeting, 0, 0)) for meeting in (0, 1))
        assert pair.tolist() == ends[movers]
        assert counts.tolist() == [ends[movers].count(state) for state in (-1, 0, 1)]
        seen.add(movers)
    assert seen == ends.keys()


# ---------------------------------------------------------------- queue


def test_erlangs_formula_for_one_and_two_servers():
    assert queue.erlang(1, 0.8) == pytest.approx(0.8)
    assert queue.erlang(2, 1.0) == pytest.approx(1.0 / 3.0)


def test_customers_of_one_server_wait_for_all_before_them():
    """Lindley: a wait is the wait before, plus that service, less the time between, at least 0."""

    def draw(what, customer, rate):
        return -math.log(fraction(5, what, customer, 0, 0)) / rate

    waits = [0.0]
    for customer in range(1, 50):
        gap, served = draw(1, customer, 0.9), draw(2, customer - 1, 1.0)
        waits.append(max(0.0, waits[-1] + served - gap))
    sums = np.zeros(2)
    queue.simulate(5, 0, 50, 0.9, 1.0, np.zeros(1), np.zeros(1), sums)
    assert sums[0] == pytest.approx(sum(waits))
    assert sums[1] == sum(wait > 1e-12 for wait in waits)


def test_a_queue_that_grows_without_end_is_refused():
    said = r"arrivals: 5 is more than .*; give less than servers × service = 5"
    with pytest.raises(ServandaError, match=said):
        queue.Parameters(arrivals=5.0)


# ---------------------------------------------------------------- ring


def test_others_copy_the_nearest_fixed_agent_on_their_left_around_the_ring():
    agents, shares = 12, np.zeros(200)
    ring.simulate(3, 0, 0.4, 0.15, agents, shares)
    for place, share in enumerate(shares):
        acts = [
            fraction(3, ring.ACTS, agent, place, 0) < 0.4
            if fraction(3, ring.FIXED, agent, place, 0) < 0.15
            else None
            for agent in range(agents)
        ]
        if all(one is None for one in acts):
            assert share in {0.0, 1.0}
            continue
        for _ in range(2):
            acts = [acts[i - 1] if acts[i] is None else acts[i] for i in range(agents)]
            for i in range(agents):
                acts[i] = acts[i - 1] if acts[i] is None else acts[i]
        assert share == pytest.approx(sum(acts) / agents)


def test_the_variance_gives_the_share_of_fixed_agents_back():
    variance = ring.scaled_variance(0.3, 0.1)
    assert variance == pytest.approx(3.99)
    assert ring.implied_fixed(Estimate(variance), 0.3).value == pytest.approx(0.1)
    assert math.isnan(ring.implied_fixed(Estimate(0.0), 1.0).value)


# ---------------------------------------------------------------- crowd


@pytest.mark.parametrize(
    ("thresholds", "rioters"),
    [([0, 1, 2], 3), ([2, 0, 2], 1), ([1, 1, 1], 0), ([0, 0, 3, 2], 4), ([0, 0.5, 1.5, 9], 3)],
)
def test_rioters_are_counted_until_nobodys_threshold_is_reached(thresholds, rioters):
    assert crowd.rioters(np.array(thresholds)) == rioters


def test_an_equilibrium_is_a_solution_and_the_smallest():
    r = crowd.equilibrium(100, 25.0, 12.0)
    assert 100 * crowd.ndtr((r - 25.0) / 12.0) == pytest.approx(r, abs=1e-4)
    below = np.linspace(0.0, r - 0.01, 1000)
    assert (100 * crowd.ndtr((below - 25.0) / 12.0) > below).all()
    at = crowd.jump(100, 25.0)
    assert crowd.equilibrium(100, 25.0, at - 0.01) < 10
    assert crowd.equilibrium(100, 25.0, at + 0.01) > 90
    assert math.isnan(crowd.jump(100, 0.0))  # half riot whatever the spread


# ---------------------------------------------------------------- tax


@settings(max_examples=60, deadline=None)
@given(
    share=st.floats(0.05, 0.9),
    theta=st.floats(0.05, 0.5),
    over=st.floats(1.05, 4.0),
    audit=st.floats(0.05, 0.95),
)
def test_the_numerical_choice_is_that_of_the_formula(share, theta, over, audit):
    it = tax.problem(tax.Parameters(100.0, theta, audit, theta * over, "income", share / 10))
    assert tax.declared(it) == pytest.approx(tax.declared_formula(it), abs=0.01)


def test_a_higher_tax_lowers_what_is_declared_but_not_if_the_penalty_is_on_the_tax():
    usual = tax.run(tax.Parameters(), 1)
    yitzhaki = tax.run(tax.Parameters(penalty_on="tax", penalty=2.0), 1)
    assert usual["response_to_tax"].value < 0.0 < yitzhaki["response_to_tax"].value
    for found in (usual, yitzhaki):
        assert found["response_to_audit"].value > 0.0
        assert found["response_to_penalty"].value > 0.0
        assert found["lowest_audit"].value < 0.4


@pytest.mark.parametrize(("on", "penalty", "least"), [("income", 0.25, "0.25"), ("tax", 1.0, "1")])
def test_a_penalty_no_higher_than_the_tax_is_refused(on, penalty, least):
    with pytest.raises(ServandaError, match=f"penalty: .*; give more than {least}$"):
        tax.Parameters(penalty=penalty, penalty_on=on)


def test_choices_at_the_edge_of_the_ranges_are_computed():
    edge = tax.Parameters(tax=0.99, audit=0.999, penalty=0.9901)
    assert all(math.isfinite(one.value) for one in tax.run(edge, 1).values())

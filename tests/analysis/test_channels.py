"""Claims about channels: what is held stays as in the baseline, and the parts are the whole."""

from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.agents.debtor.belief import felt_optimism
from sim.agents.debtor.perceived import believed_listing, believed_personal, believed_recovery
from sim.analysis.channels.channel import CHANNELS, named, touched
from sim.analysis.channels.holding import Holding
from sim.analysis.channels.split import (
    MEASURES,
    Runs,
    drawn_orders,
    refuse_other_world,
    sampling_error,
    split,
    takes_all,
)
from sim.engine.plain import view
from sim.errors import ServandaError
from sim.levers.catalogue import catalogue
from sim.terms import PersonalRisk

NAMES = [one.name for one in CHANNELS]
ALL = frozenset(NAMES)
SMALL = {"population.size": 400, "run.burn_in": 24, "run.months": 18}
ROUNDING = 1e-9
"""Relative error of a hazard that comes back from the count that was computed from it."""


def package(levers, scale=None, **more):
    """China around 2016 with these levers as a policy from the first month on."""
    policy = {"name": "package", "start": 1, "set": levers, "scale": scale or {}}
    return sim.load("china_2016", overrides=SMALL | more | {"policies": [policy]})


def runs(scenario, seed=5):
    return Runs(scenario, seed, NAMES, MEASURES)


def counted(world):
    return world.run().series(None, counts=True, burn_in=True)


DETERRING = {
    "special.publicity": 1.0,
    "comprehensive.visibility": 1.0,
    "comprehensive.travel": 1.0,
    "comprehensive.match_rate": 1.0,
}
"""Changes what debtors believe and what restrictions cost them, and nothing that courts do."""


def test_the_levers_of_channels_exist_and_belong_to_one_channel():
    levers = [path for one in CHANNELS for path in (*one.weighed, *one.everywhere)]
    assert len(levers) == len(set(levers))
    assert set(levers) <= {entry.path for entry in catalogue()}


def test_a_world_held_on_its_own_path_is_the_same_world_to_the_last_count():
    of_nothing = runs(package({"special.publicity": 0.0}))
    assert counted(of_nothing.world(frozenset())).equals(counted(of_nothing.world(ALL)))


def test_with_every_channel_held_deterrence_alone_leaves_performance_as_it_is():
    made = runs(package(DETERRING))
    effects = {free: made.value(free) - made.base for free in (ALL, frozenset())}
    performing = slice(0, MEASURES.index("harm"))
    assert effects[ALL][0] > 0.0
    assert not effects[frozenset()][performing].any()
    assert effects[frozenset()][-1] > 0.0  # restrictions on the listed are no less harmful


def test_harsher_sanctions_hardly_make_debtors_pay_where_nobody_perceives_them():
    harsh = {"sanctions.fine_rate": 6.0, "sanctions.detention_rate": 6.0}
    made = [runs(package({"special.publicity": 1.0}, harsh), seed) for seed in (1, 2, 3)]
    voluntary = MEASURES.index("grace_performance_able")
    whole, rest = (
        np.mean([(one.value(free) - one.base)[voluntary] for one in made])
        for free in (ALL, frozenset())
    )
    assert whole > 0.0
    assert abs(rest) < 0.2 * whole


@pytest.mark.parametrize("name", ["restrictions", "severity", "credit", "capacity", "means"])
def test_to_hold_a_channel_that_a_package_does_not_touch_changes_nothing(name):
    made = runs(package({"special.publicity": 1.0}))
    assert made.value(ALL - {name}).tolist() == made.value(ALL).tolist()


@pytest.mark.parametrize(
    ("name", "levers"),
    [
        ("personal", {"special.publicity": 1.0}),
        ("restrictions", {"comprehensive.travel": 1.0, "comprehensive.match_rate": 1.0}),
        ("severity", {"sanctions.late_interest": 0.03}),
        ("trust", {"rule_of_law.persuasion": 0.2}),
        ("capacity", {"comprehensive.officers": 6.0}),
        ("means", {"rule_of_law.plans": 1.0}),
    ],
)
def test_a_package_that_works_through_a_channel_has_another_effect_while_it_is_held(name, levers):
    made = runs(package(levers))
    assert made.value(ALL - {name}).tolist() != made.value(ALL).tolist()


class Checking(Holding):
    """Checks what debtors perceive inside the kernels, by the rules that the kernels use."""

    seen = 0

    @contextmanager
    def _in_place(self, state, then):
        columns = [(state.debtors, f"seen_{name}") for name in ("recovery", "listing", "personal")]
        columns += [(state.courts, "recovery"), (state.registries, "hide")]
        before = [table[name].copy() for table, name in columns]
        with super()._in_place(state, then):
            self.compare(state, then)
            yield
        for (table, name), values in zip(columns, before, strict=True):
            assert np.array_equal(table[name], values)  # debtors go on learning from their own

    def compare(self, state, then):
        learning = self.learning
        there = view(state)
        for row in range(0, len(state.debtors), 37):
            debtor = there.debtors[row]
            court, levers = there.courts[debtor.district], there.levers[debtor.treatment]
            felt = felt_optimism(debtor, learning, levers.rule_of_law.standardisation)
            found = (
                felt * believed_recovery(debtor, court, levers, learning),
                felt * believed_listing(debtor, court, learning),
                felt * believed_personal(debtor, court, levers, learning),
            )
            wanted = (then.recovery[row], then.listing[row], then.personal[row])
            assert found == pytest.approx(wanted, rel=ROUNDING, abs=ROUNDING)
            self.seen += 1


@pytest.mark.parametrize("personal", list(PersonalRisk))
def test_debtors_perceive_the_hazards_of_the_baseline_while_beliefs_are_held(personal):
    levers = {
        "special.publicity": 1.0,
        "rule_of_law.openness": 1.0,
        "rule_of_law.standardisation": 0.7,
        "comprehensive.list_rate": 0.5,
    }
    harsh = {"sanctions.fine_rate": 3.0}
    made = runs(package(levers, harsh, **{"learning.personal": personal.name.lower()}))
    world = made.world(ALL)
    learning = world.simulation.inputs.parameters.learning
    checking = Checking({"recovery", "listing", "personal"}, made.path, learning)
    world.simulation.execution = checking
    world.run()
    assert checking.seen > 500


@pytest.mark.parametrize("orders", [2, 64])
def test_the_parts_and_all_else_add_up_to_the_whole(orders):
    channels = named(["personal", "norm", "severity", "listing", "capacity"])
    scenario = package({"special.publicity": 1.0, "sanctions.late_interest": 0.02})
    found = split(scenario, (1, 2), channels, orders=orders, measures=MEASURES[:2])
    for one in found:
        assert one.exact == (orders == 64)
        parts = sum(part.value.mean for part in one.parts.values())
        assert parts + one.rest.mean == pytest.approx(one.whole.mean, abs=ROUNDING)
        for part in one.parts.values():
            assert part.held.mean + part.last.mean == pytest.approx(one.whole.mean, abs=ROUNDING)


def test_the_baseline_is_the_world_without_the_package():
    made = runs(package(DETERRING), seed=7)
    alone = sim.load("china_2016", overrides=SMALL)
    world = sim.World(replace_seed(alone, 7)).run()
    assert made.base.tolist() == [world.headline()[name] for name in MEASURES]


def replace_seed(scenario, seed):
    return scenario.model_copy(update={"run": replace(scenario.run, seed=seed)})


def test_orders_come_with_their_reverse_and_all_coalitions_are_run_if_that_is_not_more():
    orders = drawn_orders(3, 5, 3)
    assert len(orders) == 4
    assert all((a == b[::-1]).all() for a, b in zip(orders[::2], orders[1::2], strict=True))
    assert takes_all(3, 4)
    assert not takes_all(8, 4)


def test_the_sampling_error_is_that_of_a_mean_of_draws_within_seeds():
    draws = np.array([[0.0, 2.0], [10.0, 12.0]])  # variance 2 within each seed
    assert sampling_error(draws) == pytest.approx((2.0 / 2 / 2) ** 0.5)
    assert np.isnan(sampling_error(draws[:, :1]))


def test_a_package_without_a_lever_of_a_channel_does_not_touch_it():
    found = touched(CHANNELS, ["sanctions.late_interest"])
    assert "severity" in {one.name for one in found}
    assert not {"restrictions", "credit", "means"} & {one.name for one in found}


@pytest.mark.parametrize(
    ("against", "said"),
    [("special", "has policies"), ("village", "in more than policies")],
)
def test_a_baseline_that_is_not_the_packages_own_world_is_refused(against, said):
    with pytest.raises(ServandaError, match=said):
        refuse_other_world(sim.load("special"), sim.load(against))


def test_an_unknown_channel_is_refused_with_those_that_exist():
    with pytest.raises(ServandaError, match="did you mean 'norm'"):
        named(["norms"])

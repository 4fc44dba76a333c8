"""Claims about `World` as a Mesa model, and about the public names."""

from typing import Any

import pytest

import sim
from sim import World
from sim.agents.views import RowAgent
from sim.errors import ServandaError
from sim.world import INSTITUTIONS, Court

FINER: dict[str, Any] = {"sanctions.late_interest": 0.01}
TINY: dict[str, Any] = {"population.size": 40, "run.burn_in": 3, "run.months": 6}


@pytest.fixture
def tiny(make):
    return make.village(TINY)


def test_the_public_names_are_these_and_all_of_them_load():
    names = ["Scenario", "ServandaError", "ServandaWarning", "World", "allow_code"]
    names += ["effect_of_listing", "load", "results"]
    assert sim.__all__ == names
    assert all(getattr(sim, name).__name__ == name for name in sim.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Wrold'"):
        _ = sim.Wrold


def test_time_moves_by_months_from_the_burn_in_to_the_end(tiny):
    assert (tiny.month, tiny.time, tiny.phase) == (-3, 0.0, "earning")
    for move, month, time in (
        (tiny.step, -2, 1.0),
        (lambda: tiny.run_for(3), 1, 4.0),
        (tiny.run, 6, 9.0),
    ):
        move()
        assert (tiny.month, tiny.time) == (month, time)
    assert tiny.series()["month"].tolist() == [1, 2, 3, 4, 5, 6]
    assert tiny.series(burn_in=True)["month"].tolist() == list(range(-2, 7))


def test_a_world_stops_at_a_phase_and_never_goes_back(tiny):
    for before in ("choice", "choice", "learn"):
        tiny.run_to(2, before=before)
        assert (tiny.month, tiny.phase, tiny.simulation.month) == (1, before, 2)
    for past, before in ((2, "choice"), (1, None), (1, "close"), (-2, None)):
        with pytest.raises(ServandaError, match=f"month {past} is in the past"):
            tiny.run_to(past, before=before)
        assert tiny.phase == "learn"
    with pytest.raises(ServandaError, match="no phase 'lunch'"):
        tiny.run_to(3, before="lunch")


def test_debtors_creditors_and_claims_are_sets_of_views(make):
    world = make.village(TINY | {"obligations.intensity": 20.0}).run()
    for name in ("debtors", "creditors", "claims"):
        found, table = getattr(world, name), getattr(world.simulation, name)
        assert len(found) == len(list(found)) == len(table) > 0
        assert found.get("id") == table.rows["id"].tolist()
    by_test, by_name = world.debtors.select(lambda d: d.on_list), world.debtors.select("on_list")
    assert by_test.get("id") == by_name.get("id")
    with pytest.raises(TypeError, match="cannot be added, removed or shuffled"):
        world.debtors.remove(world.debtor(0))


def test_registered_agents_are_institutions_only(tiny):
    assert set(tiny.agent_types) == set(INSTITUTIONS.values())
    assert len(tiny.agents_by_type[Court]) == 2
    insurers = 1 + 1  # of traffic and of disputes
    assert len(tiny.agents) == 2 + 2 * 6 + 2 + 2 + 2 + 2 + 1 + insurers + 2
    tiny.run()
    court, rows = next(iter(tiny.agents_by_type[Court])), tiny.simulation.courts.rows
    assert court.hours == rows["hours"][court.row] > 0.0
    assert [c.docket for c in tiny.agents_by_type[Court]] == rows["docket"].tolist()
    with pytest.raises(AttributeError, match="no field 'mood'"):
        _ = court.mood


def test_views_are_equal_by_kind_and_id_and_found_by_id(tiny):
    one, same, creditor = tiny.debtor(0), next(iter(tiny.debtors)), next(iter(tiny.creditors))
    assert one is not same
    assert one == same
    assert creditor.unique_id == one.unique_id == 0
    assert len({one, same, creditor}) == 2
    assert one in tiny.debtors
    assert creditor not in tiny.debtors
    for stranger in (-1, 7, 40 << 8):
        with pytest.raises(ServandaError, match=f"there is no debtor {stranger}"):
            tiny.debtor(stranger)


def test_rng_is_the_seed_as_mesa_gives_it(make):
    worlds = {rng: World("village", rng=rng, **TINY).run() for rng in (3, 4)}
    assert worlds[3].setup.run.seed == 3
    assert make.differing(worlds[3], make.village(TINY | {"run.seed": 3}).run()) == []
    assert make.differing(worlds[3], worlds[4]) != []


def test_overrides_reach_a_scenario_given_as_an_object_or_the_baseline():
    plain = sim.load("village", overrides=TINY)
    assert World(plain).setup == plain
    changed = World(plain, rng=9, **FINER).setup
    assert (changed.run.seed, changed.population.size) == (9, 40)
    assert changed.levers.sanctions.late_interest == 0.01
    assert World(**TINY).setup.title == sim.load("china_2016").title


def test_a_world_that_does_not_fit_is_refused_with_the_size_that_would(make):
    with pytest.raises(ServandaError, match=r"100,000,000 debtors need about .* would fit"):
        make.village({"population.size": 100_000_000})


def test_the_calendar_is_the_month_of_the_contract(tiny):
    names = [phase.__name__ for phase in tiny.calendar]
    order = (
        "earning new_claims performing suing judging inquiring choice queueing charge_fees trace "
        "seize review sell distribute attach_earnings sanction leaving hear_of_judgments "
        "keep_register relieve learn institutions close"
    )
    assert names == order.split()
    assert all(phase.__doc__ for phase in tiny.calendar)
    tiny.run()
    assert list(tiny.phase_seconds) == names
    assert isinstance(tiny.debtor(0), RowAgent)

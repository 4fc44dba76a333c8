"""Books balance, nothing is negative or seized twice, and what breaks them is caught."""

import functools
import warnings
from dataclasses import fields
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import ServandaWarning, World
from sim.agents.transitions import TRANSITIONS
from sim.books.accounts import Account, Flow
from sim.engine.record import quantity
from sim.errors import RunError
from sim.levers.catalogue import catalogue
from sim.parameters import Parameters
from sim.scenario.reading.shipped import shipped
from sim.terms import Asset, Stage, label

SMALL: dict[str, Any] = {"population.size": 300, "population.districts": 2}
SMALL |= {"run.burn_in": 12, "run.months": 24}
ROUNDING = 1e-9
"""Of the yuan concerned: sums of claims added in another order."""


def sound(world):
    """No money below zero, and what is attached is frozen once, for its owner."""
    debtors, claims = world.simulation.debtors.rows, world.simulation.claims.rows
    assert (debtors["assets"] >= 0.0).all()
    assert (claims["due"] >= 0.0).all()
    assert (claims["escrow"] >= 0.0).all()
    assert (claims["attached"] >= 0.0).all()
    attached = np.zeros(len(debtors))
    np.add.at(attached, claims["debtor"], claims["attached"].sum(axis=1))
    assert attached == pytest.approx(debtors["frozen"], rel=ROUNDING, abs=1e-6)
    bare = (claims["stage"] != Stage.SEIZED) & (claims["stage"] != Stage.OBJECTED)
    assert (claims["attached"].sum(axis=1)[bare & ~claims["preserved"]] == 0.0).all()
    assert (claims["wrongful"] >= 0.0).all()
    assert (claims["wrongful"][bare] == 0.0).all()


def lawful(world):
    """Each claim begins as due and goes only where the table of transitions lets it go."""
    codes = {label(stage): stage for stage in Stage}
    steps = 0
    for _, path in world.transitions.frame().groupby("claim", sort=False):
        stages = [codes[name] for name in path["stage"]]
        assert stages[0] == Stage.DUE
        assert path["month"].is_monotonic_increasing
        for before, after in zip(stages, stages[1:], strict=False):
            assert after in TRANSITIONS[before], f"{before.name} -> {after.name}"
            steps += 1
    return steps


@pytest.mark.parametrize("name", shipped())
def test_books_balance_every_month_in_shipped_scenarios(name):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "policy .* starts in month", ServandaWarning)
        world = World(name, events=True, **SMALL)
    for month in range(-11, 25):
        world.run_to(month)  # a month whose books do not balance raises
        sound(world)
    books = world.measured.books()
    turnover = books[[flow.name.lower() for flow in Flow]].to_numpy().sum()
    assert turnover > 0.0
    assert lawful(world) > 20


WORLDS = st.fixed_dictionaries(
    {
        "population.size": st.integers(50, 300),
        "population.districts": st.integers(1, 4),
        "run.seed": st.integers(0, 2**53),
        "obligations.intensity": st.floats(1.0, 30.0),
        "economy.exit": st.floats(0.0, 0.1),
        "economy.ruin": st.floats(0.0, 0.2),
        "choice.behaviour": st.sampled_from(["expected_utility", "prospect", "rule_of_thumb"]),
        "learning.updating": st.sampled_from(["none", "counting", "asymmetric"]),
        "procedure.grace": st.integers(1, 4).map(float),
        "procedure.term_after": st.floats(1.0, 12.0),
        "procedure.archive_after": st.floats(1.0, 12.0),
        "procedure.prescription": st.floats(1.0, 12.0),
        "procedure.retrace": st.floats(1.0, 4.0),
        "procedure.value_decay": st.floats(0.0, 0.2),
        "pursuit.promise": st.floats(1.0, 4.0),
        "domains.trade.award": st.floats(0.0, 1.0),
    }
)
LEVERS = st.fixed_dictionaries(
    {}, optional={e.path: st.floats(e.lever.low, e.lever.high) for e in catalogue()}
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        f"{section.name}.{item.name}": st.floats(declared.low, declared.high)
        for section in fields(Parameters)
        for item in fields(cast("type[Any]", section.type))
        if (declared := quantity(cast("type[Any]", section.type), item.name))
    },
)
"""Whatever holds for everyone; what `WORLDS` draws itself is drawn from a narrower range."""


@st.composite
def campaigns(draw):
    """A policy that sets some levers anew for a few months, for some districts or for all."""
    some = st.lists(st.sampled_from(list(catalogue())), min_size=1, max_size=12, unique=True)
    start = draw(st.integers(1, 8))
    return {
        "name": "campaign",
        "start": start,
        "end": draw(st.integers(start, 8)),
        "ramp": draw(st.integers(0, 3)),
        "districts": draw(st.sampled_from([[], [0]])),
        "set": {e.path: draw(st.floats(e.lever.low, e.lever.high)) for e in draw(some)},
    }


# One world takes some tenths of a second, so few are tried; no claim here is about time.
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    values=WORLDS,
    levers=LEVERS,
    parameters=st.one_of(st.just({}), PARAMETERS),
    policies=st.lists(campaigns(), max_size=1),
)
def test_books_balance_every_month_in_random_worlds(make, values, levers, parameters, policies):
    paths = parameters | values | levers | {"run.burn_in": 2, "run.months": 8}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ServandaWarning)
        world = make.village(paths, policies=policies, events=True)
    for month in range(-1, 9):
        world.run_to(month)
        sound(world)
    lawful(world)


def broken(world, name, breaking):
    """Put a wrapper around one phase of this world's calendar."""

    def wrapped(phase):
        @functools.wraps(phase)
        def run(simulation):
            breaking(phase, simulation)

        return run

    world.calendar = tuple(wrapped(p) if p.__name__ == name else p for p in world.calendar)
    return world


def adding(asset, yuan, less=None):
    """After the phase a debtor has so much more of one asset, and less of another."""

    def breaking(phase, simulation):
        phase(simulation)
        simulation.debtors.rows["assets"][3, asset] += yuan
        if less is not None:
            simulation.debtors.rows["assets"][3, less] -= yuan

    return breaking


def books_nothing(phase, simulation):
    flows = simulation.state().journal.flows.copy()
    phase(simulation)
    simulation.state().journal.flows[...] = flows


def owes_less_than_nothing(phase, simulation):
    phase(simulation)
    if len(simulation.claims):
        due = simulation.claims.rows["due"][0]
        simulation.claims.rows["due"][0] = -1.0
        simulation.state().journal.flows[0, Flow.CLAIM_OFF] += due + 1.0


def divides(phase, simulation):
    raise ZeroDivisionError("division by zero")


BREAKS = [
    ("earning", adding(Asset.BANK, 1.0), "debtors holds"),
    ("leaving", adding(Asset.BANK, 1.0), r"debtors holds .* \(\+(1\.0000|0\.9999)"),
    ("earning", books_nothing, "debtors holds"),
    ("sanction", books_nothing, "claims holds"),
    ("learn", adding(Asset.REALTY, 1e9, less=Asset.BANK), "debtor"),
    ("learn", adding(Asset.CASH, np.nan), "negative or undefined"),
    ("leaving", owes_less_than_nothing, "in an impossible state"),
    ("trace", divides, "division by zero"),
]


@pytest.mark.parametrize(("phase", "breaking", "what"), BREAKS)
def test_a_kernel_broken_on_purpose_is_caught_in_its_month(make, phase, breaking, what):
    world = make.village({"run.seed": 7}).run_to(3)
    broken(world, phase, breaking)
    with pytest.raises(RunError, match=what) as caught:
        world.run_to(24)
    where = phase if breaking is divides else "close"
    assert caught.value.where == f"month 4, phase {where}, seed 7"


def test_money_of_every_account_is_where_the_flows_say(make):
    world = make.village({"obligations.intensity": 5.0}).run_to(24)
    books = world.measured.books()
    opening = books["stock_escrow"].shift(fill_value=0.0)
    moved = books["seized_money"] + books["auction_price"] - books["fee"]
    moved += books["preserved_money"] - books["preserved_paid"]
    moved -= books["distributed"] + books["surplus"]
    assert moved.abs().sum() > 0.0
    gaps = books["stock_escrow"] - opening - moved
    assert np.abs(gaps).max() <= ROUNDING * books["seized_money"].sum()
    held = world.simulation.claims.rows["escrow"].sum()
    assert world.simulation.books.stocks[Account.ESCROW] == pytest.approx(held, rel=1e-12)

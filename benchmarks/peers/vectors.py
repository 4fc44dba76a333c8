"""The month's earning as NumPy would do it: all debtors at once, with arrays of draws.

In: columns of the baseline's debtors, one array per field. Out: the same columns after income,
benefits, losses of listed debtors, spending, premiums and rare events, by the same rules and with
the same keyed draws as the compiled kernel `sim.month.debts.economy.live`. After each month the two
are compared.

Only what the baseline needs is here: one row of levers, and no despair. New debtors are born before
the clock starts, because there are too few of them to fill an array.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtri

from benchmarks.peers.agents import parts_of
from sim import World, load
from sim.agents.debtor.weigh import breadth
from sim.agents.institutions.insurer import DISPUTES, class_factor, covered_share
from sim.engine.draw import CELL, FIRST, MASK, SECOND, WEYL, Now, mix, normal
from sim.engine.plain import Rows, view
from sim.errors import ServandaError
from sim.month.calendar import CALENDAR
from sim.month.debts import economy
from sim.month.debts.insurance import INSTALMENT
from sim.month.shared.journal import at_row
from sim.month.simulation import Simulation
from sim.terms import LIQUID, Asset, Decision, Kind

NEAR = 1e-9
"""Largest relative difference: the last bits of NumPy's functions differ from the compiled ones."""


class Fields(NamedTuple):
    """What the month's earning reads and writes of all debtors: arrays of shape (debtors,).

    `assets` has the shape (assets, debtors) and `transferred` (years, debtors).
    """

    id: np.ndarray
    income: np.ndarray
    usual: np.ndarray
    deviation: np.ndarray
    need: np.ndarray
    buffer: np.ndarray
    exempt: np.ndarray
    assets: np.ndarray
    transferred: np.ndarray
    surcharge: np.ndarray
    kind: np.ndarray
    malus: np.ndarray
    on_list: np.ndarray
    leaving: np.ndarray


def fields_of(rows: np.ndarray) -> Fields:
    """A copy of the fields, each in an array of its own."""
    return Fields(*(np.ascontiguousarray(rows[name].T) for name in Fields._fields))


# ---------------------------------------------------------------- draws


def mixed(z: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64; `sim.engine.draw.mix` for an array."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(FIRST)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(SECOND)
    z ^= z >> np.uint64(31)
    return z


def uniforms(now: Now, decision: int, ids: np.ndarray, index: int = 0) -> np.ndarray:
    """One draw from (0, 1) for each id; `sim.engine.draw.uniform` for an array."""
    begun = mix((now.seed + WEYL) & MASK)
    begun = mix(((begun ^ decision) + WEYL) & MASK)
    h = mixed((np.uint64(begun) ^ ids.astype(np.uint64)) + np.uint64(WEYL))
    for part in (now.month, index):
        h = mixed((h ^ np.uint64(part & MASK)) + np.uint64(WEYL))
    found: np.ndarray = ((h >> np.uint64(12)) + 0.5) * CELL
    return found


# ---------------------------------------------------------------- rules for all debtors


class Rules:
    """What the rules need besides the debtors: plain numbers, taken from a simulation."""

    def __init__(self, simulation: Simulation) -> None:
        if len(simulation.levers) > 1 or simulation.inputs.parameters.economy.despair > 0.0:
            raise ServandaError("benchmark", "only the baseline can be vectorised here")
        self.now = Now(simulation.inputs.seed, simulation.month)
        parameters = simulation.inputs.parameters
        self.economy, self.protection = parameters.economy, parameters.protection
        self.levers: Any = parts_of(simulation.levers)[0]
        self.insurers = parts_of(simulation.insurers.rows)
        self.breadth = np.array([breadth(kind, self.levers) for kind in simulation.inputs.kinds])
        self.rates = np.diff(simulation.rates, axis=1, prepend=0.0)


def live(all_: Fields, rules: Rules) -> None:
    """One month of earning and spending for every debtor."""
    now, market, levers = rules.now, rules.economy, rules.levers
    if now.month % 12 == 0:
        all_.transferred[2] += all_.transferred[1]
        all_.transferred[1] = all_.transferred[0]
        all_.transferred[0] = 0.0
    common = market.common_shock * normal(now, Decision.COMMON_SHOCK, 0)
    drawn = ndtri(uniforms(now, Decision.INCOME, all_.id))
    all_.deviation[:] = market.persistence * all_.deviation + (common + market.own_shock * drawn)
    all_.income[:] = all_.usual * np.exp(all_.deviation)
    bank = all_.assets[Asset.BANK]
    bank += all_.income
    share = levers.at_source.social_insurance
    if share > 0.0:
        missed = np.maximum(0.0, all_.usual - all_.income)
        bank += np.where(all_.kind == Kind.PERSON, share * missed, 0.0)
    listed = np.flatnonzero(all_.on_list)
    lost = levers.sanctions.listing_income_loss * rules.breadth[all_.kind[listed]]
    bank[listed] -= np.minimum(lost * all_.income[listed], bank[listed])
    money = all_.assets[:LIQUID].sum(axis=0)
    beyond = np.maximum(0.0, money - all_.need - all_.buffer)
    take(all_.assets, np.minimum(money, all_.need + market.spending * beyond))
    pay_premiums(all_, rules)
    meet_fortune(all_, rules)


def take(assets: np.ndarray, left: np.ndarray) -> None:
    """Take money from each debtor, from one account after the other."""
    for k in range(LIQUID):
        part = np.minimum(left, assets[k])
        assets[k] -= part
        left = left - part


def take_money(all_: Fields, amount: np.ndarray | float, rows: np.ndarray) -> np.ndarray:
    """Take up to an amount from some debtors, leaving the exempt minimum; return what is taken."""
    assets = all_.assets[:, rows]
    spare = np.maximum(0.0, assets[:LIQUID].sum(axis=0) - all_.exempt[rows])
    taken: np.ndarray = np.minimum(amount, spare)
    take(assets, taken)
    all_.assets[:, rows] = assets
    return taken


def pay_premiums(all_: Fields, rules: Rules) -> None:
    """Covered debtors pay their premiums, then debtors repay what they owe to insurers."""
    now, protection, levers = rules.now, rules.protection, rules.levers
    months = int(protection.bonus_months)
    renewed = (all_.malus > 0) & ((now.month + (all_.id >> 8)) % months == 0)
    all_.malus[renewed] -= 1
    share = covered_share(levers)
    rating = levers.at_source.insurance_experience_rating
    for insurer in rules.insurers:
        if insurer.domain == DISPUTES or share <= 0.0:
            continue
        draws = uniforms(Now(now.seed, 0), Decision.INSURED, all_.id, insurer.domain)
        liable = rules.rates[:, insurer.domain] > 0.0
        rows = np.flatnonzero((draws < share) & liable[all_.kind])
        factors: Any = class_factor(all_.malus[rows], rating, protection)  # type: ignore[arg-type]
        take_money(all_, factors * insurer.premium, rows)
    owing = np.flatnonzero(all_.surcharge > 0.0)
    owed = all_.surcharge[owing]
    rate = np.minimum(owed, np.maximum(INSTALMENT, owed / protection.repay_months))
    all_.surcharge[owing] -= take_money(all_, rate, owing)


def meet_fortune(all_: Fields, rules: Rules) -> None:
    """Windfalls, deaths and closures, and ruin."""
    market, protection = rules.economy, rules.protection
    fortune = uniforms(rules.now, Decision.FORTUNE, all_.id)
    lucky = np.flatnonzero(fortune > 1.0 - market.windfall)
    all_.assets[Asset.BANK, lucky] += market.windfall_months * all_.usual[lucky]
    all_.leaving[fortune < market.exit] = True
    ruined = np.flatnonzero((fortune >= market.exit) & (fortune < market.exit + market.ruin))
    lost = all_.assets[:, ruined] * (1.0 - market.ruin_keeps)
    all_.assets[:, ruined] -= lost
    share = rules.levers.at_source.social_insurance
    benefit = np.minimum(lost.sum(axis=0), protection.benefit_months * all_.need[ruined])
    persons = all_.kind[ruined] == Kind.PERSON
    all_.assets[Asset.BANK, ruined] += np.where(persons, share * benefit, 0.0)


# ---------------------------------------------------------------- side by side


class Earned(NamedTuple):
    """Processor seconds of the month's earning, in each month and each way."""

    compiled: list[float]
    vectors: list[float]


def side_by_side(debtors: int, months: int, burn_in: int) -> Earned:
    """Run the baseline; in each measured month, let all debtors earn in both ways.

    Raises:
        ServandaError: If the two ways do not give the same.
    """
    run = {"population.size": debtors, "run.months": months, "run.burn_in": burn_in}
    world = World(load("china_2016", overrides=run)).run_to(0)
    earned = Earned([], [])

    def earning(simulation: Simulation) -> None:
        simulation.begin()
        rules, all_ = Rules(simulation), _with_new_debtors(simulation)
        ways: list[tuple[list[float], Callable[[], None]]] = [
            (earned.vectors, lambda: live(all_, rules)),
            (earned.compiled, lambda: simulation.run_kernel(economy.live, debtors)),
        ]
        for seconds, way in ways if simulation.month % 2 else ways[::-1]:
            begun = time.process_time()
            way()
            seconds.append(time.process_time() - begun)
        _compare(all_, fields_of(simulation.debtors.rows), simulation.month)

    world.calendar = (earning, *CALENDAR[1:])
    world.run()
    return earned


def _with_new_debtors(simulation: Simulation) -> Fields:
    """The debtors' fields, after new debtors have taken the places of those who left."""
    rows = simulation.debtors.rows.copy()
    state = view(simulation.state())
    sums = state.journal._replace(flows=np.zeros_like(simulation.state().journal.flows))
    for row in np.flatnonzero(rows["leaving"]).tolist():
        debtor: Any = Rows(rows)[row]
        kind = state.traits.kinds[debtor.kind]
        economy.replace(debtor, kind, state.parameters[0], state.now, at_row(sums, row))
    return fields_of(rows)


def _compare(mine: Fields, other: Fields, month: int) -> None:
    for name in Fields._fields:
        one, two = getattr(mine, name), getattr(other, name)
        if not np.allclose(one, two, rtol=NEAR, atol=NEAR):
            what = f"{name} differs for {np.sum(~np.isclose(one, two, NEAR, NEAR))} debtors"
            raise ServandaError("benchmark", f"{what} in month {month}")

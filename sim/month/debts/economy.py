"""The economy of debtors: income, spending, ruin, windfall. Some leave and others replace them."""

import math

from sim.agents.debtor.debtor import ASSETS, Debtor, born, debtor_id
from sim.agents.debtor.informal import informal_loss, pushed_out
from sim.agents.debtor.transfer import turn_of_year
from sim.agents.debtor.weigh import breadth
from sim.books.accounts import Flow
from sim.engine.compile import inlined, kernel, kernel_part, rule
from sim.engine.draw import CENTRAL, Now, central_quantile, normal, tail_quantile, uniform
from sim.levers.catalogue import Levers
from sim.month.debts.insurance import (
    arriving,
    count_premiums,
    covers_of,
    may_arrive,
    pay_premiums,
    support,
)
from sim.month.shared.assignment import assign
from sim.month.shared.journal import Journal, at_row, book
from sim.month.shared.state import STRETCH, State, market_of
from sim.parameters import Economy, KindTraits, Parameters
from sim.terms import LIQUID, Asset, Decision


@inlined
def earn(debtor: Debtor, shock: float, economy: Economy) -> None:
    """Set the month's income, yuan, from its shock (ODD eq. 12).

    The log of income is a first-order autoregression around the usual level. `shock` is the
    innovation of the month.
    """
    debtor.deviation = economy.persistence * debtor.deviation + shock
    debtor.income = debtor.usual * math.exp(debtor.deviation)


@inlined
def spend(debtor: Debtor, economy: Economy) -> float:
    """Spend the need, and a share of the money above need and buffer; return the sum spent, yuan.

    A debtor with too little money spends all of it. The bank account is spent first.
    """
    money = 0.0
    for k in range(LIQUID):
        money += debtor.assets[k]
    wanted = debtor.need + economy.spending * max(0.0, money - debtor.need - debtor.buffer)
    spent = min(money, wanted)
    left = spent
    for k in range(LIQUID):
        part = min(left, debtor.assets[k])
        debtor.assets[k] -= part
        left -= part
    return spent - left


@rule
def replace(
    debtor: Debtor, kind: KindTraits, parameters: Parameters, now: Now, journal: Journal
) -> None:
    """A new debtor of the same kind and district takes the row of one who left."""
    debtor.id = debtor_id(debtor.id >> 8, ((debtor.id & 255) + 1) & 255)
    born(debtor, debtor.kind, kind, parameters, now.seed)
    brought = 0.0
    for k in range(ASSETS):
        brought += debtor.assets[k]
    book(journal, Flow.ENTRY, brought)


@kernel
def live(state: State, first: int, last: int) -> None:
    """One month of earning and spending for every debtor.

    What the month's new claims depend on is at hand here, so their number is drawn as well. It is
    written to `arrivals`.

    For `STRETCH` debtors at a time, `draw_month` draws incomes and marks who may meet something
    rare; `pass_month` then does the rest. The loops of `draw_month` are short, so a processor can
    work on several debtors at the same time, which it could not in the long loop of `pass_month`.
    """
    economy = state.parameters[0].economy
    common = economy.common_shock * normal(state.now, Decision.COMMON_SHOCK, 0)
    for start in range(first, last, STRETCH):
        end = min(last, start + STRETCH)
        renew(state, start, end)
        draw_month(state, common, start, end)
        pass_month(state, start, end)
    kinds, districts = len(state.traits.kinds), len(state.courts)
    count_premiums(state.insurers, kinds, districts, at_row(state.journal, first))


@kernel_part
def renew(state: State, first: int, last: int) -> None:
    """Replace debtors who left, and draw cover where it is new or can change."""
    market = market_of(state)
    for row in range(first, last):
        debtor = state.debtors[row]
        is_new = debtor.leaving
        if is_new:
            kind = state.traits.kinds[debtor.kind]
            journal = at_row(state.journal, first)
            replace(debtor, kind, state.parameters[0], state.now, journal)
            if len(state.assignment.shares) > 0:
                assign(debtor, state.debtor_treatment, state.assignment, state.now.seed)
        if is_new or state.covers_change:
            state.covers[row] = covers_of(debtor, market, state.now)


@kernel_part
def draw_month(state: State, common: float, first: int, last: int) -> None:
    """Draw incomes, and mark in `arrivals` who may meet fortune or a new claim.

    Args:
        state: The world. In `shocks`, row 0 gets a uniform number for each debtor, and row 1 the
            quantile of the normal distribution at it.
        common: Shock of the month that all incomes share.
        first: Row of the first debtor.
        last: Row after the last debtor.
    """
    market = market_of(state)
    parameters = state.parameters[0]
    economy = parameters.economy
    block = first // state.journal.size
    for k in range(last - first):
        who = state.debtors[first + k].id
        state.shocks[block, 0, k] = uniform(state.now, Decision.INCOME, who)
    for k in range(last - first):
        state.shocks[block, 1, k] = central_quantile(state.shocks[block, 0, k])
    for k in range(last - first):
        p = state.shocks[block, 0, k]
        if abs(p - 0.5) > CENTRAL:
            state.shocks[block, 1, k] = tail_quantile(p)
    for k in range(last - first):
        shock = common + economy.own_shock * state.shocks[block, 1, k]
        earn(state.debtors[first + k], shock, economy)
    for row in range(first, last):
        debtor = state.debtors[row]
        fortune = uniform(state.now, Decision.FORTUNE, debtor.id)
        rare = meets_fortune(fortune, economy)
        rare |= may_arrive(debtor, market, parameters, state.now)
        state.arrivals[row] = rare


@kernel_part
def pass_month(state: State, first: int, last: int) -> None:
    """Pay incomes, benefits, spending and premiums; a few debtors meet fortune or new claims."""
    market = market_of(state)
    parameters = state.parameters[0]
    economy, protection = parameters.economy, parameters.protection
    journal = at_row(state.journal, first)
    for row in range(first, last):
        debtor = state.debtors[row]
        levers = state.levers[debtor.treatment]
        turn_of_year(debtor, state.now.month)
        debtor.assets[Asset.BANK] += debtor.income
        book(journal, Flow.INCOME, debtor.income)
        support(debtor, 0.0, levers, protection, journal)
        if debtor.on_list:
            kind = state.traits.kinds[debtor.kind]
            lose_listed_income(debtor, kind, levers, journal)
            if pushed_out(debtor, kind, levers, economy, state.now.seed):
                work_informally(debtor, economy, journal)
        book(journal, Flow.SPENDING, spend(debtor, economy))
        pay_premiums(debtor, state.covers[row], market, protection, state.now, journal)
        if state.arrivals[row]:
            fortune = uniform(state.now, Decision.FORTUNE, debtor.id)
            if meets_fortune(fortune, economy):
                meet_fortune(debtor, fortune, levers, parameters, journal)
            covers = state.covers[row]
            state.arrivals[row] = arriving(debtor, covers, market, parameters, state.now)


@inlined
def lose_listed_income(debtor: Debtor, kind: KindTraits, levers: Levers, journal: Journal) -> None:
    """Deduct the share of income that a listed debtor loses. Broad restrictions cost more."""
    lost = levers.sanctions.listing_income_loss * breadth(kind, levers) * debtor.income
    lost = min(lost, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= lost
    book(journal, Flow.LISTING_LOSS, lost)


@rule
def work_informally(debtor: Debtor, economy: Economy, journal: Journal) -> None:
    """A month of informal work. Income is lower and in cash, which is traced least (eq. 163)."""
    lost = min(informal_loss(debtor, economy), debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= lost
    debtor.income -= lost
    book(journal, Flow.LISTING_LOSS, lost)
    received = min(debtor.income, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= received
    debtor.assets[Asset.CASH] += received


@inlined
def meets_fortune(fortune: float, economy: Economy) -> bool:
    """Whether the draw of the month brings death or closure, ruin, or a windfall."""
    return fortune < economy.exit + economy.ruin or fortune > 1.0 - economy.windfall


@rule
def meet_fortune(
    debtor: Debtor, fortune: float, levers: Levers, parameters: Parameters, journal: Journal
) -> None:
    """Death or closure, ruin, or a windfall. One draw decides, so at most one of them happens."""
    economy = parameters.economy
    if fortune > 1.0 - economy.windfall:
        gain = economy.windfall_months * debtor.usual
        debtor.assets[Asset.BANK] += gain
        book(journal, Flow.WINDFALL, gain)
    elif fortune < economy.exit:
        debtor.leaving = True
    elif fortune < economy.exit + economy.ruin:
        lost = 0.0
        for k in range(ASSETS):
            part = debtor.assets[k] * (1.0 - economy.ruin_keeps)
            debtor.assets[k] -= part
            lost += part
        book(journal, Flow.RUIN, lost)
        if lost > 0.0:
            support(debtor, lost, levers, parameters.protection, journal)

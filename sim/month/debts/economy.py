"""The economy of debtors: income, spending, ruin, windfall. Some leave and others replace them."""

import math

from sim.agents.debtor.debtor import ASSETS, Debtor, born, debtor_id
from sim.agents.debtor.informal import informal_loss, pushed_out
from sim.agents.debtor.transfer import turn_of_year
from sim.agents.debtor.weigh import breadth
from sim.books.accounts import Flow
from sim.engine.compile import inlined, kernel, rule
from sim.engine.draw import Now, normal, uniform
from sim.levers.catalogue import Levers
from sim.month.debts.insurance import arriving, covers_of, may_arrive, pay_premiums, support
from sim.month.shared.assignment import assign
from sim.month.shared.journal import Journal, at_row, book
from sim.month.shared.state import State, market_of
from sim.parameters import Economy, KindTraits, Parameters
from sim.terms import LIQUID, Asset, Decision


@inlined
def earn(debtor: Debtor, shock: float, economy: Economy) -> None:
    """Draw the month's income, yuan (ODD eq. 12).

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


STRETCH = 64
"""Debtors whose month is begun together: few enough that their records stay in the fastest cache."""


@kernel
def live(state: State, first: int, last: int) -> None:
    """One month of earning and spending for every debtor.

    What the month's new claims depend on is at hand here, so their number is drawn as well. It is
    written to `arrivals`.

    For some debtors at a time, a short loop draws all incomes and finds out who meets anything
    rare. It takes far less time than the same steps within the long loop that follows, because a
    processor can begin the next debtors before it has finished one.
    """
    for start in range(first, last, STRETCH):
        end = min(last, start + STRETCH)
        begin_month(state, start, end)
        pass_month(state, start, end)


@inlined
def begin_month(state: State, first: int, last: int) -> None:
    """Replace debtors who left, draw incomes, mark in `arrivals` who may meet anything rare."""
    market = market_of(state)
    parameters = state.parameters[0]
    economy = parameters.economy
    common = economy.common_shock * normal(state.now, Decision.COMMON_SHOCK, 0)
    for row in range(first, last):
        debtor = state.debtors[row]
        is_new = debtor.leaving
        if is_new:
            kind = state.traits.kinds[debtor.kind]
            journal = at_row(state.journal, first)
            replace(debtor, kind, parameters, state.now, journal)
            if len(state.assignment.shares) > 0:
                assign(debtor, state.debtor_treatment, state.assignment, state.now.seed)
        if is_new or state.covers_change:
            state.covers[row] = covers_of(debtor, market, state.now)
    for row in range(first, last):
        debtor = state.debtors[row]
        shock = common + economy.own_shock * normal(state.now, Decision.INCOME, debtor.id)
        earn(debtor, shock, economy)
        fortune = uniform(state.now, Decision.FORTUNE, debtor.id)
        rare = meets_fortune(fortune, economy)
        rare |= may_arrive(debtor, state.covers[row], market, parameters, state.now)
        state.arrivals[row] = rare


@inlined
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

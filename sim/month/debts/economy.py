"""Economy: income, need, spending, ruin and windfall; debtors leave and others take their place."""

import math

from sim.agents.debtor.debtor import ASSETS, Debtor, born, debtor_id
from sim.agents.debtor.weigh import breadth
from sim.books.accounts import Flow
from sim.engine.compile import kernel, rule
from sim.engine.draw import normal, uniform
from sim.month.debts.insurance import pay_premiums, support
from sim.month.shared.state import State, book
from sim.parameters import Economy
from sim.terms import LIQUID, Asset, Decision


@rule
def earn(debtor: Debtor, shock: float, economy: Economy) -> float:
    """Income as a first-order autoregression in logs around its usual level (ODD eq. 12); yuan."""
    debtor.deviation = economy.persistence * debtor.deviation + shock
    debtor.income = debtor.usual * math.exp(debtor.deviation)
    debtor.assets[Asset.BANK] += debtor.income
    return debtor.income


@rule
def spend(debtor: Debtor, economy: Economy) -> float:
    """Meet need and spend a share of the money above the buffer; what was spent, yuan.

    Who has too little spends what there is. Money beyond the bank account is touched last.
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
def replace(state: State, row: int, block: int) -> None:
    """A new debtor enters in the place of one who left; kind and district of the place remain."""
    debtor = state.debtors[row]
    debtor.id = debtor_id(row, ((debtor.id & 255) + 1) & 255)
    born(debtor, debtor.kind, state.kinds[debtor.kind], state.parameters[0], state.now.seed)
    brought = 0.0
    for k in range(ASSETS):
        brought += debtor.assets[k]
    book(state, block, Flow.ENTRY, brought)


@kernel
def live(state: State, first: int, last: int) -> None:
    """One month of earning and spending for every debtor."""
    economy = state.parameters[0].economy
    common = economy.common_shock * normal(state.now, Decision.COMMON_SHOCK, 0)
    for row in range(first, last):
        debtor = state.debtors[row]
        block = row // state.block
        if debtor.leaving:
            replace(state, row, block)
        shock = common + economy.own_shock * normal(state.now, Decision.INCOME, debtor.id)
        book(state, block, Flow.INCOME, earn(debtor, shock, economy))
        support(state, debtor, 0.0, block)
        if debtor.on_list:
            lose_listed_income(state, debtor, block)
        book(state, block, Flow.SPENDING, spend(debtor, economy))
        pay_premiums(state, debtor, block)
        meet_fortune(state, debtor, block, economy)


@rule
def lose_listed_income(state: State, debtor: Debtor, block: int) -> None:
    """Income that a listed debtor loses in fact: a share scaled by the breadth of restrictions."""
    levers = state.levers[debtor.treatment]
    lost = (
        levers.sanctions.listing_income_loss
        * breadth(state.kinds[debtor.kind], levers)
        * debtor.income
    )
    lost = min(lost, debtor.assets[Asset.BANK])
    debtor.assets[Asset.BANK] -= lost
    book(state, block, Flow.LISTING_LOSS, lost)


@rule
def meet_fortune(state: State, debtor: Debtor, block: int, economy: Economy) -> None:
    """Death or closure, ruin, or a windfall: one draw, because no two meet in a month."""
    fortune = uniform(state.now, Decision.FORTUNE, debtor.id)
    if fortune > 1.0 - economy.windfall:
        gain = economy.windfall_months * debtor.usual
        debtor.assets[Asset.BANK] += gain
        book(state, block, Flow.WINDFALL, gain)
    elif fortune < economy.exit:
        debtor.leaving = True
    elif fortune < economy.exit + economy.ruin:
        lost = 0.0
        for k in range(ASSETS):
            part = debtor.assets[k] * (1.0 - economy.ruin_keeps)
            debtor.assets[k] -= part
            lost += part
        book(state, block, Flow.RUIN, lost)
        if lost > 0.0:
            support(state, debtor, lost, block)

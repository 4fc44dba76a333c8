"""Indicators of the costs, losses and benefits of enforcement, in yuan."""

from sim.books.counts import Count as C
from sim.indicator import NOT_NEGATIVE, UNBOUNDED, Indicator, Ratio, a_year
from sim.mechanisms.relief_fund import BACK_YUAN

PUBLIC = (C.LEVERS_COST, C.STAFF_COST, C.CUSTODY_COST)
"""Public cost of levers, officers and custody; counted for all debtors and by district."""
NET = (C.RECEIVED_YUAN, BACK_YUAN)
"""Money that creditors receive, and the relief that they return.

Relief returned is also counted in creditors' costs; adding it here offsets that part of the costs.
"""
LOST = (C.CREDITORS_COST, C.FORCED_SALE_LOSS, C.FREEZE_LOSS)
"""Creditors' own costs, and the value that forced sales and freezes destroy."""


MONEY: tuple[Indicator, ...] = (
    Ratio(
        name="felt_harm",
        title="Felt harm per yuan recovered",
        zh="单位到位金额的感知损害",
        unit="yuan per yuan recovered",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.CLOSED,),
        numerator=(C.FELT_HARM,),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
        headline=True,
    ),
    Ratio(
        name="officers_cost",
        title="Officers' pay per yuan recovered",
        number="26",
        zh="单位到位金额的执行人员薪酬",
        unit="yuan per yuan recovered",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.CLOSED,),
        numerator=(C.OFFICERS_PAY,),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
    ),
    Ratio(
        name="public_cost",
        title="Public cost per yuan recovered",
        number="26",
        zh="单位到位金额的公共成本",
        unit="yuan per yuan recovered",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.CLOSED,),
        numerator=PUBLIC,
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
        headline=True,
        by=("all", "district"),
    ),
    a_year(
        "public_outlay",
        "Public cost: levers, officers, custody",
        "公共成本",
        *PUBLIC,
        better="less",
        by=("all", "district"),
    ),
    a_year(
        "transfers",
        "Social benefits, money for relief funds, legal aid",
        "社会给付、司法救助拨款与法律援助",
        C.TRANSFERS,
        by=("all",),
    ),
    a_year(
        "harm",
        "Felt harm of restrictions, detention and prison",
        "感知损害",
        C.FELT_HARM,
        better="less",
    ),
    Ratio(
        name="social_return",
        title="Social return",
        zh="净社会收益",
        number="27",
        unit="yuan per debtor and year",
        better="more",
        numerator=NET,
        less=(*LOST, *PUBLIC),
        denominator=(C.DEBTORS,),
        scale=12.0,
        by=("all", "district"),
    ),
    Ratio(
        name="social_return_less_harm",
        title="Social return less felt harm",
        zh="扣除感知损害的净社会收益",
        number="27",
        unit="yuan per debtor and year",
        better="more",
        numerator=NET,
        less=(*LOST, *PUBLIC, C.FELT_HARM),
        denominator=(C.DEBTORS,),
        scale=12.0,
        by=("all", "district"),
    ),
    a_year(
        "net_received",
        "Money received less private costs",
        "债权人净受偿额",
        *NET,
        less=LOST,
        bounds=UNBOUNDED,
        better="more",
    ),
    a_year(
        "creditors_received",
        "Money that creditors receive",
        "债权人受偿额",
        C.RECEIVED_YUAN,
        better="more",
    ),
    a_year("creditors_cost", "Creditors' own costs", "债权人成本", C.CREDITORS_COST, better="less"),
    a_year(
        "losses",
        "Value lost in forced sales and freezes",
        "强制变价与查封、冻结损失",
        C.FORCED_SALE_LOSS,
        C.FREEZE_LOSS,
        better="less",
    ),
    a_year(
        "third_parties_lost",
        "Third parties' goods sold by mistake",
        "错误处置案外人财产金额",
        C.WRONGFULLY_SOLD,
        better="less",
    ),
    Ratio(
        name="deadweight",
        title="Value lost in forced sales and freezes per yuan recovered",
        zh="单位到位金额的强制变价与查封、冻结损失",
        unit="yuan per yuan recovered",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.CLOSED,),
        numerator=(C.FORCED_SALE_LOSS, C.FREEZE_LOSS),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
    ),
)

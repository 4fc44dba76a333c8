"""What enforcement costs, destroys and is worth."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

PUBLIC = (C.LEVERS_COST, C.STAFF_COST, C.CUSTODY_COST)
"""What policy costs the public, transfers apart; counted overall and by district."""

MONEY: tuple[Indicator, ...] = (
    Ratio(
        name="felt_harm",
        title="Felt harm per yuan recovered",
        zh="单位到位金额的感受损害",
        unit="yuan per yuan",
        numerator=(C.FELT_HARM,),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
        headline=True,
    ),
    Ratio(
        name="officers_cost",
        title="Officers' pay per yuan recovered (26)",
        zh="单位到位金额的执行人力成本",
        unit="yuan per yuan",
        numerator=(C.OFFICERS_PAY,),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
    ),
    Ratio(
        name="public_cost",
        title="Public cost per yuan recovered (26)",
        zh="单位到位金额的公共成本",
        unit="yuan per yuan",
        numerator=PUBLIC,
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
        headline=True,
        by=("all", "district"),
    ),
    Ratio(
        name="public_outlay",
        title="Public cost a debtor: levers, officers, custody",
        zh="人均公共成本",
        unit="yuan a debtor and year",
        numerator=PUBLIC,
        denominator=(C.DEBTORS,),
        scale=12.0,
        by=("all", "district"),
    ),
    Ratio(
        name="transfers",
        title="Social benefits and money for relief funds",
        zh="社会给付与救助拨款",
        unit="yuan a debtor and year",
        numerator=(C.TRANSFERS,),
        denominator=(C.DEBTORS,),
        scale=12.0,
        by=("all",),
    ),
    Ratio(
        name="harm",
        title="Felt harm of restrictions, detention and prison",
        zh="感受损害",
        unit="yuan a debtor and year",
        numerator=(C.FELT_HARM,),
        denominator=(C.DEBTORS,),
        scale=12.0,
    ),
    Ratio(
        name="welfare",
        title="Received less what it cost and destroyed (27)",
        zh="净社会收益",
        unit="yuan a debtor and month",
        numerator=(C.RECEIVED_YUAN, C.RELIEF_BACK),
        less=(C.CREDITORS_COST, *PUBLIC, C.FORCED_SALE_LOSS, C.FREEZE_LOSS),
        denominator=(C.DEBTORS,),
        by=("all", "district"),
    ),
    Ratio(
        name="welfare_less_harm",
        title="The same less felt harm (27)",
        zh="扣除感受损害的净社会收益",
        unit="yuan a debtor and month",
        numerator=(C.RECEIVED_YUAN, C.RELIEF_BACK),
        less=(C.CREDITORS_COST, *PUBLIC, C.FORCED_SALE_LOSS, C.FREEZE_LOSS, C.FELT_HARM),
        denominator=(C.DEBTORS,),
        by=("all", "district"),
    ),
    Ratio(
        name="deadweight",
        title="Loss in forced sales and freezes per yuan recovered",
        zh="单位到位金额的净损失",
        unit="yuan per yuan",
        numerator=(C.FORCED_SALE_LOSS, C.FREEZE_LOSS),
        denominator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        window=12,
    ),
)

"""What enforcement costs, destroys and is worth."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

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
        name="welfare",
        title="Recovered less what it cost and destroyed (27)",
        zh="净社会收益",
        unit="yuan a debtor and month",
        numerator=(C.RECEIVED_YUAN, C.RELIEF_BACK),
        less=(C.CREDITORS_COST, C.OFFICERS_PAY, C.FORCED_SALE_LOSS, C.FREEZE_LOSS),
        denominator=(C.DEBTORS,),
    ),
    Ratio(
        name="welfare_less_harm",
        title="The same less felt harm (27)",
        zh="扣除感受损害的净社会收益",
        unit="yuan a debtor and month",
        numerator=(C.RECEIVED_YUAN, C.RELIEF_BACK),
        less=(C.CREDITORS_COST, C.OFFICERS_PAY, C.FORCED_SALE_LOSS, C.FREEZE_LOSS, C.FELT_HARM),
        denominator=(C.DEBTORS,),
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

"""Plans, convictions, insolvency: how cases end otherwise."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

WAYS_OUT: tuple[Indicator, ...] = (
    Ratio(
        name="plans_kept",
        title="Instalments paid when due",
        zh="分期履行如期率",
        unit="share of instalments",
        numerator=(C.INSTALMENTS_KEPT,),
        denominator=(C.INSTALMENTS_DUE,),
        window=12,
    ),
    Ratio(
        name="false_conviction",
        title="Convictions of those who cannot pay",
        zh="拒执罪误判率",
        unit="share of convictions",
        numerator=(C.FALSE_CONVICTIONS,),
        denominator=(C.PRISONS,),
        window=12,
    ),
    Ratio(
        name="insolvent",
        title="Claims in insolvency",
        zh="破产程序中债权",
        unit="per 1,000 debtors",
        numerator=(C.INSOLVENT,),
        denominator=(C.DEBTORS,),
        scale=1000.0,
    ),
)

"""Searching for property and selling it."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

TRACING: tuple[Indicator, ...] = (
    Ratio(
        name="tracing_success",
        title="Tracing attempts that find property",
        zh="财产查控成功率",
        unit="share of attempts",
        numerator=(C.TRACES_HIT,),
        denominator=(C.TRACES,),
    ),
    Ratio(
        name="sale_rate",
        title="Auctions that sell",
        zh="拍卖成交率",
        unit="share of auctions",
        numerator=(C.AUCTIONS_SOLD,),
        denominator=(C.AUCTIONS,),
    ),
)

"""Indicators of stocks at the end of a month: open cases, terminated cases, the list."""

from sim.books.counts import Count as C
from sim.indicator import NOT_NEGATIVE, Indicator, Ratio

STOCKS: tuple[Indicator, ...] = (
    Ratio(
        name="backlog",
        title="Cases open",
        number="12",
        zh="未结案件",
        unit="per 1,000 debtors",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.DOCKET,),
        numerator=(C.DOCKET,),
        denominator=(C.DEBTORS,),
        scale=1000.0,
        headline=True,
    ),
    Ratio(
        name="shadow_backlog",
        title="Cases open or terminated unpaid",
        number="12b",
        zh="未结与终本案件",
        unit="per 1,000 debtors",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.DOCKET, C.SHADOW),
        numerator=(C.DOCKET, C.SHADOW),
        denominator=(C.DEBTORS,),
        scale=1000.0,
        headline=True,
    ),
    Ratio(
        name="listed",
        title="Debtors on the list",
        zh="在册失信被执行人",
        unit="per 1,000 debtors",
        bounds=NOT_NEGATIVE,
        counted=(C.LISTED,),
        numerator=(C.LISTED,),
        denominator=(C.DEBTORS,),
        scale=1000.0,
        headline=True,
    ),
)

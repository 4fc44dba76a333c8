"""Indicators of whether institutions do their duty."""

from sim.books.counts import Count as C
from sim.indicator import NOT_NEGATIVE, SHARE, Indicator, Ratio

INSTITUTIONS: tuple[Indicator, ...] = (
    Ratio(
        name="hours_unworked",
        title="Officers' hours left unworked",
        zh="消极执行工时比例",
        unit="share of hours",
        bounds=SHARE,
        better="less",
        numerator=(C.HOURS_UNWORKED,),
        denominator=(C.HOURS, C.HOURS_UNWORKED),
    ),
    Ratio(
        name="interference",
        title="Cases put off by a local government",
        zh="受干预案件比例",
        unit="share of cases taken up",
        bounds=SHARE,
        better="less",
        people="cases_interfered",
        numerator=(C.INTERFERED,),
        denominator=(C.TAKEN_UP,),
    ),
    Ratio(
        name="bribery",
        title="Cases put off by a bribe",
        zh="受贿搁置案件比例",
        unit="share of cases taken up",
        bounds=SHARE,
        better="less",
        people="cases_bribed",
        numerator=(C.BRIBED,),
        denominator=(C.TAKEN_UP,),
    ),
    Ratio(
        name="passive_assistance",
        title="Inquiries stalled by holders of assets",
        zh="消极协助率",
        unit="inquiries stalled per tracing attempt",
        bounds=NOT_NEGATIVE,
        better="less",
        numerator=(C.INQUIRIES_STALLED,),
        denominator=(C.TRACES,),
    ),
    Ratio(
        name="early_termination",
        title="Early terminations",
        zh="提前终本率",
        unit="share of terminations",
        bounds=SHARE,
        better="less",
        people="terminated_early",
        numerator=(C.TERMINATED_EARLY,),
        denominator=(C.TERMINATED,),
    ),
    Ratio(
        name="inspection",
        title="Courts inspected",
        zh="执行监督巡查率",
        unit="share of courts per month",
        bounds=SHARE,
        numerator=(C.INSPECTIONS,),
        denominator=(C.COURTS,),
    ),
)

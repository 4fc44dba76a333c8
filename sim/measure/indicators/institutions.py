"""Whether institutions do their duty."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

INSTITUTIONS: tuple[Indicator, ...] = (
    Ratio(
        name="hours_unworked",
        title="Officers' hours left unworked",
        zh="消极执行工时比例",
        unit="share of hours",
        numerator=(C.HOURS_UNWORKED,),
        denominator=(C.HOURS, C.HOURS_UNWORKED),
    ),
    Ratio(
        name="interference",
        title="Cases put off by a local government",
        zh="受干预案件比例",
        unit="share of cases taken up",
        numerator=(C.INTERFERED,),
        denominator=(C.TAKEN_UP,),
    ),
    Ratio(
        name="bribery",
        title="Cases put off by a bribe",
        zh="受贿搁置案件比例",
        unit="share of cases taken up",
        numerator=(C.BRIBED,),
        denominator=(C.TAKEN_UP,),
    ),
    Ratio(
        name="passive_assistance",
        title="Inquiries stalled by holders of assets",
        zh="消极协助率",
        unit="per tracing attempt",
        numerator=(C.INQUIRIES_STALLED,),
        denominator=(C.TRACES,),
    ),
    Ratio(
        name="early_termination",
        title="Terminations before their time",
        zh="不当终本率",
        unit="share of terminations",
        numerator=(C.TERMINATED_EARLY,),
        denominator=(C.TERMINATED,),
    ),
    Ratio(
        name="prosecution",
        title="Reported debtors who are prosecuted",
        zh="拒执罪追诉率",
        unit="share of reported",
        numerator=(C.PRISONS, C.PRIVATE_CHARGES),
        denominator=(C.REPORTED,),
        less=(C.PRIVATE_CONVICTIONS,),
    ),
    Ratio(
        name="private_prosecution",
        title="Charges that creditors bring themselves",
        zh="拒执罪自诉比例",
        unit="share of charges",
        numerator=(C.PRIVATE_CHARGES,),
        denominator=(C.PRISONS, C.PRIVATE_CHARGES),
        denominator_less=(C.PRIVATE_CONVICTIONS,),
        window=12,
    ),
    Ratio(
        name="inspection",
        title="Courts inspected",
        zh="执行监督巡查率",
        unit="share of courts a month",
        numerator=(C.INSPECTIONS,),
        denominator=(C.COURTS,),
    ),
)

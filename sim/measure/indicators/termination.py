"""Terminations, what they are worth, and the yardsticks of the assessment."""

from sim.measure.indicator import Cohort, Indicator, Ratio, Throughput
from sim.month.tally import Count as C
from sim.month.tally import Span

TERMINATION: tuple[Indicator, ...] = (
    Ratio(
        name="termination",
        title="Termination (15)",
        zh="终本率",
        unit="share of cases closed",
        numerator=(C.TERMINATED,),
        denominator=(C.CLOSED,),
        headline=True,
    ),
    Ratio(
        name="termination_quality",
        title="Terminations after all checks (16)",
        zh="终本合格率",
        unit="share of terminations",
        numerator=(C.TERMINATED_CHECKED,),
        denominator=(C.TERMINATED,),
    ),
    Ratio(
        name="audited_quality",
        title="Terminations after all checks, of those audited (18)",
        zh="终本案件抽查合格率",
        unit="share of terminations audited",
        numerator=(C.AUDITED_CHECKED,),
        denominator=(C.TERMINATED_AUDITED,),
        window=12,
    ),
    Ratio(
        name="no_property_court",
        title="No property as the court sees it (7b)",
        zh="法院认定无财产可供执行比例",
        unit="share of cases closed",
        numerator=(C.TERMINATED_EMPTY,),
        denominator=(C.CLOSED,),
    ),
    Cohort(
        name="reapplication",
        title="Applications anew within 24 months (17)",
        zh="终本后再申请率",
        unit="share of terminations, by their month",
        span=Span.REAPPLIED,
        within=24,
        base=C.TERMINATED,
    ),
    Ratio(
        name="timely_with_property",
        title="Cases with property performed within the statutory time (18)",
        zh="有财产案件法定期限内执结率",
        unit="share of cases with property found whose time is over or that closed in time",
        numerator=(C.WITH_PROPERTY_IN_TIME,),
        denominator=(C.WITH_PROPERTY_DUE,),
        window=12,
    ),
    Ratio(
        name="petitions_answered",
        title="Petitions answered (18)",
        zh="执行信访办结率",
        unit="share of petitions",
        numerator=(C.PETITIONS_ANSWERED,),
        denominator=(C.PETITIONS,),
        window=12,
    ),
    Throughput(
        name="overall_closing",
        title="Cases closed, of those accepted in 36 months and open before (18)",
        zh="近三年执行案件整体结案率",
        unit="share of cases",
        left=(C.CLOSED,),
        came=(C.ENTERED, C.REVIVED),
        stock=(C.DOCKET, C.IN_PLAN),
        window=36,
    ),
    Ratio(
        name="false_termination",
        title="Terminations despite property (16)",
        zh="有财产终本率",
        unit="share of terminations",
        numerator=(C.TERMINATED_WITH_PROPERTY,),
        denominator=(C.TERMINATED,),
    ),
)

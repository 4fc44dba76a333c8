"""From the due date to the docket: suits, preservation, settlement, application."""

from sim.measure.indicator import Cohort, Indicator, Ratio
from sim.month.tally import Count as C
from sim.month.tally import Span

BEFORE: tuple[Indicator, ...] = (
    Cohort(
        name="application",
        title="Application for enforcement within 24 months (6)",
        zh="申请执行率",
        unit="share of claims unpaid at the end of grace, by its month",
        span=Span.APPLIED,
        within=24,
        base=C.UNPAID,
    ),
    Ratio(
        name="entry",
        title="Judgments that enter enforcement",
        zh="进入执行程序比例",
        unit="share of judgments",
        numerator=(C.ENTERED,),
        denominator=(C.JUDGED,),
        window=12,
        headline=True,
    ),
    Ratio(
        name="received",
        title="Money that creditors receive, by whatever way",
        zh="债权受偿率",
        unit="share of yuan fallen due",
        numerator=(C.RECEIVED_YUAN,),
        denominator=(C.DUE_YUAN,),
        window=12,
    ),
    Ratio(
        name="preservation",
        title="Suits with assets preserved",
        zh="财产保全率",
        unit="share of suits",
        numerator=(C.PRESERVATIONS,),
        denominator=(C.FILED,),
        window=12,
    ),
    Ratio(
        name="preserved_settled",
        title="Preserved suits that end in mediation",
        zh="保全案件调解率",
        unit="share of preserved suits",
        numerator=(C.SETTLED_PRESERVED,),
        denominator=(C.PRESERVATIONS,),
        window=12,
    ),
    Ratio(
        name="mediated_performance",
        title="Mediated agreements performed without enforcement",
        zh="调解自动履行率",
        unit="share of agreements paid at once or out of grace",
        numerator=(C.MEDIATED_PAID, C.MEDIATED_KEPT),
        denominator=(C.MEDIATED_PAID, C.MEDIATED_LEFT),
        window=12,
    ),
    Ratio(
        name="promises_kept",
        title="Settlements out of court that are kept",
        zh="和解履行率",
        unit="share of promises due",
        numerator=(C.SETTLEMENTS_KEPT,),
        denominator=(C.SETTLEMENTS_KEPT, C.SETTLEMENTS_BROKEN),
        window=12,
    ),
)

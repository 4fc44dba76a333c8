"""What enforcement brings in, of what was claimed and of what there was."""

from sim.measure.indicator import Cohort, Gini, Indicator, Ratio
from sim.month.tally import Count as C
from sim.month.tally import Span

RECOVERY: tuple[Indicator, ...] = (
    Ratio(
        name="no_property",
        title="Cases truly without property (7)",
        zh="执行不能比例",
        unit="share of cases entering",
        numerator=(C.ENTERED_UNABLE,),
        denominator=(C.ENTERED,),
        headline=True,
    ),
    Ratio(
        name="completion",
        title="Completion (8)",
        zh="执行完毕率",
        unit="share of cases closed",
        numerator=(C.CLOSED_FULL,),
        denominator=(C.CLOSED,),
        headline=True,
    ),
    Ratio(
        name="recovery",
        title="Money recovered (9)",
        zh="实际执行到位率",
        unit="share of yuan claimed on cases closed",
        numerator=(C.CLOSED_RECOVERED,),
        denominator=(C.CLOSED_CLAIMED,),
        headline=True,
    ),
    Cohort(
        name="recovery_cohort",
        title="Money recovered within 36 months (9b)",
        zh="三年内实际到位率",
        unit="share of yuan claimed, by month of intake",
        span=Span.RECOVERED,
        within=36,
        base=C.ENTERED_YUAN,
    ),
    Gini(
        name="recovery_gini",
        title="Inequality of the share recovered, by yuan claimed (28)",
        zh="到位率基尼系数",
        unit="0 to 1",
        span=Span.RECOVERED_SHARE,
    ),
    Ratio(
        name="collected",
        title="Collected of what could be collected (10)",
        zh="可执行财产到位率",
        unit="share of yuan collectable at entry",
        numerator=(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE),
        denominator=(C.ENTERED_COLLECTABLE,),
        window=12,
    ),
)

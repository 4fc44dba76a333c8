"""What debtors do about claims: perform, refuse, or cannot."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

PERFORMANCE: tuple[Indicator, ...] = (
    Ratio(
        name="due_performance",
        title="Performance when due",
        zh="到期履行率",
        unit="share of claims",
        numerator=(C.DUE_PAID,),
        denominator=(C.DUE,),
    ),
    Ratio(
        name="mean_claim",
        title="Mean claim",
        zh="平均债权额",
        unit="yuan",
        numerator=(C.DUE_YUAN,),
        denominator=(C.DUE,),
    ),
    Ratio(
        name="grace_performance_able",
        title="Voluntary performance of those able (1)",
        zh="有能力者自动履行率",
        unit="share of claims leaving grace",
        numerator=(C.GRACE_PAID_ABLE,),
        denominator=(C.GRACE_LEFT_ABLE,),
        headline=True,
    ),
    Ratio(
        name="grace_performance",
        title="Voluntary performance (2)",
        zh="自动履行率",
        unit="share of claims leaving grace",
        numerator=(C.GRACE_PAID,),
        denominator=(C.GRACE_LEFT,),
        headline=True,
    ),
    Ratio(
        name="enforcement_performance_able",
        title="Voluntary share of able cases paid (3)",
        zh="执行中主动履行率",
        unit="share of able cases closed by payment or seizure",
        numerator=(C.CLOSED_ABLE_PAID,),
        denominator=(C.CLOSED_ABLE_PAID, C.CLOSED_ABLE_FORCED),
        headline=True,
    ),
    Ratio(
        name="refusal",
        title="Refusal of those able (4)",
        zh="有能力而拒不履行率",
        unit="share of able debtors",
        numerator=(C.DEBTORS_EVADING,),
        denominator=(C.DEBTORS_ABLE,),
        headline=True,
    ),
    Ratio(
        name="inability",
        title="Inability (5)",
        zh="无履行能力率",
        unit="share of debtors with enforceable debt",
        numerator=(C.DEBTORS_UNABLE,),
        denominator=(C.DEBTORS_ENFORCEABLE,),
        headline=True,
    ),
)

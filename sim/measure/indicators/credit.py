"""Credit: how records affect those who seek it, and how long they last."""

from sim.measure.indicator import SHARE, Indicator, Ratio
from sim.month.shared.counts import Count as C

CREDIT: tuple[Indicator, ...] = (
    Ratio(
        name="restrictions_after_performance",
        title="Restrictions borne after performance",
        zh="履行后受限比例",
        unit="share of restriction months",
        bounds=SHARE,
        better="less",
        people="restricted_after_performance",
        numerator=(C.REPAIR_MONTHS,),
        denominator=(C.RESTRICTION_MONTHS,),
        window=12,
    ),
    Ratio(
        name="credit_refused",
        title="Credit refused",
        zh="授信拒绝率",
        unit="share of credit sought that would have fallen due",
        bounds=SHARE,
        people="credit_refusals",
        numerator=(C.CREDIT_REFUSED,),
        denominator=(C.CREDIT_SOUGHT,),
        window=12,
    ),
    Ratio(
        name="credit_score",
        title="Mean credit score",
        zh="平均信用评分",
        unit="0 to 1, neutral at one half",
        bounds=SHARE,
        numerator=(C.SCORE,),
        denominator=(C.SCORED,),
    ),
)

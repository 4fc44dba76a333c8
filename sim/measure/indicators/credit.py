"""Indicators of credit: requests refused, scores, and restrictions that outlast performance."""

from sim.books.counts import Count as C
from sim.indicator import BY_DEBTOR, SHARE, Indicator, Ratio

CREDIT: tuple[Indicator, ...] = (
    Ratio(
        name="restrictions_after_performance",
        title="Restrictions borne after performance",
        zh="限制月数中履行后占比",
        unit="share of restriction months",
        bounds=SHARE,
        better="less",
        people="restricted_after_performance",
        numerator=(C.REPAIR_MONTHS,),
        denominator=(C.RESTRICTION_MONTHS,),
        window=12,
        by=BY_DEBTOR,
    ),
    Ratio(
        name="credit_refused",
        title="Credit refused",
        zh="授信拒绝率",
        unit="share of requested credit that would have fallen due",
        bounds=SHARE,
        people="credit_refusals",
        numerator=(C.CREDIT_REFUSED,),
        denominator=(C.CREDIT_SOUGHT,),
        window=12,
    ),
    Ratio(
        name="credit_refused_able",
        title="Credit refused to debtors who could repay it",
        zh="有偿还能力者授信拒绝率",
        unit="share of credit requested by debtors able to repay it",
        bounds=SHARE,
        better="less",
        numerator=(C.CREDIT_REFUSED_ABLE,),
        denominator=(C.CREDIT_SOUGHT_ABLE,),
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

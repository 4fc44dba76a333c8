"""Indicators of debtors' beliefs compared with the truth, and of debtors' standing."""

from sim.books.counts import Count as C
from sim.indicator import SHARE, Indicator, Ratio, log_gap

BELIEFS: tuple[Indicator, ...] = (
    Ratio(
        name="belief_gap",
        title="Log ratio of perceived to true hazard of recovery",
        number="29",
        zh="查控风险认知偏差",
        unit="ln(perceived/true)",
        numerator=(C.LOG_PERCEIVED, C.EXPOSED_RECOVERED),
        denominator=(C.EXPOSED,),
        window=12,
        form=log_gap,
    ),
    Ratio(
        name="belief_gap_listing",
        title="Log ratio of perceived to true hazard of listing",
        number="29",
        zh="纳入名单风险认知偏差",
        unit="ln(perceived/true)",
        numerator=(C.LOG_PERCEIVED_LISTING, C.UNLISTED_LISTED),
        denominator=(C.UNLISTED_EXPOSED,),
        window=12,
        form=log_gap,
    ),
    Ratio(
        name="belief_gap_personal",
        title="Log ratio of perceived to true hazard of personal sanctions",
        number="29",
        zh="人身处罚风险认知偏差",
        unit="ln(perceived/true)",
        numerator=(C.LOG_PERCEIVED_PERSONAL, C.EXPOSED_PUNISHED),
        denominator=(C.EXPOSED,),
        window=12,
        form=log_gap,
    ),
    Ratio(
        name="true_hazard",
        title="True hazard of seizure for evading debtors",
        zh="真实查控风险",
        unit="share of evading debtors in the docket per month",
        bounds=SHARE,
        better="more",
        numerator=(C.EXPOSED_RECOVERED,),
        denominator=(C.EXPOSED,),
        window=12,
    ),
    Ratio(
        name="honest_share",
        title="Honest share of debtors whose standing is known",
        number="34",
        zh="守信比例",
        unit="share of debtors whose standing is known",
        bounds=SHARE,
        better="more",
        numerator=(C.KNOWN_HONEST,),
        denominator=(C.KNOWN,),
    ),
)

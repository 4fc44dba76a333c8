"""What debtors believe, and what is known of them."""

from sim.books.counts import Count as C
from sim.indicator import SHARE, Indicator, Ratio, log_gap

BELIEFS: tuple[Indicator, ...] = (
    Ratio(
        name="belief_gap",
        title="Perceived over true hazard of recovery, in logs",
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
        title="Perceived over true hazard of listing, in logs",
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
        title="Perceived over true hazard of personal sanctions, in logs",
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
        title="True hazard of seizure among those who evade",
        zh="真实查控风险",
        unit="share of evaders in the docket a month",
        bounds=SHARE,
        better="more",
        numerator=(C.EXPOSED_RECOVERED,),
        denominator=(C.EXPOSED,),
        window=12,
    ),
    Ratio(
        name="honest_share",
        title="Honest share of those of whom something is known",
        number="34",
        zh="守信比例",
        unit="share of debtors",
        bounds=SHARE,
        better="more",
        numerator=(C.KNOWN_HONEST,),
        denominator=(C.KNOWN,),
    ),
)

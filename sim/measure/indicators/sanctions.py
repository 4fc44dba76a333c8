"""The list and personal sanctions: what they move, and whom they hit."""

from sim.measure.indicator import Cohort, Indicator, Ratio
from sim.month.tally import Count as C
from sim.month.tally import Span

SANCTIONS: tuple[Indicator, ...] = (
    Ratio(
        name="listing_hazard",
        title="Performance of the listed a month (19)",
        zh="失信被执行人月履行率",
        unit="1/month",
        numerator=(C.LISTED_PAID,),
        denominator=(C.LISTED_START,),
        headline=True,
    ),
    Ratio(
        name="listing_hazard_able",
        title="Performance of the listed and able (19b)",
        zh="有能力失信人月履行率",
        unit="1/month",
        numerator=(C.LISTED_PAID_ABLE,),
        denominator=(C.LISTED_START_ABLE,),
    ),
    Cohort(
        name="listed_performance",
        title="Listed who perform within 24 months while listed (19c)",
        zh="失信被执行人累计履行率",
        unit="share of entries on the list, by their month",
        span=Span.LISTED_PAID,
        within=24,
        base=C.LISTINGS,
    ),
    Ratio(
        name="false_listing",
        title="Listed who cannot pay (21)",
        zh="误列率",
        unit="share of listed",
        numerator=(C.LISTED_UNABLE,),
        denominator=(C.LISTED,),
        headline=True,
    ),
    Ratio(
        name="missed_listing",
        title="Refusers not listed (21)",
        zh="漏列率",
        unit="share of refusers of three months or more",
        numerator=(C.REFUSERS_UNLISTED,),
        denominator=(C.REFUSERS,),
    ),
    Ratio(
        name="restrictions_on_unable",
        title="Restriction borne by those who cannot pay (22)",
        zh="无能力者受限比例",
        unit="share of restriction months",
        numerator=(C.RESTRICTION_MONTHS_UNABLE,),
        denominator=(C.RESTRICTION_MONTHS,),
    ),
    Ratio(
        name="detention_on_unable",
        title="Detention borne by those who cannot pay (22)",
        zh="无能力者受拘比例",
        unit="share of days",
        numerator=(C.DETENTION_DAYS_UNABLE,),
        denominator=(C.DETENTION_DAYS,),
        window=12,
    ),
    Ratio(
        name="detention",
        title="Detentions",
        zh="司法拘留率",
        unit="per case closed",
        numerator=(C.DETENTIONS,),
        denominator=(C.CLOSED,),
        window=12,
    ),
)

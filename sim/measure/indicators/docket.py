"""Cases in the docket: how many, how long, and the officers for them."""

from sim.measure.indicator import Gini, Indicator, Percentile, Ratio, Throughput
from sim.month.tally import Count as C
from sim.month.tally import Span

CASES_PER_OFFICER = 12.0
"""A year's cases over mean officers: sums over twelve months carry officers twelve times."""

DOCKET: tuple[Indicator, ...] = (
    Ratio(
        name="clearance",
        title="Clearance (11)",
        zh="结案率",
        unit="cases closed / accepted, twelve months",
        numerator=(C.CLOSED,),
        denominator=(C.ENTERED, C.REVIVED),
        window=12,
        headline=True,
    ),
    Throughput(
        name="clearance_with_stock",
        title="Clearance, cases open before included (11)",
        zh="含旧存结案率",
        unit="cases closed / accepted in twelve months and open before them",
        left=(C.CLOSED,),
        came=(C.ENTERED, C.REVIVED),
        stock=(C.DOCKET, C.IN_PLAN),
        window=12,
    ),
    Ratio(
        name="docket_age",
        title="Mean age of open cases (13)",
        zh="未结案件平均在案月数",
        unit="months",
        numerator=(C.DOCKET_AGE,),
        denominator=(C.DOCKET,),
    ),
    Percentile(
        name="docket_age_p90",
        title="Age that nine in ten open cases do not exceed (13)",
        zh="未结案件在案月数九成位",
        unit="months",
        span=Span.DOCKET_AGE,
        share=0.9,
    ),
    Ratio(
        name="load",
        title="Cases an officer and year (14)",
        zh="人均收案数",
        unit="cases",
        numerator=(C.ENTERED, C.REVIVED),
        denominator=(C.OFFICERS,),
        window=12,
        scale=CASES_PER_OFFICER,
        headline=True,
    ),
    Ratio(
        name="months_in_docket",
        title="Months from acceptance to closing",
        zh="平均办案月数",
        unit="months",
        numerator=(C.CLOSED_MONTHS,),
        denominator=(C.CLOSED,),
    ),
    Ratio(
        name="months_in_docket_livelihood",
        title="Months from acceptance to closing, livelihood cases (30)",
        zh="涉民生案件平均办案月数",
        unit="months",
        numerator=(C.CLOSED_LIVELIHOOD_MONTHS,),
        denominator=(C.CLOSED_LIVELIHOOD,),
    ),
    Ratio(
        name="months_in_docket_others",
        title="Months from acceptance to closing, all other cases (30)",
        zh="其他案件平均办案月数",
        unit="months",
        numerator=(C.CLOSED_MONTHS,),
        less=(C.CLOSED_LIVELIHOOD_MONTHS,),
        denominator=(C.CLOSED,),
        denominator_less=(C.CLOSED_LIVELIHOOD,),
    ),
    Gini(
        name="delay_gini",
        title="Inequality of months in the docket, cases closed (30)",
        zh="办案时长基尼系数",
        unit="0 to 1",
        span=Span.CLOSED_AGE,
    ),
    Ratio(
        name="utilisation",
        title="Officers' hours used",
        zh="工时利用率",
        unit="share of hours",
        numerator=(C.HOURS_USED,),
        denominator=(C.HOURS,),
        headline=True,
    ),
)

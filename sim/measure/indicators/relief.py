"""Payments in a debtor's place, by insurers and relief funds."""

from sim.measure.indicator import NOT_NEGATIVE, UNBOUNDED, Indicator, Ratio
from sim.measure.indicators.money import a_year
from sim.month.shared.counts import Count as C

NOT_BY_SIZE = ("all", "domain", "kind", "district")
"""Breakdowns without that by size: a premium is paid before there is a claim."""

RELIEF: tuple[Indicator, ...] = (
    Ratio(
        name="insured_paid",
        title="Paid first by insurers",
        zh="保险先行赔付比例",
        unit="yuan per yuan falling due",
        bounds=NOT_NEGATIVE,
        better="more",
        counted=(C.DUE,),
        numerator=(C.INSURED_PAID,),
        denominator=(C.DUE_YUAN,),
        window=12,
    ),
    Ratio(
        name="relief",
        title="Relief to creditors in need, of those who had any",
        zh="司法救助金额",
        unit="yuan a claim first relieved",
        bounds=NOT_NEGATIVE,
        numerator=(C.RELIEF_PAID,),
        denominator=(C.RELIEF_CLAIMS,),
        window=12,
    ),
    a_year("premiums", "Premiums of liability cover", "责任保险费", C.PREMIUM_YUAN, by=NOT_BY_SIZE),
    a_year("insurers_paid", "Paid by liability insurers", "责任保险赔付额", C.INSURED_PAID),
    a_year(
        "dispute_premiums", "Premiums of creditors' dispute cover", "诉讼保险费", C.DISPUTE_PREMIUM
    ),
    a_year(
        "dispute_paid",
        "Paid by dispute cover, less what came back",
        "诉讼保险净赔付额",
        C.DISPUTE_PAID,
        C.DISPUTE_COSTS,
        less=(C.DISPUTE_BACK,),
        bounds=UNBOUNDED,
    ),
    a_year("relief_paid", "Relief paid to creditors", "司法救助发放额", C.RELIEF_PAID),
    a_year("relief_back", "Relief returned to the funds", "司法救助追回额", C.RELIEF_BACK),
)

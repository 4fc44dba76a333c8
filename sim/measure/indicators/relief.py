"""Indicators of liability insurance: payments made in place of debtors, and premiums."""

from sim.books.counts import Count as C
from sim.indicator import NOT_NEGATIVE, Indicator, Ratio, a_year

NOT_BY_SIZE = ("all", "domain", "kind", "district")
"""Breakdowns of premiums: not by size, since a premium is paid before there is a claim."""

RELIEF: tuple[Indicator, ...] = (
    Ratio(
        name="insured_paid",
        title="Money that insurers pay in place of debtors",
        zh="保险先行赔付比例",
        unit="yuan per yuan fallen due",
        bounds=NOT_NEGATIVE,
        better="more",
        counted=(C.DUE,),
        numerator=(C.INSURED_PAID,),
        denominator=(C.DUE_YUAN,),
        window=12,
    ),
    a_year(
        "premiums", "Premiums for liability cover", "责任保险保费", C.PREMIUM_YUAN, by=NOT_BY_SIZE
    ),
    a_year("insurers_paid", "Money paid by liability insurers", "责任保险赔付额", C.INSURED_PAID),
)

"""Indicators of the number of people and cases that enforcement harms or fails to reach.

The share of wrong cases shows how accurate a sanction or seizure is. If fewer people are affected
at all, this share can rise although fewer are harmed. So the share and the number are both
reported.
"""

from typing import Literal

from sim.books.counts import Count as C
from sim.books.counts import Span
from sim.indicator import BY_DEBTOR, NOT_NEGATIVE, Cohort, Indicator, Ratio

PER_THOUSAND = "per 1,000 debtors"
THOUSAND, YEAR = 1000.0, 12


def standing(name: str, title: str, zh: str, counted: C, *, by: tuple[str, ...] = ()) -> Ratio:
    """An indicator per 1,000 debtors at a month's end; `by` lists its breakdowns, empty for all."""
    return Ratio(
        name=name,
        title=title,
        zh=zh,
        unit=PER_THOUSAND,
        bounds=NOT_NEGATIVE,
        better="less",
        numerator=(counted,),
        counted=(counted,),
        denominator=(C.DEBTORS,),
        scale=THOUSAND,
        by=by,
    )


def in_a_year(
    name: str,
    title: str,
    zh: str,
    counted: C,
    better: Literal["less", ""] = "less",
) -> Ratio:
    """An indicator of a number per year and 1,000 debtors.

    Args:
        name: Name of the indicator.
        title: English title.
        zh: Chinese title.
        counted: Count that is summed over the year.
        better: ``less`` if less of it is better; empty if that is a matter of opinion.
    """
    return Ratio(
        name=name,
        title=title,
        zh=zh,
        unit=f"{PER_THOUSAND} and year",
        bounds=NOT_NEGATIVE,
        better=better,
        numerator=(counted,),
        counted=(counted,),
        denominator=(C.DEBTORS,),
        window=YEAR,
        scale=YEAR * THOUSAND,
    )


PEOPLE: tuple[Indicator, ...] = (
    standing(
        "refusers",
        "Debtors who refuse although able to pay",
        "有履行能力而拒不履行者人数",
        C.DEBTORS_EVADING,
    ),
    standing("unable", "Debtors who cannot pay", "无履行能力者人数", C.DEBTORS_UNABLE),
    standing("wrongly_listed", "Debtors wrongly listed", "名单错误纳入人数", C.LISTED_UNABLE),
    standing(
        "refusers_unlisted", "Refusers who are not listed", "名单应纳未纳人数", C.REFUSERS_UNLISTED
    ),
    standing(
        "restricted_unable",
        "Debtors under restrictions who cannot pay",
        "受限制的无履行能力者人数",
        C.RESTRICTION_MONTHS_UNABLE,
    ),
    standing(
        "restricted_after_performance",
        "Debtors under restrictions after performance",
        "履行后仍受限制者人数",
        C.REPAIR_MONTHS,
        by=BY_DEBTOR,
    ),
    standing(
        "below_exempt",
        "Debtors with less than the exempt minimum while their assets are attached",
        "基本生活受损人数",
        C.LIVELIHOOD_BREACH,
    ),
    in_a_year(
        "detained_unable",
        "Detentions of debtors who cannot pay",
        "无履行能力者被司法拘留人次",
        C.DETENTIONS_UNABLE,
    ),
    in_a_year(
        "wrongly_attached",
        "Cases in which others' property is attached",
        "错误查封案外人财产件数",
        C.WRONGFUL_ATTACHMENTS,
    ),
    in_a_year("seized_beyond", "Excessive seizures", "超标的查封件数", C.OVER_SEIZURES),
    Cohort(
        name="viable_firms_closed",
        title="Number of viable firms closed within 12 months of a seizure",
        zh="查封后倒闭的有持续经营价值企业数",
        unit=f"{PER_THOUSAND} and year",
        bounds=NOT_NEGATIVE,
        better="less",
        counted=(C.VIABLE_SEIZED,),
        span=Span.VIABLE_CLOSED,
        within=12,
        base=C.DEBTORS,
        scale=YEAR * THOUSAND,
    ),
    in_a_year(
        "terminations_with_property",
        "Cases terminated despite property",
        "有财产终本件数",
        C.TERMINATED_WITH_PROPERTY,
    ),
    in_a_year("terminated_early", "Cases terminated early", "提前终本件数", C.TERMINATED_EARLY),
    in_a_year(
        "cases_interfered",
        "Cases that a local government puts off",
        "受干预案件数",
        C.INTERFERED,
    ),
    in_a_year("cases_bribed", "Cases that a bribe puts off", "受贿搁置案件数", C.BRIBED),
    in_a_year(
        "mistaken_witnesses",
        "Searches after a witness's mistaken report",
        "失实见证线索数",
        C.WITNESSED_WRONGLY,
    ),
    in_a_year(
        "bankruptcies_abused",
        "Personal bankruptcies with assets concealed",
        "个人破产欺诈件数",
        C.BANKRUPTCY_ABUSED,
    ),
    in_a_year(
        "credit_refusals",
        "Requests for credit refused",
        "授信拒绝笔数",
        C.CREDIT_REFUSED,
        better="",
    ),
)

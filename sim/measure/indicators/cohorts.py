"""Indicators of cohorts: the claims that fell due in the same month.

Some policies act between the due date and enforcement. They change which claims reach enforcement,
but not which claims fall due. So cohorts can be compared between these policies, and indicators of
cohorts come first in every table (`sim.measure.headline`).
"""

from sim.books.counts import Count as C
from sim.books.counts import Span
from sim.indicator import SHARE, Bounds, Cohort, Indicator, MonthsUntil

SHORT, LONG = 12, 36
"""Months after the due date within which performance is measured."""

ZH = {SHORT: "12个月内", LONG: "36个月内"}


CLAIMS = "share of claims, by the month they fell due"
YUAN = "share of yuan due (each claim up to a cap), by the month they fell due"


def _share(
    name: str, number: str, title: str, zh: str, span: Span, unit: str = CLAIMS, base: C = C.DUE
) -> list[Indicator]:
    """Two indicators: the share of a cohort with an event within `SHORT` and `LONG` months.

    Args:
        name: Name, to which the number of months is added.
        number: Number of the definition in docs/indicators.md.
        title: English title, to which "within … months" is added.
        zh: Chinese title; "到期后…内" is put before it.
        span: The events counted, by months since the due date.
        unit: Unit of measure.
        base: Count by which the events are divided, such as the claims of the cohort.
    """
    return [
        Cohort(
            name=f"{name}_{within}",
            title=f"{title} within {within} months",
            number=number,
            zh=f"到期后{ZH[within]}{zh}",
            unit=unit,
            bounds=SHARE,
            better="more",
            counted=(C.DUE,) if base != C.DUE else (),
            span=span,
            within=within,
            base=base,
        )
        for within in (SHORT, LONG)
    ]


COHORTS: tuple[Indicator, ...] = (
    *_share("performed", "35", "Claims performed in full", "全部履行率", Span.PERFORMED),
    *_share(
        "voluntary",
        "36",
        "Claims performed in full without enforcement",
        "自动履行率",
        Span.PERFORMED_VOLUNTARILY,
    ),
    MonthsUntil(
        name="months_to_money",
        title=f"Months until a claim is performed in full, at most {LONG}",
        number="37",
        zh="到期后全部履行平均月数（上限36个月）",
        unit="months per claim, by the month they fell due",
        bounds=Bounds(0.0, float(LONG)),
        better="less",
        span=Span.PERFORMED,
        within=LONG,
        base=C.DUE,
    ),
    *_share(
        "performed_capped",
        "35b",
        "Yuan of claims (each up to a cap) performed in full",
        "全部履行金额比例（单笔封顶）",
        Span.PERFORMED_CAPPED,
        YUAN,
        C.DUE_CAPPED,
    ),
)

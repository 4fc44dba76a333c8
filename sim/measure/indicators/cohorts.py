"""Cohorts of claims by the month in which they fell due.

What policies do upstream of enforcement changes who gets there, but not which claims fell due in a
month before; so these measures come first in every table (`sim.measure.headline`).
"""

from sim.books.counts import Count as C
from sim.books.counts import Span
from sim.indicator import SHARE, Bounds, Cohort, Indicator, MonthsUntil

SHORT, LONG = 12, 36
"""Months after the due date within which performance is measured."""
ZH = {SHORT: "12个月内", LONG: "36个月内"}


def _performed(within: int) -> Indicator:
    return Cohort(
        name=f"performed_{within}",
        title=f"Claims performed in full within {within} months",
        number="35",
        zh=f"到期后{ZH[within]}全部履行率",
        unit="share of claims, by the month they fell due",
        bounds=SHARE,
        better="more",
        span=Span.PERFORMED,
        within=within,
        base=C.DUE,
    )


def _performed_capped(within: int) -> Indicator:
    return Cohort(
        name=f"performed_capped_{within}",
        title=f"Yuan of claims performed in full within {within} months, each claim up to a cap",
        number="35b",
        zh=f"到期后{ZH[within]}全部履行金额比例（单笔封顶）",
        unit="share of yuan up to the cap, by the month they fell due",
        bounds=SHARE,
        better="more",
        counted=(C.DUE,),
        span=Span.PERFORMED_CAPPED,
        within=within,
        base=C.DUE_CAPPED,
    )


def _voluntary(within: int) -> Indicator:
    return Cohort(
        name=f"voluntary_{within}",
        title=f"Claims performed in full without enforcement within {within} months",
        number="36",
        zh=f"到期后{ZH[within]}自动履行率",
        unit="share of claims, by the month they fell due",
        bounds=SHARE,
        better="more",
        span=Span.PERFORMED_VOLUNTARILY,
        within=within,
        base=C.DUE,
    )


COHORTS: tuple[Indicator, ...] = (
    *(_performed(within) for within in (SHORT, LONG)),
    *(_voluntary(within) for within in (SHORT, LONG)),
    MonthsUntil(
        name="months_to_money",
        title=f"Months until a claim is performed in full, {LONG} at most",
        number="37",
        zh="到期后全部履行平均月数（上限36个月）",
        unit="months a claim, by the month they fell due",
        bounds=Bounds(0.0, float(LONG)),
        better="less",
        span=Span.PERFORMED,
        within=LONG,
        base=C.DUE,
    ),
    *(_performed_capped(within) for within in (SHORT, LONG)),
)

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


CLAIMS = "share of claims, by the month they fell due"
YUAN = "share of yuan up to the cap, by the month they fell due"


def _share(
    name: str, number: str, title: str, zh: str, span: Span, unit: str = CLAIMS, base: C = C.DUE
) -> list[Indicator]:
    """A share of a cohort, within the short and the long time.

    Args:
        name: Before the months.
        number: As docs/indicators.md numbers it.
        title: Before "within … months".
        zh: Between "到期后…" and the end.
        span: What is counted, by months since the due date.
        unit: Of what it is a share.
        base: What of the cohort it is divided by.
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
        title=f"Months until a claim is performed in full, {LONG} at most",
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

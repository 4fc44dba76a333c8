"""The standard of termination: what a court must do before it ends a proceeding without result."""

from sim.engine.compile import rule

SOUGHT, ASKED, HEARD, PROPERTY = 1, 2, 4, 8
"""Bits of a claim's `checks`, set since its proceeding began.

SOUGHT: the debtor was searched for.
ASKED: all classes of assets were asked about, and every holder answered.
HEARD: the creditor was heard.
PROPERTY: property was found.
"""
VIABLE, BEFORE_SUIT, CONTESTED = 16, 32, 64
"""Further bits of `checks`.

VIABLE: the debtor is a viable firm whose goods were seized this month.
BEFORE_SUIT: preservation was requested before the suit.
CONTESTED: a suit follows a rejected objection.
"""


@rule
def searched(checks: int) -> bool:
    """Whether debtor and assets were searched for and the creditor was heard (ODD eq. 96).

    Args:
        checks: Bits of the steps taken since the proceeding began.
    """
    return checks & (SOUGHT | ASKED | HEARD) == SOUGHT | ASKED | HEARD


@rule
def meets_standard(checks: int, evading: bool, on_list: bool) -> bool:
    """Whether a termination meets the standard: searched, and listed if evading (ODD eq. 96).

    Args:
        checks: Bits of the steps taken since the proceeding began.
        evading: Whether the debtor keeps money back.
        on_list: Whether the debtor is on the list, and so restricted.
    """
    return searched(checks) and (on_list or not evading)


@rule
def overrun(docket: int, suspended: int, limit: float) -> float:
    """Months beyond the statutory limit, not counting objections (ODD eq. 99).

    A result of 0 or less means that the limit is met.

    Args:
        docket: Months in the docket (as an open case of the court).
        suspended: Months of these in which an objection was under review.
        limit: Months that the law allows.
    """
    return docket - suspended - limit

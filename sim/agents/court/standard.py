"""The standard of termination: what a court does before it may end a fruitless proceeding."""

from sim.engine.compile import rule

SOUGHT, ASKED, HEARD, PROPERTY = 1, 2, 4, 8
"""Bits of a claim's `checks`, since its proceeding began: the person was sought, all classes of
assets were asked about and no holder stalled, the creditor was heard; property was found."""
VIABLE, BEFORE_SUIT, CONTESTED = 16, 32, 64
"""Further bits: the debtor is a viable firm that was seized this month; before the proceeding,
preservation was asked for ahead of the suit; a suit follows the objection that was rejected."""


@rule
def searched(checks: int) -> bool:
    """Whether the person was sought, every class asked about, and the creditor heard (ODD eq. 96).

    Args:
        checks: Bits of what was done since the proceeding began.
    """
    return checks & (SOUGHT | ASKED | HEARD) == SOUGHT | ASKED | HEARD


@rule
def meets_standard(checks: int, evading: bool, on_list: bool) -> bool:
    """Whether a termination meets the standard: searched, and an evader listed (ODD eq. 96).

    Args:
        checks: Bits of what was done since the proceeding began.
        evading: Whether the debtor keeps money back.
        on_list: Whether the debtor is on the list, and so restricted.
    """
    return searched(checks) and (on_list or not evading)


@rule
def overrun(docket: int, suspended: int, limit: float) -> float:
    """Months beyond the statutory limit, those of objections left out; 0 is in time (ODD eq. 99).

    Args:
        docket: Months in the docket.
        suspended: Of them, months in which an objection was under review.
        limit: Months that the law allows.
    """
    return docket - suspended - limit

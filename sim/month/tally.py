"""What is counted while a month runs: the raw sums from which `sim.measure` makes indicators."""

from enum import IntEnum, auto, unique


@unique
class Count(IntEnum):
    """One sum. Those of stocks are taken at closing, the others as things happen; money in yuan."""

    _generate_next_value_ = staticmethod(lambda name, start, count, last: count)  # type: ignore[assignment]

    # claims as they arise and are performed
    DUE = auto()
    DUE_YUAN = auto()
    DUE_PAID = auto()
    OVERDUE_UNABLE = auto()
    FILED = auto()
    JUDGED = auto()
    GRACE_LEFT = auto()
    GRACE_PAID = auto()
    GRACE_LEFT_ABLE = auto()
    GRACE_PAID_ABLE = auto()
    # enforcement
    ENTERED = auto()
    ENTERED_UNABLE = auto()
    ENTERED_YUAN = auto()
    ENTERED_COLLECTABLE = auto()
    REVIVED = auto()
    CLOSED = auto()
    CLOSED_FULL = auto()
    CLOSED_MONTHS = auto()
    CLOSED_CLAIMED = auto()
    CLOSED_RECOVERED = auto()
    CLOSED_ABLE_PAID = auto()
    CLOSED_ABLE_FORCED = auto()
    TERMINATED = auto()
    TERMINATED_WITH_PROPERTY = auto()
    TERMINATED_CHECKED = auto()
    RECOVERED_VOLUNTARILY = auto()
    RECOVERED_BY_FORCE = auto()
    TRACES = auto()
    TRACES_HIT = auto()
    SEIZURES = auto()
    AUCTIONS = auto()
    AUCTIONS_SOLD = auto()
    FORCED_SALE_LOSS = auto()
    # the list and personal sanctions
    LISTED_START = auto()
    LISTED_START_ABLE = auto()
    LISTED_PAID = auto()
    LISTED_PAID_ABLE = auto()
    LISTINGS = auto()
    DELISTED_PAID = auto()
    FINES = auto()
    DETENTIONS = auto()
    PRISONS = auto()
    DETENTION_DAYS = auto()
    DETENTION_DAYS_UNABLE = auto()
    RESTRICTION_MONTHS = auto()
    RESTRICTION_MONTHS_UNABLE = auto()
    FELT_HARM = auto()
    FREEZE_LOSS = auto()
    # stocks at closing
    OPEN = auto()
    DOCKET = auto()
    DOCKET_AGE = auto()
    SHADOW = auto()
    DEBTORS_ENFORCEABLE = auto()
    DEBTORS_ABLE = auto()
    DEBTORS_EVADING = auto()
    DEBTORS_UNABLE = auto()
    LISTED = auto()
    LISTED_UNABLE = auto()
    REFUSERS = auto()
    REFUSERS_UNLISTED = auto()
    LIVELIHOOD_BREACH = auto()
    EXPOSED = auto()
    EXPOSED_RECOVERED = auto()
    LOG_PERCEIVED = auto()
    # of all debtors; in cells of kind and district, and in every cell the total as a base
    DEBTORS = auto()
    KNOWN = auto()
    KNOWN_HONEST = auto()
    # by district only
    HOURS = auto()
    HOURS_USED = auto()
    OFFICERS = auto()
    # insurance and relief; those of covered debtors not by size
    INSURED = auto()
    PREMIUM_YUAN = auto()
    INSURED_CLAIMS = auto()
    INSURED_PAID = auto()
    RELIEF_LIVELIHOOD = auto()
    RELIEF_OTHER = auto()
    RELIEF_CLAIMS = auto()
    RELIEF_PAID = auto()
    RELIEF_BACK = auto()


COUNTS = len(Count)

"""The raw sums counted during a month, from which `sim.measure` computes indicators."""

from enum import IntEnum, auto, unique

from sim.engine.named import Named


@unique
class Count(IntEnum):
    """A sum; money in yuan. Stocks are counted at the end of the month, events as they happen."""

    _generate_next_value_ = staticmethod(lambda name, start, count, last: count)  # type: ignore[assignment]

    # claims that fall due and are performed
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
    UNPAID = auto()
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
    # stocks at the end of the month
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
    # all debtors: in total, by kind and by district. The cells (groups of claims) by domain and by
    # size do not split DEBTORS: each of these cells holds the number of all debtors, as a
    # denominator
    DEBTORS = auto()
    KNOWN = auto()
    KNOWN_HONEST = auto()
    TRUST = auto()
    POLICE_WANTED = auto()
    POLICE_HAD = auto()
    # by district only
    HOURS = auto()
    HOURS_USED = auto()
    OFFICERS = auto()
    # institutions: hours by district only
    HOURS_UNWORKED = auto()
    HOURS_MOVED = auto()
    BRIBED = auto()
    OVERREACHED = auto()
    INQUIRIES_STALLED = auto()
    INTERFERED = auto()
    TAKEN_UP = auto()
    TERMINATED_EARLY = auto()
    APPROPRIATIONS = auto()
    # before enforcement: preservation, settlement, mediation, titles
    PRESERVATIONS_ASKED = auto()
    PRESERVATIONS = auto()
    PRESERVED_YUAN = auto()
    PRESERVED_WRONGLY = auto()
    SETTLED = auto()
    SETTLED_PRESERVED = auto()
    SETTLEMENTS_KEPT = auto()
    SETTLEMENTS_BROKEN = auto()
    MEDIATED = auto()
    MEDIATED_PAID = auto()
    MEDIATED_LEFT = auto()
    MEDIATED_KEPT = auto()
    CONCEDED_YUAN = auto()
    RECEIVED_YUAN = auto()
    UNCLEAR = auto()
    ADVANCES = auto()
    TRANSFERRED = auto()
    ORDERS = auto()
    TIPS = auto()
    PETITIONS = auto()
    # details of enforcement: auctions by round, excessive seizures, objections
    AUCTIONS_ONLINE = auto()
    SOLD_SECOND_ROUND = auto()
    SOLD_OFF = auto()
    TAKEN_IN_KIND = auto()
    GOODS_RETURNED = auto()
    OVER_SEIZED = auto()
    OVER_SEIZURES = auto()
    EXCESS_UNDONE = auto()
    WRONGFULLY_ATTACHED = auto()
    WRONGFULLY_SOLD = auto()
    WRONGFULLY_FREED = auto()
    OBJECTIONS = auto()
    OBJECTIONS_UPHELD = auto()
    # evasion and means against it
    DEBTORS_CONCEALING = auto()
    DISPLACEABLE = auto()
    DISPLACED = auto()
    AVOIDANCES = auto()
    PARTIES_ADDED = auto()
    DECLARATIONS = auto()
    DECLARED_FALSELY = auto()
    FALSE_DETECTED = auto()
    LEAKED = auto()
    # plans
    PLANS = auto()
    PLANS_YUAN = auto()
    PLANS_COMPLETED = auto()
    PLANS_BROKEN = auto()
    INSTALMENTS_DUE = auto()
    INSTALMENTS_KEPT = auto()
    # insolvency
    CONVERTED = auto()
    BANKRUPTCIES = auto()
    LIQUIDATED = auto()
    DISCHARGED = auto()
    DISCHARGED_YUAN = auto()
    RECOVERED_COLLECTIVELY = auto()
    INSOLVENT = auto()
    # rewards
    REWARDED = auto()
    FELT_REWARD = auto()
    # insurance; counts of covered debtors are not split by size of claim
    INSURED = auto()
    PREMIUM_YUAN = auto()
    INSURED_CLAIMS = auto()
    INSURED_PAID = auto()
    # costs
    OFFICERS_PAY = auto()
    CREDITORS_COST = auto()
    # the standard of termination and the indicators used to assess courts
    TERMINATED_EMPTY = auto()
    WITH_PROPERTY_DUE = auto()
    WITH_PROPERTY_IN_TIME = auto()
    PETITIONS_ANSWERED = auto()
    ATTACHED_YUAN = auto()
    # public cost of policies: by district only, except transfers, which are counted overall only
    PRISON_MONTHS = auto()
    LEVERS_COST = auto()
    STAFF_COST = auto()
    CUSTODY_COST = auto()
    TRANSFERS = auto()
    # inspections of courts, by district only
    INSPECTIONS = auto()
    COURTS = auto()
    # audited terminations, cases in plans at the end of the month, seizures from viable firms,
    # events before a suit, and suits after objections
    TERMINATED_AUDITED = auto()
    AUDITED_CHECKED = auto()
    IN_PLAN = auto()
    VIABLE_SEIZED = auto()
    PRESERVED_BEFORE_SUIT = auto()
    SETTLED_BEFORE_SUIT = auto()
    PRESERVATIONS_LAPSED = auto()
    OBJECTION_SUITS = auto()
    OBJECTION_SUITS_WON = auto()
    # credit: records, screening, restrictions after performance; weights of premium classes
    CREDIT_SOUGHT = auto()
    CREDIT_REFUSED = auto()
    SCORED = auto()
    SCORE = auto()
    REPAIR_MONTHS = auto()
    INSURED_WEIGHT = auto()
    # bankruptcy of persons and its abuse; openings of insolvency proceedings of any kind
    DISCHARGE_ASKED = auto()
    DISCHARGE_ADMITTED = auto()
    DISCHARGE_OPENED = auto()
    BANKRUPTCY_ABUSED = auto()
    BANKRUPTCY_ABUSE_FOUND = auto()
    BANKRUPTCY_ABUSE_YUAN = auto()
    OPENINGS_WANTED = auto()
    OPENINGS_NEW = auto()
    OPENINGS = auto()
    # testimony of witnesses; duration by class of priority
    WITNESSED = auto()
    WITNESSED_WRONGLY = auto()
    CLOSED_LIVELIHOOD = auto()
    CLOSED_LIVELIHOOD_MONTHS = auto()
    DEBTORS_PURSUED = auto()
    # perceived and true hazard of listing, in the months in which an evader has a case in the
    # docket (open at court) but is not on the list
    UNLISTED_EXPOSED = auto()
    UNLISTED_LISTED = auto()
    LOG_PERCEIVED_LISTING = auto()
    # assets of debtors with enforceable debt at the end of the month, total and hidden, in the
    # order of the classes of assets
    HELD_BANK = auto()
    HELD_ONLINE = auto()
    HELD_CASH = auto()
    HELD_REALTY = auto()
    HELD_VEHICLES = auto()
    HELD_SECURITIES = auto()
    HIDDEN_BANK = auto()
    HIDDEN_ONLINE = auto()
    HIDDEN_CASH = auto()
    HIDDEN_REALTY = auto()
    HIDDEN_VEHICLES = auto()
    HIDDEN_SECURITIES = auto()
    # hours that no case can use any more, by district only; cases and persons harmed
    HOURS_LAPSED = auto()
    WRONGFUL_ATTACHMENTS = auto()
    DETENTIONS_UNABLE = auto()
    # personal sanctions against evaders in the docket, and the hazards that evaders perceive
    LISTINGS_AUTOMATIC = auto()
    EXPOSED_PUNISHED = auto()
    EXPOSED_FINED = auto()
    EXPOSED_DETAINED = auto()
    LOG_PERCEIVED_PERSONAL = auto()
    # yuan that fall due, each claim counted up to the cap set for its world
    DUE_CAPPED = auto()
    # money that debtors pay the state for enforcement
    FINED_YUAN = auto()
    FEES_YUAN = auto()
    # firms closed by a seizure; months that debtors who work informally spend under restrictions
    CLOSED_BY_SEIZURE = auto()
    INFORMAL_MONTHS = auto()
    # credit sought by debtors who are able to repay it, and refused to them; credit refused only
    # because the lender expects too little of it back
    CREDIT_SOUGHT_ABLE = auto()
    CREDIT_REFUSED_ABLE = auto()
    CREDIT_UNPROMISING = auto()


ADDED: list[Named] = []
"""Sums that mechanisms declare; their numbers follow those of `Count`."""


def add_count(name: str) -> Named:
    """Declare a sum that is not in `Count`.

    Args:
        name: Name in results, lower case.

    Raises:
        ValueError: If a sum of that name exists already.
    """
    if name in count_names():
        raise ValueError(f"{name}: a sum of that name exists already")
    ADDED.append(Named(len(Count) + len(ADDED), name))
    return ADDED[-1]


def count_names() -> tuple[str, ...]:
    """Names of all sums of a month in the order of their numbers, lower case."""
    return (*(one.name.lower() for one in Count), *(one.name for one in ADDED))


@unique
class Span(IntEnum):
    """A sum split by elapsed months, for percentiles and for cohorts by month of origin."""

    _generate_next_value_ = staticmethod(lambda name, start, count, last: count)  # type: ignore[assignment]

    DOCKET_AGE = auto()
    """Cases open at the end of the month, by months since they were opened or revived."""
    APPLIED = auto()
    """Claims whose creditors apply for enforcement, by months since the grace period ended."""
    RECOVERED = auto()
    """Yuan paid on claims that have been in enforcement, by months since they first entered it."""

    OPEN_FIRST = auto()
    """Open cases in their first proceeding at the end of the month, by months since intake. Open
    means in the docket (the court's list), or in a plan agreed while the case was there."""
    OPEN_AGAIN = auto()
    """The same for revived cases, also by months since intake. The months before a case was revived
    are not included."""
    PAID_FIRST = auto()
    """This sum and the next four: first proceedings that end, by months since intake, one sum for
    each member of `sim.terms.Ending`."""
    SETTLED_FIRST = auto()
    TERMINATED_FIRST = auto()
    BANKRUPT_FIRST = auto()
    DROPPED_FIRST = auto()
    PAID_AGAIN = auto()
    """This sum and the next four: the same for revived cases that end."""
    SETTLED_AGAIN = auto()
    TERMINATED_AGAIN = auto()
    BANKRUPT_AGAIN = auto()
    DROPPED_AGAIN = auto()
    CLOSED_AGE = auto()
    """Cases closed, by months in the docket."""
    RECOVERED_SHARE = auto()
    """Yuan claimed in closed cases. They are split by the share recovered, in steps of 1/LONGEST,
    instead of by months."""
    REAPPLIED = auto()
    """Applications of the creditors of terminated claims, by months since termination."""
    LISTED_PAID = auto()
    """Listed debtors who pay their debt, by months under restrictions since they were listed."""
    VIABLE_CLOSED = auto()
    """Viable firms that close after a seizure, by months since the seizure."""
    RECEIVED = auto()
    """Yuan that reach the creditor of a claim, by months since it fell due."""
    PERFORMED = auto()
    """Claims performed in full, by months since they fell due."""
    PERFORMED_CAPPED = auto()
    """Principal of claims performed in full, yuan, each up to the cap set for its world."""
    PERFORMED_VOLUNTARILY = auto()
    """Claims performed in full that were never in enforcement. Claims paid in an insolvency
    proceeding do not count."""


SPANS = len(Span)
LONGEST = 60
"""Number of elapsed months distinguished; longer times count as this many."""

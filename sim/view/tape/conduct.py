"""What the browser shows of claims and debtors: places on the road of a claim, kinds of conduct."""

from enum import IntEnum

import numpy as np

from sim.terms import Option, Stage


class Place(IntEnum):
    """Where a claim stands on its road, from due to paid or given up.

    From PERFORMED on, the claim was closed in the month shown; the road shows all but PERFORMED
    as one place.
    """

    DUE = 0
    SETTLED = 1
    IN_COURT = 2
    GRACE = 3
    UNPAID = 4
    QUEUED = 5
    TRACED = 6
    SEIZED = 7
    PLAN = 8
    TERMINATED = 9
    INSOLVENT = 10
    PERFORMED = 11
    GIVEN_UP = 12
    INSOLVENCY_CLOSED = 13
    DISMISSED = 14


GONE = len(Place)
"""In place of a place: the claim is not there yet, or no more."""

STAGES: dict[Place, tuple[Stage, ...]] = {
    Place.DUE: (Stage.DUE, Stage.OVERDUE),
    Place.SETTLED: (Stage.SETTLED,),
    Place.IN_COURT: (Stage.FILED,),
    Place.GRACE: (Stage.GRACE,),
    Place.UNPAID: (Stage.UNPAID,),
    Place.QUEUED: (Stage.QUEUED,),
    Place.TRACED: (Stage.TRACED,),
    Place.SEIZED: (Stage.SEIZED, Stage.OBJECTED, Stage.SOLD),
    Place.PLAN: (Stage.PLAN,),
    Place.TERMINATED: (Stage.TERMINATED,),
    Place.INSOLVENT: (Stage.INSOLVENT,),
    Place.PERFORMED: (Stage.PAID, Stage.PLAN_COMPLETED),
    Place.GIVEN_UP: (Stage.WRITTEN_OFF, Stage.ARCHIVED),
    Place.INSOLVENCY_CLOSED: (Stage.LIQUIDATED, Stage.DISCHARGED),
    Place.DISMISSED: (Stage.DISMISSED,),
}
"""The stages of a claim at each place; every stage is at one place."""

DOCKET = (Place.QUEUED, Place.TRACED, Place.SEIZED)
"""Places of the claims in a court's docket."""


class Conduct(IntEnum):
    """What a debtor does about its adjudged debt; for debtors on the list, whether it can pay.

    NONE is a debtor without adjudged debt. UNABLE is a state, not a choice. LISTED and
    LISTED_UNABLE stand for every debtor on the list, except those in bankruptcy.
    """

    NONE = 0
    PAYS = 1
    PLAN = 2
    UNABLE = 3
    STALLS = 4
    CONCEALS = 5
    RESISTS = 6
    BANKRUPT = 7
    LISTED = 8
    LISTED_UNABLE = 9


OPTIONS = {
    Option.NONE: Conduct.NONE,
    Option.UNABLE: Conduct.UNABLE,
    Option.PAY: Conduct.PAYS,
    Option.PLAN: Conduct.PLAN,
    Option.BANKRUPT: Conduct.BANKRUPT,
    Option.STALL: Conduct.STALLS,
    Option.CONCEAL: Conduct.CONCEALS,
    Option.RESIST: Conduct.RESISTS,
}
"""The conduct that belongs to each option of a debtor."""

_PLACE = np.zeros(len(Stage), np.uint8)
for _place, _stages in STAGES.items():
    _PLACE[list(_stages)] = _place
_CONDUCT = np.array([OPTIONS[option] for option in Option], np.uint8)


def place_of(stages: np.ndarray) -> np.ndarray:
    """Places of claims, codes of `Place`, from codes of `Stage`; same shape."""
    found: np.ndarray = _PLACE[stages]
    return found


def conduct_of(debtors: np.ndarray) -> np.ndarray:
    """Conduct of debtors, codes of `Conduct`; shape (debtors,).

    Args:
        debtors: Rows of the table of debtors.
    """
    codes: np.ndarray = _CONDUCT[debtors["option"]]
    listed = debtors["on_list"] & (codes != Conduct.BANKRUPT)
    mark = np.where(codes == Conduct.UNABLE, Conduct.LISTED_UNABLE, Conduct.LISTED)
    return np.where(listed, mark, codes).astype(np.uint8)

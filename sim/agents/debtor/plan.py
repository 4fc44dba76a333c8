"""An instalment plan (分期履行): what a debtor offers, what it is worth, when a creditor accepts.

Pure rules: money in yuan, rates per month. `sim.month.decision.plans` carries plans out.
"""

import math
from typing import NamedTuple

from sim.agents.debtor.debtor import ABLE_FROM, Means
from sim.engine.compile import rule
from sim.parameters import Procedure

NO_PLAN, BEFORE_ENFORCEMENT, IN_ENFORCEMENT, AFTER_TERMINATION = 0, 1, 2, 3
"""Where a claim stood when its plan was accepted; kept after the plan is over."""


class Offer(NamedTuple):
    """What a debtor offers.

    Args:
        made: Whether it has anything to offer: income to come, and time enough.
        down: Paid at once, yuan.
        instalment: Paid each month, yuan.
        months: How long.
    """

    made: bool
    down: float
    instalment: float
    months: float


@rule
def offer(due: float, of: Means, promised: float, procedure: Procedure) -> Offer:
    """Instalment = share of the income above need that no earlier plan takes (ODD eq. 65).

    All money at hand but two instalments is paid down. Who could pay nine tenths at once offers
    no plan: a creditor who is shown the money would not take one.

    Args:
        due: What is owed, yuan.
        of: The debtor's means.
        promised: Instalments of plans that already run, yuan a month.
        procedure: Parameters.
    """
    instalment = procedure.plan_share * of.surplus / 3.0 - promised
    if instalment <= 0.0 or of.liquid >= ABLE_FROM * due:
        return Offer(False, 0.0, 0.0, 0.0)
    down = min(due, max(0.0, of.liquid - 2.0 * instalment))
    months = math.ceil((due - down) / instalment)
    return Offer(months <= procedure.plan_term, down, instalment, float(months))


@rule
def present_value(instalment: float, total: float, rate: float) -> float:
    """PV of `total` yuan paid at `instalment` a month, the first after a month; the last smaller.

    PV = I·(1 − q^n)/ρ + (T − n·I)·q^(n+1), q = 1/(1 + ρ), n = ⌊T/I⌋ (ODD eq. 65).
    """
    if instalment <= 0.0:
        return 0.0
    full = math.floor(total / instalment)
    q = 1.0 / (1.0 + rate)
    whole = instalment * (1.0 - math.pow(q, full)) / rate
    return whole + (total - full * instalment) * math.pow(q, full + 1.0)


@rule
def acceptable(due: float, hoped: float, it: Offer, procedure: Procedure) -> bool:
    """A creditor accepts when down payment and expected instalments reach what it hopes for.

    down + kept·PV(instalments) ≥ hope (ODD eq. 66), all in proportion to its share of the debt.

    Args:
        due: The debt that the offer is about, yuan.
        hoped: Share of its claim that the creditor hopes for from enforcement.
        it: The offer.
        procedure: Parameters.
    """
    to_come = present_value(it.instalment, due - it.down, procedure.plan_discount)
    return it.down + procedure.plan_kept * to_come >= hoped * due

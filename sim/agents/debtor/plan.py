"""An instalment plan (分期履行): a debtor's offer, its value, and a creditor's acceptance.

Pure rules: money in yuan, rates per month. `sim.month.decision.plans` applies them.
"""

import math
from typing import NamedTuple

from sim.agents.debtor.debtor import ABLE_FROM, Means
from sim.engine.compile import rule
from sim.parameters import Procedure

NO_PLAN, BEFORE_ENFORCEMENT, IN_ENFORCEMENT, AFTER_TERMINATION = 0, 1, 2, 3
"""Stage of a claim when its plan was accepted; kept after the plan has ended."""


class Offer(NamedTuple):
    """A debtor's offer.

    Args:
        made: Whether there is an offer at all: it needs income above need, and ends within
            `plan_term`.
        down: Down payment, yuan.
        instalment: Monthly payment, yuan.
        months: Duration.
    """

    made: bool
    down: float
    instalment: float
    months: float


@rule
def offer(due: float, own_means: Means, promised: float, procedure: Procedure) -> Offer:
    """Instalment = share of the income above need that no earlier plan takes (ODD eq. 65).

    All money at hand except two instalments is paid down. A debtor who could pay nine tenths at
    once offers no plan, because a creditor who sees the money would not accept one.

    Args:
        due: Debt, yuan.
        own_means: The debtor's means.
        promised: Instalments of current plans, yuan a month.
        procedure: Parameters.
    """
    # `surplus` is that of three months
    instalment = procedure.plan_share * own_means.surplus / 3.0 - promised
    if instalment <= 0.0 or own_means.liquid >= ABLE_FROM * due:
        return Offer(False, 0.0, 0.0, 0.0)
    down = min(due, max(0.0, own_means.liquid - 2.0 * instalment))
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
def acceptable(due: float, hoped: float, offered: Offer, procedure: Procedure) -> bool:
    """Whether down payment and expected instalments reach the creditor's hope.

    down + kept·PV(instalments) ≥ hope (ODD eq. 66), all in proportion to its share of the debt.

    Args:
        due: The debt that the offer is about, yuan.
        hoped: Share of its claim that the creditor hopes for from enforcement.
        offered: The offer.
        procedure: Parameters.
    """
    to_come = present_value(offered.instalment, due - offered.down, procedure.plan_discount)
    return offered.down + procedure.plan_kept * to_come >= hoped * due

"""An instalment plan (分期履行): a debtor's offer, its value, and a creditor's acceptance.

These are pure rules, with money in yuan and rates per month; `sim.month.decision.plans` applies
them.
"""

import math
from typing import NamedTuple

from sim.agents.debtor.debtor import ABLE_FROM, Means
from sim.engine.compile import rule
from sim.parameters import Procedure

NO_PLAN, BEFORE_ENFORCEMENT, IN_ENFORCEMENT, AFTER_TERMINATION = 0, 1, 2, 3
"""Values of `Claim.plan`: when the plan was accepted. The value stays after the plan ends."""


class Offer(NamedTuple):
    """A debtor's offer.

    Args:
        made: Whether the debtor makes an offer. It does so only if its income exceeds its need and
            the plan would end within `plan_term`.
        down: Down payment, yuan.
        instalment: Monthly payment, yuan.
        months: Duration of the plan, months.
    """

    made: bool
    down: float
    instalment: float
    months: float


@rule
def offer(due: float, own_means: Means, promised: float, procedure: Procedure) -> Offer:
    """A debtor's offer (ODD eq. 65).

    instalment = plan share·(income − need) − instalments promised already. The down payment is all
    money except two instalments. A debtor who could pay nine tenths of the debt at once offers no
    plan, because a creditor who sees the money would refuse a plan.

    Args:
        due: Debt, yuan.
        own_means: The debtor's means.
        promised: Instalments of the debtor's current plans, yuan per month.
        procedure: Share of income above need (`plan_share`) and longest duration (`plan_term`).
    """
    # `surplus` is for three months
    instalment = procedure.plan_share * own_means.surplus / 3.0 - promised
    if instalment <= 0.0 or own_means.liquid >= ABLE_FROM * due:
        return Offer(False, 0.0, 0.0, 0.0)
    down = min(due, max(0.0, own_means.liquid - 2.0 * instalment))
    months = math.ceil((due - down) / instalment)
    return Offer(months <= procedure.plan_term, down, instalment, float(months))


@rule
def present_value(instalment: float, total: float, rate: float) -> float:
    """Present value of `total` yuan paid in monthly instalments, the first after one month, yuan.

    PV = I·(1 − q^n)/ρ + (T − n·I)·q^(n+1), q = 1/(1 + ρ), n = ⌊T/I⌋ (ODD eq. 65). The last
    instalment is what remains after n full ones.

    Args:
        instalment: I, yuan.
        total: T, yuan.
        rate: Discount rate ρ, 1/month.
    """
    if instalment <= 0.0:
        return 0.0
    full = math.floor(total / instalment)
    q = 1.0 / (1.0 + rate)
    whole = instalment * (1.0 - math.pow(q, full)) / rate
    return whole + (total - full * instalment) * math.pow(q, full + 1.0)


@rule
def acceptable(due: float, hoped: float, offered: Offer, procedure: Procedure) -> bool:
    """Whether down payment and expected instalments reach what the creditor hopes for.

    down + kept·PV(instalments) ≥ hope (ODD eq. 66). If the offer covers several claims, each
    creditor has the same share of the down payment, the instalments and the debt. So the sums for
    the whole debt are compared.

    Args:
        due: The debt that the offer covers, yuan.
        hoped: Share of its claim that the creditor hopes to recover by enforcement.
        offered: The offer.
        procedure: Expected share of instalments paid (`plan_kept`) and the creditor's monthly
            discount rate (`plan_discount`).
    """
    to_come = present_value(offered.instalment, due - offered.down, procedure.plan_discount)
    return offered.down + procedure.plan_kept * to_come >= hoped * due

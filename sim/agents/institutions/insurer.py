"""Liability insurers of each domain and the insurer of disputes: cover, premiums, care."""

import math
from typing import Annotated

from sim.engine.compile import inlined, rule
from sim.engine.record import Cells, Short, record
from sim.levers.catalogue import Levers
from sim.parameters import Protection

YEAR = 12
"""Months of experience on which a premium is based."""
DISPUTES = -1
"""Value of `Insurer.domain` for the insurer of creditors' disputes, the last row of the table."""


@record
class Insurer:
    """The liability insurer of one domain.

    The last row of the table insures creditors' disputes instead.

    Args:
        premium: Monthly premium of class 0, yuan; for disputes, a share of the claim.
        reserve: Money of the insurer, yuan; negative when it pays from its own capital.
        payouts: Payouts in each of the last twelve months, yuan.
        heads: Covered debtors in each of these months, weighted by their premium factors. (A paid
            claim raises a debtor's malus class, and so its factor.) For disputes, yuan of claims
            covered.
    """

    id: int
    domain: Short
    premium: float
    reserve: float
    payouts: Annotated[Cells, ("f8", (YEAR,))]
    heads: Annotated[Cells, ("f8", (YEAR,))]


@inlined
def covered_share(levers: Levers) -> float:
    """Share with cover among the debtors who can become liable (ODD eq. 41).

    It is the share that must have cover, times the share of the obliged who comply.
    """
    return levers.at_source.insurance_coverage * levers.at_source.insurance_compliance


@rule
def cover(principal: float, levers: Levers) -> float:
    """Yuan of a claim paid by the insurer: min(limit, (1 − deductible)·principal) (ODD eq. 41)."""
    return min(
        levers.at_source.insurance_limit,
        (1.0 - levers.at_source.insurance_deductible) * principal,
    )


@rule
def class_factor(malus: int, rating: float, protection: Protection) -> float:
    """Factor on the premium of malus class m: 1 + e·step·m (ODD eq. 123).

    e (`rating`) is `at_source.insurance_experience_rating`. At 0 all classes pay the same.
    """
    return 1.0 + rating * protection.malus_step * malus


@rule
def class_after_claim(malus: int, protection: Protection) -> int:
    """A debtor's malus class after an insurer has paid a claim against it (ODD eq. 123)."""
    return min(int(protection.malus_most), malus + int(protection.malus_up))


@rule
def premiums_at_stake(
    malus: int, left: int, premium: float, rating: float, discount: float, protection: Protection
) -> float:
    """Present value of the additional premiums after one more paid claim, yuan (ODD eq. 124).

    The claim raises the class by u. Each renewal lowers the class by one, but not below 0. So after
    renewal j the class is higher by min(u, m + u − j) than it would be without the claim.

    Args:
        malus: Class m before the claim.
        left: Months until the next renewal.
        premium: Monthly premium of class 0, yuan.
        rating: Experience rating e.
        discount: The debtor's discount rate, 1/month.
        protection: Steps of malus and bonus.
    """
    up = class_after_claim(malus, protection) - malus
    if rating <= 0.0 or up <= 0:
        return 0.0
    months = float(left - 1)  # the premium for the month of the claim has been paid
    worth = 0.0
    now = 1.0
    for j in range(malus + up):
        q = math.pow(1.0 + discount, -months)
        worth += min(up, malus + up - j) * now * (1.0 - q) / discount
        now *= q
        months = float(int(protection.bonus_months))
    return rating * protection.malus_step * premium * worth


@rule
def accidents(loss: float, at_stake: float, levers: Levers, protection: Protection) -> float:
    """Ratio of accidents with cover to accidents without it (ODD eq. 43; Shavell 1982).

    Care c costs k·c²/2 and lowers the chance of an accident to π = π₀(1 − c). A debtor who bears
    the share b = min(1, 1 − s + ΔP/L) of a loss L chooses c = κ·b with κ = π₀·L/k. The ratio is
    therefore (1 − κ·b)/(1 − κ). It rises with the insured share s. The more a claim
    raises the debtor's own premiums, the lower the ratio.

    Args:
        loss: Median loss in an accident, L, yuan.
        at_stake: ΔP, additional premiums (see `premiums_at_stake`), yuan.
        levers: Limit and deductible of cover.
        protection: κ (`care`).
    """
    s = cover(loss, levers) / loss
    b = min(1.0, 1.0 - s + at_stake / loss)
    return (1.0 - protection.care * b) / (1.0 - protection.care)


@inlined
def social_benefit(usual: float, income: float, levers: Levers) -> float:
    """Social insurance benefit in a month of low income, yuan: σ·(usual − income)+ (ODD eq. 45)."""
    return levers.at_source.social_insurance * max(0.0, usual - income)

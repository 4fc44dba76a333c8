"""Insurers by domain and of disputes, and the relief fund: cover, premiums, payments, care."""

import math
from typing import Annotated

from sim.engine.compile import rule
from sim.engine.record import Cells, Short, record
from sim.levers.catalogue import Levers
from sim.parameters import Protection

YEAR = 12
"""Months of experience on which a premium is based."""
DISPUTES = -1
"""Number, in place of a domain, of the insurer of creditors' disputes; last row of the table."""


@record
class Insurer:
    """One row: the liability insurer of one domain. `reserve` may become negative: own capital.

    `payouts` and `heads` hold the last twelve months, in yuan and in covered debtors, who are
    weighted by the factor of their class; `premium` is the monthly premium of class 0. The last row
    insures creditors' disputes: there `heads` are yuan of claims covered and `premium` is a share
    of the claim.
    """

    id: int
    domain: Short
    premium: float
    reserve: float
    payouts: Annotated[Cells, ("f8", (YEAR,))]
    heads: Annotated[Cells, ("f8", (YEAR,))]


@record
class Fund:
    """One row: the relief fund of a district.

    `livelihood` and `other` are the shares that it can pay of the needs in these two classes.
    """

    id: int
    district: Short
    balance: float
    livelihood: float
    other: float


@rule
def covered_share(levers: Levers) -> float:
    """Share of liable debtors with cover: those obliged who comply (ODD eq. 41)."""
    return levers.at_source.insurance_coverage * levers.at_source.insurance_compliance


@rule
def cover(principal: float, levers: Levers) -> float:
    """Yuan of a claim that cover pays: min(limit, (1 − deductible)·principal) (ODD eq. 41)."""
    return min(
        levers.at_source.insurance_limit,
        (1.0 - levers.at_source.insurance_deductible) * principal,
    )


@rule
def class_factor(malus: int, rating: float, protection: Protection) -> float:
    """Factor of a class on the premium: 1 + e·step·m; 1 for all under community rating.

    ODD eq. 123, e (`rating`) being `at_source.insurance_experience_rating`.
    """
    return 1.0 + rating * protection.malus_step * malus


@rule
def class_after_claim(malus: int, protection: Protection) -> int:
    """The class after an insurer has paid a claim (ODD eq. 123)."""
    return min(int(protection.malus_most), malus + int(protection.malus_up))


@rule
def premiums_at_stake(
    malus: int, left: int, premium: float, rating: float, discount: float, protection: Protection
) -> float:
    """Present value of the additional premiums after one more paid claim, yuan (ODD eq. 124).

    The claim raises the class by u. Of these, min(u, m + u − j) are left after the j-th renewal,
    since the bonus that would have accrued in the meantime stops at class 0.

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
    """Accidents of a covered debtor against those of an uncovered one (ODD eq. 43; Shavell 1982).

    Care c costs k·c²/2 and lowers accidents as π = π₀(1 − c). A debtor who bears the share
    b = min(1, 1 − s + ΔP/L) of its loss L chooses c = κ·b with κ = π₀·L/k, so that accidents are
    (1 − κ·b)/(1 − κ) times as many: more with cover s, fewer the more own premiums rise.

    Args:
        loss: Median size of an accident, L, yuan.
        at_stake: ΔP, see `premiums_at_stake`, yuan.
        levers: Limit, deductible.
        protection: κ (`care`).
    """
    s = cover(loss, levers) / loss
    b = min(1.0, 1.0 - s + at_stake / loss)
    return (1.0 - protection.care * b) / (1.0 - protection.care)


@rule
def dispute_rate(payouts: float, covered: float, months: int, protection: Protection) -> float:
    """Premium of dispute cover as a share of the claim (ODD eq. 105).

    (1 + loading)·((1 − z)·r₀ + z·payouts/covered), with credibility z = months/12.

    Args:
        payouts: Cost of cover in twelve months less reimbursements, yuan.
        covered: Claims covered in these months, yuan.
        months: Number of the twelve months that had covered claims.
        protection: Loading and r₀ (`dispute_rate`).
    """
    if months == 0:
        return (1.0 + protection.loading) * protection.dispute_rate
    z = months / YEAR
    seen = max(0.0, payouts) / covered
    return (1.0 + protection.loading) * ((1.0 - z) * protection.dispute_rate + z * seen)


@rule
def social_benefit(usual: float, income: float, levers: Levers) -> float:
    """Benefit of social insurance in a month of low income, yuan: σ·(usual − income)+ (eq. 45)."""
    return levers.at_source.social_insurance * max(0.0, usual - income)


@rule
def effort(share: float, award: float, due: float, protection: Protection) -> float:
    """Factor on a creditor's pace of applying if relief can be expected (ODD eq. 49; H26).

    1 − slack·(relief expected)/(debt): with relief in prospect, not going on costs less.
    """
    if due <= 0.0:
        return 1.0
    return 1.0 - protection.relief_slack * share * min(award, due) / due

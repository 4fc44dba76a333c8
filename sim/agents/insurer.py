"""Insurers by domain and of disputes, and the relief fund: cover, payments, what care is left."""

from typing import Annotated

from sim.agents.parameters import Protection
from sim.engine.compile import rule
from sim.engine.record import Cells, Short, record
from sim.levers.catalogue import Levers

YEAR = 12
"""Months of experience that a premium rests on."""
DISPUTES = -1
"""In place of a domain: the insurer of creditors' disputes, last of the table."""


@record
class Insurer:
    """One row: who insures liability in one domain. `reserve` may fall below zero: own capital.

    `payouts` and `heads` hold the last twelve months, yuan and covered debtors; `premium` is what a
    covered debtor owes a month. The last row insures creditors' disputes: there `heads` are yuan of
    claims covered and `premium` is a share of the claim.
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

    `livelihood` and `other` are the shares of the need of both classes that it can pay.
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
def accidents(loss: float, levers: Levers, protection: Protection) -> float:
    """Accidents of a covered debtor against those of an uncovered one (ODD eq. 43; Shavell 1982).

    Care c costs k·c²/2 and lowers accidents as π = π₀(1 − c). A debtor who bears the share
    b = 1 − s·(1 − e) of its loss L chooses c = κ·b with κ = π₀·L/k, so that accidents stand as
    (1 − κ·b)/(1 − κ): more with cover s, less with experience rating e.

    Args:
        loss: Size of an accident in the middle, L, yuan.
        levers: Limit, deductible, experience rating.
        protection: κ (`care`).
    """
    s = cover(loss, levers) / loss
    b = 1.0 - s * (1.0 - levers.at_source.insurance_experience_rating)
    return (1.0 - protection.care * b) / (1.0 - protection.care)


@rule
def dispute_rate(payouts: float, covered: float, months: int, protection: Protection) -> float:
    """Premium of dispute cover as a share of the claim (ODD eq. 105).

    (1 + loading)·((1 − z)·r₀ + z·payouts/covered), with credibility z = months/12.

    Args:
        payouts: What cover cost in twelve months less what came back, yuan.
        covered: Claims that were covered in them, yuan.
        months: Months among the twelve with claims covered.
        protection: Loading and r₀ (`dispute_rate`).
    """
    if months == 0:
        return (1.0 + protection.loading) * protection.dispute_rate
    z = months / YEAR
    seen = max(0.0, payouts) / covered
    return (1.0 + protection.loading) * ((1.0 - z) * protection.dispute_rate + z * seen)


@rule
def social_benefit(usual: float, income: float, levers: Levers) -> float:
    """What social insurance adds to a month of low income, yuan: σ·(usual − income)+ (eq. 45)."""
    return levers.at_source.social_insurance * max(0.0, usual - income)


@rule
def effort(share: float, award: float, due: float, protection: Protection) -> float:
    """Factor on a creditor's pace of applying when relief is to be had (ODD eq. 49; H26).

    1 − slack·(relief expected)/(what is due): who expects relief has less to lose by not going on.
    """
    if due <= 0.0:
        return 1.0
    return 1.0 - protection.relief_slack * share * min(award, due) / due

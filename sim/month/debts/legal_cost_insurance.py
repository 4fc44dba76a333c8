"""Dispute insurance: creditors buy cover when a claim falls due; it pays costs and lost judgments.

In: the lever of the claim's treatment, the insurer's rate. Out: money booked between creditors and
the insurer of disputes, which is the last row of the insurers.
"""

import numpy as np

from sim.agents.claim import Claim
from sim.agents.creditor import Creditor, worth_insuring
from sim.agents.institutions.insurer import YEAR, Insurer, dispute_rate
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.engine.record import Records
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.month.shared.journal import OVERALL, Journal, book, count
from sim.month.shared.state import Setting
from sim.parameters import Protection
from sim.terms import Decision, Stage


@rule
def backed_by(claim: Claim, protection: Protection) -> float:
    """Share of what stays unpaid that the creditor's cover pays; 0 without cover."""
    return protection.dispute_share if claim.covered else 0.0


@rule
def consider_cover(
    claim: Claim, creditor: Creditor, insurers: Records[Insurer], setting: Setting, journal: Journal
) -> None:
    """A creditor who is offered cover for a new claim buys it when worth its premium (eq. 101)."""
    offered = setting.treatments[claim.treatment].at_source.dispute_insurance
    if not happens(setting.now, Decision.DISPUTE_OFFER, claim.id, offered):
        return
    parameters = setting.parameters
    premium = insurers[len(insurers) - 1].premium * claim.principal
    traits = setting.traits.lenders[creditor.kind]
    if not worth_insuring(
        creditor, claim.principal, premium, traits, parameters.procedure, parameters.protection
    ):
        return
    claim.covered = True
    claim.spent += premium
    book(journal, Flow.DISPUTE_PREMIUM, premium)
    count(journal, claim, Count.DISPUTES_COVERED, 1.0)
    count(journal, claim, Count.DISPUTES_COVERED_YUAN, claim.principal)
    count(journal, claim, Count.DISPUTE_PREMIUM, premium)


@rule
def pay_costs(claim: Claim, costs: float, journal: Journal) -> None:
    """Cover pays the costs of a suit; they come back to the insurer if the debtor ever pays."""
    if not claim.covered:
        return
    claim.received += costs
    claim.subrogated += costs
    book(journal, Flow.DISPUTE_COSTS, costs)
    count(journal, claim, Count.DISPUTE_FILED, 1.0)
    count(journal, claim, Count.DISPUTE_COSTS, costs)


@rule
def indemnify(claim: Claim, protection: Protection, journal: Journal) -> None:
    """Cover pays its share of a judgment that stays unpaid, once (ODD eq. 103)."""
    if not claim.covered:
        return
    claim.covered = False
    if claim.stage < Stage.GRACE:
        return
    amount = protection.dispute_share * claim.due
    claim.received += amount
    claim.subrogated += amount
    book(journal, Flow.DISPUTE_PAID, amount)
    count(journal, claim, Count.DISPUTE_PAID, amount)


@rule
def subrogate(claim: Claim, amount: float, journal: Journal) -> None:
    """Of what a debtor pays, the insurer is returned first what its cover paid."""
    if claim.subrogated <= 0.0:
        return
    back = min(claim.subrogated, amount)
    claim.subrogated -= back
    claim.spent += back
    book(journal, Flow.DISPUTE_BACK, back)
    count(journal, claim, Count.DISPUTE_BACK, back)


def settle_disputes(
    insurers: np.ndarray, sums: np.ndarray, month: int, protection: Protection
) -> None:
    """The insurer of disputes takes note of its month and sets its next rate (ODD eq. 105)."""
    insurer = insurers[-1]
    paid, costs, back, premiums, yuan = (
        float(sums[OVERALL, which])
        for which in (
            Count.DISPUTE_PAID,
            Count.DISPUTE_COSTS,
            Count.DISPUTE_BACK,
            Count.DISPUTE_PREMIUM,
            Count.DISPUTES_COVERED_YUAN,
        )
    )
    insurer["payouts"][month % YEAR] = paid + costs - back
    insurer["heads"][month % YEAR] = yuan
    insurer["reserve"] += premiums + back - paid - costs
    insurer["premium"] = dispute_rate(
        float(insurer["payouts"].sum()),
        float(insurer["heads"].sum()),
        int((insurer["heads"] > 0.0).sum()),
        protection,
    )

"""Attachment for a case: the sum needed, the value attached, and its release."""

from sim.agents.claim import Claim
from sim.agents.debtor.debtor import ASSETS, Debtor
from sim.engine.compile import rule
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.shared.journal import Journal, move
from sim.parameters import AssetTraits, Procedure
from sim.terms import LIQUID, Stage

MONTHS_TO_PAYOUT = 3.0
"""Months of interest that a seizure covers in advance. What is not needed is returned."""
TOLERATED = 1.2
"""A seizure is excessive if its value is more than this many times the claim."""


@rule
def needed(claim: Claim, levers: Levers) -> float:
    """Sum to seize, yuan. It covers the claim, the fee, and interest until the payout."""
    law = levers.sanctions
    interest = MONTHS_TO_PAYOUT * law.late_interest * min(claim.principal, claim.due)
    return (claim.due + interest) / (1.0 - law.enforcement_fee)


@rule
def covered(claim: Claim, assets: Records[AssetTraits]) -> float:
    """Money in escrow, and the price of attached goods at a first auction, yuan."""
    total = claim.escrow
    for g in range(ASSETS - LIQUID):
        total += claim.attached[g] * assets[LIQUID + g].auction_price
    return total


@rule
def excess(claim: Claim, assets: Records[AssetTraits]) -> float:
    """Value seized beyond 1.2 times the claim, yuan (ODD eq. 53)."""
    return max(0.0, covered(claim, assets) - TOLERATED * claim.due)


@rule
def free_goods(debtor: Debtor, claim: Claim) -> None:
    """Return to their owners all goods attached for a claim."""
    for g in range(ASSETS - LIQUID):
        debtor.assets[LIQUID + g] += claim.attached[g]
        debtor.frozen -= claim.attached[g]
        claim.attached[g] = 0.0
    claim.wrongful = 0.0


@rule
def free_excess(debtor: Debtor, claim: Claim, assets: Records[AssetTraits]) -> None:
    """Release goods until the value seized is no more than 1.2 times the claim."""
    beyond = excess(claim, assets)
    for g in range(ASSETS - LIQUID):
        price = assets[LIQUID + g].auction_price
        value = min(claim.attached[g], beyond / price)
        claim.attached[g] -= value
        debtor.assets[LIQUID + g] += value
        debtor.frozen -= value
        beyond = max(0.0, beyond - value * price)


@rule
def to_payout(
    claim: Claim, at: int, amount: float, levers: Levers, procedure: Procedure, journal: Journal
) -> None:
    """Move a case with proceeds to payout. Proceeds management shortens the delay."""
    slow = 1.0 - levers.rule_of_law.proceeds_management
    claim.wait = int(procedure.payout_delay * slow)
    move(journal, claim, at, Stage.SOLD, amount)


@rule
def go_on(claim: Claim, at: int, levers: Levers, procedure: Procedure, journal: Journal) -> None:
    """Continue a case without attached goods: pay out its escrow, or trace again if it has none."""
    if claim.escrow > 0.0:
        to_payout(claim, at, claim.escrow, levers, procedure, journal)
    else:
        claim.wait = int(procedure.retrace)
        move(journal, claim, at, Stage.QUEUED, claim.due)

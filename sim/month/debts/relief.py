"""Relief: the fund of a district pays creditors in need; the debt lives on."""

import numpy as np

from sim.agents.claim import Claim
from sim.agents.creditor import Creditor
from sim.engine.compile import kernel, rule
from sim.month.shared.accounts import Flow
from sim.month.shared.counts import Count
from sim.month.shared.journal import DISTRICTS, at_row, book, count
from sim.month.shared.state import State, owned_by
from sim.parameters import Protection
from sim.terms import Lender, Stage


@kernel
def endow(state: State, first: int, last: int) -> None:
    """Public money comes into each district's fund."""
    for row in range(first, last):
        journal = at_row(state.journal, row)
        fund = state.funds[row]
        rate = state.levers[state.courts[row].treatment].comprehensive.relief_fund
        money = rate * len(state.debtors) / (1000.0 * len(state.courts))
        fund.balance += money
        book(journal, Flow.FUNDING, money)


@rule
def wait_is_long(stage: int, docket: int, months: int, protection: Protection) -> bool:
    """Whether a claim is terminated unpaid, or waits long in the line or before it."""
    if stage == Stage.TERMINATED:
        return True
    if stage == Stage.QUEUED:
        return docket >= protection.relief_wait
    return stage == Stage.UNPAID and months >= protection.relief_wait


@rule
def award(claim: Claim, protection: Protection) -> float:
    """Yuan that need would have: what is due, up to the cap less relief had (ODD eq. 49)."""
    return max(0.0, min(claim.due, protection.relief_award - claim.relieved))


@rule
def waits(stage: int) -> bool:
    """Whether a claim at this stage may have to wait: the relief fund looks at no other."""
    return stage == Stage.TERMINATED or stage == Stage.QUEUED or stage == Stage.UNPAID


@rule
def asks(claim: Claim, creditor: Creditor, protection: Protection) -> bool:
    """Whether the claim's creditor asks: a private one whose claim waits long."""
    if creditor.kind != Lender.PRIVATE:
        return False
    return wait_is_long(claim.stage, claim.docket, claim.months, protection)


@kernel
def ask(state: State, first: int, last: int) -> None:
    """Sum what creditors in need would have, those of livelihood claims apart."""
    protection = state.parameters[0].protection
    for k in range(first, last):
        owned = owned_by(state, k)
        journal = at_row(state.journal, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if not waits(owned.stages[at]):
                continue
            claim = state.claims[at]
            if not asks(claim, state.creditors[claim.creditor], protection):
                continue
            what = Count.RELIEF_LIVELIHOOD if claim.livelihood else Count.RELIEF_OTHER
            count(journal, claim, what, award(claim, protection))


@kernel
def grant(state: State, first: int, last: int) -> None:
    """Pay each of them the share that the fund can pay; the claim stays as it is (ODD eq. 49)."""
    protection = state.parameters[0].protection
    for k in range(first, last):
        owned = owned_by(state, k)
        journal = at_row(state.journal, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if not waits(owned.stages[at]):
                continue
            claim = state.claims[at]
            if not asks(claim, state.creditors[claim.creditor], protection):
                continue
            fund = state.funds[claim.district]
            share = fund.livelihood if claim.livelihood else fund.other
            amount = share * award(claim, protection)
            if amount <= 0.0:
                continue
            if claim.relieved <= 0.0:
                count(journal, claim, Count.RELIEF_CLAIMS, 1.0)
            claim.relieved += amount
            claim.relief += protection.subrogation * amount
            claim.received += amount
            book(journal, Flow.RELIEF, amount)
            count(journal, claim, Count.RELIEF_PAID, amount)


def ration(funds: np.ndarray, sums: np.ndarray) -> None:
    """What share of the need each fund can pay: livelihood claims first, then the rest."""
    livelihood = sums[DISTRICTS:, Count.RELIEF_LIVELIHOOD]
    other = sums[DISTRICTS:, Count.RELIEF_OTHER]
    money = np.maximum(0.0, funds["balance"])
    funds["livelihood"] = np.minimum(1.0, money / np.maximum(livelihood, 1.0))
    left = np.maximum(0.0, money - funds["livelihood"] * livelihood)
    funds["other"] = np.minimum(1.0, left / np.maximum(other, 1.0))


def settle_accounts(funds: np.ndarray, sums: np.ndarray) -> None:
    """Each fund's balance after what it paid and what came back."""
    districts = sums[DISTRICTS:]
    funds["balance"] += districts[:, Count.RELIEF_BACK] - districts[:, Count.RELIEF_PAID]

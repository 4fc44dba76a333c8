"""Debtors whom a policy reaches by their oldest case: which row of levers holds for them.

In: treatments of debtors by kind and district, and of their claims. Out: the treatment of each
debtor this month. Run only in worlds with a policy that moves sanctions for a domain or an amount.
"""

from sim.agents.claim import enforceable, is_open
from sim.engine.compile import kernel, rule
from sim.month.shared.state import Owned, State, owned_by
from sim.terms import Stage


@rule
def leading(owned: Owned) -> int:
    """Row of the claim by which a debtor is reached; -1 if none is open (ODD eq. 161).

    The oldest that can be enforced and is in no plan, as sanctions take it; without such a case,
    the oldest that is open.
    """
    first = -1
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        stage = owned.stages[at]
        if enforceable(stage) and stage != Stage.PLAN:
            return int(at)
        if first < 0 and is_open(stage):
            first = int(at)
    return first


@kernel
def without_case(state: State, first: int, last: int) -> None:
    """Everyone is reached by kind, district and arm."""
    for row in range(first, last):
        debtor = state.debtors[row]
        target = state.debtor_treatment[debtor.kind, debtor.district]
        debtor.treatment = state.assignment.rows[target, debtor.arm]


@kernel
def follow(state: State, first: int, last: int) -> None:
    """Who owes something is reached like its leading claim."""
    for k in range(first, last):
        at = leading(owned_by(state, k))
        if at >= 0:
            state.debtors[state.by_debtor.owners[k]].treatment = state.claims[at].treatment

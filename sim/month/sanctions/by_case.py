"""The treatment (row of levers) of each debtor, if a policy chooses debtors by their oldest case.

In: treatments of debtors by kind and district, and of claims. Out: the treatment of each debtor
this month. This is needed only if a policy for claims of a domain or an amount changes levers
that debtors read.
"""

from sim.agents.claim import enforceable, is_open
from sim.engine.compile import kernel, rule
from sim.month.shared.state import Owned, State, owned_by
from sim.terms import Stage


@rule
def leading(owned: Owned) -> int:
    """Row of the claim that decides which policies reach a debtor; -1 if none is open (eq. 161).

    It is the oldest claim that can be enforced and is not in a plan. Sanctions are imposed for the
    same claim. If no claim can be enforced outside a plan, the oldest open claim decides.
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
    """Give every debtor the treatment of its kind, district and arm (the policies drawn for it)."""
    for row in range(first, last):
        debtor = state.debtors[row]
        target = state.debtor_treatment[debtor.kind, debtor.district]
        debtor.treatment = state.assignment.rows[target, debtor.arm]


@kernel
def follow(state: State, first: int, last: int) -> None:
    """Give every debtor with an open claim the treatment of its leading claim."""
    for k in range(first, last):
        at = leading(owned_by(state, k))
        if at >= 0:
            state.debtors[state.by_debtor.owners[k]].treatment = state.claims[at].treatment

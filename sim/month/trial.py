"""Trial courts: pending suits are judged, and the time to perform begins."""

from sim.agents.creditor import suit_costs
from sim.engine.compile import kernel
from sim.engine.draw import happens
from sim.month.accounts import Flow
from sim.month.payment import write_off
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import Decision, Stage


@kernel
def judge(state: State, first: int, last: int) -> None:
    """A suit ends with chance 1/trial_months a month; the loser owes the winner's costs."""
    procedure = state.setting[0].procedure
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        for j in range(state.starts[k], state.starts[k + 1]):
            at = state.order[j]
            if state.stages[at] != Stage.FILED:
                continue
            claim = state.claims[at]
            if not happens(state.now, Decision.TRIAL, claim.id, 1.0 / procedure.trial_months):
                continue
            count(state, block, claim, Count.JUDGED, 1.0)
            if happens(state.now, Decision.VERDICT, claim.id, procedure.win):
                costs = suit_costs(claim.principal, procedure)
                claim.due += costs
                book(state, block, Flow.CLAIM_COSTS, costs)
                move(state, at, Stage.GRACE, claim.due)
            else:
                write_off(state, debtor, at, Stage.DISMISSED, block)

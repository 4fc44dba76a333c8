"""The docket: cases wait for officers' hours, livelihood cases first when the law says so."""

import math

from sim.agents.claim import Claim, in_docket
from sim.agents.court import capacity, step_hours
from sim.agents.parameters import Procedure
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.state import DISTRICTS, OVERALL, State, count
from sim.month.tally import Count
from sim.terms import Decision

CLASSES = 2
"""Priority classes of a court's queue: livelihood and petitions, and the rest."""


@kernel
def line_up(state: State, first: int, last: int) -> None:
    """Give each case that is ready its place: court, then class; age follows from the row."""
    for row in range(first, last):
        state.keys[row] = -1
        if not in_docket(state.stages[row]):
            continue
        claim = state.claims[row]
        claim.served = False
        if claim.wait == 0:
            first_class = (
                claim.livelihood and state.levers[claim.treatment].special.livelihood_priority > 0.5
            )
            petition(state, claim, row // state.block)
            ahead = first_class or claim.petitioned
            state.keys[row] = claim.district * CLASSES + (0 if ahead else 1)


@rule
def petition(state: State, claim: Claim, block: int) -> None:
    """The creditor of an old case petitions (信访): it goes ahead, and answering costs hours."""
    pursuit = state.setting[0].pursuit
    claim.petitioned = claim.docket >= pursuit.petition_after and happens(
        state.now, Decision.PETITION, claim.id, pursuit.petition
    )
    if claim.petitioned:
        count(state, block, claim, Count.PETITIONS, 1.0)


@rule
def slack(hours: float, procedure: Procedure) -> float:
    """Idle hours that a court carries forward, at most: two deviations of a year's work.

    A court in the model stands for a larger one, and its docket fluctuates more than that one's
    would, as the inverse root of its size. Without this allowance small worlds would waste hours
    that large ones use; with it, size is a matter of resolution. In months of work it vanishes as
    the world grows (ODD eq. 15).
    """
    return 2.0 * math.sqrt(12.0 * hours * procedure.sale_hours)


@kernel
def serve(state: State, first: int, last: int) -> None:
    """Each court spends its hours on the line in front of it, one step a case and month.

    The line is strict: once a step no longer fits, everyone behind waits, and the hours that are
    left go to it next month. Idle hours are carried too, up to `slack`.
    """
    procedure = state.setting[0].procedure
    for row in range(first, last):
        court = state.courts[row]
        levers = state.levers[court.treatment]
        court.officers = (
            levers.comprehensive.officers * len(state.debtors) / (1000.0 * len(state.courts))
        )
        court.hours = capacity(court.officers, procedure, levers)
        left = court.hours + court.unused
        court.served = 0
        court.waiting = 0
        for k in range(len(state.case_owners)):
            if state.case_owners[k] // CLASSES != court.district:
                continue
            for j in range(state.case_starts[k], state.case_starts[k + 1]):
                claim = state.claims[state.case_order[j]]
                hours = step_hours(claim.stage, procedure)
                if claim.petitioned:
                    hours += state.setting[0].pursuit.petition_hours
                if court.waiting == 0 and hours <= left:
                    left -= hours
                    claim.served = True
                    court.served += 1
                else:
                    court.waiting += 1
        court.hours_used = court.hours + court.unused - left
        court.unused = left if court.waiting > 0 else min(left, slack(court.hours, procedure))
        block = row // state.block
        for cell in (OVERALL, DISTRICTS + court.district):
            state.sums[block, cell, Count.HOURS] += court.hours
            state.sums[block, cell, Count.HOURS_USED] += court.hours_used
            state.sums[block, cell, Count.OFFICERS] += court.officers


@kernel
def take_up(state: State, first: int, last: int) -> None:
    """Note whose case is in hand, so that the steps to come look at no other."""
    for row in range(first, last):
        state.keys[row] = -1
        if in_docket(state.stages[row]) and state.claims[row].served:
            state.keys[row] = state.claims[row].debtor

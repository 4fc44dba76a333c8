"""Policies assigned at random: which of them a debtor or a claim is drawn for.

In: shares and keys of the policies that are assigned by debtor or by claim. Out: an arm (the
policies drawn, one bit each) and the row of levers. Districts are drawn in `sim.scenario`.
"""

from typing import NamedTuple

import numpy as np

from sim.agents.debtor.debtor import Debtor
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.terms import Decision


class Assignment(NamedTuple):
    """The policies assigned by debtor or by claim, and the row of levers in each arm.

    Args:
        shares: Share of units that each policy is assigned to; float64, shape (assigned,).
        keys: Number made from each policy's name. It keeps the draws of policies apart; int64,
            shape (assigned,).
        by_claim: True for policies assigned to claims, False for debtors; bool, shape (assigned,).
        rows: Row of levers by target (the set of policies that may reach someone) and arm; int16,
            shape (targets, 2^assigned).
    """

    shares: np.ndarray
    keys: np.ndarray
    by_claim: np.ndarray
    rows: np.ndarray


@rule
def arm_of(identity: int, by_claim: bool, assignment: Assignment, seed: int) -> int:
    """The policies drawn for a debtor or a claim, one bit each (ODD eq. 166).

    The draw depends only on the seed, the id and the name of the policy. So it is the same in every
    month and in every world of that seed.

    Args:
        identity: Id of the debtor or claim.
        by_claim: Whether it is a claim.
        assignment: The policies assigned.
        seed: Seed of the run.
    """
    lasting = Now(seed, 0)
    arm = 0
    for k in range(len(assignment.shares)):
        if assignment.by_claim[k] == by_claim and happens(
            lasting, Decision.ASSIGNED, identity, assignment.shares[k], assignment.keys[k]
        ):
            arm |= 1 << k
    return arm


@rule
def assign(debtor: Debtor, debtor_treatment: np.ndarray, assignment: Assignment, seed: int) -> None:
    """Draw the arm of a new debtor. Arm, kind and district then give its row of levers."""
    debtor.arm = arm_of(debtor.id, False, assignment, seed)
    debtor.treatment = assignment.rows[debtor_treatment[debtor.kind, debtor.district], debtor.arm]

"""Assignment of policies at random: the declaration, the draws, and the rows of levers.

In: the table `assign` of a policy. Out: the districts that are drawn, and the rows of the table of
levers (numbers that policies change). Each combination of policies that can be in force for a
debtor or claim has its row. Debtors and claims are drawn later, in `sim.month.shared.assignment`.
"""

import zlib
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from sim.engine.draw import Now, happens
from sim.engine.record import Quantity
from sim.levers.lever import Reader
from sim.terms import Decision

READERS: dict[str, tuple[Reader, ...]] = {
    "district": ("court", "debtor", "claim"),
    "debtor": ("debtor", "claim"),
    "claim": ("claim",),
}
"""Units that can be drawn. For each, whose levers then differ: a court's, debtor's or claim's.

A court serves all debtors of its district. Its levers can therefore differ only by district.
"""

OF_DEBTORS = "at_source.insurance_"
"""How paths of levers on insurance begin. These levers are read for a claim, but a debtor insures
all of its claims together."""

MOST = 6
"""Largest number of policies of a scenario that are assigned by debtor or by claim."""


class Assign(BaseModel):
    """Assignment at random: the share of a policy's target that it reaches, and what is drawn."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )

    share: Annotated[float, Quantity(unit="share", low=0.0, high=1.0)]
    """Share of the units in the policy's target that it reaches; above 0 and below 1."""
    unit: Literal["debtor", "district", "claim"]
    """What is drawn, once and for all: districts, debtors (with all their claims) or claims."""


class Arms(NamedTuple):
    """Rows of the table of levers for the two arms (groups) of a policy assigned at random.

    Args:
        treated: Whether each row is for units of the target that are drawn; bool, shape (rows,).
        control: Whether each row is for units of the target that are not drawn; bool, shape
            (rows,).
    """

    treated: np.ndarray
    control: np.ndarray


class Rows(NamedTuple):
    """Rows of the table of levers by target and arm.

    A target is here a set of policies that may reach a debtor or claim. An arm is the set of
    policies drawn for it. Two arms share a row if they differ only in policies outside the target.

    Args:
        of: Row by target and arm; int16, shape (targets, 2^drawn).
        target: Target of each row; shape (rows,).
        drawn: Whether each policy, in the order given to `expanded`, is drawn in each row; bool,
            shape (drawn, rows).
    """

    of: np.ndarray
    target: np.ndarray
    drawn: np.ndarray


def key_of(policy: str) -> int:
    """The index of the draws for a policy. It depends on no other policy, only on the name."""
    return zlib.crc32(policy.encode())


def drawn_districts(policy: str, share: float, districts: int, seed: int) -> np.ndarray:
    """Whether each district is drawn for a policy (ODD eq. 166); bool, shape (districts,)."""
    lasting, key = Now(seed, 0), key_of(policy)
    drawn = [happens(lasting, Decision.ASSIGNED, d, share, key) for d in range(districts)]
    return np.array(drawn, bool)


def expanded(may_reach: np.ndarray) -> Rows:
    """Number the rows of all targets and arms. Without draws, each target has one row.

    Args:
        may_reach: For each policy drawn by debtor or by claim, whether it belongs to each target;
            bool, shape (drawn, targets).
    """
    drawn, targets = may_reach.shape
    bits = 1 << np.arange(drawn)
    possible = (may_reach * bits[:, None]).sum(axis=0).astype(int)
    # an arm has a bit for each policy; only policies that can reach the target matter
    effective = possible[:, None] & np.arange(1 << drawn)
    keys = np.arange(targets)[:, None] << drawn | effective
    found, rows = np.unique(keys, return_inverse=True)
    in_row = (found & bits[:, None]) > 0
    return Rows(rows.reshape(keys.shape).astype(np.int16), found >> drawn, in_row)

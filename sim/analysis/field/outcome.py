"""Outcomes of both arms, by replicate, from the claims of finished runs.

In: rows of the table of claims (`sim.runs.arm_claims`). Out: for the treated and for the controls,
the number of claims and the number that count for an outcome.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.analysis.field.spec import Outcome
from sim.runs.arm_claims import ABILITY, NEVER
from sim.terms import label

ABILITIES = {"able": "able", "unable": "empty"}
"""The group of debtors for each word in an outcome."""


class Half(NamedTuple):
    """One arm in each replicate.

    Args:
        claims: Number of claims; shape (replicates,).
        counted: Number of them that count for the outcome; shape (replicates,).
    """

    claims: np.ndarray
    counted: np.ndarray

    @property
    def share(self) -> np.ndarray:
        """The outcome; NaN where there is no claim."""
        return shares(self.counted, self.claims)


class Halves(NamedTuple):
    """Both arms of a world."""

    treated: Half
    control: Half

    @property
    def gap(self) -> np.ndarray:
        """Outcome of the treated less that of the controls; shape (replicates,)."""
        found: np.ndarray = self.treated.share - self.control.share
        return found

    @property
    def together(self) -> Half:
        """Both arms as one."""
        return Half(*(one + other for one, other in zip(self.treated, self.control, strict=True)))


def shares(counted: np.ndarray, claims: np.ndarray) -> np.ndarray:
    """Share counted; NaN where there is no claim."""
    found = np.full(claims.shape, np.nan)
    np.divide(counted, claims, out=found, where=claims > 0)
    return found


def halves(rows: pd.DataFrame, outcome: Outcome, replicates: int) -> Halves:
    """An outcome in both arms.

    Args:
        rows: The claims of one world, in all replicates.
        outcome: The outcome.
        replicates: Number of replicates.
    """
    chosen = rows[rows["month"].between(*outcome.due)]
    if outcome.among != "all":
        chosen = chosen[chosen[ABILITY] == ABILITIES[outcome.among]]
    if outcome.domains:
        chosen = chosen[chosen["domain"].isin([label(one) for one in outcome.domains])]
    paid = (chosen["months"] != NEVER) & (chosen["months"] <= outcome.within)
    if outcome.freely:
        paid &= chosen["freely"]
    counts = ~paid if outcome.unpaid else paid

    def half(arm: str) -> Half:
        mine = chosen["arm"] == arm
        return Half(*(_by_replicate(chosen[mine & of], replicates) for of in (True, counts)))

    return Halves(half("treated"), half("control"))


def _by_replicate(rows: pd.DataFrame, replicates: int) -> np.ndarray:
    """Number of claims in each replicate."""
    sums = rows.groupby("replicate")["claims"].sum().reindex(range(replicates), fill_value=0)
    return sums.to_numpy(float)

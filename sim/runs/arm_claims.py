"""The claims of both arms of policies assigned at random, and when they were performed.

In: a finished world. Out: a table from which the share performed within any time can be computed
for the treated and for the controls.

A claim stays in the arm to which it belonged when it fell due.
"""

import numpy as np
import pandas as pd

from sim.agents.claim import DOMAIN_BITS
from sim.measure.group_records import GROUPS
from sim.measure.groups import ARMS
from sim.terms import Domain, label
from sim.world import World

ABILITY = "ability"
"""The group of a debtor by what it could pay when the claim fell due."""
NEVER = -1
"""Months until performance of a claim that was not performed."""
COLUMNS = ("policy", "arm", ABILITY, "domain", "month", "months", "freely", "claims")


def arm_claims(world: World) -> pd.DataFrame:
    """Claims that fell due in the measured months, by arm.

    Args:
        world: A world that has counted by `ABILITY`.

    Returns:
        One row for each combination that occurs: policy, arm (``treated`` or ``control``), ability
        of the debtor and domain of the claim, month in which it fell due, months until it was
        performed (`NEVER` if it was not), whether it was performed freely; and number of claims.
    """
    groups = world.observed.groups
    claims, done, _ = groups.records.tables()
    claims = claims[claims["month"] >= 1]
    months, freely = _performed(claims["id"], done)
    parts = []
    for policy, flags in groups.arms.items():
        for arm, rows in zip(ARMS, flags, strict=True):
            mine = rows[claims["treatment"]]
            of_arm = claims[mine]
            part = pd.DataFrame(
                {
                    "policy": policy,
                    "arm": arm,
                    ABILITY: np.array(GROUPS[ABILITY])[of_arm[ABILITY]],
                    "domain": _domains(of_arm["id"]),
                    "month": of_arm["month"],
                    "months": months[mine],
                    "freely": freely[mine],
                }
            )
            parts.append(part.groupby(list(COLUMNS[:-1]), as_index=False).size())
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(parts, ignore_index=True).rename(columns={"size": "claims"})


def _performed(ids: np.ndarray, done: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Months until each claim was performed, and whether freely; `ids` are sorted."""
    months, freely = np.full(len(ids), NEVER), np.zeros(len(ids), bool)
    known = np.isin(done["id"], ids)
    place = np.searchsorted(ids, done["id"][known])
    months[place], freely[place] = done["since"][known], done["freely"][known]
    return months, freely


def _domains(ids: np.ndarray) -> np.ndarray:
    """The domain of each claim, from the last bits of its id."""
    names = np.array([label(one) for one in Domain])
    found: np.ndarray = names[ids & ((1 << DOMAIN_BITS) - 1)]
    return found

"""Reach of the policies of a sweep: how many courts, debtors and claims each of them targeted.

In: a sweep. Out: the reach of each policy, and whether it is enough for conclusions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from sim.runs.results import Results

POLICY = "policies."
MIN_CLAIMS = 30
"""Smallest number of claims, in all replicates together, for conclusions on effects."""


@dataclass(frozen=True)
class PolicyReach:
    """Courts, debtors and claims that a policy targeted while in force, each counted once.

    See `sim.scenario.reach`.

    Args:
        policy: Name of the policy.
        replicates: Number of runs.
        months: Number of months in force, mean over runs.
        courts: Number of courts, mean over runs.
        debtors: Number of debtors, mean over runs.
        claims: Number of claims, mean over runs.
        cases: Number of claims that were cases in enforcement, mean over runs.
        in_all: Number of claims in all runs together.
    """

    policy: str
    replicates: int
    months: float
    courts: float
    debtors: float
    claims: float
    cases: float
    in_all: int

    @property
    def few(self) -> bool:
        """Whether the policy reached too few claims for conclusions."""
        return self.in_all < MIN_CLAIMS


def reached(found: Results, point: int, without: Collection[str] = ()) -> list[PolicyReach]:
    """The reach of each policy of a point.

    Args:
        found: The sweep.
        point: Number of the point.
        without: Names of policies to leave out, such as those of the baseline.
    """
    rows = _rows(found)
    rows = rows[(rows["point"] == point) & ~rows["policy"].isin(list(without))]
    return [_reach_of(str(name), part) for name, part in rows.groupby("policy", sort=False)]


def most_reached(found: Results, policy: str) -> PolicyReach | None:
    """The reach of a policy at the point of a sweep where it is largest; None if unknown."""
    rows = _rows(found)
    rows = rows[rows["policy"] == policy]
    found_reach = [_reach_of(policy, part) for _, part in rows.groupby("point")]
    return max(found_reach, key=lambda one: one.in_all, default=None)


def few_of(found: Results, factors: Iterable[str]) -> dict[str, PolicyReach]:
    """Of the given factors, the policies that reached too few claims at every point.

    Args:
        found: The sweep.
        factors: Names of factors. A policy is ``policies.NAME``, or a field of it such as
            ``policies.NAME.dose``.
    """
    few = {}
    for factor in factors:
        if factor.startswith(POLICY):
            name = factor.removeprefix(POLICY)
            one = most_reached(found, name) or most_reached(found, name.rpartition(".")[0])
            if one is not None and one.few:
                few[factor] = one
    return few


def too_few(reach: Iterable[PolicyReach]) -> bool:
    """Whether a scenario has policies, and all of them reached too few claims for conclusions."""
    policies = list(reach)
    return bool(policies) and all(one.few for one in policies)


def _rows(found: Results) -> pd.DataFrame:
    rows = found.reach
    if "policy" in rows:
        return rows
    # A folder of an earlier version, or a sweep without policies.
    return pd.DataFrame(columns=["point", "policy"])


def _reach_of(name: str, part: pd.DataFrame) -> PolicyReach:
    mean = part[["months", "courts", "debtors", "claims", "cases"]].astype(float).mean()
    return PolicyReach(
        policy=name,
        replicates=len(part),
        months=float(mean["months"]),
        courts=float(mean["courts"]),
        debtors=float(mean["debtors"]),
        claims=float(mean["claims"]),
        cases=float(mean["cases"]),
        in_all=int(part["claims"].sum()),
    )

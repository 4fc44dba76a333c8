"""Whom the policies of a sweep reached, and whether that is enough to say anything of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from sim.runs.results import Results

POLICY = "policies."
MIN_CLAIMS = 30
"""Claims in all replicates together below which nothing is said of a policy's effects."""


@dataclass(frozen=True)
class PolicyReach:
    """Whom a policy of a scenario reached, each counted once; see `sim.scenario.reach`.

    Args:
        policy: Its name.
        replicates: Runs behind it.
        months: Months in force, mean over runs.
        courts: Courts, mean over runs.
        debtors: Debtors, mean over runs.
        claims: Claims, mean over runs.
        cases: Claims that were cases in enforcement, mean over runs.
        in_all: Claims in all runs together.
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
        """Whether it reached too few claims to say anything."""
        return self.in_all < MIN_CLAIMS


def reached(found: Results, point: int, without: Collection[str] = ()) -> list[PolicyReach]:
    """Whom the policies of a point reached.

    Args:
        found: The sweep.
        point: The point's number.
        without: Names of policies to leave out, such as the baseline's own.
    """
    rows = _rows(found)
    rows = rows[(rows["point"] == point) & ~rows["policy"].isin(list(without))]
    return [_reach_of(str(name), part) for name, part in rows.groupby("policy", sort=False)]


def most_reached(found: Results, policy: str) -> PolicyReach | None:
    """Whom a policy reached in the point of a sweep where it reached most; None where unknown."""
    rows = _rows(found)
    rows = rows[rows["policy"] == policy]
    found_reach = [_reach_of(policy, part) for _, part in rows.groupby("point")]
    return max(found_reach, key=lambda one: one.in_all, default=None)


def few_of(found: Results, factors: Iterable[str]) -> dict[str, PolicyReach]:
    """Of factors that are policies, those that reached too few claims wherever they were in force.

    Args:
        found: The sweep.
        factors: Names of factors: ``policies.NAME`` or a value below it.
    """
    few = {}
    for factor in factors:
        if factor.startswith(POLICY):
            one = most_reached(found, factor.removeprefix(POLICY).removesuffix(".dose"))
            if one is not None and one.few:
                few[factor] = one
    return few


def too_few(reach: Iterable[PolicyReach]) -> bool:
    """Whether nothing can be said of a scenario, because none of its policies reached enough."""
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

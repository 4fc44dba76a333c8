"""Counts whom each policy reaches, month by month: courts, debtors, claims and cases.

In: treatments (which policies reach whom), and the rows of courts, debtors and claims at the end of
each month. Out: a `Reach` for each policy. While a policy has any strength, it reaches everything
in its target, even where its levers change nothing.
"""

from typing import NamedTuple

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT
from sim.scenario.levers_by_month import Treatments

BEFORE = -(2**15)
"""A number below that of any month; it means "never"."""


class Reach(NamedTuple):
    """How many courts, debtors, claims and cases a policy reached in a run, each counted once.

    Args:
        policy: Name of the policy.
        months: Number of measured months in which the policy had any strength.
        courts: Courts in the target.
        debtors: Debtors in the target.
        claims: Claims in the target that were open or fell due in these months.
        cases: Number of these claims that were in enforcement in these months.
    """

    policy: str
    months: int = 0
    courts: int = 0
    debtors: int = 0
    claims: int = 0
    cases: int = 0


class Reached:
    """Counts the reach of all policies of a world.

    The policies that reach a claim never change. A claim that existed when a policy was last in
    force was therefore counted then. Only claims that have arrived since are counted, and no list
    of counted claims is needed.

    Only a debtor chosen by its oldest case can be reached in one month and not in the next. For
    policies that choose debtors in this way, the debtors already counted are stored.

    Args:
        treatments: Which policies reach whom.
    """

    def __init__(self, treatments: Treatments) -> None:
        """Start with all counts at zero."""
        self._treatments = treatments
        self._found = {name: Reach(name) for name in treatments.members}
        self._last = dict.fromkeys(treatments.members, BEFORE)
        self._ids = np.zeros(0, np.int64)
        self._since = np.zeros(0, np.int16)
        self._met = {name: np.zeros(0, bool) for name in treatments.by_case}

    def add(self, month: int, courts: np.ndarray, debtors: np.ndarray, claims: np.ndarray) -> None:
        """Count a measured month at its end.

        Args:
            month: The month; 1 is the first.
            courts: The table of courts.
            debtors: The table of debtors; a new debtor in the row of a former one has a new id.
            claims: The table of claims, including those that close this month.
        """
        if not self._found:
            return
        self._settle(month, debtors["id"])
        working = [name for name, on in self._treatments.working(month).items() if on]
        born = (claims["id"] >> NUMBER_SHIFT) + FIRST_MONTH
        entered = np.where(claims["intake"] > 0, claims["intake"] + FIRST_MONTH, BEFORE)
        for last in {self._last[name] for name in working}:
            new = (
                courts["treatment"],
                debtors["treatment"][self._since > last],
                claims["treatment"][born > last],
                claims["treatment"][entered > last],
            )
            counts = [np.bincount(rows, minlength=self._treatments.count) for rows in new]
            for name in working:
                if self._last[name] == last:
                    self._count(name, counts)
        for name in self._met.keys() & working:
            self._meet(name, debtors["treatment"])
        self._last |= dict.fromkeys(working, month)

    def _settle(self, month: int, ids: np.ndarray) -> None:
        """Record the month since which each debtor has been in its row."""
        if not len(self._since):
            self._since = np.full(len(ids), BEFORE + 1, np.int16)
            self._met = {name: np.zeros(len(ids), bool) for name in self._met}
        else:
            self._since[self._ids != ids] = month
            for met in self._met.values():
                met[self._ids != ids] = False
        self._ids = ids.copy()

    def _meet(self, name: str, treatment: np.ndarray) -> None:
        """Count the debtors that a policy reaches for the first time, each by its oldest case."""
        fresh = self._treatments.members[name][treatment] & ~self._met[name]
        self._met[name] |= fresh
        before = self._found[name]
        self._found[name] = before._replace(debtors=before.debtors + int(fresh.sum()))

    def _count(self, name: str, counts: list[np.ndarray]) -> None:
        rows = self._treatments.members[name]
        courts, debtors, claims, cases = (int(count[rows].sum()) for count in counts)
        if name in self._met:
            debtors = 0
        before = self._found[name]
        self._found[name] = Reach(
            name,
            before.months + 1,
            max(before.courts, courts),
            before.debtors + debtors,
            before.claims + claims,
            before.cases + cases,
        )

    def found(self) -> list[Reach]:
        """The reach of each policy so far, in the order of the scenario."""
        return list(self._found.values())

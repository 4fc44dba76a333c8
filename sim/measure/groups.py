"""Outcomes by group: the treated and controls of a randomly assigned policy, or groups asked for.

In: the records that `sim.measure.group_records` keeps. Out: the indicators in `OUTCOMES` for each
group, defined as in all other tables.

A claim stays in the group to which it belonged when it fell due. Only `preserved` is decided later,
and then holds for the claim from its due date on. For a debtor with enforceable debt, its oldest
case decides about the arm and about `preserved`. Its own traits at the end of the month decide
about all other groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.books.counts import LONGEST, SPANS, Count, Span
from sim.measure.group_records import GROUPS, OUTSIDE, GroupRecords
from sim.measure.indicators import KNOWN

ARMS = ("treated", "control")
OUTCOMES = (
    *("performed_12", "performed_36", "voluntary_12", "voluntary_36", "months_to_money"),
    *("refusal", "inability"),
)
"""Indicators that can be counted from the tables of claims and debtors at the end of a month."""

KEPT = (
    *(Count.DUE, Count.DEBTORS_ENFORCEABLE),
    *(Count.DEBTORS_ABLE, Count.DEBTORS_EVADING, Count.DEBTORS_UNABLE),
)
"""Counts behind these indicators."""


class Arm(NamedTuple):
    """Outcomes of one arm of a policy, over all measured months.

    Args:
        policy: Name of the policy.
        arm: ``treated`` or ``control``.
        debtors: Number of debtors with a claim in the arm in these months.
        claims: Number of claims in the arm that fell due in these months.
        outcomes: The indicators in `OUTCOMES` by name; NaN without a case.
    """

    policy: str
    arm: str
    debtors: int
    claims: int
    outcomes: dict[str, float]


class Groups:
    """Counts outcomes by group from records of claims and debtors; does nothing without groups.

    Args:
        asked: Names in `GROUPS`.
        arms: For each policy assigned at random, two flags for each row of levers: whether it is
            for treated units, and whether it is for controls.
        debtors: Number of debtors in the world.
    """

    def __init__(
        self, asked: Sequence[str], arms: Mapping[str, Sequence[np.ndarray]], debtors: int
    ) -> None:
        """Start without a month."""
        self.asked = tuple(name for name in GROUPS if name in asked)
        self.arms = dict(arms)
        self.records = GroupRecords(debtors, traits=bool(self.asked))

    @property
    def on(self) -> bool:
        """Whether there is anything to count."""
        return bool(self.asked or self.arms)

    def frame(self, by: str | None, *, burn_in: bool = False, counts: bool = False) -> pd.DataFrame:
        """The outcomes of each month.

        Args:
            by: ``arm``, one of the groups asked for, or None for all of them.
            burn_in: Whether months before the first measured one are included.
            counts: Whether to add the counts in `KEPT`, as columns ``n_…``.

        Returns:
            One row per month and group: month, breakdown (the policy, or the name of the groups),
            cell (the arm, or the group), and a column for each indicator.
        """
        cells = self._cells(by)
        sums, spans = self.counted(by)
        columns: dict[str, object] = {
            "month": np.repeat(self.records.months, len(cells)),
            "breakdown": [kind for kind, _ in cells] * len(self.records.months),
            "cell": [cell for _, cell in cells] * len(self.records.months),
        }
        for name in OUTCOMES:
            columns[name] = KNOWN[name].values(sums, spans).ravel() if len(sums) else []
        if counts:
            columns |= {f"n_{one.name.lower()}": sums[..., one].ravel() for one in KEPT}
        frame = pd.DataFrame(columns)
        return frame if burn_in else frame[frame["month"] >= 1].reset_index(drop=True)

    def _cells(self, by: str | None) -> list[tuple[str, str]]:
        """Breakdown and name of each group."""
        found = (
            [(policy, arm) for policy in self.arms for arm in ARMS] if by in (None, "arm") else []
        )
        return found + [(n, cell) for n in self.asked if by in (None, n) for cell in GROUPS[n]]

    def counted(self, by: str | None) -> tuple[np.ndarray, np.ndarray]:
        """Counts, shape (months, groups, counts), and spans, (months, groups, spans, ages)."""
        claims, done, owing = self.records.tables()
        shape = len(self.records.months), len(self._cells(by))
        sums, spans = np.zeros((*shape, len(Count))), np.zeros((*shape, SPANS, LONGEST + 1))
        first = self.records.months[0] if self.records.months else 0
        due_at, owing_at = claims["month"] - first, owing["month"] - first
        done_at, since = done["month"] - first, done["since"]
        begin = 0
        for members, of_claims, of_owing in self._codes(by, claims, owing):
            mine = slice(begin, begin := begin + members)
            _tally(sums[:, mine, Count.DUE], of_claims, due_at)
            for what, which in (
                (Count.DEBTORS_ENFORCEABLE, owing["id"] >= 0),
                (Count.DEBTORS_ABLE, owing["able"]),
                (Count.DEBTORS_EVADING, owing["evading"]),
                (Count.DEBTORS_UNABLE, owing["unable"]),
            ):
                _tally(sums[:, mine, what], np.where(which, of_owing, OUTSIDE), owing_at)
            of_done = _of(of_claims, claims["id"], done["id"])
            freely = np.where(done["freely"], of_done, OUTSIDE)
            _tally(spans[:, mine, Span.PERFORMED], of_done, done_at, since)
            _tally(spans[:, mine, Span.PERFORMED_VOLUNTARILY], freely, done_at, since)
        return sums, spans

    def found(self) -> list[Arm]:
        """Outcomes of each arm over all measured months, in the order of the scenario."""
        measured = np.array(self.records.months, int) >= 1
        if not measured.any():
            return []
        claims, _, owing = self.records.tables()
        sums, spans = (part[measured] for part in self.counted("arm"))
        values = {name: KNOWN[name].evaluate(sums, spans) for name in OUTCOMES}
        there = (claims["month"] >= 1) | np.isin(claims["id"], self.records.open_at_start)
        codes = [of_claims for _, of_claims, _ in self._codes("arm", claims, owing)]
        return [
            Arm(
                policy,
                arm,
                len(np.unique(claims["debtor"][there & (codes[cell // 2] == cell % 2)])),
                int(sums[:, cell, Count.DUE].sum()),
                {name: float(found[cell]) for name, found in values.items()},
            )
            for cell, (policy, arm) in enumerate(self._cells("arm"))
        ]

    def _codes(
        self, by: str | None, claims: np.ndarray, owing: np.ndarray
    ) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """For each breakdown the number of its groups, and the group of each claim and debtor."""
        for treated, control in self.arms.values() if by in (None, "arm") else ():
            row = claims["treatment"]
            codes = np.where(treated[row], 0, np.where(control[row], 1, OUTSIDE))
            yield len(ARMS), codes, _of(codes, claims["id"], owing["id"])
        for name in self.asked if by is None else set(self.asked) & {by}:
            if name == "preserved":
                codes = np.isin(claims["id"], self.records.preserved()).astype(int)
                of_owing = _of(codes, claims["id"], owing["id"])
            elif name == "belief":
                codes, of_owing = self._thirds(claims["belief"]), self._thirds(owing["belief"])
            else:
                codes, of_owing = claims[name], owing[name]
            yield len(GROUPS[name]), codes, of_owing

    def _thirds(self, hazards: np.ndarray) -> np.ndarray:
        """The third to which each perceived hazard belongs; 0 is the lowest."""
        limits = self.records.limits
        third = np.searchsorted(limits, hazards)
        return np.where(np.isfinite(hazards) & np.isfinite(limits).all(), third, OUTSIDE)


def _tally(sums: np.ndarray, codes: np.ndarray, *at: np.ndarray) -> None:
    """Count records by group and by `at`: the month and, for spans, the months passed."""
    known = codes != OUTSIDE
    month, *passed = (place[known] for place in at)
    np.add.at(sums, (month, codes[known], *passed), 1.0)


def _of(codes: np.ndarray, ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The codes of the claims `wanted`; `OUTSIDE` for claims that are not among `ids`."""
    if not len(ids):
        return np.full(len(wanted), OUTSIDE)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[place] == wanted, codes[place], OUTSIDE)

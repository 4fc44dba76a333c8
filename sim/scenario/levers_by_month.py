"""Values of levers by month and treatment (the policies that reach a court, debtor or claim).

In: the policies of a scenario. Out: a table of levers with a row for each treatment, its values
in a month, and which row each court, debtor and claim reads. Row 0 is without policies.
"""

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.engine.record import dtype, table
from sim.errors import ServandaError, ServandaWarning
from sim.levers.catalogue import Levers
from sim.scenario.assign import Arms, drawn_districts, expanded, key_of
from sim.scenario.policy import Policy, Spell, levers
from sim.scenario.scenario import Scenario
from sim.terms import Domain, Kind

VERBS = ("set", "scale", "add")
NEVER = Spell(2**30, 2**30)
"""The spell (months in force) of a policy that its trigger has not put in force yet."""


class _Step(NamedTuple):
    """One change of a lever by a policy; `reached` are the rows of the table that it changes."""

    verb: str
    policy: Policy
    number: float
    reached: np.ndarray


class _Latest(NamedTuple):
    """Levers as they were last computed, and the strength of each policy then."""

    strength: Mapping[str, float] | None
    rows: np.ndarray
    added: np.ndarray


class Treatments:
    """Which policies reach each court, debtor and claim, and what values its levers then have.

    Here a target is a set of policies that may reach a debtor or claim. An arm is the set of
    policies drawn for it. Target and arm together determine the row that it reads.

    Attributes:
        base: Values of the levers without policies, as in row 0.
        count: Number of rows of the table of levers.
        edges: Limits of the amounts of claims that policies target, yuan, ascending, float64. The
            band of a claim is the number of edges at or below its amount.
        court: Row of each court, int16, shape ``(districts,)``.
        debtor: Target of each debtor, int16, shape ``(kinds, districts)``.
        claim: Target of each claim, int16, shape ``(kinds, districts, domains, bands)``.
        rows_of: Row by target and arm, int16, shape ``(targets, 2^drawn)``. An arm has a bit for
            each policy that is drawn by debtor or by claim. If there are no such policies, each
            target has one row.
        shares, keys, by_claim: For each policy that is drawn by debtor or by claim: the share of
            units drawn, the index of the draws, and whether claims are drawn; shape ``(drawn,)``.
        arms: Rows of treated and control units, for each policy assigned at random.
        by_case: Policies that choose debtors by their oldest case. If there are any, each debtor
            has the row of its oldest case, or else of its oldest open claim.
        members: For each policy, in the order of the scenario: whether it reaches each row, bool,
            shape ``(count,)``.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Give each set of policies a row, and find the set of each court, debtor and claim."""
        self.base = scenario.levers
        # Python's sort is stable, so policies that start together keep their order in the file.
        policies = sorted(scenario.policies, key=lambda policy: policy.start)
        limits = {limit for policy in policies for limit in policy.amount or ()}
        self.edges = np.array(sorted(limits - {0.0}))
        districts = scenario.population.districts
        shapes = (
            (districts,),
            (len(Kind), districts),
            (len(Kind), districts, len(Domain), len(self.edges) + 1),
        )
        reach = [self._reach(policy, districts, scenario.run.seed) for policy in policies]
        # A policy assigned by district is added a second time, as if all districts were drawn.
        # This gives its controls rows of their own.
        local = [p for p in policies if p.assign is not None and not p.drawn]
        reach += [self._reach(policy, districts, None) for policy in local]
        members, targets = _refine(reach, sum(int(np.prod(shape)) for shape in shapes))
        court, self.debtor, self.claim = _split(targets, shapes)
        drawn = [place for place, policy in enumerate(policies) if policy.drawn]
        rows = expanded(members[drawn])
        _refuse_too_many(len(rows.target))
        self.count = len(rows.target)
        self.rows_of, self.court = rows.of, rows.of[court, 0]
        self._draws([policies[place] for place in drawn])
        members = members[:, rows.target]
        in_target = {p.name: member.copy() for p, member in zip(policies, members, strict=False)}
        in_target |= {p.name: one for p, one in zip(local, members[len(policies) :], strict=True)}
        members[drawn] &= rows.drawn
        self._policies = policies
        members = members[: len(policies)]
        found = {policy.name: member for policy, member in zip(policies, members, strict=True)}
        self.members = {policy.name: found[policy.name] for policy in scenario.policies}
        self.arms = {
            policy.name: Arms(found[policy.name], in_target[policy.name] & ~found[policy.name])
            for policy in scenario.policies
            if policy.assign is not None
        }
        self._base_row = table(Levers, [self.base])
        self._added = scenario.added.levers
        self._added_row = np.array([scenario.added_levers[path] for path in self._added])
        self._steps = _steps(policies, members)
        there = levers() | self._added
        self.by_case = {policy.name for policy in policies if policy.goes_by_case(there)}
        self._warned = False
        self._latest = _Latest(None, self.rows(), np.empty(0))
        self._spells = {p.name: NEVER for p in policies if p.trigger is not None}

    def watched(self) -> set[str]:
        """Names of the indicators that trigger policies."""
        return {p.trigger.indicator for p in self._policies if p.trigger is not None}

    def working(self, month: int) -> dict[str, bool]:
        """Whether each policy, by name, has any strength in a measured month."""
        return {p.name: p.strength(month, self._spells.get(p.name)) > 0.0 for p in self._policies}

    def observe(self, month: int, values: Mapping[str, float]) -> None:
        """Decide which triggered policies are in force in a month (ODD eq. 25).

        It is called once a month. A policy therefore stays on or off for at least a month.

        Args:
            month: The coming month.
            values: The indicators of `watched` in the month before; a NaN triggers nothing.
        """
        for policy in self._policies:
            if policy.trigger is None:
                continue
            spell = self._spells[policy.name]
            in_force = spell.end == math.inf
            open_now = policy.start <= month and (policy.end is None or month <= policy.end)
            flips = policy.trigger.flips(values[policy.trigger.indicator], in_force=in_force)
            if in_force and (flips or not open_now):
                self._spells[policy.name] = spell._replace(end=month - 1)
            elif flips and open_now and not in_force:
                self._spells[policy.name] = Spell(month, math.inf)

    def _draws(self, drawn: list[Policy]) -> None:
        """Set the shares and keys with which debtors and claims are drawn."""
        assigned = [policy.assign for policy in drawn if policy.assign is not None]
        self.shares = np.array([one.share for one in assigned], float)
        self.keys = np.array([key_of(policy.name) for policy in drawn], np.int64)
        self.by_claim = np.array([one.unit == "claim" for one in assigned], bool)

    def _reach(self, policy: Policy, districts: int, seed: int | None) -> np.ndarray:
        """Whether a policy reaches each court, debtor and claim, in one concatenated array.

        A policy assigned by district reaches only the districts drawn. Without a seed it reaches
        all districts in its target.
        """
        where = _named(policy.districts, districts)
        if policy.assign is not None and not policy.drawn and seed is not None:
            where &= drawn_districts(policy.name, policy.assign.share, districts, seed)
        who = np.logical_and.outer(_named(policy.kinds, len(Kind)), where)
        what = np.logical_and.outer(_named(policy.domains, len(Domain)), self._bands(policy))
        return np.concatenate(
            [
                where & policy.reaches("court"),
                who.ravel() & policy.reaches("debtor"),
                np.logical_and.outer(who, what).ravel(),
            ]
        )

    def _bands(self, policy: Policy) -> np.ndarray:
        low, high = policy.amount or (0.0, np.inf)
        return (np.append(0.0, self.edges) >= low) & (np.append(self.edges, np.inf) <= high)

    def rows(self) -> np.ndarray:
        """A new table of levers with the values that they have without policies.

        Returns:
            Shape ``(count,)``, dtype ``dtype(Levers)``.
        """
        fresh = np.empty(self.count, dtype(Levers))
        fresh[:] = self._base_row
        return fresh

    def refresh(self, rows: np.ndarray, added: np.ndarray, month: int) -> None:
        """Update the tables of levers to a measured month, in place.

        In each row, all changes ``set`` come first, then ``scale``, then ``add``. Within each kind
        the policy that starts first comes first. A factor therefore applies even to a value that a
        later policy sets. The result is clipped to the range of the lever.

        Args:
            rows: Table of levers, from the method `rows`.
            added: Table of the levers of extensions; shape (count, number of these levers).
            month: Measured month; 1 is the first after the burn-in, which has no policies.
        """
        strength = {p.name: p.strength(month, self._spells.get(p.name)) for p in self._policies}
        if strength != self._latest.strength:
            self._compute(rows, added, month, strength)
            self._latest = _Latest(strength, rows.copy(), added.copy())
        rows[:], added[:] = self._latest.rows, self._latest.added

    def _compute(
        self, rows: np.ndarray, added: np.ndarray, month: int, strength: Mapping[str, float]
    ) -> None:
        rows[:] = self._base_row
        added[:] = self._added_row
        if not any(strength.values()):
            return
        for path, steps in self._steps.items():
            mode, name = path.split(".")
            if path in self._added:
                column = added[:, list(self._added).index(path)]
            else:
                column = rows[mode][name]
            for step in steps:
                if share := strength[step.policy.name]:
                    column[step.reached] = _moved(column[step.reached], step, share)
            self._keep_in_range(column, path, month)

    def value_before(self, path: str, row: int, month: int, value: float) -> float | None:
        """What a lever must be set to, so that policies that scale it or add to it give a value.

        Args:
            path: Path of the lever.
            row: Row of the table of levers.
            month: Measured month in which the given value is to be in force.
            value: The value in force.

        Returns:
            The value after all changes ``set``, not clipped to the lever's range; None if a policy
            multiplies the lever by 0.
        """
        for step in reversed(self._steps.get(path, ())):
            policy = step.policy
            if step.verb == "set" or row not in step.reached:
                continue
            share = policy.strength(month, self._spells.get(policy.name))
            factor = 1.0 + (step.number - 1.0) * share
            if step.verb == "add":
                value -= step.number * share
            elif factor == 0.0:
                return None
            else:
                value /= factor
        return value

    def _keep_in_range(self, column: np.ndarray, path: str, month: int) -> None:
        lever = self._added.get(path) or levers()[path]
        if (column >= lever.low).all() and (column <= lever.high).all():
            return
        np.clip(column, lever.low, lever.high, out=column)
        if not self._warned:
            self._warned = True
            text = (
                f"policies push {path} out of its range, {lever.low:g} to {lever.high:g},"
                f" in month {month}"
            )
            warnings.warn(f"{text}; it stays at the limit", ServandaWarning, stacklevel=4)


def _named(named: Sequence[int], count: int) -> np.ndarray:
    """Whether each of `count` codes is named; if none is named, all are."""
    chosen = np.zeros(count, bool)
    chosen[list(named) or slice(None)] = True
    return chosen


def _refine(reach: list[np.ndarray], cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct sets of policies.

    Args:
        reach: For each policy, whether it reaches each cell; bool, shape ``(cells,)``. A cell is a
            court, or a class of debtors or claims.
        cells: Number of cells.

    Returns:
        Whether each policy belongs to each set, shape (policies, sets); the set of each cell.
    """
    # One cell that no policy reaches is added. Its set sorts first, so row 0 is without policies.
    # One policy that reaches nothing is added, so that the table has a row even without policies.
    table_of_sets = np.zeros((len(reach) + 1, cells + 1), bool)
    table_of_sets[1:, 1:] = np.reshape(reach, (len(reach), cells))
    sets, rows = np.unique(table_of_sets, axis=1, return_inverse=True)
    _refuse_too_many(sets.shape[1])
    return sets[1:], rows.ravel()[1:].astype(np.int16)


def _refuse_too_many(count: int) -> None:
    """Refuse more treatments than an int16 can number.

    Raises:
        ServandaError: With the number of treatments.
    """
    if count > np.iinfo(np.int16).max:
        raise ServandaError("policies", f"{count:,} different treatments are too many")


def _split(rows: np.ndarray, shapes: Sequence[tuple[int, ...]]) -> list[np.ndarray]:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    parts = np.split(rows, ends[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def _steps(policies: list[Policy], members: np.ndarray) -> dict[str, list[_Step]]:
    """The changes of each lever, by its path, in the order in which they are applied."""
    steps: dict[str, list[_Step]] = {}
    for policy, member in zip(policies, members, strict=True):
        for lever, verb, number in policy.moves():
            step = _Step(verb, policy, number, np.flatnonzero(member))
            steps.setdefault(lever, []).append(step)
    return {p: sorted(found, key=lambda s: VERBS.index(s.verb)) for p, found in steps.items()}


def _moved(before: np.ndarray, step: _Step, share: float) -> np.ndarray:
    """The values of a column after a step of strength `share`, from 0 to 1 (exact at 1)."""
    if step.verb == "set":
        return (
            np.full_like(before, step.number)
            if share == 1.0
            else before + (step.number - before) * share
        )
    if step.verb == "scale":
        return before * (step.number if share == 1.0 else 1.0 + (step.number - 1.0) * share)
    return before + step.number * share

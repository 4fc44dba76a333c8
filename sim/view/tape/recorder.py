"""A tape: a whole run as data that the browser's player moves through without the server.

In: a world with an event log, at the end of its burn-in. Out: plain data (dicts, lists, numbers,
texts) with the place of every open claim and the conduct of every debtor in each month, indicators
over the last twelve months, and the mean ledgers of payers and evaders.
"""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.agents.debtor.weigh import Ledger
from sim.errors import ServandaError
from sim.view.tape.conduct import DOCKET, GONE, Place, conduct_of, place_of
from sim.view.tape.packing import Moves, columns, packed, stays, steps
from sim.world import World

YEAR = 12
"""Months over which an indicator is taken at each month of the tape."""

DIGITS = 5
"""Significant digits of the curves."""

COHORTS = ("performed_12", "voluntary_12", "performed_36", "months_to_money")
"""The indicators of cohorts, which come first everywhere."""

CURVES = (
    *COHORTS,
    *("grace_performance_able", "refusal", "inability", "true_hazard", "belief_gap"),
    *("backlog", "docket_age", "shadow_backlog", "received"),
    *("listed", "wrongly_listed", "harm"),
)
"""The indicators on a tape unless others are asked for; those of extensions follow them."""


class Change(NamedTuple):
    """What a month changed.

    Args:
        month: Number of the month.
        owners: The row of the debtor of each new claim.
        claims: Numbers of claims that moved, and their new places.
        people: Rows of debtors who changed their conduct, and the new one.
    """

    month: int
    owners: np.ndarray
    claims: Moves
    people: Moves


class Recorder:
    """Follows a world month by month and keeps what changed.

    Args:
        world: A world with ``events=True`` that has completed month 0 or a later one.

    Raises:
        ServandaError: If the world has no event log.
    """

    def __init__(self, world: World) -> None:
        """Note where every claim and every debtor is."""
        if world.transitions is None:
            raise ServandaError("world", "a tape needs the event log", "use World(…, events=True)")
        self.world, self.first = world, world.month
        claims = world.simulation.claims.rows
        self._places = place_of(claims["stage"])
        self._conduct = self._conduct_at_first = np.array(conduct_of(world.simulation.debtors.rows))
        self._ages = np.where(np.isin(self._places, DOCKET), claims["docket"], 0)
        self._owners = np.asarray(claims["debtor"], np.int64)
        self._numbers = {int(one): k for k, one in enumerate(claims["id"])}
        self._next = len(claims)
        self._changes: deque[Change] = deque()

    def look(self) -> None:
        """Keep what changed in the month that the world has just completed."""
        owners, moves = self._moved_claims()
        now = conduct_of(self.world.simulation.debtors.rows)
        rows = np.flatnonzero(now != self._conduct)
        self._changes.append(Change(self.world.month, owners, moves, (rows, now[rows])))
        self._conduct = np.array(now)

    def _moved_claims(self) -> tuple[np.ndarray, Moves]:
        """Owners of new claims, which get the next numbers, and the last step of each that moved.

        The number of a closed claim is not needed any more.
        """
        steps = self.world.transitions.of(self.world.month)  # type: ignore[union-attr]
        last = np.append(steps["claim"][1:] != steps["claim"][:-1], True)[: len(steps)]
        steps = steps[last]
        claims, places = steps["claim"].tolist(), place_of(steps["stage"])
        fresh = [k for k, one in enumerate(claims) if one not in self._numbers]
        self._numbers |= {claims[k]: self._next + nth for nth, k in enumerate(fresh)}
        self._next += len(fresh)
        numbers = np.array([self._numbers[one] for one in claims], np.int64)
        for k in np.flatnonzero(places >= Place.PERFORMED):
            del self._numbers[claims[k]]
        order = np.argsort(numbers)
        owners = steps["debtor"][fresh] >> 8  # an id is a row, then 8 bits
        return owners, (numbers[order], places[order])

    def taken(self) -> dict[str, Any] | None:
        """What changed since this was last called, for a player that has the tape up to there.

        It is not kept any longer. One thread may call this while another one looks.

        Returns:
            The month ``after`` which, the ``last`` month, and packed: ``owners`` of new claims as
            in `tape`, and the `steps` of ``claims`` and of ``people``; None if no month was
            completed.
        """
        changes = [self._changes.popleft() for _ in range(len(self._changes))]
        if not changes:
            return None
        return {
            "after": changes[0].month - 1,
            "last": changes[-1].month,
            "owners": self._packed_owners(one.owners for one in changes),
            "claims": packed(steps(one.claims for one in changes)),
            "people": packed(steps(one.people for one in changes)),
        }

    def _packed_owners(self, owners: Iterable[np.ndarray]) -> str:
        """Rows of debtors of claims.

        In most months they ascend; each is packed as its distance from the one before, and counting
        goes on from 0 after the last debtor.
        """
        rows = np.concatenate([np.zeros(0, np.int64), *owners])
        return packed(np.diff(rows, prepend=0) % len(self._conduct))

    def run(self) -> "Recorder":
        """Run the world to its end and keep every month."""
        while self.world.running:
            self.world.step()
            self.look()
        return self

    def tape(self, curves: Iterable[str] | None = None) -> dict[str, Any]:
        """Everything kept so far, as plain data; nothing may have been `taken` before.

        Args:
            curves: Names of the indicators to draw; by default those of `usual_curves`.

        Returns:
            ``first`` and ``last`` month; numbers of ``debtors`` and ``districts``; packed: the
            ``owners`` of claims (`_packed_owners`), the `stays` of ``claims`` and of ``people``,
            and ``ages``, how many months each claim of the first month has been in the docket;
            ``bands``, the first and last month of each policy that ends; ``curves`` with a value
            for each month; ``ledger`` as of `packed_ledgers`.

        Raises:
            ServandaError: If there is no such indicator.
        """
        places = np.full(self._next, GONE)
        places[: len(self._places)] = self._places
        claims = [(one.month, *one.claims) for one in self._changes]
        people = [(one.month, *one.people) for one in self._changes]
        return {
            "first": self.first,
            "last": self.world.month,
            "debtors": len(self._conduct),
            "districts": self.world.setup.population.districts,
            "owners": self._packed_owners([self._owners, *(one.owners for one in self._changes)]),
            "claims": packed(stays(self.first, places, claims)),
            "people": packed(stays(self.first, self._conduct_at_first, people)),
            "ages": packed(self._ages),
            "bands": bands(self.world),
            "curves": over_the_year(
                self.world, usual_curves(self.world) if curves is None else curves, self.first
            ),
            "ledger": packed_ledgers(ledgers_over_the_year(self.world, self.first)),
        }


def recorded(
    scenario: str | Path | Mapping[str, Any],
    curves: Iterable[str] | None = None,
    **overrides: Any,
) -> tuple[World, dict[str, Any]]:
    """Run a scenario and return its world and its tape.

    Arguments are those of `World` and `Recorder.tape`.

    Raises:
        ServandaError: If the scenario is invalid or an indicator unknown.
    """
    world = World(scenario, events=True, **overrides)
    known = {one.name for one in world.measured.indicators}
    _refuse_unknown(curves or (), known)
    return world, Recorder(world.run_to(0)).run().tape(curves)


def record(
    scenario: str | Path | Mapping[str, Any],
    curves: Iterable[str] | None = None,
    **overrides: Any,
) -> dict[str, Any]:
    """The tape alone; see `recorded`."""
    return recorded(scenario, curves, **overrides)[1]


def usual_curves(world: World) -> tuple[str, ...]:
    """The indicators on a world's tape: `CURVES`, and all those of its extensions."""
    return (*CURVES, *(one.name for one in world.setup.added.indicators))


def over_the_year(world: World, names: Iterable[str], first: int) -> dict[str, list[float | None]]:
    """Indicators at the end of each month, over the twelve months before it.

    An indicator of a cohort takes the twelve latest cohorts that can be judged. Values without a
    denominator are None.

    Args:
        world: A world that has run.
        names: Names of indicators.
        first: The first month of the result.
    """
    series = world.measured
    known = {one.name: one for one in series.indicators}
    _refuse_unknown(names, known)
    sums, spans = series.sums(burn_in=True)[:, :1], series.spans(burn_in=True)[:, :1]
    at = [k for k, month in enumerate(series.months) if month >= first]
    missing = _missing(world, first)
    found: dict[str, list[float | None]] = {}
    for name in names:
        one = known[name]
        window = YEAR + one.fewest_months - 1
        values: list[float | None] = [None] * missing
        for k in at:
            since = max(0, k + 1 - window)
            whole = k + 1 >= one.fewest_months
            value = one.evaluate(sums[since : k + 1], spans[since : k + 1])[0] if whole else np.nan
            values.append(_short(float(value)))
        found[name] = values
    return found


def bands(world: World) -> list[list[int]]:
    """First and last month of every policy that ends before the run does."""
    months = world.setup.run.months
    ends = [(one.start, one.end) for one in world.setup.policies if one.end is not None]
    return [[start, end] for start, end in ends if end < months]


def ledgers_over_the_year(world: World, first: int) -> dict[str, Any]:
    """Mean ledgers of the best dishonest option over twelve months, as it was weighed.

    Args:
        world: A world that has run.
        first: The first month of the result.

    Returns:
        ``terms``: names of the terms, the gain first; ``payers`` and ``evaders``: for each month,
        the mean of each term in yuan, or None if nobody chose; ``choices``: for each month, the
        number of choices of payers and of evaders.
    """
    sums = world.measured.ledger_sums()
    months = world.measured.months
    none = _missing(world, first)
    out: dict[str, Any] = {"terms": list(Ledger._fields), "choices": [[0, 0]] * none}
    out |= {"payers": [None] * none, "evaders": [None] * none}
    for k in (k for k, month in enumerate(months) if month >= first):
        year = sums[max(0, k + 1 - YEAR) : k + 1].sum(axis=0)
        out["choices"].append([int(n) for n in year[:, 0]])
        for who, row in zip(("payers", "evaders"), year, strict=True):
            out[who].append([_short(v) for v in row[1:] / row[0]] if row[0] > 0.0 else None)
    return out


def packed_ledgers(ledgers: Mapping[str, Any]) -> dict[str, Any]:
    """Ledgers as the browser gets them: in whole yuan, which is what it writes.

    Returns:
        ``terms`` as they are; ``payers`` and ``evaders``: for each month the number of choices and
        the mean of each term, as packed `columns`.
    """
    none = [0] * len(ledgers["terms"])
    found = {"terms": ledgers["terms"]}
    for k, who in enumerate(("payers", "evaders")):
        pairs = zip(ledgers["choices"], ledgers[who], strict=True)
        found[who] = packed(
            columns([choices[k], *(round(v or 0) for v in row or none)] for choices, row in pairs)
        )
    return found


def _missing(world: World, first: int) -> int:
    """Months from `first` on that were not measured: month 0, if there is no burn-in."""
    months = world.measured.months
    return max(0, int(months[0]) - first) if len(months) else 1


def _refuse_unknown(names: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        hint = "`servanda indicators` lists them"
        raise ServandaError("curves", f"there is no indicator '{unknown[0]}'", hint)


def _short(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None

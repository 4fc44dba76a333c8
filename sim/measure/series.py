"""Keeps the counts of each month, and computes indicators from them.

Counts are kept by cell: one group of debtors or claims, such as a district.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.agents.debtor.weigh import Ledger
from sim.books.accounts import Account, flow_names
from sim.books.counts import LONGEST, SPANS, Count, Span, count_names
from sim.extension import Extension
from sim.indicator import Indicator, divided
from sim.measure.indicators import INDICATORS
from sim.measure.survival import life_table
from sim.month.shared.journal import BANDS, DISTRICTS, DOMAINS, KINDS
from sim.terms import Domain, Kind, Size, label

ARRAYS = ("_sums", "_spans", "_ledgers", "_flows", "_stocks")
"""Attributes of a series with one row per month."""
BREAKDOWNS = ("all", "domain", "kind", "size", "district")


def cells(districts: int) -> list[tuple[str, str]]:
    """Breakdown and name of each cell, in the order of the counts."""
    return [
        ("all", "all"),
        *(("domain", label(d)) for d in Domain),
        *(("kind", label(k)) for k in Kind),
        *(("size", label(s)) for s in Size),
        *(("district", str(d)) for d in range(districts)),
    ]


class Series:
    """Counts, flows of money and stocks of every month, and the indicators computed from them.

    Args:
        districts: Number of districts.
        months: Number of months for which memory is reserved; it grows if there are more.
        extension: Additional counts and indicators from a user's own files.
    """

    def __init__(self, districts: int, months: int, extension: Extension) -> None:
        """Allocate arrays for the months of a run."""
        self.cells = cells(districts)
        self._months: list[int] = []
        self._extension = extension
        self.counted = (*count_names(), *(c.name for c in extension.counts[::-1]))
        self._sums = np.zeros((months, len(self.cells), len(self.counted)))
        self.moved = (*flow_names(), *(flow.name for flow, *_ in extension.flows[::-1]))
        self._spans = np.zeros((months, len(self.cells), SPANS, LONGEST + 1))
        self._ledgers = np.zeros((months, len(self.cells), 2, 1 + len(Ledger._fields)))
        self._flows = np.zeros((months, len(self.moved)))
        self._stocks = np.zeros((months, len(Account)))

    def __getstate__(self) -> dict[str, Any]:
        """The months so far, without the room for later ones, so that copies are small."""
        kept = {name: getattr(self, name)[: len(self._months)] for name in ARRAYS}
        return {**self.__dict__, **kept, "_room": len(self._sums)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Make room again for as many months as before."""
        room = state.pop("_room")
        self.__dict__.update(state)
        for name in ARRAYS:
            kept = state[name]
            whole = np.zeros((room, *kept.shape[1:]))
            whole[: len(kept)] = kept
            setattr(self, name, whole)

    def add(
        self,
        month: int,
        sums: np.ndarray,
        spans: np.ndarray,
        ledgers: np.ndarray,
        flows: np.ndarray,
        stocks: np.ndarray,
    ) -> None:
        """Add a month.

        Args:
            month: Number of the month; below 1 in the burn-in.
            sums: Counts; shape (cells, counts).
            spans: Counts by elapsed months; shape (cells, spans, ages).
            ledgers: Number of choices, and sum of each term (gain or cost) of the ledgers. They are
                given for payers and for evaders; shape (cells, 2, 1 + terms).
            flows: Flows of money in the month, yuan; shape (flows,).
            stocks: Closing balances of the accounts, yuan; shape (accounts,).
        """
        at = len(self._months)
        if at == len(self._sums):
            for name in ARRAYS:
                full = getattr(self, name)
                setattr(self, name, np.concatenate([full, np.zeros_like(full[: at // 2 + 1])]))
        self._sums[at], self._spans[at], self._ledgers[at] = sums, spans, ledgers
        self._flows[at], self._stocks[at] = flows, stocks
        # per-thousand figures refer to all debtors, except in cells of one kind or one district
        self._sums[at, DOMAINS:KINDS, Count.DEBTORS] = sums[0, Count.DEBTORS]
        self._sums[at, BANDS:DISTRICTS, Count.DEBTORS] = sums[0, Count.DEBTORS]
        self._months.append(month)

    def forget(self, keep: int) -> None:
        """Drop all months but the last `keep`, so that an endless run needs no more memory."""
        gone = len(self._months) - keep
        if gone <= 0:
            return
        self._months = self._months[gone:]
        for kept in (getattr(self, name) for name in ARRAYS):
            kept[:keep] = kept[gone : gone + keep]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The model's indicators, then those of extensions."""
        return (*INDICATORS, *self._extension.indicators)

    @property
    def months(self) -> np.ndarray:
        """Numbers of the months recorded; those of the burn-in are below 1."""
        return np.array(self._months, int)

    def sums(self, *, burn_in: bool = False) -> np.ndarray:
        """Counts; shape (months, cells, counts)."""
        return self._sums[self._first(burn_in=burn_in) : len(self._months)]

    def spans(self, *, burn_in: bool = False) -> np.ndarray:
        """Counts by elapsed months; shape (months, cells, spans, ages)."""
        return self._spans[self._first(burn_in=burn_in) : len(self._months)]

    def _first(self, *, burn_in: bool) -> int:
        """Place of the first month, or of the first measured one; months ascend."""
        return 0 if burn_in else bisect_left(self._months, 1)

    def frame(
        self,
        by: str | Sequence[str] | None = "all",
        *,
        burn_in: bool = False,
        counts: bool = False,
        names: Sequence[str] = (),
    ) -> pd.DataFrame:
        """The indicators of each month.

        Args:
            by: One of `BREAKDOWNS` or several, or None for all of them.
            burn_in: Whether months before the first measured one are included.
            counts: Whether to add the counts behind the indicators, as columns ``n_…``.
            names: The indicators, in this order; all of them if empty.

        Returns:
            One row per month and cell: month, breakdown, cell, and a column for each indicator.
        """
        chosen = self._places(by)
        sums = self.sums(burn_in=True)[:, chosen]
        spans = self.spans(burn_in=True)[:, chosen]
        columns = self._labels(chosen, self._months)
        there = {one.name: one for one in self.indicators}
        for one in (there[name] for name in names or there):
            known = [not one.by or self.cells[i][0] in one.by for i in chosen]
            columns[one.name] = np.where(known, one.values(sums, spans), np.nan).ravel()
        if counts:
            columns |= {f"n_{name}": sums[..., c].ravel() for c, name in enumerate(self.counted)}
        frame = pd.DataFrame(columns)
        return frame if burn_in else frame[frame["month"] >= 1].reset_index(drop=True)

    def counts(self, by: str | Sequence[str] | None = "all") -> pd.DataFrame:
        """Counts, flows of money and spans of each measured month.

        Args:
            by: As for `frame`.

        Returns:
            One row per month and cell: month, breakdown, cell; a column ``n_…`` per count; a column
            ``span_…`` per span, all ages together; and a column per flow of money, yuan, which is
            known for all debtors together and NaN in other cells.
        """
        chosen, first = self._places(by), self._first(burn_in=False)
        sums = self.sums()[:, chosen]
        spans = self.spans()[:, chosen].sum(axis=-1)
        together = np.array([self.cells[i] == self.cells[0] for i in chosen])
        flows = self._flows[first : len(self._months), None, :]
        flows = np.where(together[None, :, None], flows, np.nan)
        columns = self._labels(chosen, self._months[first:])
        columns |= {f"n_{name}": sums[..., c].ravel() for c, name in enumerate(self.counted)}
        columns |= {f"span_{one.name.lower()}": spans[..., one].ravel() for one in Span}
        columns |= {name: flows[..., f].ravel() for f, name in enumerate(self.moved)}
        return pd.DataFrame(columns)

    def _labels(self, chosen: Sequence[int], months: Sequence[int]) -> dict[str, Any]:
        """The columns month, breakdown and cell of a table with a row per month and cell."""
        return {
            "month": np.repeat(np.asarray(months, int), len(chosen)),
            "breakdown": [self.cells[i][0] for i in chosen] * len(months),
            "cell": [self.cells[i][1] for i in chosen] * len(months),
        }

    def _places(self, by: str | Sequence[str] | None) -> list[int]:
        """Places of the cells of one breakdown, of several, or of all (None)."""
        wanted = (by,) if isinstance(by, str) else by
        return [i for i, (kind, _) in enumerate(self.cells) if wanted is None or kind in wanted]

    def ledgers(self, by: str | Sequence[str] | None = "all") -> pd.DataFrame:
        """Mean gain and costs of the best dishonest option, as able debtors weigh it, in yuan.

        The means are over all choices in the measured months. Payers and evaders are separate
        groups, since a mean over both would mostly reflect how many of each there are.

        Args:
            by: One of `BREAKDOWNS` or several, or None for all of them.

        Returns:
            One row per cell and group: breakdown, cell, group, number of choices, and the mean of
            each term of the best dishonest option's ledger.
        """
        sums = self._ledgers[: len(self._months)][self.months >= 1].sum(axis=0)
        rows = []
        for i in self._places(by):
            kind, cell = self.cells[i]
            for who, terms in zip(("payers", "evaders"), sums[i], strict=True):
                means = divided(terms[1:], terms[0])
                rows.append([kind, cell, who, terms[0], *means])
        columns = ["breakdown", "cell", "group", "choices", *Ledger._fields]
        return pd.DataFrame(rows, columns=columns)

    def ledger_sums(self) -> np.ndarray:
        """Choices and ledgers of each month, burn-in included; shape (months, 2, 1 + terms).

        For payers and then evaders, over all debtors: the number of choices, and the sum of each
        term of the best dishonest option's ledger, yuan.
        """
        return self._ledgers[: len(self._months), 0]

    def survival(self, by: str | Sequence[str] | None = "all") -> pd.DataFrame:
        """Life tables of cases over all measured months; see `sim.measure.survival`."""
        places = self._places(by)
        spans = self.spans()[:, places].sum(axis=0)
        tables = [life_table(one, again) for one in spans for again in (False, True)]
        table = pd.concat(tables, ignore_index=True)
        names = [self.cells[i] for i in places for _ in (False, True)]
        for place, column in enumerate(("breakdown", "cell")):
            table.insert(place, column, np.repeat([name[place] for name in names], LONGEST))
        return table

    def latest(self, names: Iterable[str]) -> dict[str, float]:
        """The values of the given indicators in the last month, over all debtors."""
        sums, spans = self.sums(burn_in=True)[:, :1], self.spans(burn_in=True)[:, :1]
        known = {one.name: one for one in self.indicators}
        return {name: float(known[name].values(sums, spans)[-1, 0]) for name in names}

    def headline(self) -> dict[str, float]:
        """Value of each indicator over all measured months together."""
        sums, spans = self.sums()[:, :1], self.spans()[:, :1]
        return {one.name: float(one.evaluate(sums, spans)[0]) for one in self.indicators}

    def cases(self) -> dict[str, float]:
        """Number of cases behind each indicator, over all measured months."""
        sums, spans = self.sums()[:, :1], self.spans()[:, :1]
        return {one.name: float(one.cases(sums, spans)[0]) for one in self.indicators}

    def books(self) -> pd.DataFrame:
        """Flows and closing stocks of every month, yuan; burn-in included."""
        flows = pd.DataFrame(self._flows[: len(self._months)], columns=list(self.moved))
        stocks = pd.DataFrame(
            self._stocks[: len(self._months)], columns=[f"stock_{a.name.lower()}" for a in Account]
        )
        return pd.concat([pd.Series(self.months, name="month"), flows, stocks], axis=1)

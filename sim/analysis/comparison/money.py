"""Who pays and who receives money in each scenario, compared with the first scenario.

In: a sweep with recorded accounts. Out: for each scenario, what every party received minus what it
paid, and every line of payments. Both are differences from the baseline with intervals, in yuan per
debtor and year. What one party pays, another receives. The net receipts of all parties therefore
add up to 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.analysis.comparison.payments import LEVERS, LINES, PARTIES, line_of
from sim.analysis.paired import PRECISION, Difference, difference
from sim.books.accounts import Account
from sim.indicator import Indicator
from sim.measure.indicators import KNOWN
from sim.runs.results import Results
from sim.runs.run_accounts import COST, COSTS, COUNT

MONTHS = 12.0
NET, PAID = KNOWN["net_received"], KNOWN["public_outlay"]
"""The bounds of `NET` hold for the net receipts of a party, those of `PAID` for a payment."""
DIGITS = 6
"""Decimals kept in yuan per debtor and year. More would be rounding errors of large sums."""


@dataclass(frozen=True)
class Money:
    """The money of one scenario, yuan per debtor and year.

    Args:
        name: The scenario.
        levels: By party, the mean of what it received minus what it paid.
        paid: By line, the mean of what was paid.
        parties: By party, the difference of `levels` from the baseline; empty for the baseline.
        lines: By line, the difference of `paid` from the baseline; empty for the baseline.
    """

    name: str
    levels: Mapping[Account, float]
    paid: Mapping[str, float]
    parties: Mapping[Account, Difference]
    lines: Mapping[str, Difference]


def money(found: Results, precision: float = PRECISION) -> list[Money]:
    """Who pays and who receives in each scenario of a sweep.

    Args:
        found: A sweep of scenarios, or of any points, the baseline first.
        precision: Wanted half-width of an interval, as a share of the mean of the baseline.

    Returns:
        An entry for each point with successful runs, the baseline first. Empty if the runs of the
        baseline failed, or if no accounts were recorded, as in folders of earlier versions.
    """
    tables = by_point(found)
    if not tables or 0 not in tables:
        return []
    names = _names(found)
    base = tables[0]
    found_money = []
    for point, table in tables.items():
        net, was = net_of(table), net_of(base)
        apart = point != 0
        found_money.append(
            Money(
                names[point],
                {party: float(net[party].mean()) for party in PARTIES},
                {line.name: float(table[line.name].mean()) for line in LINES},
                {p: _less(net[p], was[p], precision, NET) for p in PARTIES} if apart else {},
                {n.name: _less(table[n.name], base[n.name], precision, PAID) for n in LINES}
                if apart
                else {},
            )
        )
    return found_money


def by_point(found: Results) -> dict[int, pd.DataFrame]:
    """What was paid in each run, in yuan per debtor and year.

    Returns:
        By point, a table with a row per replicate and a column per line of payments; empty if no
        accounts were recorded.
    """
    entries = found.accounts
    if "entry" not in entries or entries.empty:
        return {}
    wide = entries.pivot_table(
        index=["point", "replicate"], columns=["kind", "entry"], values="amount", aggfunc="sum"
    ).fillna(0.0)
    lines = line_of()
    columns = {line.name: pd.Series(0.0, index=wide.index) for line in LINES}
    levers = next(line.name for line in LINES if LEVERS in line.costs)
    there = [(str(one[0]), str(one[1])) for one in wide.columns]
    for kind, entry in there:
        name = lines.get((kind, entry))
        if name is None and kind == COST and entry not in COSTS:
            name = levers
        if name is not None:
            columns[name] += wide[kind, entry]
    years = wide[COUNT, "debtor_months"] / MONTHS
    table = pd.DataFrame(columns).div(years, axis=0).round(DIGITS)
    points = table.index.get_level_values("point").unique()
    return {int(point): pd.DataFrame(table.xs(point, level="point")) for point in points}


def net_of(table: pd.DataFrame) -> pd.DataFrame:
    """What each party received minus what it paid; a column per party, the rows of `table`."""
    net = {party: pd.Series(0.0, index=table.index) for party in PARTIES}
    for line in LINES:
        net[line.payer] -= table[line.name]
        net[line.receiver] += table[line.name]
    return pd.DataFrame(net).round(DIGITS)


def intake(found: Results) -> float:
    """New and revived enforcement cases per debtor and year in the baseline.

    NaN if no accounts were recorded.
    """
    entries = found.accounts
    if "entry" not in entries or entries.empty:
        return float("nan")
    base = entries[(entries["point"] == 0) & (entries["kind"] == COUNT)]
    sums = base.groupby("entry")["amount"].sum()
    return float((sums["entered"] + sums["revived"]) / sums["debtor_months"] * MONTHS)


def _names(found: Results) -> list[str]:
    """Names of the points: the names of their scenarios, else numbers."""
    points = found.points
    if "scenario" in points:
        return [str(name) for name in points["scenario"]]
    return [str(number) for number in points["point"]]


def _less(one: pd.Series, base: pd.Series, precision: float, about: Indicator) -> Difference:
    """The paired difference of two columns. Replicates that one of them lacks are left out."""
    both = pd.concat([one, base], axis=1).to_numpy(dtype=float)
    return difference(both[:, 0], both[:, 1], precision, about=about)

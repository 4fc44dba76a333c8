"""A run's accounts over its measured months: what was moved, spent and counted.

In: a world that has run. Out: a frame with a row an entry, and one of whom its policies reached.
"""

import pandas as pd

from sim.books.counts import Count
from sim.scenario.reach import Reach
from sim.world import World

FLOW, COST, COUNT = "flow", "cost", "count"
"""Kinds of entries: a movement of the books, a public cost outside them, and a count."""
COSTS = {"staff": Count.STAFF_COST, "custody": Count.CUSTODY_COST}
"""What officers and custody cost; levers with a price are listed as well, under their own paths."""
COUNTS = {
    "debtor_months": Count.DEBTORS,
    "entered": Count.ENTERED,
    "revived": Count.REVIVED,
}
"""What sums are divided by."""


def accounts(world: World) -> pd.DataFrame:
    """All entries of a run.

    Returns:
        Columns ``kind``, ``entry`` and ``amount``: yuan or a number over all measured months.
        Flows have the names of `accounts.Flow`, costs are those of `COSTS` and the paths
        of levers.
    """
    books = world.measured.books()
    moved = books[books["month"] >= 1].drop(columns="month").sum()
    sums = world.measured.sums()[:, 0].sum(axis=0)
    rows = [(FLOW, str(name), float(v)) for name, v in moved.items() if not _stock(str(name))]
    rows += [(COST, name, float(sums[count])) for name, count in COSTS.items()]
    rows += [(COST, path, float(yuan)) for path, yuan in world.simulation.spent.items()]
    rows += [(COUNT, name, float(sums[count])) for name, count in COUNTS.items()]
    return pd.DataFrame(rows, columns=["kind", "entry", "amount"])


def _stock(column: str) -> bool:
    return column.startswith("stock_")


def reach(world: World) -> pd.DataFrame:
    """Whom each policy reached: a row per policy with the columns of `sim.scenario.reach.Reach`."""
    return pd.DataFrame(world.reach(), columns=list(Reach._fields))

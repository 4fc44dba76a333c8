"""Makes the accounts of a run over its measured months: payments, costs and counts.

In: a world that has run. Out: a table with a row per entry, and a table with the reach of each
policy: how many courts, debtors and claims it targets.
"""

import pandas as pd

from sim.books.counts import Count
from sim.scenario.reach import Reach
from sim.world import World

FLOW, COST, COUNT = "flow", "cost", "count"
"""Kinds of entries: a payment in the books, a public cost outside the books, and a count."""
COSTS = {"staff": Count.STAFF_COST, "custody": Count.CUSTODY_COST}
"""Costs of officers and of custody. Costs of levers are listed under the paths of the levers."""
COUNTS = {
    "debtor_months": Count.DEBTORS,
    "entered": Count.ENTERED,
    "revived": Count.REVIVED,
}
"""Debtor-months (divide a sum by them for a mean), and numbers of new and revived cases."""


def accounts(world: World) -> pd.DataFrame:
    """All entries of a run.

    Returns:
        Columns ``kind``, ``entry`` and ``amount``. An amount is the total over all measured months,
        in yuan or as a count. Payments are named as in `sim.books.accounts.Flow`, costs as in
        `COSTS` or by the path of a lever.
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
    """A row per policy, with the fields of `sim.scenario.reach.Reach`."""
    return pd.DataFrame(world.reach(), columns=list(Reach._fields))

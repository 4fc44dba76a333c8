"""Makes the made-up court that is shipped: a run of the model, with rounding, noise and gaps.

In: nothing. Out: `sheet.csv` of the example `middling_court`, which `servanda data convert` turns
into its `data.csv`. Run as ``python -m tests.evidence.middling_court``.
"""

import csv
from itertools import accumulate
from pathlib import Path

import numpy as np

from sim import World, load
from sim.evidence.catalogue import KNOWN
from sim.evidence.counted import Counted
from sim.evidence.shipped import shipped

TRUTH = {
    "comprehensive.officers": 0.36,
    "comprehensive.list_rate": 0.22,
    "sanctions.detention_rate": 0.018,
    "collaborative.trace_bank": 0.7,
    "procedure.control": 0.92,
    "obligations.intensity": 2.5,
    "learning.notice": 1.5,
    "kinds.person.honest_share": 0.6,
}
"""What differs from `china_2016` in the world behind the figures."""
SEED, DEBTORS, MONTHS, FIRST_YEAR = 4711, 100_000, 36, 2021
NOISE = 0.004
"""Standard deviation of the reporting of a monthly count, relative."""
WAN = 10_000.0

COLUMNS: tuple[tuple[str, str, str, float], ...] = (
    ("首次执行收案", "accepted", "new", 1.0),
    ("恢复执行", "revived", "", 1.0),
    ("结案", "closed", "with_termination", 1.0),
    ("执行完毕", "closed_full", "", 1.0),
    ("终本", "terminated", "", 1.0),
    ("未结", "pending", "with_plans", 1.0),
    ("结案标的（万元）", "claimed", "closed", WAN),
    ("到位金额（万元）", "recovered", "closed", WAN),
    ("纳入失信人次", "listings", "", 1.0),
    ("在册失信人数", "listed", "", 1.0),
    ("拘留人次", "detentions", "", 1.0),
    ("查控件次", "traces", "", 1.0),
    ("查到财产件次", "traces_hit", "", 1.0),
    ("拍卖件次", "auctions", "", 1.0),
    ("成交件次", "auctions_sold", "", 1.0),
    ("平均办案月数", "months_to_close", "mean", 0.01),
    ("执行人员", "officers", "officers", 1.0),
)
"""Heading, measure, definition, and the unit to which figures are rounded."""
GAPS = {("查控件次", 5), ("查到财产件次", 5), ("在册失信人数", 13), ("拘留人次", 20)}
"""Cells that are missing: heading, and number of the month from 0."""


def figures() -> dict[str, list[float]]:
    """The figures of each month, by heading, in the unit of the sheet."""
    settings = TRUTH | {"run.months": MONTHS, "run.seed": SEED, "population.size": DEBTORS}
    world = World(load("china_2016", overrides=settings)).run()
    counted = Counted(world.measured)
    noise = np.random.default_rng(SEED)
    found = {}
    for heading, name, definition, unit in COLUMNS:
        values = np.array(
            [KNOWN[name].computed(counted, m, m, definition) for m in range(1, MONTHS + 1)]
        )
        if KNOWN[name].kind == "flow" and unit == 1.0:
            values *= 1.0 + noise.normal(0.0, NOISE, MONTHS)
        found[heading] = [float(round(value / unit)) for value in values]
    return found


def sheet(found: dict[str, list[float]]) -> list[list[str]]:
    """The rows of the sheet: flows are totals since January, as many courts keep them."""
    columns = []
    for heading, name, _, unit in COLUMNS:
        values = found[heading]
        if KNOWN[name].kind == "flow":
            years = [values[n : n + 12] for n in range(0, MONTHS, 12)]
            values = [total for year in years for total in accumulate(year)]
        shown = [f"{value * unit:.2f}" if unit < 1.0 else f"{value:.0f}" for value in values]
        columns.append(["—" if (heading, n) in GAPS else text for n, text in enumerate(shown)])
    labels = [f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02}" for n in range(MONTHS)]
    rows = [["年月", *(heading for heading, *_ in COLUMNS)]]
    return rows + [list(row) for row in zip(labels, *columns, strict=True)]


def write(folder: Path) -> None:
    """Write `sheet.csv` as spreadsheets do, with a byte order mark."""
    with (folder / "sheet.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sheet(figures()))


if __name__ == "__main__":
    write(shipped()["china_2016"].parent / "middling_court")

"""A made-up court whose true parameters are known, as a folder of evidence."""

from datetime import date
from math import isfinite
from pathlib import Path

from sim import World, load
from sim.evidence.catalogue import KNOWN
from sim.evidence.counted import Counted

MEASURES = ("accepted", "closed", "completion", "load", "listings", "detentions")
MONTHS = 18
TRUTH = {"comprehensive.officers": 0.9, "comprehensive.list_rate": 0.5}
FIT = """\
format = 1
title = "A made-up court"
base = "village"
month_1 = "2018-01"
burn_in = 6
debtors = 300
runs = 200
seed = 5
held_out = 0.2
[free]
"comprehensive.officers" = { low = 0.3, high = 2.5 }
"comprehensive.list_rate" = { low = 0.05, high = 0.9 }
"society.norm" = { low = 0.0, high = 0.4 }
"""


def court(folder: Path) -> Path:
    """A folder with monthly figures of a run of the village at `TRUTH`."""
    folder.mkdir()
    values = {"population.size": 300, "run.burn_in": 6, "run.months": MONTHS, "run.seed": 77}
    world = World(load("village", overrides=values | TRUTH))
    world.run_to(MONTHS)
    counted = Counted(world.measured.counts())
    lines = ["measure,from,to,value,unit,grade,use,source"]
    for name in MEASURES:
        for month in range(1, MONTHS + 1):
            value = KNOWN[name].computed(counted, month, month)
            if isfinite(value):
                day = f"2018-{month:02}" if month <= 12 else f"2019-{month - 12:02}"
                lines.append(f"{name},{day},{day},{value:.6g},{KNOWN[name].unit},A,fit,made up")
    (folder / "data.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "court.toml").write_text('format = 1\nname = "made up"\n', encoding="utf-8")
    (folder / "fit.toml").write_text(FIT, encoding="utf-8")
    return folder


def day_of(month: int) -> date:
    """First day of a month of the court."""
    return date(2018 + (month - 1) // 12, (month - 1) % 12 + 1, 1)

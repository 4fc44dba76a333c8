"""Golden series: what each scenario gave when its numbers were last looked at.

The scenarios are the shipped ones, and `open_circle`: the baseline before its circle was closed.

``python -m tests.golden.series`` writes them anew, after a change that is meant to move numbers;
the difference then stands in the commit, and the changelog says **Regression** and why.
"""

import sys
import warnings
from pathlib import Path

import pandas as pd

from sim import ServandaWarning, World
from sim.scenario.reading.shipped import shipped

FOLDER = Path(__file__).parent
WORLDS = {name: name for name in shipped()} | {
    path.stem: str(path) for path in sorted(FOLDER.glob("*.toml"))
}
"""The scenarios, by name, as `World` accepts them."""
SMALL = {"population.size": 500, "run.burn_in": 12, "run.months": 60, "run.seed": 1}
"""Five years of a world that runs in a moment, policies that start later left out."""
COUNTS = (
    *("due_yuan", "due_paid", "grace_paid", "entered", "closed", "terminated"),
    *("recovered_voluntarily", "recovered_by_force", "docket", "listed"),
    *("felt_harm", "levers_cost", "received_yuan"),
)


def series(name: str) -> pd.DataFrame:
    """Counts of one of these scenarios by half-year: sums, and stocks as sums over months."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "policy .* starts in month", ServandaWarning)
        world = World(WORLDS[name], **SMALL).run()
    monthly = world.series(counts=True)
    counts = monthly[[f"n_{count}" for count in COUNTS]].set_axis(list(COUNTS), axis=1)
    return counts.groupby((monthly["month"] + 5) // 6).sum().rename_axis("half_year")


def main() -> None:
    """Write every series."""
    for name in WORLDS:
        series(name).to_csv(FOLDER / f"{name}.csv", float_format="%.12g", lineterminator="\n")
        sys.stderr.write(f"{name}\n")


if __name__ == "__main__":
    main()

"""The comparison of two scenarios in one indicator, the same in all commands.

In: runs of a scenario and of its baseline, over the same replicates. Out: the paired difference, or
the error of the first failed run.
"""

import pandas as pd

from sim.analysis.cases import cases
from sim.analysis.paired import PRECISION, Difference, difference
from sim.measure.indicators import KNOWN
from sim.runs.scenarios import failure_of

TOO_FEW = "the policies reached too few claims"
"""Why the effects of a scenario have no interval, if its policies reached too little."""


def compared(
    runs: pd.DataFrame,
    base: pd.DataFrame,
    measure: str,
    precision: float = PRECISION,
    *,
    few: bool = False,
) -> Difference:
    """The difference between two scenarios in one measure.

    Args:
        runs: Runs of a scenario, one row per replicate, indexed by replicate.
        base: Runs of the baseline, in the same form.
        measure: Name of the indicator. If it was not recorded, it counts as NaN in all runs.
        precision: Wanted half-width of the interval, as a share of the mean of the baseline.
        few: Whether the policies reached too few claims; if so, there is no interval.
    """
    mine, theirs = (one.reindex(columns=[measure])[measure].to_numpy(float) for one in (runs, base))
    own, others = cases(runs, measure), cases(base, measure)
    behind = None if own is None or others is None else (own, others)
    found = difference(mine, theirs, precision, about=KNOWN.get(measure), cases=behind)
    return found.without_interval(TOO_FEW) if few else found


def first_error(part: pd.DataFrame) -> str:
    """Seed and error of the first failed run; empty if none failed."""
    for row in part[part["status"] != "ok"].to_dict("records"):
        return f"seed {row['seed']}: {failure_of(row)}"
    return ""

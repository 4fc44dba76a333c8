"""Two scenarios of a sweep compared in one indicator: the same answer for every command.

In: rows of runs of a scenario and of its baseline, over the same replicates. Out: the paired
difference; or what stopped a run.
"""

import pandas as pd

from sim.analysis.cases import cases
from sim.analysis.paired import PRECISION, Difference, difference
from sim.measure.indicators import KNOWN
from sim.runs.scenarios import failure_of

TOO_FEW = "the policies reached too few claims"
"""Why no interval is given of a scenario's effects."""


def compared(
    runs: pd.DataFrame,
    base: pd.DataFrame,
    measure: str,
    precision: float = PRECISION,
    *,
    few: bool = False,
) -> Difference:
    """The difference of two scenarios in one measure.

    Args:
        runs: Runs of a scenario, a row per replicate, which is the index.
        base: Those of the baseline, likewise.
        measure: The indicator; missing in all runs if it was not kept.
        precision: Wanted half-width of the interval, as a share of the baseline's mean.
        few: Whether the scenario's policies reached too few claims: then there is no interval.
    """
    mine, theirs = (one.reindex(columns=[measure])[measure].to_numpy(float) for one in (runs, base))
    own, others = cases(runs, measure), cases(base, measure)
    behind = None if own is None or others is None else (own, others)
    found = difference(mine, theirs, precision, about=KNOWN.get(measure), cases=behind)
    return found.without_interval(TOO_FEW) if few else found


def first_error(part: pd.DataFrame) -> str:
    """What stopped the first of some runs that failed; empty if none did."""
    for row in part[part["status"] != "ok"].to_dict("records"):
        return f"seed {row['seed']}: {failure_of(row)}"
    return ""

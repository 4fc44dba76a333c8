"""Number of cases on which the indicators of a sweep's runs are based.

In: rows of runs. Out: one number per run, which shows whether a difference is based on enough
cases.
"""

import json
import math

import numpy as np
import pandas as pd

from sim.runs.storage.writing import BEHIND


def cases(runs: pd.DataFrame, indicator: str) -> np.ndarray | None:
    """Number of cases behind an indicator in each run; NaN if the run did not record it.

    Args:
        runs: Rows of a sweep's `runs`.
        indicator: Name of the indicator.

    Returns:
        Shape (runs,), in the order of the rows; None if no run has recorded this number, as in
        folders written by earlier versions.
    """
    if BEHIND not in runs:
        return None
    recorded = [json.loads(text) if isinstance(text, str) else {} for text in runs[BEHIND]]
    found = np.array([float(one.get(indicator, math.nan)) for one in recorded])
    return None if np.isnan(found).all() else found

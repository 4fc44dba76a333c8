"""Number of cases behind the indicators of runs.

In: rows of runs. Out: one number per run. It shows whether there are enough cases for a conclusion.
"""

import json
import math

import numpy as np
import pandas as pd

from sim.runs.storage.writing import BEHIND


def cases(runs: pd.DataFrame, indicator: str) -> np.ndarray | None:
    """Number of cases behind an indicator in each run; NaN if the run did not record it.

    Args:
        runs: Rows of the table of runs of a sweep.
        indicator: Name of the indicator.

    Returns:
        Shape (runs,), in the order of the rows. None if no run has recorded this number: folders of
        earlier versions lack it.
    """
    if BEHIND not in runs:
        return None
    recorded = [json.loads(text) if isinstance(text, str) else {} for text in runs[BEHIND]]
    found = np.array([float(one.get(indicator, math.nan)) for one in recorded])
    return None if np.isnan(found).all() else found

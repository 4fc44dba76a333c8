"""How many cases the indicators of a sweep's runs rest on.

In: rows of runs. Out: a number a run, which shows where a difference rests on few cases.
"""

import json
import math

import numpy as np
import pandas as pd

from sim.runs.storage.writing import BEHIND


def cases(runs: pd.DataFrame, indicator: str) -> np.ndarray | None:
    """Cases behind an indicator in each of some runs, in their order; missing where not recorded.

    Args:
        runs: Rows of a sweep's `runs`.
        indicator: Its name.

    Returns:
        Shape (runs,); None if no run has recorded them, as in folders of earlier versions.
    """
    if BEHIND not in runs:
        return None
    recorded = [json.loads(text) if isinstance(text, str) else {} for text in runs[BEHIND]]
    found = np.array([float(one.get(indicator, math.nan)) for one in recorded])
    return None if np.isnan(found).all() else found

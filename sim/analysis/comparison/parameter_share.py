"""How much of the variance of each difference uncertain parameters cause.

In: the results of a comparison over an ensemble, in which each replicate has a set of parameters,
and of its echo, in which each replicate has the same set and another seed. Out: by scenario and
measure, the variance between sets of parameters and by chance.
"""

import numpy as np
import pandas as pd

from sim.analysis.comparison.compare import measured
from sim.analysis.components import Components, components
from sim.runs.results import Results


def parameter_shares(found: Results, echo: Results) -> dict[str, dict[str, Components]]:
    """By scenario and measure, the variance of the difference from the first scenario.

    A measure that is missing in a run is left out, and so is a scenario of which a run failed.

    Args:
        found: The results of a sweep of `comparison`.
        echo: The results of its echo, with the same replicates.
    """
    names = [str(name) for name in found.points["scenario"]]
    shares = {}
    for point, name in enumerate(names[1:], start=1):
        both = [_gaps(part, point) for part in (found, echo)]
        split = {}
        for measure in both[0].columns:
            gaps = np.stack([one[measure].to_numpy() for one in both], axis=1)
            if len(gaps) >= 2 and np.isfinite(gaps).all():
                split[str(measure)] = components(gaps)
        shares[name] = split
    return shares


def _gaps(found: Results, point: int) -> pd.DataFrame:
    """The differences of a scenario from the first, a row per replicate."""
    own, base = (
        measured(found.runs[found.runs["point"] == one].set_index("replicate").sort_index())
        for one in (point, 0)
    )
    return own - base

"""The indicators that a sweep has kept, and the selection of some of them."""

from collections.abc import Collection, Sequence

import pandas as pd

from sim.analysis.comparison.compare import HEADLINE
from sim.errors import ServandaError
from sim.measure.indicators import INDICATORS
from sim.measure.renamed import RENAMED, instead
from sim.runs.results import Results
from sim.runs.storage.writing import FIXED
from sim.scenario.checking.fault import meant

LISTED = 12
"""Most indicators listed in an error for one that was not kept."""


def kept(found: Results) -> list[str]:
    """The indicators that a sweep has kept: numeric columns that do not describe run or point."""
    runs, others = found.runs, {*FIXED.names, *map(str, found.points)}
    floats = (str(name) for name in runs if pd.api.types.is_float_dtype(runs[name]))
    return [name for name in floats if name not in others]


def chosen(found: Results, measures: Sequence[str], where: str) -> list[str]:
    """The requested indicators; by default those of a comparison that have values, else all kept.

    Args:
        found: The sweep.
        measures: The requested indicators.
        where: Location for the error, such as the name of the analysis.

    Raises:
        ServandaError: If one was not kept, none was kept, or no run succeeded.
    """
    if not (found.runs["status"] == "ok").any():
        failed = len(found.runs)
        what = f"no run succeeded: {failed} failed" if failed else "no run is done"
        hint = "`servanda status` shows why" if failed else "`servanda sweep` runs them"
        raise ServandaError(where, what, hint)
    names = kept(found)
    for name in measures:
        if name not in names:
            raise unkept(name, names, set(map(str, found.points)))
    known = [name for name in HEADLINE if name in names and found.runs[name].notna().any()]
    names_chosen = list(dict.fromkeys(measures)) or known or names
    if not names_chosen:
        raise ServandaError(where, "no indicator was kept", "see `servanda status`")
    return names_chosen


def unkept(name: str, names: Sequence[str], factors: Collection[str] = ()) -> ServandaError:
    """The error for an indicator that a sweep does not have, with those that it has."""
    what = "this sweep has no such indicator"
    if name in factors:
        return ServandaError(name, what, "this is a factor")
    rest = ", …" if len(names) > LISTED else ""
    listed = f"kept are {', '.join(names[:LISTED])}{rest}" if names else "none was kept"
    if name in RENAMED:
        return ServandaError(name, what, instead(name, names))
    if any(name == one.name for one in INDICATORS):
        return ServandaError(name, "this sweep has not kept this indicator", listed)
    return ServandaError(name, what, meant(name, names) or listed)

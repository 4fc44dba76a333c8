"""The indicators that a sweep recorded, and the choice of those to analyse."""

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
"""Largest number of indicators that the error for an unknown indicator lists."""


def kept(found: Results) -> list[str]:
    """Names of the recorded indicators: columns of floats that do not describe a run or point."""
    runs, others = found.runs, {*FIXED.names, *map(str, found.points)}
    floats = (str(name) for name in runs if pd.api.types.is_float_dtype(runs[name]))
    return [name for name in floats if name not in others]


def chosen(found: Results, measures: Sequence[str], where: str) -> list[str]:
    """Names of the indicators to analyse.

    These are the requested ones. By default they are the recorded indicators of `HEADLINE` that
    have values. If there are none, they are all recorded ones.

    Args:
        found: The sweep.
        measures: Names of the requested indicators; empty for the default.
        where: Location for the error, such as the name of the analysis.

    Raises:
        ServandaError: If a requested indicator was not recorded, if none was recorded at all, or if
            no run succeeded.
    """
    if not (found.runs["status"] == "ok").any():
        failed = len(found.runs)
        what = f"no run succeeded: {failed} failed" if failed else "no run is finished"
        hint = "`servanda status` shows why" if failed else "`servanda sweep` runs them"
        raise ServandaError(where, what, hint)
    names = kept(found)
    for name in measures:
        if name not in names:
            raise unkept(name, names, set(map(str, found.points)))
    known = [name for name in HEADLINE if name in names and found.runs[name].notna().any()]
    names_chosen = list(dict.fromkeys(measures)) or known or names
    if not names_chosen:
        raise ServandaError(where, "no indicator was recorded", "see `servanda status`")
    return names_chosen


def unkept(name: str, names: Sequence[str], factors: Collection[str] = ()) -> ServandaError:
    """The error for an indicator that was not recorded; the hint suggests recorded ones."""
    what = "this sweep has no such indicator"
    if name in factors:
        return ServandaError(name, what, "this is a factor: name an indicator")
    rest = ", …" if len(names) > LISTED else ""
    listed = f"it recorded {', '.join(names[:LISTED])}{rest}" if names else "it recorded none"
    if name in RENAMED:
        return ServandaError(name, what, instead(name, names))
    if any(name == one.name for one in INDICATORS):
        return ServandaError(name, "this sweep did not record this indicator", listed)
    return ServandaError(name, what, meant(name, names) or listed)

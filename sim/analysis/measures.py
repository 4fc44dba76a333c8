"""Which indicators a sweep has kept, and which of them are asked for."""

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
"""Indicators that are named where one is asked for that was not kept."""


def kept(found: Results) -> list[str]:
    """The indicators that a sweep has kept: numbers that neither describe a run nor its point."""
    runs, others = found.runs, {*FIXED.names, *map(str, found.points)}
    floats = (str(name) for name in runs if pd.api.types.is_float_dtype(runs[name]))
    return [name for name in floats if name not in others]


def chosen(found: Results, measures: Sequence[str], where: str) -> list[str]:
    """The indicators asked for; those of a comparison that were kept unless named, else all kept.

    Args:
        found: The sweep.
        measures: What is asked for.
        where: Who asks.

    Raises:
        ServandaError: If one was not kept, none was, or no run went well.
    """
    if not (found.runs["status"] == "ok").any():
        failed = len(found.runs)
        what = f"no run went well: {failed} failed" if failed else "no run is done"
        hint = "`servanda status` says why" if failed else "`servanda sweep` does them"
        raise ServandaError(where, what, hint)
    names = kept(found)
    for name in measures:
        if name not in names:
            raise unkept(name, names, set(map(str, found.points)))
    asked = list(dict.fromkeys(measures)) or [name for name in HEADLINE if name in names] or names
    if not asked:
        raise ServandaError(where, "no indicator was kept", "see `servanda status`")
    return asked


def unkept(name: str, names: Sequence[str], factors: Collection[str] = ()) -> ServandaError:
    """What is said of an indicator that a sweep does not have: what it has."""
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

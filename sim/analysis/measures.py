"""Which indicators a sweep has kept, and which of them are asked for."""

from collections.abc import Collection, Sequence

import pandas as pd

from sim.analysis.compare import HEADLINE
from sim.errors import ServandaError
from sim.experiment.results import Results
from sim.experiment.work import FIXED
from sim.scenario.fault import meant


def kept(found: Results, factors: Collection[str]) -> list[str]:
    """The indicators that a sweep has kept.

    Args:
        found: The sweep.
        factors: Columns of its runs that are factors.
    """
    runs, others = found.runs, {*FIXED.names, *factors}
    floats = (str(name) for name in runs if pd.api.types.is_float_dtype(runs[name]))
    return [name for name in floats if name not in others]


def chosen(
    found: Results, factors: Collection[str], measures: Sequence[str], where: str
) -> list[str]:
    """The indicators asked for; those of a comparison that were kept unless named, else all kept.

    Args:
        found: The sweep.
        factors: Columns of its runs that are factors.
        measures: What is asked for.
        where: Who asks.

    Raises:
        ServandaError: If one was not kept, or none was.
    """
    names = kept(found, factors)
    for name in measures:
        if name not in names:
            raise unkept(name, names, factors)
    asked = list(dict.fromkeys(measures)) or [name for name in HEADLINE if name in names] or names
    if not asked:
        raise ServandaError(where, "no indicator was kept", "see `servanda status`")
    return asked


def unkept(name: str, names: Sequence[str], factors: Collection[str] = ()) -> ServandaError:
    """What is said of an indicator that a sweep does not have."""
    if name in factors:
        return ServandaError(name, "this sweep has no such indicator", "this is a factor")
    hint = meant(name, names) or "see `servanda indicators`"
    return ServandaError(name, "this sweep has no such indicator", hint)

"""Analyses of a sweep that several chapters use; each is computed once.

In: the results of a run or sweep (`Material`). Out: results of `sim.analysis`. Where an analysis
does not apply, None or an empty tuple.
"""

from functools import lru_cache

from sim.analysis.optimisation.front import Optimum, optimum
from sim.analysis.sensitivity.sensitivity import Sensitivity, sensitivity
from sim.analysis.sensitivity.shapley import Attribution, attribute
from sim.analysis.tipping.tipping import Tipping, tipping
from sim.errors import ServandaError
from sim.report.material import Material
from sim.report.measures import drawn


@lru_cache(maxsize=8)
def attributions(material: Material) -> tuple[Attribution, ...]:
    """Shapley values of all measures that figures show; empty if any run is missing or failed."""
    if material.sweep is None:
        return ()
    try:
        return tuple(attribute(material.sweep, [one.name for one in drawn(material)]))
    except ServandaError:
        return ()


@lru_cache(maxsize=8)
def sensitivities(material: Material) -> tuple[Sensitivity, ...]:
    """Sensitivity of all measures that figures show; empty with too few runs or no measures."""
    if material.sweep is None:
        return ()
    try:
        found = sensitivity(material.sweep, [one.name for one in drawn(material)])
    except ServandaError:
        return ()
    return tuple(one for one in found if len(one.table))


@lru_cache(maxsize=64)
def tipped(material: Material, measure: str) -> Tipping | None:
    """Tipping analysis of a measure; None if the sweep is not a complete grid."""
    if material.sweep is None:
        return None
    try:
        return tipping(material.sweep, measure)
    except ServandaError:
        return None


@lru_cache(maxsize=8)
def searched(material: Material) -> Optimum | None:
    """The result of a search; None if it has not finished."""
    try:
        return optimum(material.folder)
    except ServandaError:
        return None

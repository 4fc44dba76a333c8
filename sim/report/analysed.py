"""Analyses of a sweep that several chapters read, each made once.

In: the material. Out: what `sim.analysis` finds in it, or nothing where it refuses.
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
    """Shapley values of every measure that is drawn; none where runs are missing or failed."""
    if material.sweep is None:
        return ()
    try:
        return tuple(attribute(material.sweep, [one.name for one in drawn(material)]))
    except ServandaError:
        return ()


@lru_cache(maxsize=8)
def sensitivities(material: Material) -> tuple[Sensitivity, ...]:
    """What every measure that is drawn hangs on; none where runs are too few or none was kept."""
    if material.sweep is None:
        return ()
    try:
        found = sensitivity(material.sweep, [one.name for one in drawn(material)])
    except ServandaError:
        return ()
    return tuple(one for one in found if len(one.table))


@lru_cache(maxsize=64)
def tipped(material: Material, measure: str) -> Tipping | None:
    """A grid read for where a measure tips; None where it has a hole or is no such grid."""
    if material.sweep is None:
        return None
    try:
        return tipping(material.sweep, measure)
    except ServandaError:
        return None


@lru_cache(maxsize=8)
def searched(material: Material) -> Optimum | None:
    """What a search has found; None where it has not come to an end."""
    try:
        return optimum(material.folder)
    except ServandaError:
        return None

"""Every measure that courts publish and the model can count.

A rate is formed from the counts of the model by the formula that the court uses, never taken from
an average of rates.
"""

from dataclasses import replace

from sim.books.accounts import Flow
from sim.books.counts import Count as C
from sim.errors import ServandaError
from sim.evidence.counted import column
from sim.evidence.measure import Measure
from sim.evidence.measures.before import BEFORE
from sim.evidence.measures.closing import CLOSING
from sim.evidence.measures.docket import DOCKET
from sim.evidence.measures.money import MONEY, TRACING
from sim.evidence.measures.sanctions import SANCTIONS
from sim.scenario.checking.fault import meant

BY_COURT = ("all", "district")
OF_COURTS = {column(C.OFFICERS), column(C.HOURS_USED)}
"""Columns that the model counts by court only."""


def _by(one: Measure) -> tuple[str, ...]:
    """Breakdowns by which a measure is counted; empty for all of them."""
    parts = [p for d in one.definitions for p in (*d.above, *d.below)]
    if any(isinstance(part.of, Flow) for part in parts):
        return ("all",)
    return BY_COURT if OF_COURTS & set(one.columns()) else ()


MEASURES: tuple[Measure, ...] = tuple(
    replace(one, by=_by(one)) for one in (*BEFORE, *DOCKET, *CLOSING, *MONEY, *TRACING, *SANCTIONS)
)
"""All measures, in the order of the life of a claim."""
KNOWN: dict[str, Measure] = {one.name: one for one in MEASURES}


def measure(name: str) -> Measure:
    """The measure with this name.

    Raises:
        ServandaError: If there is none; the hint names a similar one.
    """
    if name not in KNOWN:
        hint = meant(name, KNOWN) or "`servanda data catalogue` lists all measures"
        raise ServandaError("measure", f"there is no measure '{name}'", hint)
    return KNOWN[name]

"""Collects every indicator of the model; each file declares those of one subject.

Field `number` refers to the definitions in docs/indicators.md.
"""

from sim.indicator import Indicator
from sim.measure.indicators.before import BEFORE
from sim.measure.indicators.beliefs import BELIEFS
from sim.measure.indicators.cohorts import COHORTS
from sim.measure.indicators.credit import CREDIT
from sim.measure.indicators.docket import DOCKET
from sim.measure.indicators.institutions import INSTITUTIONS
from sim.measure.indicators.money import MONEY
from sim.measure.indicators.people import PEOPLE
from sim.measure.indicators.performance import PERFORMANCE
from sim.measure.indicators.protection import PROTECTION
from sim.measure.indicators.recovery import RECOVERY
from sim.measure.indicators.relief import RELIEF
from sim.measure.indicators.sanctions import SANCTIONS
from sim.measure.indicators.stocks import STOCKS
from sim.measure.indicators.termination import TERMINATION
from sim.measure.indicators.tracing import TRACING
from sim.measure.indicators.ways_out import WAYS_OUT
from sim.mechanisms import MECHANISMS

INDICATORS: tuple[Indicator, ...] = (
    *PERFORMANCE,
    *BEFORE,
    *RECOVERY,
    *DOCKET,
    *TERMINATION,
    *TRACING,
    *SANCTIONS,
    *PROTECTION,
    *MONEY,
    *WAYS_OUT,
    *BELIEFS,
    *STOCKS,
    *CREDIT,
    *INSTITUTIONS,
    *RELIEF,
    *PEOPLE,
    *(one for mechanism in MECHANISMS for one in mechanism.indicators),
    *COHORTS,
)
"""All indicators, in the order of their columns in a series."""

KNOWN: dict[str, Indicator] = {one.name: one for one in INDICATORS}
"""Indicators by name."""

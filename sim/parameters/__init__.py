"""All parameters except levers, each with its unit, range, source and standing.

The standing says how well a parameter is known: measured, to be fitted or assumed.

Each section of a scenario file has one class. `Parameters` combines the sections that apply to all
agents. A class named `…Traits` describes one row of a table, for example one class of assets.
"""

from dataclasses import field

from sim.engine.record import declared
from sim.parameters.choice import Choice
from sim.parameters.economy import Economy, Obligations
from sim.parameters.institutions import Institutions
from sim.parameters.learning import Learning
from sim.parameters.procedure import Procedure
from sim.parameters.protection import Protection
from sim.parameters.pursuit import Pursuit
from sim.parameters.society import Society
from sim.parameters.traits import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
)

__all__ = [
    "AssetTraits",
    "Choice",
    "DomainTraits",
    "Economy",
    "EvasionTraits",
    "Institutions",
    "KindTraits",
    "Learning",
    "LenderTraits",
    "Obligations",
    "Parameters",
    "Procedure",
    "Protection",
    "Pursuit",
    "Society",
]


@declared
class Parameters:
    """The parameters that apply to all agents, in one row. Every rule may read it."""

    economy: Economy = field(default_factory=Economy)
    obligations: Obligations = field(default_factory=Obligations)
    choice: Choice = field(default_factory=Choice)
    learning: Learning = field(default_factory=Learning)
    society: Society = field(default_factory=Society)
    procedure: Procedure = field(default_factory=Procedure)
    institutions: Institutions = field(default_factory=Institutions)
    pursuit: Pursuit = field(default_factory=Pursuit)
    protection: Protection = field(default_factory=Protection)

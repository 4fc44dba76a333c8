"""What the world is like, apart from levers: every parameter with unit, range, source, standing.

One declared class a section of a scenario file; `Setting` joins those that hold for everyone, the
`…Traits` are rows of tables.
"""

from dataclasses import field

from sim.agents.parameters.choice import Choice
from sim.agents.parameters.economy import Economy, Obligations
from sim.agents.parameters.institutions import Institutions
from sim.agents.parameters.procedure import Procedure
from sim.agents.parameters.protection import Protection
from sim.agents.parameters.pursuit import Pursuit
from sim.agents.parameters.society import Learning, Society
from sim.agents.parameters.traits import (
    AssetTraits,
    DomainTraits,
    EvasionTraits,
    KindTraits,
    LenderTraits,
)
from sim.engine.record import declared

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
    "Procedure",
    "Protection",
    "Pursuit",
    "Setting",
    "Society",
]


@declared
class Setting:
    """What holds for everyone: one row that every rule may read."""

    economy: Economy = field(default_factory=Economy)
    obligations: Obligations = field(default_factory=Obligations)
    choice: Choice = field(default_factory=Choice)
    learning: Learning = field(default_factory=Learning)
    society: Society = field(default_factory=Society)
    procedure: Procedure = field(default_factory=Procedure)
    institutions: Institutions = field(default_factory=Institutions)
    pursuit: Pursuit = field(default_factory=Pursuit)
    protection: Protection = field(default_factory=Protection)

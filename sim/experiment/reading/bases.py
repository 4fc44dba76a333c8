"""Reads the base scenarios of an experiment and sets the values that apply to every run.

In: the name of a scenario, the values to set, and where each was written. Out: a `Base`, and
errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import ServandaError
from sim.experiment.factor_target import Base
from sim.measure.triggers import refuse_unknown
from sim.scenario.checking.check import OVERRIDE, Found, Place, ScenarioErrors, attempt
from sim.scenario.checking.fault import Fault
from sim.scenario.reading.draft import Draft, Here, draft, locate
from sim.scenario.reading.overrides import override
from sim.scenario.reading.shipped import shipped

BELOW = 10
"""Added to the rank of places in the files of a base. Errors are listed by rank. Those of a base
therefore come last."""


@dataclass
class Bases:
    """Reads bases, and collects their errors.

    Args:
        here: The folder from which paths of scenarios are resolved.
        puts: Values to set in every base, by path.
        written: Where each of these values was written, in the same order.
        found: Faults, each with its place.
        alien: Errors in files other than the experiment's.
        drafts: The bases without errors as trees of plain values, by name.
    """

    here: Here
    puts: Mapping[str, Any]
    written: list[Place]
    found: list[Found] = field(default_factory=list)
    alien: list[ServandaError] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)

    def base(self, name: str, path: str, place: Place) -> Base | None:
        """Read one base; None if it cannot be read.

        A scenario may be valid only without the values to be set. It is then returned without them,
        because it still shows which factors exist.

        Args:
            name: Name of a shipped scenario, or path of a file.
            path: Key in the file of the experiment that names the scenario.
            place: File and line of that key.
        """
        file = locate(name, self.here)
        if isinstance(file, Fault):
            self.found.append((place, file._replace(path=path)))
            return None
        if not file.is_file():
            self.found.append((place, Fault(path, f"there is no file {file}")))
            return None
        try:
            made = draft(file)
        except ScenarioErrors as wrong:
            self.alien += wrong.errors
            return None
        made.places = {at: p._replace(rank=p.rank + BELOW) for at, p in made.places.items()}
        own = [(p._replace(rank=p.rank + BELOW), fault) for p, fault in made.found]
        made.found = []
        bare = attempt(made.tree, made.places, list(own))
        override(made, self.puts)
        made.places = {at: self._own(p) for at, p in made.places.items()}
        wrong_here = own + [(self._own(p), fault) for p, fault in made.found]
        made.found = []
        scenario = attempt(made.tree, made.places, wrong_here)
        if scenario is None or wrong_here:
            self.found += wrong_here
            return Base(name, name, bare) if bare is not None else None
        try:
            refuse_unknown(scenario.triggers(), scenario.added)
        except ServandaError as error:
            self.alien.append(error)
        self.drafts[name] = made
        source = name if shipped().get(name) == file else str(file.resolve())
        return Base(name, source, scenario)

    def _own(self, place: Place) -> Place:
        """The place in the experiment's file, for a value set there; any other place is kept."""
        return self.written[place.line] if place.file == OVERRIDE else place

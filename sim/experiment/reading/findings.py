"""Collects the faults of an experiment's file while the file is read.

In: keys of the file and what is wrong with them. Out: one error with all faults, by line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.errors import ServandaError
from sim.scenario.checking.check import Found, Place, ScenarioErrors, place_of, refusal
from sim.scenario.checking.fault import Fault


@dataclass
class Findings:
    """All faults found so far; true in a condition if there are any.

    Args:
        places: Where each dotted path of the file was written.
        found: Faults of the file and of the scenarios that it names, with their places.
        elsewhere: Errors found in other files.
    """

    places: Mapping[str, Place]
    found: list[Found]
    elsewhere: list[ServandaError] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.found or self.elsewhere)

    def wrong(self, path: str, what: str, hint: str = "") -> None:
        """Add a fault at a dotted path of the file."""
        self.found.append((place_of(path, self.places), Fault(path, what, hint)))

    def refuse(self) -> None:
        """Refuse the experiment if anything is wrong.

        Raises:
            ScenarioErrors: With all faults.
        """
        if self:
            here = refusal(self.found).errors
            several = {str(error): error for error in (*here, *self.elsewhere)}
            raise ScenarioErrors(list(several.values()))

    @property
    def wrong_keys(self) -> set[str]:
        """Top-level keys at or below which something is wrong."""
        return {fault.path.partition(".")[0] for _, fault in self.found}

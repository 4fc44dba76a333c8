"""What is recorded of a world only on request. Recording changes nothing in the world.

In: what was asked for; the simulation before some phases of a month, and at its end. Out: the log
of choices, frozen cohorts and groups. If nothing is asked for, this takes no time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from sim.errors import ServandaError
from sim.measure.choices import Choices
from sim.measure.frozen_cohorts import FrozenCohorts
from sim.measure.group_records import GROUPS
from sim.measure.groups import Groups
from sim.month.simulation import Simulation


class Observed:
    """The log of choices, frozen cohorts and groups of one world.

    Args:
        simulation: The world's simulation, before its first month.
        arms: For each policy assigned at random, the rows of levers of both arms.
        choices: Whether choices are recorded.
        cohorts: Months at whose ends cohorts are frozen.
        groups: Names in `sim.measure.group_records.GROUPS`.
        months: The last month of the scenario.

    Raises:
        ServandaError: If there is no such month or group.
    """

    def __init__(
        self,
        simulation: Simulation,
        arms: Mapping[str, Sequence[np.ndarray]],
        *,
        choices: bool,
        cohorts: int | Iterable[int],
        groups: Sequence[str],
        months: int,
    ) -> None:
        """Check what was asked for, and start before the first month."""
        groups = (groups,) if isinstance(groups, str) else groups
        cohorts = (cohorts,) if isinstance(cohorts, int) else tuple(cohorts)
        for name in groups:
            _refuse_group(name)
        for month in cohorts:
            first = simulation.month + 1
            if not isinstance(month, int):
                hint = "give whole numbers, such as cohorts=[0, 12]"
                raise ServandaError("cohorts", f"{month!r} is not a month", hint)
            if not first <= month <= months:
                hint = f"a cohort is frozen at the end of one of the months {first} to {months}"
                raise ServandaError("cohorts", f"there is no month {month}", hint)
        self.choices = Choices() if choices else None
        self.cohorts = FrozenCohorts(cohorts)
        self.groups = Groups(groups, arms, len(simulation.debtors))
        self._before: dict[str, Callable[[Simulation], None]] = {}
        self._at_end: list[Callable[[Simulation], None]] = []
        if self.choices is not None:
            self._before["choice"] = self.choices.add
        if self.cohorts.months:
            self._before["leaving"] = self.cohorts.note_payments
            self._at_end.append(self.cohorts.add)
        if self.groups.on:
            self._before["performing"] = self.groups.records.note_due
            self._before["judging"] = self.groups.records.note_preserved
            self._at_end.append(self.groups.records.add)

    def before(self, phase: str, simulation: Simulation) -> None:
        """Record what is wanted just before a phase."""
        if phase in self._before:
            self._before[phase](simulation)

    def at_end(self, simulation: Simulation) -> None:
        """Record what is wanted at the end of a month, before closed claims are removed."""
        for record in self._at_end:
            record(simulation)

    def chosen(self) -> pd.DataFrame:
        """The log of choices; see `Choices.frame`.

        Raises:
            ServandaError: If it was not asked for.
        """
        if self.choices is None:
            raise ServandaError(
                "choices", "were not recorded", "build it as World(…, choices=True)"
            )
        return self.choices.frame()

    def followed(self) -> pd.DataFrame:
        """What became of frozen cohorts; see `FrozenCohorts.frame`.

        Raises:
            ServandaError: If none was asked for.
        """
        if not self.cohorts.months:
            hint = "build it as World(…, cohorts=[0]), for the end of the burn-in"
            raise ServandaError("cohorts", "none was frozen", hint)
        return self.cohorts.frame()

    def grouped(self, by: str, *, burn_in: bool, counts: bool) -> pd.DataFrame:
        """Outcomes by group; see `Groups.frame`.

        Raises:
            ServandaError: If there are no such groups, or they were not asked for.
        """
        if by == "arm" and not self.groups.arms:
            raise ServandaError("by", "no policy is assigned at random", "give a policy 'assign'")
        if by in GROUPS and by not in self.groups.asked:
            hint = f"build it as World(…, groups=['{by}'])"
            raise ServandaError("by", f"groups by '{by}' were not counted", hint)
        return self.groups.frame(by, burn_in=burn_in, counts=counts)


GROUPED = ("arm", *GROUPS)
"""Breakdowns that are counted by group."""


def _refuse_group(name: str) -> None:
    """Refuse unknown groups.

    Raises:
        ServandaError: With the groups that exist.
    """
    if name not in GROUPS:
        what = f"there are no groups by '{name}'"
        raise ServandaError("groups", what, f"there are {', '.join(GROUPS)}")

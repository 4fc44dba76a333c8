"""Makes the tables that are stored for a run besides its row in the table of runs.

In: a finished world and its task. Out: the series and the accounts, the tables that the task
requests, and the reach of policies, if any: how many courts, debtors and claims each targets.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from sim.experiment.task import Task
from sim.runs.arm_claims import ABILITY, arm_claims
from sim.runs.run_accounts import accounts, reach
from sim.world import World

SERIES, PANEL = "series", "panel"
ACCOUNTS, REACH = "accounts", "reach"
WARMING = "warming"
"""The series with the months of burn-in."""
COUNTS = "counts"
"""The counts of each month behind the indicators."""
ARMS = "arms"
"""The claims of both arms of policies assigned at random (`sim.runs.arm_claims`)."""
OPTIONAL_TABLES = ("survival", "ledgers", WARMING, COUNTS, ARMS)
"""Tables that are stored only if a task requests them."""
TABLES = (SERIES, *OPTIONAL_TABLES, PANEL, ACCOUNTS, REACH)
"""Names of all tables, in a folder and in SQL."""


def kept(world: World, task: Task) -> dict[str, pd.DataFrame]:
    """The tables of a run, by name."""
    measured, by = world.measured, task.breakdowns
    makers: dict[str, Callable[[], pd.DataFrame]] = {
        "survival": partial(measured.survival, by),
        "ledgers": partial(measured.ledgers, by),
        WARMING: partial(measured.frame, by, burn_in=True),
        COUNTS: partial(measured.counts, by),
        ARMS: partial(arm_claims, world),
    }
    found = {SERIES: measured.frame(by, names=task.indicators)}
    found |= {name: makers[name]() for name in task.tables}
    found[ACCOUNTS] = accounts(world)
    if world.setup.policies:
        found[REACH] = reach(world)
    if world.panel is not None:
        found[PANEL] = world.panel.frame().query("month >= 1").reset_index(drop=True)
    return found


def groups_of(task: Task) -> tuple[str, ...]:
    """The groups that a world has to count for the tables of a task."""
    return (ABILITY,) if ARMS in task.tables else ()

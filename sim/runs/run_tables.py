"""Makes the tables that are stored for a run besides its row in the table of runs.

In: a finished world and its task. Out: the series and the accounts, the tables that the task
requests, and the reach of policies, if any: how many courts, debtors and claims each targets.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd

from sim.experiment.task import Task
from sim.runs.run_accounts import accounts, reach
from sim.world import World

SERIES, PANEL = "series", "panel"
ACCOUNTS, REACH = "accounts", "reach"
WARMING = "warming"
"""The series with the months of burn-in."""
OPTIONAL_TABLES = ("survival", "ledgers", WARMING)
"""Tables that are stored only if a task requests them."""
TABLES = (SERIES, *OPTIONAL_TABLES, PANEL, ACCOUNTS, REACH)
"""Names of all tables, in a folder and in SQL."""


def kept(world: World, task: Task) -> dict[str, pd.DataFrame]:
    """The tables of a run, by name."""
    found = {SERIES: _chosen(world.series(_only(task)), task)}
    if task.indicators:
        found[SERIES] = found[SERIES][["month", "breakdown", "cell", *task.indicators]]
    makers: dict[str, Callable[[str | None], pd.DataFrame]] = {
        "survival": world.survival,
        "ledgers": world.ledgers,
        WARMING: partial(world.series, burn_in=True),
    }
    found |= {name: _chosen(makers[name](_only(task)), task) for name in task.tables}
    found[ACCOUNTS] = accounts(world)
    if world.setup.policies:
        found[REACH] = reach(world)
    if world.panel is not None:
        found[PANEL] = world.panel.frame().query("month >= 1").reset_index(drop=True)
    return found


def _only(task: Task) -> str | None:
    """The breakdown to store, if there is only one; the others are then not computed."""
    return task.breakdowns[0] if len(task.breakdowns) == 1 else None


def _chosen(frame: pd.DataFrame, task: Task) -> pd.DataFrame:
    """The rows of the breakdowns to store."""
    return frame[frame["breakdown"].isin(task.breakdowns)].reset_index(drop=True)

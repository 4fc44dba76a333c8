"""A task: one run of an experiment as plain values, to be sent to any worker process."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import ServandaError
from sim.reading.file import contents
from sim.reading.limits import TEXT_BYTES
from sim.scenario.reading.file import load
from sim.scenario.scenario import Scenario

SAVED = ".json"
"""Ending of the file of a resolved scenario: one that extends no other, stored as JSON."""


@dataclass(frozen=True)
class Task:
    """One point of a design with the seed of one replicate.

    Args:
        point: Number of the point in its design, from 0.
        replicate: Number of the replicate, from 0.
        seed: Seed of the run. A replicate has the same seed at every point (common random numbers).
        source: Base scenario: the name of a shipped one, or the absolute path of a TOML file or of
            a resolved scenario (`SAVED`).
        values: Values set in the base, as pairs of path and value, with months and burn-in.
        breakdowns: Breakdowns of the series to store, such as ``all`` or ``domain``.
        indicators: Indicators to store; empty for all.
        tables: Tables stored in addition to the series, from `sim.runs.run_tables.OPTIONAL_TABLES`.
        panel: Number of debtors to follow from month to month.
    """

    point: int
    replicate: int
    seed: int
    source: str
    values: tuple[tuple[str, Any], ...] = ()
    breakdowns: tuple[str, ...] = ("all",)
    indicators: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    panel: int = 0

    def scenario(self) -> Scenario:
        """The scenario to run.

        Raises:
            ScenarioErrors: If the values do not fit the base.
            ServandaError: If a resolved scenario cannot be read.
        """
        base = saved(Path(self.source)) if self.source.endswith(SAVED) else self.source
        return load(base, overrides=dict(self.values) | {"run.seed": self.seed})


def saved(file: Path) -> dict[str, Any]:
    """The tables in the file of a resolved scenario.

    Raises:
        ServandaError: If it cannot be read, or does not contain tables.
    """
    try:
        tables = json.loads(contents(file, TEXT_BYTES, "a resolved scenario"))
    except (ValueError, RecursionError) as error:
        raise ServandaError(str(file), f"is not a resolved scenario: {error}") from None
    if not isinstance(tables, dict):
        raise ServandaError(str(file), "does not contain the tables of a scenario")
    return tables


def replicate_seeds(seed: int, replicates: int) -> tuple[int, ...]:
    """The seeds of the replicates of an experiment, in order.

    Args:
        seed: The experiment's seed.
        replicates: Number of replicates.
    """
    return tuple(replicate_seed(seed, number) for number in range(replicates))


def replicate_seed(seed: int, replicate: int) -> int:
    """Seed of a replicate at every point, from the seed of the experiment; it is below 2^53."""
    digest = hashlib.sha256(f"{seed}:{replicate}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 11

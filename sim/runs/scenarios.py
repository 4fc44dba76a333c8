"""Runs scenarios with several seeds, for commands that have no experiment file.

In: scenarios in memory, and seeds. Out: tables (`sim.runs.results.Results`) with a point per
scenario and a replicate per seed. The runs are a sweep like any other. They are stored in a folder
that the caller names, or in a private one that is removed afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import pandas as pd

from sim.errors import ServandaError
from sim.experiment.task import SAVED, Task
from sim.machine.private import temporary
from sim.machine.processors import bounded
from sim.runs.output.atomic import unwritable, write_whole
from sim.runs.results import Results, results
from sim.runs.run_plan import Known
from sim.runs.storage.store import SCENARIOS
from sim.runs.sweep import reused_workers, sweep
from sim.runs.workers import InProcess, Workers
from sim.scenario.identity import canonical
from sim.scenario.scenario import Scenario
from sim.world import beginning

SECONDS = 30.0
"""Seconds of work per chunk (runs that a worker does as a unit).

This is longer than in other sweeps, so that more runs share a burn-in.
"""


@dataclass(frozen=True)
class Listed:
    """Scenarios and seeds, in the form that a sweep expects.

    Args:
        files: The file of each scenario, by the scenario's name.
        seeds: Seeds of the replicates.
        order: Names of the scenarios in the order in which they are run.
        indicators: Indicators to store; empty for all.
        tables: Optional tables to store (`sim.runs.run_tables.OPTIONAL_TABLES`).
        members: By replicate, parameters that take the place of the scenarios' own, as pairs of
            path and value; empty for their own.
        title: Title for readers.
        question: The question that the runs are meant to answer.
        text: Empty, since there is no experiment file.
    """

    files: Mapping[str, Path]
    seeds: Sequence[int]
    order: Sequence[str]
    indicators: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    members: Sequence[tuple[tuple[str, Any], ...]] = ()
    title: str = "scenarios side by side"
    question: str = ""
    text: str = ""

    def tasks(self) -> list[Task]:
        """Every run: all scenarios with the first seed, then all with the second."""
        number = {name: place for place, name in enumerate(self.files)}
        return [
            Task(
                point=number[name],
                replicate=replicate,
                seed=seed,
                source=str(self.files[name]),
                values=self.members[replicate] if self.members else (),
                indicators=self.indicators,
                tables=self.tables,
            )
            for replicate, seed in enumerate(self.seeds)
            for name in self.order
        ]

    def points(self) -> pd.DataFrame:
        """Number and name of each scenario."""
        return pd.DataFrame({"point": range(len(self.files)), "scenario": [*self.files]})

    def shares(self) -> pd.DataFrame | None:
        """None, since scenarios are not sampled from the ranges of factors."""
        return None

    def described(self) -> dict[str, Any]:
        """An empty description, since there is no design."""
        return {}


class ScenarioRuns:
    """Runs scenarios with the same seeds, and reuses its workers between calls.

    Use it in a `with` block: at its end the workers are stopped and a private folder is removed.

    Args:
        seeds: Seeds of the replicates. All scenarios have the same, so that runs can be paired.
        jobs: Number of processes; with one, runs are done in this process. The results are the
            same for any number.
        folder: Folder in which runs are stored, so that they need not be repeated. Without it, a
            private folder is used.
        burn_ins: Folder in which worlds at the end of their burn-in are found and stored
            (`sim.runs.storage.burn_ins`); None for none.
        members: By seed, parameters that take the place of the scenarios' own (`Listed.members`).
    """

    def __init__(
        self,
        seeds: Sequence[int],
        jobs: int = 1,
        folder: Path | None = None,
        burn_ins: Path | None = None,
        members: Sequence[tuple[tuple[str, Any], ...]] = (),
    ) -> None:
        """Set the seeds and the folders without starting a process."""
        self.seeds = tuple(seeds)
        self._jobs = bounded(jobs, "jobs")
        self._folder, self._burn_ins = folder, burn_ins
        self._members = members
        self._known: Known = {}
        self._stack = ExitStack()
        self._workers: Callable[[int], Workers] | None = None

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            ServandaError: If a private folder cannot be made.
        """
        if self._folder is None:
            self._folder = self._stack.enter_context(temporary())
        here = (lambda _: InProcess()) if self._jobs == 1 else None
        self._workers = self._stack.enter_context(reused_workers(here, self._jobs))
        return self

    def __exit__(self, *error: Any) -> None:
        """Stop the workers, and remove a private folder."""
        self._stack.__exit__(*error)

    def run(
        self,
        scenarios: Mapping[str, Scenario],
        progress: Callable[[int], object] = lambda _: None,
        *,
        indicators: Sequence[str] = (),
        tables: Sequence[str] = (),
        read: Sequence[str] = ("runs",),
    ) -> Results:
        """Run every scenario with every seed, except runs that earlier calls have done.

        Args:
            scenarios: The scenarios by name; their own seeds are ignored.
            progress: Called from time to time with the number of runs done.
            indicators: Indicators to store; all if none are named.
            tables: Tables to store in addition to series, accounts and reach.
            read: Tables of `Results` to read now. If the folder is private, the others can be read
                only inside the `with` block.

        Returns:
            The runs: point n is the n-th scenario, replicate n the n-th seed.

        Raises:
            ServandaError: If the folder cannot be written or is in use. A failed run raises no
                error: its row records the failure.
        """
        assert self._folder is not None, "used outside of its `with` block"
        assert self._workers is not None
        files = {name: save_scenario(one, self._folder) for name, one in scenarios.items()}
        listed = Listed(
            files,
            self.seeds,
            _alike_together(scenarios),
            tuple(indicators),
            tuple(tables),
            self._members,
        )
        count = len(files) * len(self.seeds)
        sweep(
            listed,
            self._folder,
            workers=self._workers,
            progress=lambda done, _, total: progress(count - total + done),
            known=self._known,
            seconds=SECONDS,
            burn_ins=self._burn_ins,
        )
        progress(count)
        found = results(self._folder)
        for name in read:
            getattr(found, name)
        return found


def save_scenario(scenario: Scenario, folder: Path) -> Path:
    """Write a resolved scenario into a folder of runs, and return its absolute path.

    The file is named by the hash of its text, so the same scenario is written once.

    Raises:
        ServandaError: If the folder cannot be written.
    """
    text = canonical(scenario).encode()
    place = folder / SCENARIOS
    file = place / f"{sha256(text).hexdigest()[:20]}{SAVED}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            write_whole(file, lambda opened: opened.write(text))
    except OSError as error:
        raise unwritable(place, error) from None
    return file.resolve()


def _alike_together(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Names of the scenarios, ordered so that those with the same burn-in are together."""
    groups: dict[str, list[str]] = {}
    for name, scenario in scenarios.items():
        groups.setdefault(beginning(scenario), []).append(name)
    return [name for group in groups.values() for name in group]


def refuse_failed(found: Results, name: Callable[[str], str]) -> None:
    """Raise an error if any run failed.

    Args:
        found: The runs.
        name: Turns the name of a scenario into the words for it in the message.

    Raises:
        ServandaError: If a run failed; the message has the scenario, the seed and the run's error.
    """
    bad = found.runs[found.runs["status"] != "ok"]
    for row in bad.to_dict("records"):
        raise ServandaError(f"{name(str(row['scenario']))}, seed {row['seed']}", failure_of(row))


def failure_of(row: Mapping[Any, Any]) -> str:
    """The error of a failed run, with its month and phase, from the run's row."""
    month = row.get("error_month")
    if month is None or pd.isna(month):
        return str(row["error"])
    return f"month {int(month)}, phase {row['error_phase']}: {row['error']}"

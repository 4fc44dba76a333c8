"""Scenarios that are held in memory, run over seeds: the sweep of commands without a design.

In: scenarios and seeds. Out: tables of a sweep (`sim.runs.results.Results`), a point per scenario
and a replicate a seed. It is a sweep like any other: the same workers and the same store, in a
folder that the caller names or in a private one that is gone afterwards.
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
"""Seconds of work in a chunk: longer than in a sweep, so that more runs share a burn-in."""


@dataclass(frozen=True)
class Listed:
    """Scenarios over seeds, as a sweep takes them.

    Args:
        files: Each scenario's file, by its name.
        seeds: Of the replicates.
        order: Names in the order in which they are run.
        indicators: Indicators to keep; empty for all.
        tables: Tables to keep in addition to the series, of `sim.runs.run_tables.OPTIONAL_TABLES`.
    """

    files: Mapping[str, Path]
    seeds: Sequence[int]
    order: Sequence[str]
    indicators: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
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
        """None: no design samples them."""
        return None

    def described(self) -> dict[str, Any]:
        """Nothing: there is no design."""
        return {}


class ScenarioRuns:
    """Runs scenarios over the same seeds, with workers that stay from one call to the next.

    Used in a `with` block, at whose end workers and a private folder are gone.

    Args:
        seeds: The same for all scenarios, so that differences are those of pairs.
        jobs: Processes; with one, runs stay in this process. They change no number.
        folder: Where runs are kept and not done again; a private folder unless given.
    """

    def __init__(self, seeds: Sequence[int], jobs: int = 1, folder: Path | None = None) -> None:
        """Start no process yet."""
        self.seeds = tuple(seeds)
        self._jobs = bounded(jobs, "jobs")
        self._folder = folder
        self._known: Known = {}
        self._stack = ExitStack()
        self._workers: Callable[[int], Workers] | None = None

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            ServandaError: If there is no place for one.
        """
        if self._folder is None:
            self._folder = self._stack.enter_context(temporary())
        here = (lambda _: InProcess()) if self._jobs == 1 else None
        self._workers = self._stack.enter_context(reused_workers(here, self._jobs))
        return self

    def __exit__(self, *error: Any) -> None:
        """End the workers, and remove a private folder."""
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
        """Run every scenario with every seed; what an earlier call has run is not run again.

        Args:
            scenarios: The scenarios by name; their own seeds do not count.
            progress: Called now and then with the number of runs that are done.
            indicators: Indicators to keep; all unless named.
            tables: Tables to keep in addition to series, accounts and reach.
            read: Tables of `Results` that the caller will look at; others cannot be read once the
                `with` block has ended.

        Returns:
            The runs: point n is the n-th scenario, replicate n the n-th seed.

        Raises:
            ServandaError: If the folder cannot be written or is in use. A run that fails raises
                nothing: its row says so.
        """
        assert self._folder is not None, "used outside of its `with` block"
        assert self._workers is not None
        files = {name: self._saved(one) for name, one in scenarios.items()}
        listed = Listed(
            files, self.seeds, _alike_together(scenarios), tuple(indicators), tuple(tables)
        )
        count = len(files) * len(self.seeds)
        sweep(
            listed,
            self._folder,
            workers=self._workers,
            progress=lambda done, _, total: progress(count - total + done),
            known=self._known,
            seconds=SECONDS,
        )
        progress(count)
        found = results(self._folder)
        for name in read:
            getattr(found, name)
        return found

    def _saved(self, scenario: Scenario) -> Path:
        """The file of a scenario, named after its text."""
        text = canonical(scenario).encode()
        assert self._folder is not None
        folder = self._folder / SCENARIOS
        file = folder / f"{sha256(text).hexdigest()[:20]}{SAVED}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                write_whole(file, lambda opened: opened.write(text))
        except OSError as error:
            raise unwritable(folder, error) from None
        return file.resolve()


def _alike_together(scenarios: Mapping[str, Scenario]) -> list[str]:
    """Names, those that can share a burn-in next to each other."""
    groups: dict[str, list[str]] = {}
    for name, scenario in scenarios.items():
        groups.setdefault(beginning(scenario), []).append(name)
    return [name for group in groups.values() for name in group]


def refuse_failed(found: Results, name: Callable[[str], str]) -> None:
    """Refuse runs of which one failed.

    Args:
        found: The runs.
        name: How the caller calls a scenario.

    Raises:
        ServandaError: If one did, with its scenario, its seed and its error.
    """
    bad = found.runs[found.runs["status"] != "ok"]
    for row in bad.to_dict("records"):
        raise ServandaError(f"{name(str(row['scenario']))}, seed {row['seed']}", failure_of(row))


def failure_of(row: Mapping[Any, Any]) -> str:
    """What stopped a run that failed, with month and phase, from its row."""
    month = row.get("error_month")
    if month is None or pd.isna(month):
        return str(row["error"])
    return f"month {int(month)}, phase {row['error_phase']}: {row['error']}"

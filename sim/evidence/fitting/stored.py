"""Writes and reads what a fit has found, beside its runs.

In: a `Fit` with its tables. Out: `fit.json`, sealed, and `ensemble.parquet`, with a column per
parameter and the weights.
"""

import hashlib
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pydantic import BaseModel, Field

from sim import __version__
from sim.errors import ServandaError
from sim.evidence import court, fit_file, table
from sim.evidence.fitting.coverage import LEVELS, Coverage
from sim.evidence.fitting.findings import figures, parameters
from sim.evidence.fitting.fit import WANTED, Fit
from sim.evidence.fitting.held_out import HeldOut
from sim.evidence.folder import Evidence
from sim.experiment.ensemble import ENDING, WEIGHT
from sim.runs.output import declared
from sim.runs.output.atomic import unwritable, write_files_whole
from sim.runs.output.table import store
from sim.runs.storage.store import Store
from sim.world import code_hash

NOTE = "fit.json"
"""File that a fit writes beside its runs."""
ENSEMBLE = f"ensemble{ENDING}"


SCHEMA = 1
"""Format of the file."""


class Note(BaseModel):
    """The keys of the file on which readers depend."""

    schema_: int = Field(alias="schema")
    title: str
    evidence: str
    base: str
    runs: int
    effective: float
    enough: bool
    parameters: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    known_truths: dict[str, Any]
    held_out: dict[str, Any] | None


@dataclass(frozen=True)
class Outcome:
    """A fit with its tests.

    Args:
        fit: The fit.
        coverage: The test on known truths.
        held_out: The test on the last periods; None if none were kept.
    """

    fit: Fit
    coverage: Coverage
    held_out: HeldOut | None

    @property
    def good(self) -> bool:
        """Whether there are enough effective draws."""
        return self.fit.effective >= WANTED

    def described(self) -> dict[str, Any]:
        """Everything in plain values."""
        fit, tested = self.fit, self.coverage
        names = fit.problem.names
        return {
            "schema": SCHEMA,
            "title": fit.problem.experiment.title,
            "base": fit.problem.spec.base,
            "folder": fit.problem.evidence.path.name,
            "evidence": digest(fit.problem.evidence),
            "version": __version__,
            "code": code_hash(),
            "seed": fit.problem.spec.seed,
            "runs": len(fit.places),
            "failed": int((~np.isfinite(fit.values).any(axis=1)).sum()),
            "waves": [asdict(one) for one in fit.waves],
            "effective": fit.effective,
            "enough": self.good,
            "parameters": _records(parameters(fit)),
            "figures": _records(figures(fit)),
            "emulators": [
                {"figure": one.name, "form": found.form, "explained": found.share}
                for one, found in zip(fit.problem.statistics, fit.responses.emulators, strict=True)
            ],
            "known_truths": {
                "truths": len(tested.ranks),
                "covered": {
                    f"{level:g}": dict(zip(names, tested.covered(level).tolist(), strict=True))
                    for level in LEVELS
                },
                "uniform": dict(zip(names, tested.uniform().tolist(), strict=True)),
                "plausible": tested.plausible,
            },
            "held_out": self._held_out(),
        }

    def _held_out(self) -> dict[str, Any] | None:
        found = self.held_out
        if found is None:
            return None
        scores = {name: found.score(name) for name in ("model", "last_value", "linear_trend")}
        covered = {f"{level:g}": found.covered(level) for level in LEVELS}
        return {"figures": len(found.table), "covered": covered, **scores, "better": found.better}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): None if isinstance(v, float) and np.isnan(v) else v for key, v in row.items()}
        for row in table.to_dict("records")
    ]


def ensemble_of(fit: Fit) -> pd.DataFrame:
    """The draws of a fit: a column per parameter with its values, and the weights."""
    places = fit.places[fit.draws]
    table = {
        free.path: [free.at(float(place)) for place in places[:, j]]
        for j, free in enumerate(fit.problem.spec.free)
    }
    frame = pd.DataFrame(table).assign(**{WEIGHT: fit.weights})
    return frame[frame[WEIGHT] > 0.0].reset_index(drop=True)


def write(outcome: Outcome, folder: Path) -> None:
    """Write the findings and the ensemble into the folder of the runs.

    Raises:
        ServandaError: If they cannot be written.
    """
    rows = pa.Table.from_pandas(ensemble_of(outcome.fit), preserve_index=False)
    text = declared.text(outcome.described())
    marks = {"servanda.ensemble": outcome.fit.problem.spec.base}
    try:
        write_files_whole(
            {
                folder / ENSEMBLE: partial(store, rows.replace_schema_metadata(), marks=marks),
                folder / NOTE: lambda file: file.write(text),
            }
        )
    except OSError as error:
        raise unwritable(folder, error) from None


def read_note(folder: Path) -> dict[str, Any]:
    """What a fit has found.

    Raises:
        ServandaError: If the fit is not complete, or the file is damaged.
    """
    try:
        return declared.read(folder / NOTE, Note, "a fit", SCHEMA)
    except FileNotFoundError:
        hint = "run `servanda fit` first"
        raise ServandaError(str(folder), "has no complete fit", hint) from None


def _runs_of(folder: Path) -> int:
    """Number of runs behind the stored findings; 0 if there are none."""
    return int(read_note(folder)["runs"]) if (folder / NOTE).exists() else 0


def digest(evidence: Evidence) -> str:
    """A hash of the files of a folder of evidence."""
    found = hashlib.sha256()
    for name in (table.NAME, court.NAME, fit_file.NAME):
        file = evidence.path / name
        found.update(file.read_bytes() if file.exists() else b"")
    return found.hexdigest()


def refuse_other(note: dict[str, Any], evidence: Evidence) -> None:
    """Refuse findings that are not of these figures.

    Raises:
        ServandaError: If a file of the evidence has changed since the fit.
    """
    if note["evidence"] != digest(evidence):
        what = "its figures or its fit.toml have changed since the fit"
        hint = "run `servanda fit` again; runs that are still needed are reused"
        raise ServandaError(str(evidence.path), what, hint)


def progress_of(folder: Path) -> dict[str, Any]:
    """How far a fit is: planned, done and failed runs, and whether it is complete.

    Raises:
        ServandaError: If the folder holds no runs of a fit.
    """
    store = Store(folder)
    if store.earlier() is None:
        raise ServandaError(str(folder), "holds no runs of a fit", "run `servanda fit` first")
    planned = {one.identity for one in store.plan()}
    found = {key: one for key, one in store.index().items() if key in planned}
    return {
        "planned": len(planned),
        "done": len(found),
        "failed": sum(one.status != "ok" for one in found.values()),
        "complete": _runs_of(folder) == len(planned) == len(found),
    }

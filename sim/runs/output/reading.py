"""Reads the manifest and the tables in a run's folder, each checked before it is used.

In: a folder that may be from an unknown source. Out: plain values and tables, or a one-line error
that names the file that is missing, damaged or altered.
"""

from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from sim.errors import ServandaError
from sim.runs.output import declared
from sim.runs.output.manifest import SCHEMA, Manifest
from sim.runs.output.table import Opened, whole

MANIFEST = "manifest.json"
HOW_TO_REPAIR = "`servanda run` with the same --out makes it again"

type Number = Annotated[float, Field(allow_inf_nan=False)]
type Count = Annotated[int, Field(ge=0)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class Measured(_Strict):
    """What a run stores on request. Manifests of earlier versions lack the last three entries.

    Args:
        events: Whether it stores events, the steps of each claim.
        panel: Number of debtors that it follows month by month.
        choices: Whether it stores what debtors weigh when they choose.
        cohorts: Months at the end of which debtors and debts were chosen to be followed.
        groups: Groups by which outcomes were counted.
    """

    events: bool
    panel: Count
    choices: bool = False
    cohorts: list[int] = []
    groups: list[str] = []


class Titled(_Strict):
    """The scenario; readers require only the title."""

    title: str


class Declared(_Strict):
    """The keys of a manifest that readers require, with their types."""

    format: Annotated[int, Field(alias="schema", ge=1, le=SCHEMA)]
    identity: str
    title: str
    seed: int
    months: Count
    debtors: Count
    measured: Measured
    headline: dict[str, Number | None]
    reach: list[dict[str, bool | int | float | str | None]] = []
    warnings: list[str]
    started: str
    finished: str
    seconds: Number
    seconds_by_phase: dict[str, Number]
    versions: dict[str, str]
    code: str
    cpu: str
    threads: int
    scenario: Titled
    texts: dict[str, str]
    files: dict[str, Count]
    seals: dict[str, str] | None = None


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a run's folder, altered or not.

    Raises:
        FileNotFoundError: If there is no manifest.
        ServandaError: If it is not the manifest of a run, or has a newer format.
    """
    return declared.read(folder / MANIFEST, Declared, "a run", SCHEMA)


def sound(folder: Path) -> Manifest:
    """The manifest of a run's folder, checked to be unaltered since it was written.

    Raises:
        ServandaError: If there is no manifest, or it was altered.
    """
    try:
        found = manifest_of(folder)
    except FileNotFoundError:
        raise ServandaError(
            str(folder), "holds no finished run", "`servanda run` makes one"
        ) from None
    if declared.altered(found):
        raise ServandaError(
            str(folder / MANIFEST), "was altered since it was written", HOW_TO_REPAIR
        )
    return found


def check(folder: Path, manifest: Manifest) -> None:
    """Check every byte of every table of a run against its seal; without seals only the sizes.

    Raises:
        ServandaError: If a table is missing or altered, or belongs to another run.
    """
    for name in manifest["files"]:
        with open_table(folder, name, manifest):
            pass


def table_of(folder: Path, name: str, manifest: Manifest) -> pa.Table | None:
    """A table of a run, read completely; None if the run did not store it.

    Args:
        folder: The run's folder.
        name: Name of the table's file.
        manifest: The run's manifest.

    Raises:
        ServandaError: If the table is missing or altered, or belongs to another run.
    """
    if name not in manifest["files"]:
        return None
    with open_table(folder, name, manifest) as table:
        return whole(table)


def open_table(folder: Path, name: str, manifest: Manifest) -> Opened:
    """A table of a run, open for reading.

    Raises:
        ServandaError: If the table is missing or altered, or belongs to another run.
    """
    file = folder / name
    if Path(name).name != name:
        raise ServandaError(str(folder / MANIFEST), f"names a file in another folder: '{name}'")
    try:
        opened = Opened(file)
    except FileNotFoundError:
        raise ServandaError(str(file), "is missing", HOW_TO_REPAIR) from None
    except ServandaError as error:
        raise ServandaError(error.where, error.what, error.hint or HOW_TO_REPAIR) from None
    wanted: dict[str, Any] = manifest.get("seals") or {}
    if opened.seal.size != manifest["files"][name] or (
        wanted and opened.seal.digest != wanted.get(name)
    ):
        opened.__exit__()
        raise ServandaError(
            str(file), "is not the file that was written with this run", HOW_TO_REPAIR
        )
    return opened

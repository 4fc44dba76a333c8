"""Writes the folder of a run completely or not at all.

In: tables and a manifest. Out: Parquet files and, written last, `manifest.json`; a folder without
a manifest contains no finished run. Files that Servanda did not write are never changed.
"""

import tempfile
import warnings
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from sim.errors import ServandaError, ServandaWarning
from sim.runs.output import declared
from sim.runs.output.atomic import PART, part_of, sync, unwritable
from sim.runs.output.lock import FolderLock, is_lock
from sim.runs.output.manifest import Manifest
from sim.runs.output.opened import opened
from sim.runs.output.reading import MANIFEST, check, manifest_of
from sim.runs.output.table import Written, store

TABLES = tuple(
    f"{name}.parquet"
    for name in (
        *("series", "books", "survival", "ledgers", "events", "panel"),
        *("choices", "cohorts", "groups"),
    )
)
SWEEP = "experiment.json"
"""A file that every folder of a sweep contains, and no folder of a run."""
REPORT = "report"
"""Subfolder with the report on the run."""
MARK = "servanda"
"""Metadata key in a Parquet file. The value is the identity (a hash) of the run that wrote it."""


class Folder:
    """The folder of one run. Its `with` block removes temporary files and empty new folders.

    Args:
        path: Path of the folder, which need not exist yet.

    Raises:
        ServandaError: If a run cannot be stored there.
    """

    def __init__(self, path: Path) -> None:
        """Make the folder and check that it can be written, before anything is run."""
        self.path = path
        self._lock = FolderLock(path, "run")
        self._made = [p for p in (path, *path.parents) if not p.exists()]
        if path.exists() and not path.is_dir():
            raise ServandaError(str(path), "this is a file, not a folder", "name another folder")
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._refuse_strangers()
            with tempfile.TemporaryFile(dir=path, prefix=PART) as probe:
                probe.write(bytes(65536))  # empty files can be made even on a full disk
        except OSError as error:
            self._leave()
            raise unwritable(self.path, error) from None

    def __enter__(self) -> Self:
        """Lock the folder for this process.

        Raises:
            ServandaError: If another command is using it.
        """
        try:
            self._lock.__enter__()
        except ServandaError:
            self._leave()
            raise
        try:
            self._refuse_strangers()  # a sweep may have begun here in the meantime
        except ServandaError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove temporary files, the lock and empty new folders, also after an error."""
        with suppress(OSError):
            for part in self.path.glob(f"{PART}*"):
                part.unlink(missing_ok=True)
        self._lock.__exit__()
        self._leave()

    def finished(self) -> Manifest | None:
        """The manifest of the run in the folder; None if a file is incomplete or altered.

        Raises:
            ServandaError: If the manifest is not that of a run, or has a newer format.
        """
        try:
            found = manifest_of(self.path)
        except FileNotFoundError:
            return None
        if declared.altered(found):
            self._say("the manifest was altered")
            return None
        try:
            check(self.path, found)
        except ServandaError as error:
            self._say(f"{Path(error.where).name} {error.what}")
            return None
        return found

    def _say(self, what: str) -> None:
        text = f"{self.path}: {what}; the run in this folder does not count as finished"
        warnings.warn(text, ServandaWarning, stacklevel=3)

    def write(self, tables: Mapping[str, pd.DataFrame], manifest: Manifest) -> None:
        """Write tables and manifest to temporary files, then rename these, the manifest last.

        An earlier run stays complete until everything is written. Then the old manifest is removed
        before any file is renamed, so that a mixture never looks like a finished run.

        Raises:
            ServandaError: If the disk is full or the folder can no longer be written.
        """
        parts: dict[str, Path] = {}
        written: dict[str, Written] = {}
        try:
            for name, frame in tables.items():
                fill = partial(_store, frame, manifest["identity"], name, written)
                parts[name] = part_of(self.path, fill)
            about = {
                "files": {name: one.seal.size for name, one in written.items()},
                "seals": {name: one.seal.digest for name, one in written.items()},
            }
            text = declared.text(manifest | about)
            parts[MANIFEST] = part_of(self.path, lambda file: file.write(text))
            for stale in (MANIFEST, *(set(TABLES) - set(tables))):
                (self.path / stale).unlink(missing_ok=True)
            sync(self.path)
            for name, part in parts.items():
                part.replace(self.path / name)
            sync(self.path)
        except OSError as error:
            raise unwritable(self.path, error) from None

    def _refuse_strangers(self) -> None:
        """Refuse a folder with files that were not written by a run of Servanda."""
        if (self.path / SWEEP).exists():
            raise ServandaError(str(self.path), "holds a sweep, not a run", "name another folder")
        strangers = sorted(p.name for p in self.path.iterdir() if not _ours(p))
        if strangers:
            named = ", ".join(strangers[:3]) + (", …" if len(strangers) > 3 else "")
            hint = "name a new folder, or one that holds a run"
            raise ServandaError(str(self.path), f"holds files not made by a run ({named})", hint)

    def _leave(self) -> None:
        """Remove the folders made by this object, if they are empty."""
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()


def _store(
    frame: pd.DataFrame,
    identity: str,
    name: str,
    written: dict[str, Written],
    file: IO[bytes],
) -> None:
    """Write a table with the identity of the run; record size and seal of the file in `written`."""
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    written[name] = store(rows, file, {MARK: identity})


def _ours(path: Path) -> bool:
    """Whether a file is of a kind that runs write."""
    if path.name.startswith(PART):
        return True
    if path.is_symlink():
        return False
    if path.name in {MANIFEST, REPORT} or is_lock(path.name):
        return True
    if path.name not in TABLES:
        return False
    try:
        with opened(path) as file:
            return MARK.encode() in (parquet.read_metadata(file).metadata or {})
    except (OSError, ServandaError, pa.ArrowException):
        return False

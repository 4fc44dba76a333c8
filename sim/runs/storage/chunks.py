"""Finds the chunks of finished runs in a folder, and checks whether they are complete.

In: a folder of chunks. Out: the complete chunks, and what is wrong with the others.

A chunk is a file for each stored table, and a file of runs, written last. The file of runs has a
record of the other files: rows, bytes and seal (a hash) of each. A difference from this record is a
fault. All runs of the chunk then count as not done.
"""

import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sim.errors import ServandaError
from sim.runs.output.opened import refuse_link
from sim.runs.output.table import Opened, Seal, Written, peek, whole
from sim.runs.run_tables import TABLES
from sim.runs.storage.writing import FIXED, RECORD, RUNS, ending

ENDINGS = {RUNS: "runs", **{ending(table): table for table in TABLES}}
"""Endings of the file names of a chunk, and the table in each file."""
OWN = ("point", "replicate", "chunk")
"""Columns that SQL views add. Files of chunks must not contain them."""
MOST_COLUMNS = 2_000
IDENTITY = 8
"""Smallest number of bytes per run in a valid file.

Each identity contains 32 bytes of information, and since all differ, they hardly compress.
"""


class SoundChunk(NamedTuple):
    """A chunk without faults, as far as it was checked: all files exist and match the record.

    Args:
        folder: Folder of the chunk.
        name: Name of the chunk.
        runs: The table of runs, a row per run.
        tables: The file of each other table, by the table's name.
        record: Rows, size and seal of each of these tables; None in chunks of earlier versions.
    """

    folder: Path
    name: str
    runs: pa.Table
    tables: Mapping[str, Path]
    record: Mapping[str, Written] | None

    @property
    def files(self) -> list[Path]:
        """All files of the chunk, the file of runs first."""
        return [self.folder / f"{self.name}{RUNS}", *self.tables.values()]


class Fault(NamedTuple):
    """What is wrong with a chunk.

    Args:
        file: The file that is missing or damaged, or does not belong to this chunk.
        what: What is wrong with the file.
        runs: Identities of the runs that are lost, as far as they are known.
        files: All existing files of the chunk.
    """

    file: Path
    what: str
    runs: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def cost(self) -> str:
        """The consequence of the fault for the sweep, in words."""
        if not self.runs:
            return "its runs count as not done"
        one = len(self.runs) == 1
        return f"{len(self.runs)} run{'' if one else 's'} count{'s' if one else ''} as not done"


class Inventory(NamedTuple):
    """The contents of folders of chunks.

    Args:
        sound: The complete chunks, ordered by folder and name.
        faults: The faults of the other chunks.
        lone: Tables without a file of runs: a process was killed, or the file is lost.
    """

    sound: list[SoundChunk]
    faults: list[Fault]
    lone: list[Path]


type Mark = tuple[int, int, int, int]
"""Device, inode, size and modification time: a file counts as unchanged if all are equal."""

_checked: dict[Path, Mark] = {}
"""Files of which this process has checked every byte."""


class ChunkFolder:
    """A folder of chunks. A chunk is read again only if its files have changed.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        """Set the folder without reading it."""
        self.folder = folder
        self._known: dict[str, tuple[tuple[Mark, ...], SoundChunk | Fault]] = {}

    def inventory(self, unrecorded: Collection[str] | None, *, full: bool = False) -> Inventory:
        """The complete chunks of the folder, and the faults of the others.

        Args:
            unrecorded: Names of chunks of an earlier version, which may lack a record. None if the
                names are unknown; then any chunk may lack one.
            full: Whether to check every byte and the number of rows of every table. Otherwise only
                size and seal are compared with the record. Files of runs are always checked in
                full.

        Raises:
            ServandaError: If the folder is a link or cannot be read.
        """
        refuse_link(self.folder)
        found = Inventory([], [], [])
        for name, files in sorted(self._listed().items()):
            if "runs" not in files:
                found.lone.extend(files.values())
                continue
            one = self._seen(name, files, unrecorded is None or name in unrecorded)
            if isinstance(one, SoundChunk) and full:
                one = checked(one, TABLES) or one
            if isinstance(one, SoundChunk):
                found.sound.append(one)
            else:
                found.faults.append(one)
        return found

    def _listed(self) -> dict[str, dict[str, Path]]:
        """The files of each chunk by table; hidden files and other endings are left out."""
        found: dict[str, dict[str, Path]] = {}
        try:
            entries = sorted(entry.name for entry in os.scandir(self.folder))
        except FileNotFoundError:
            return {}
        except OSError as error:
            what = f"cannot be read: {(error.strerror or str(error)).lower()}"
            raise ServandaError(str(self.folder), what) from None
        for entry in entries:
            named = None if entry.startswith(".") else split(entry)
            if named is not None:
                found.setdefault(named[0], {})[named[1]] = self.folder / entry
        return found

    def _seen(self, name: str, files: dict[str, Path], unrecorded: bool) -> SoundChunk | Fault:
        marks = tuple(_mark(file) for file in files.values())
        known = self._known.get(name)
        if known is not None and known[0] == marks:
            return known[1]
        one = _looked_at(self.folder, name, files, unrecorded)
        self._known[name] = (marks, one)
        return one


def split(file: str) -> tuple[str, str] | None:
    """Chunk and table, from the name of a file; None for other files."""
    for end, table in ENDINGS.items():
        if file.endswith(end) and len(file) > len(end):
            return file.removesuffix(end), table
    return None


def _mark(file: Path) -> Mark:
    try:
        found = os.lstat(file)
    except OSError:
        return (0, 0, 0, 0)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _looked_at(
    folder: Path, name: str, files: dict[str, Path], unrecorded: bool
) -> SoundChunk | Fault:
    """Check a chunk; of its tables, only that of the runs is read."""
    there = tuple(files.values())
    runs: tuple[str, ...] = ()
    file = files["runs"]
    try:
        with Opened(file) as opened:
            refuse_columns(file, opened.schema, FIXED)
            _refuse_own(file, opened.schema)
            record = _record(file, opened, unrecorded)
            if opened.count * IDENTITY > opened.seal.size:
                what = f"claims {opened.count:,} runs, more than a file of its size can contain"
                return Fault(file, what, runs, there)
            rows = whole(opened)
        runs = _identities(file, rows)
        tables = {table: path for table, path in files.items() if table != "runs"}
        if record is not None:
            for table, written in record.items():
                file = folder / f"{name}{ending(table)}"
                _compare(file, written.seal)
            for table in tables.keys() - record.keys():
                return Fault(tables[table], "does not belong to this chunk", runs, there)
            # While a worker writes, the listing may lack tables that exist by now.
            tables = {table: folder / f"{name}{ending(table)}" for table in record}
        else:
            for file in tables.values():
                peek(file)
    except FileNotFoundError:
        return Fault(file, "is missing", runs, there)
    except ServandaError as error:
        return Fault(file, error.what, runs, there)
    return SoundChunk(folder, name, rows, tables, record)


def _compare(file: Path, recorded: Seal) -> None:
    found = peek(file)
    if found.size != recorded.size:
        raise ServandaError(
            str(file), f"has {found.size:,} bytes, but was written with {recorded.size:,}"
        )
    if found.digest != recorded.digest:
        raise ServandaError(str(file), "is not the file that was written with these runs")


def _refuse_own(file: Path, schema: pa.Schema) -> None:
    """Refuse columns that the views add.

    Raises:
        ServandaError: If there is such a column.
    """
    for name in schema.names:
        if name.casefold() in OWN:
            raise ServandaError(str(file), f"has a column '{name}', which no worker writes")


def _record(file: Path, opened: Opened, unrecorded: bool) -> dict[str, Written] | None:
    """The record in a file of runs; None for chunks of earlier versions."""
    text = opened.marks.get(RECORD)
    if text is None or not opened.seal.digest:
        if unrecorded:
            return None
        raise ServandaError(str(file), "no longer contains the record of its tables")
    try:
        return {
            table: Written(int(rows), Seal(int(size), str(digest)))
            for table, (rows, size, digest) in json.loads(text).items()
            if ending(table) in ENDINGS
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise ServandaError(str(file), "has a damaged record of its tables") from None


def _identities(file: Path, rows: pa.Table) -> tuple[str, ...]:
    found = rows["identity"].to_pylist()
    if None in found or not set(rows["status"].to_pylist()) <= {"ok", "failed"}:
        raise ServandaError(str(file), "has rows that are not runs")
    return tuple(found)


def refuse_columns(file: Path, schema: pa.Schema, wanted: pa.Schema) -> None:
    """Refuse a table that lacks wanted columns, or has columns that no table can have.

    Raises:
        ServandaError: If columns are missing, duplicate, too many, or of a wrong type.
    """
    names = [str(name).casefold() for name in schema.names]
    if len(names) > MOST_COLUMNS or len({*names}) < len(names):
        raise ServandaError(str(file), "has two columns with the same name, or too many columns")
    for field in wanted:
        at = schema.get_field_index(field.name)
        if at < 0:
            raise ServandaError(str(file), f"has no column '{field.name}'")
        if not _fits(schema.field(at).type, field.type):
            what = f"column '{field.name}' has type {schema.field(at).type}, not {field.type}"
            raise ServandaError(str(file), what)
    for field in schema:
        if not _plain(field.type):
            raise ServandaError(str(file), f"column '{field.name}' has type {field.type}")


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether a column has the wanted type, or is empty and therefore has the type null."""
    if pa.types.is_string(wanted):
        return bool(
            pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_null(found)
        )
    return bool(found == wanted or pa.types.is_null(found))


def _plain(kind: pa.DataType) -> bool:
    """Whether a column contains numbers, texts, or true and false."""
    types = pa.types
    return bool(
        types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_boolean(kind)
        or types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_null(kind)
        or (types.is_dictionary(kind) and _plain(kind.value_type))
    )


KEY = pa.schema([("identity", pa.string())])
"""The column that every table must have."""


def checked(chunk: SoundChunk, tables: Iterable[str]) -> Fault | None:
    """Check every byte of the given tables of a chunk; return the first fault, or None."""
    for table in tables:
        file = chunk.tables.get(table)
        if file is None or _checked.get(file) == (mark := _mark(file)):
            continue
        try:
            with Opened(file) as opened:
                refuse_columns(file, opened.schema, KEY)
                _refuse_own(file, opened.schema)
                rows = opened.count if chunk.record is None else chunk.record[table].rows
                if opened.count != rows:
                    what = f"has {opened.count:,} rows, but was written with {rows:,}"
                    return _fault(chunk, file, what)
                if not opened.seal.digest:  # without a seal, it must be read to be checked
                    for _ in opened.pieces():
                        pass
        except FileNotFoundError:
            return _fault(chunk, file, "is missing")
        except ServandaError as error:
            return _fault(chunk, file, error.what)
        _checked[file] = mark
    return None


def _fault(chunk: SoundChunk, file: Path, what: str) -> Fault:
    runs = tuple(chunk.runs["identity"].to_pylist())
    there = tuple(one for one in chunk.files if one.is_symlink() or one.exists())
    return Fault(file, what, runs, there)

"""Chunks of finished runs in a folder: what lies there, and whether it is whole.

In: a folder of chunks. Out: the chunks that are whole, and what is wrong with the others. A chunk
is its file of runs, written last, and a file for each table that was kept. The file of runs holds
a record of the others: rows, bytes and seal of each. Whatever does not agree with it is a fault,
and all runs of the chunk count as not done.
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
"""How the files of a chunk end, and the table that each holds."""
OWN = ("point", "replicate", "chunk")
"""Columns that views add, and that no file of runs or tables may have."""
MOST_COLUMNS = 2_000
IDENTITY = 8
"""Bytes that a run takes at least: identities differ, and are four times as long."""


class SoundChunk(NamedTuple):
    """A chunk in which everything is there.

    Args:
        folder: Where it lies.
        name: Its name.
        runs: Its runs, a row each.
        tables: The file of each other table.
        record: Rows and seal of each of them; None in chunks of earlier versions.
    """

    folder: Path
    name: str
    runs: pa.Table
    tables: Mapping[str, Path]
    record: Mapping[str, Written] | None

    @property
    def files(self) -> list[Path]:
        """All its files, the runs first."""
        return [self.folder / f"{self.name}{RUNS}", *self.tables.values()]


class Fault(NamedTuple):
    """What is wrong with a chunk.

    Args:
        file: The file that is missing, foreign or damaged.
        what: What is wrong with it.
        runs: Identities of the runs that it costs, as far as they can be known.
        files: All files of the chunk that are there.
    """

    file: Path
    what: str
    runs: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def cost(self) -> str:
        """What it costs, in words."""
        if not self.runs:
            return "its runs count as not done"
        one = len(self.runs) == 1
        return f"{len(self.runs)} run{'' if one else 's'} count{'s' if one else ''} as not done"


class Inventory(NamedTuple):
    """What lies in folders of chunks.

    Args:
        sound: Chunks in which everything is there, by folder and name.
        faults: What is wrong with the others.
        lone: Tables without their runs: of the killed, or those whose file of runs is lost.
    """

    sound: list[SoundChunk]
    faults: list[Fault]
    lone: list[Path]


type Mark = tuple[int, int, int, int]
"""By what a file is seen to be the same as before: device, number, bytes and time of change."""

_checked: dict[Path, Mark] = {}
"""Files every byte of which was checked in this process."""


class ChunkFolder:
    """A folder of chunks; what was read once is not read again while it stays as it is.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet."""
        self.folder = folder
        self._known: dict[str, tuple[tuple[Mark, ...], SoundChunk | Fault]] = {}

    def inventory(self, unrecorded: Collection[str] | None, *, full: bool = False) -> Inventory:
        """What lies there.

        Args:
            unrecorded: Names of chunks that an earlier version has written, without a record;
                None where it is not known which they are.
            full: Whether every byte of every table is checked; else only bytes, rows and seals are
                compared with the record. Runs are always checked whole.

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
        """The files of each chunk by table; what is hidden or has another ending is not ours."""
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
    """The chunk and the table that a file's name stands for; None if it is no chunk's.

    This is the only place that takes names of chunks apart.
    """
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
    """A chunk, as far as it can be known without reading its tables."""
    there = tuple(files.values())
    runs: tuple[str, ...] = ()
    file = files["runs"]
    try:
        with Opened(file) as opened:
            refuse_columns(file, opened.schema, FIXED)
            _refuse_own(file, opened.schema)
            record = _record(file, opened, unrecorded)
            if opened.count * IDENTITY > opened.seal.size:
                what = f"declares {opened.count:,} runs, more than it can hold"
                return Fault(file, what, runs, there)
            rows = whole(opened)
        runs = _identities(file, rows)
        tables = {table: path for table, path in files.items() if table != "runs"}
        if record is not None:
            for table, written in record.items():
                file = folder / f"{name}{ending(table)}"
                _compare(file, written.seal)
            for table in tables.keys() - record.keys():
                return Fault(tables[table], "is not of this chunk", runs, there)
            # While a worker writes, a listing may lack what was there before the runs.
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
            str(file), f"has {found.size:,} bytes, and was written with {recorded.size:,}"
        )
    if found.digest != recorded.digest:
        raise ServandaError(str(file), "is not the file that was written with these runs")


def _refuse_own(file: Path, schema: pa.Schema) -> None:
    """Refuse columns that the views add.

    Raises:
        ServandaError: If there is one.
    """
    for name in schema.names:
        if name.casefold() in OWN:
            raise ServandaError(str(file), f"has a column '{name}', which no worker writes")


def _record(file: Path, opened: Opened, unrecorded: bool) -> dict[str, Written] | None:
    """What a file of runs says of the other tables; None in chunks of earlier versions."""
    text = opened.marks.get(RECORD)
    if text is None or not opened.seal.digest:
        if unrecorded:
            return None
        raise ServandaError(str(file), "has lost the record of its tables")
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
        raise ServandaError(str(file), "holds rows that are no runs")
    return tuple(found)


def refuse_columns(file: Path, schema: pa.Schema, wanted: pa.Schema) -> None:
    """Refuse a table whose columns are not what they must be.

    Raises:
        ServandaError: If they are not.
    """
    names = [str(name).casefold() for name in schema.names]
    if len(names) > MOST_COLUMNS or len({*names}) < len(names):
        raise ServandaError(str(file), "has columns of one name, or too many of them")
    for field in wanted:
        at = schema.get_field_index(field.name)
        if at < 0:
            raise ServandaError(str(file), f"has no column '{field.name}'")
        if not _fits(schema.field(at).type, field.type):
            what = f"column '{field.name}' holds {schema.field(at).type}, not {field.type}"
            raise ServandaError(str(file), what)
    for field in schema:
        if not _plain(field.type):
            raise ServandaError(str(file), f"column '{field.name}' holds {field.type}")


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether a column has the type that it must have; one without values has none."""
    if pa.types.is_string(wanted):
        return bool(
            pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_null(found)
        )
    return bool(found == wanted or pa.types.is_null(found))


def _plain(kind: pa.DataType) -> bool:
    """Whether a column holds numbers, words or switches."""
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
"""What every row of a table must say."""


def checked(chunk: SoundChunk, tables: Iterable[str]) -> Fault | None:
    """Check every byte of some tables of a chunk; what is wrong with the first bad one, if any."""
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
                    what = f"has {opened.count:,} rows, and was written with {rows:,}"
                    return _fault(chunk, file, what)
                if not opened.seal.digest:  # only reading it shows whether it is whole
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

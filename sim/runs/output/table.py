"""A table in a Parquet file with a seal, by which an alteration is found.

In: a table. Out: a file with a seal: the SHA-256 of all its bytes, the place of the seal itself
taken as zeros. The seal stands in the file's metadata, the pages have checksums of their own, and
any program that reads Parquet reads the file. Files of earlier versions, without a seal, are read
as well as they can be.

SHA-256 costs about a tenth of what reading a table costs, so a table is checked whole before
anything in it is used.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow as pa
from pyarrow import parquet

from sim.errors import ServandaError
from sim.runs.output.opened import opened, unreadable

MAGIC = b"PAR1"
SEAL = b"servanda.seal"
EMPTY = b"0" * 64
_SEALED = re.compile(re.escape(SEAL) + rb"\x18\x40([0-9a-f]{64})")
"""The key, and the value with its type and length, as Parquet's footer writes them."""
FOOTER = 64 << 20
"""Bytes of the largest footer that is read."""
BLOCK = 1 << 20
"""Bytes that are read at once for the SHA-256."""
MAX_ROWS_PER_BYTE, MANY = 256, 10_000_000
"""Rows per byte above which a file of more than `MANY` rows is refused."""
MAX_EXPANSION = 400
"""How many times its own size a file may unfold to, where it unfolds to more than `SMALL`."""
SMALL = 64 << 20
"""Bytes to which any file may unfold."""


class Seal(NamedTuple):
    """What a file is known by.

    Args:
        size: Its bytes.
        digest: Its seal, in hexadecimal digits; empty for files of earlier versions.
    """

    size: int
    digest: str


class Written(NamedTuple):
    """A table as it was written: its rows, and what its file is known by."""

    rows: int
    seal: Seal


def store(rows: pa.Table, file: IO[bytes], marks: Mapping[str, str] | None = None) -> Written:
    """Write a table.

    Args:
        rows: The table.
        file: An empty file, open for writing and reading.
        marks: What its metadata says as well.
    """
    with writer(file, rows.schema) as out:
        out.write_table(rows)
        out.add_key_value_metadata({SEAL.decode(): EMPTY.decode(), **(marks or {})})
    return Written(len(rows), seal(file))


def writer(file: IO[bytes], schema: pa.Schema) -> Any:
    """A writer of a table that comes piece by piece; see `store` for what it needs at the end."""
    return parquet.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True)


def seal(file: IO[bytes]) -> Seal:
    """Put the seal on a file that holds a table and room for it.

    Raises:
        ValueError: If there is no room for it.
    """
    file.flush()
    size = file.seek(0, os.SEEK_END)
    at = _place(file, size)
    if at is None:
        raise ValueError("there is no room for a seal")
    digest = _digest(file, at)
    file.seek(at)
    file.write(digest.encode())
    return Seal(size, digest)


def peek(path: Path) -> Seal:
    """What a file says it is known by; only its end is read.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it is no regular file, or no Parquet file.
    """
    with opened(path) as file:
        return _peek(path, file)[0]


def verify(path: Path) -> Seal:
    """What a file is known by, after every byte of it was checked.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it was altered, or is no Parquet file.
    """
    with opened(path) as file:
        return _verify(path, file)


def _verify(path: Path, file: IO[bytes]) -> Seal:
    seal, at = _peek(path, file)
    if at is not None and _digest(file, at) != seal.digest:
        raise ServandaError(str(path), "was altered since it was written")
    return seal


def _peek(path: Path, file: IO[bytes]) -> tuple[Seal, int | None]:
    size = os.fstat(file.fileno()).st_size
    try:
        at = _place(file, size)
        if at is None:
            return Seal(size, ""), None
        file.seek(at)
        return Seal(size, file.read(len(EMPTY)).decode("ascii")), at
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None


def _place(file: IO[bytes], size: int) -> int | None:
    """Where the seal begins; None where there is none.

    Raises:
        ValueError: If this is no Parquet file.
    """
    if size == 0:
        raise ValueError("the file is empty")
    if size < 12:
        raise ValueError("this is no Parquet file")
    file.seek(0)
    begin = file.read(4)
    file.seek(size - 8)
    end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if begin != MAGIC or end[4:] != MAGIC:
        raise ValueError("this is no Parquet file, or its end is missing")
    if length > min(size - 12, FOOTER):
        raise ValueError("its footer is damaged")
    file.seek(size - 8 - length)
    found = _SEALED.search(file.read(length))
    return None if found is None else size - 8 - length + found.start(1)


def _digest(file: IO[bytes], at: int) -> str:
    """SHA-256 of a file with zeros where the seal is."""
    digest = hashlib.sha256()
    for begin, part in _parts(file, at):
        digest.update(EMPTY if begin == at else part)
    return digest.hexdigest()


def _parts(file: IO[bytes], at: int) -> Iterator[tuple[int, bytes]]:
    """A file in pieces and where each begins, of which the seal is one."""
    file.seek(0)
    here = 0
    while here < at:
        part = file.read(min(BLOCK, at - here))
        yield here, part
        here += len(part)
    yield here, file.read(len(EMPTY))
    here += len(EMPTY)
    while part := file.read(BLOCK):
        yield here, part
        here += len(part)


class Opened:
    """A table's file that was checked, open for reading; closes when its `with` block ends.

    Args:
        path: The file.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it was altered or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        """Check it, and read its end."""
        self.path = path
        self._file = opened(path)
        try:
            self.seal = _verify(path, self._file)
            self._file.seek(0)
            self.parquet = parquet.ParquetFile(self._file, page_checksum_verification=True)
            self.schema: pa.Schema = self.parquet.schema_arrow
            self._refuse_bombs()
        except BaseException as error:
            self._file.close()
            if isinstance(error, FAULTS):
                raise unreadable(path, error) from None
            raise

    def __enter__(self) -> "Opened":
        """The table."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def count(self) -> int:
        """Its rows."""
        return int(self.parquet.metadata.num_rows)

    @property
    def marks(self) -> dict[str, str]:
        """What the file's metadata says."""
        found = self.parquet.metadata.metadata or {}
        return {
            key.decode(errors="replace"): value.decode(errors="replace")
            for key, value in found.items()
        }

    def pieces(self, rows: int = 1 << 16) -> Iterator[pa.RecordBatch]:
        """Its rows, so many at a time.

        Raises:
            ServandaError: If a page is damaged.
        """
        try:
            yield from self.parquet.iter_batches(rows)
        except FAULTS as error:
            raise unreadable(self.path, error) from None

    def _refuse_bombs(self) -> None:
        """Refuse a file that declares more than an honest file of its size can hold.

        Raises:
            ServandaError: If it does.
        """
        about = self.parquet.metadata
        unfolded = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        most = max(SMALL, MAX_EXPANSION * self.seal.size)
        if (
            about.num_rows > max(MANY, MAX_ROWS_PER_BYTE * self.seal.size)
            or not 0 <= unfolded <= most
        ):
            what = f"declares {about.num_rows:,} rows, more than {self.seal.size:,} bytes can hold"
            raise ServandaError(str(self.path), what)


FAULTS = (OSError, ValueError, TypeError, OverflowError, MemoryError, pa.ArrowException)
"""What the reading of a damaged file raises."""


def read(path: Path, most: int = 1 << 30) -> pa.Table:
    """A table, read whole after it was checked.

    Args:
        path: The file.
        most: Bytes that it may take in memory.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it was altered or cannot be read, or takes more.
    """
    with Opened(path) as table:
        return whole(table, most)


def whole(table: Opened, most: int = 1 << 30) -> pa.Table:
    """All rows of an open table; see `read`."""
    held, size = [], 0
    for piece in table.pieces():
        held.append(piece)
        size += piece.nbytes
        if size > most:
            raise ServandaError(str(table.path), f"takes more than {most:,} bytes of memory")
    return pa.Table.from_batches(held, table.schema)

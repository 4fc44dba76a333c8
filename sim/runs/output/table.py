"""Writes and reads tables as Parquet files with a seal, which shows whether a file was altered.

In: a table. Out: a Parquet file with a seal in its metadata. The seal is the SHA-256 of the file,
computed with zeros in place of the seal. Pages have checksums of their own. Files of earlier
versions have no seal, so less is checked.

A file is checked as a whole before any of it is used. That is cheap: computing the SHA-256 takes
about a tenth of the time of reading the table.
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
"""Pattern of the seal in a Parquet footer: the key, then type, length and text of the value."""
FOOTER = 64 << 20
"""Largest size of a footer that is read, bytes."""
BLOCK = 1 << 20
"""Bytes read at once for the SHA-256."""
MAX_ROWS_PER_BYTE, MANY = 256, 10_000_000
"""A file with more rows per byte than the first number, and more than `MANY` rows, is refused."""
MAX_EXPANSION = 400
"""Largest ratio of uncompressed to compressed size; small files may exceed it."""
SMALL = 64 << 20
"""Uncompressed size, in bytes, that is allowed for any file."""


class Seal(NamedTuple):
    """The size and seal of a file, by which it is recognised.

    Args:
        size: Size, bytes.
        digest: The seal in hexadecimal digits; empty for files of earlier versions.
    """

    size: int
    digest: str


class Written(NamedTuple):
    """A written table: number of rows, and size and seal of the file."""

    rows: int
    seal: Seal


def store(rows: pa.Table, file: IO[bytes], marks: Mapping[str, str] | None = None) -> Written:
    """Write a table.

    Args:
        rows: The table.
        file: An empty file, open for writing and reading.
        marks: Further entries of the file's metadata.
    """
    with writer(file, rows.schema) as out:
        out.write_table(rows)
        out.add_key_value_metadata({SEAL.decode(): EMPTY.decode(), **(marks or {})})
    return Written(len(rows), seal(file))


def writer(file: IO[bytes], schema: pa.Schema) -> Any:
    """A writer for a table in pieces.

    The caller adds `SEAL` = `EMPTY` to the metadata. This makes room for the seal.
    """
    return parquet.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True)


def seal(file: IO[bytes]) -> Seal:
    """Compute the seal of a file that has room for it, and write it there.

    Raises:
        ValueError: If there is no room for the seal.
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
    """The size and the recorded seal of a file. Only the ends are read; nothing is verified.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it is not a regular file, or not a Parquet file.
    """
    with opened(path) as file:
        return _peek(path, file)[0]


def verify(path: Path) -> Seal:
    """The size and seal of a file, after all bytes were checked against the seal.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it was altered, or is not a Parquet file.
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
    """Byte at which the seal begins; None if there is no seal.

    Raises:
        ValueError: If this is not a Parquet file.
    """
    if size == 0:
        raise ValueError("the file is empty")
    if size < 12:
        raise ValueError("this is not a Parquet file")
    file.seek(0)
    begin = file.read(4)
    file.seek(size - 8)
    end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if begin != MAGIC or end[4:] != MAGIC:
        raise ValueError("this is not a Parquet file, or its end is missing")
    if length > min(size - 12, FOOTER):
        raise ValueError("its footer is damaged")
    file.seek(size - 8 - length)
    found = _SEALED.search(file.read(length))
    return None if found is None else size - 8 - length + found.start(1)


def _digest(file: IO[bytes], at: int) -> str:
    """SHA-256 of a file with zeros in place of the seal."""
    digest = hashlib.sha256()
    for begin, part in _parts(file, at):
        digest.update(EMPTY if begin == at else part)
    return digest.hexdigest()


def _parts(file: IO[bytes], at: int) -> Iterator[tuple[int, bytes]]:
    """A file in pieces, each with the position of the first byte. The seal is a separate piece."""
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
    """A table's file, checked and open for reading until its `with` block ends.

    Args:
        path: The file.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it was altered or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        """Check the file, and read its footer."""
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
        """The open table."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def count(self) -> int:
        """Number of rows."""
        return int(self.parquet.metadata.num_rows)

    @property
    def marks(self) -> dict[str, str]:
        """The entries of the file's metadata."""
        found = self.parquet.metadata.metadata or {}
        return {
            key.decode(errors="replace"): value.decode(errors="replace")
            for key, value in found.items()
        }

    def pieces(self, rows: int = 1 << 16) -> Iterator[pa.RecordBatch]:
        """The table in batches of the given number of rows.

        Raises:
            ServandaError: If a page is damaged.
        """
        try:
            yield from self.parquet.iter_batches(rows)
        except FAULTS as error:
            raise unreadable(self.path, error) from None

    def _refuse_bombs(self) -> None:
        """Refuse a file that claims more rows or bytes than a valid file of its size can contain.

        Raises:
            ServandaError: If it does so.
        """
        about = self.parquet.metadata
        unfolded = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        most = max(SMALL, MAX_EXPANSION * self.seal.size)
        if (
            about.num_rows > max(MANY, MAX_ROWS_PER_BYTE * self.seal.size)
            or not 0 <= unfolded <= most
        ):
            what = f"claims {about.num_rows:,} rows, more than {self.seal.size:,} bytes can contain"
            raise ServandaError(str(self.path), what)


FAULTS = (OSError, ValueError, TypeError, OverflowError, MemoryError, pa.ArrowException)
"""Exceptions that reading a damaged file can raise."""


def read(path: Path, most: int = 1 << 30) -> pa.Table:
    """A table, read completely after it was checked.

    Args:
        path: The file.
        most: Largest size of the table in memory, bytes.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it was altered, cannot be read, or needs more memory.
    """
    with Opened(path) as table:
        return whole(table, most)


def whole(table: Opened, most: int = 1 << 30) -> pa.Table:
    """All rows of an open table; refused if they need more than `most` bytes of memory."""
    held, size = [], 0
    for piece in table.pieces():
        held.append(piece)
        size += piece.nbytes
        if size > most:
            raise ServandaError(str(table.path), f"needs more than {most:,} bytes of memory")
    return pa.Table.from_batches(held, table.schema)

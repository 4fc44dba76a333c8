"""Merges many chunks (files of finished runs) into one.

In: chunks that were checked completely, and for each run the number of the chunk whose rows are
used. Out: one chunk with these rows. The old chunks are removed only after the new one was written
and verified, so an interruption loses no run.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from pyarrow import compute, parquet

from sim.errors import ServandaError
from sim.runs.output.atomic import write_files_whole
from sim.runs.output.table import EMPTY, SEAL, Opened, Written, seal, writer
from sim.runs.run_tables import TABLES
from sim.runs.storage.chunks import SoundChunk
from sim.runs.storage.views import unified
from sim.runs.storage.writing import chunk_files

GROUP = 1 << 17
"""Number of rows collected in memory before they are written."""


def merge(folder: Path, name: str, chunks: Sequence[SoundChunk], kept: Mapping[str, int]) -> None:
    """Write many chunks into one, each run once, then remove the old chunks.

    Args:
        folder: Folder of the chunks.
        name: Name of the new chunk.
        chunks: The chunks to merge.
        kept: The number of the chunk whose rows are used, by identity of the run.

    Raises:
        ServandaError: If the new chunk lacks rows; then nothing is removed.
        OSError: If the folder cannot be written.
    """
    merged = {}
    for table in TABLES:
        files = {n: one.tables[table] for n, one in enumerate(chunks) if table in one.tables}
        if files:
            merged[table] = partial(_merged, partial(_pieces, files), unified(files.values()), kept)
    rows = pa.concat_tables([one.runs for one in chunks], promote_options="permissive")
    numbers = pa.array([n for n, one in enumerate(chunks) for _ in range(len(one.runs))])
    runs = partial(_merged, partial(_numbered, rows, numbers), rows.schema.remove_metadata(), kept)
    write_files_whole(chunk_files(folder, name, merged, runs))
    for one in chunks:
        one.files[0].unlink(missing_ok=True)
        for file in one.files[1:]:
            file.unlink(missing_ok=True)


def _pieces(files: Mapping[int, Path]) -> Iterator[tuple[int, pa.Table]]:
    """The rows of a table in batches, each with the number of its chunk."""
    for number, file in files.items():
        with Opened(file) as table:
            for piece in table.pieces():
                yield number, pa.Table.from_batches([piece], table.schema)


def _numbered(rows: pa.Table, numbers: pa.Array) -> Iterator[tuple[int, pa.Table]]:
    """The runs of each chunk, with the chunk's number."""
    for number in compute.unique(numbers).to_pylist():
        yield number, rows.filter(compute.equal(numbers, number))


def _merged(
    pieces: Callable[[], Iterator[tuple[int, pa.Table]]],
    schema: pa.Schema,
    kept: Mapping[str, int],
    file: IO[bytes],
    marks: Mapping[str, str] | None = None,
) -> Written:
    """Write the rows that `kept` selects to a file, and read the file again to verify it."""
    ours: defaultdict[int, list[str]] = defaultdict(list)
    for identity, number in kept.items():
        ours[number].append(identity)
    counted: Counter[str] = Counter()
    held: list[pa.Table] = []
    with writer(file, schema) as out:

        def flush() -> None:
            if held:
                out.write_table(pa.concat_tables(held), row_group_size=GROUP)
                held.clear()

        for number, piece in pieces():
            names = pa.array(ours[number], piece["identity"].type)
            rows = piece.filter(compute.is_in(piece["identity"], value_set=names))
            counted.update(_count(rows["identity"]))
            held.append(_widened(rows, schema))
            if sum(map(len, held)) >= GROUP:
                flush()
        flush()
        out.add_key_value_metadata({SEAL.decode(): EMPTY.decode(), **(marks or {})})
    mark = seal(file)
    if _read_back(file) != counted:
        what = "the new chunk does not contain all rows of the old ones"
        raise ServandaError("compact", what, "nothing was removed")
    return Written(counted.total(), mark)


def _widened(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The same rows with all columns of a schema; missing ones are filled with nulls."""
    columns = [
        rows[field.name].cast(field.type)
        if field.name in rows.column_names
        else pa.nulls(len(rows), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _read_back(file: Any) -> Counter[str]:
    """Number of rows of each run in a file, by identity."""
    file.flush()
    file.seek(0)
    found: Counter[str] = Counter()
    table = parquet.ParquetFile(file, page_checksum_verification=True)
    for piece in table.iter_batches():
        found.update(_count(piece["identity"]))
    return found


def _count(identities: Any) -> Counter[str]:
    """Number of rows of each run, by identity."""
    counts = compute.value_counts(identities)
    return Counter(
        dict(
            zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
        )
    )

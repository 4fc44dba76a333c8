"""Claims about Parquet: its size and its types are looked at before anything is unpacked."""

import datetime as dt
import io

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from sim.reading.columns import columns
from sim.reading.file import Unreadable


def packed(table: "pa.Table | dict", **options) -> bytes:
    file = io.BytesIO()
    parquet.write_table(table if isinstance(table, pa.Table) else pa.table(table), file, **options)
    return file.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        columns(data, "p")
    return str(caught.value)


def test_numbers_switches_and_words_are_read_and_what_is_missing_is_none() -> None:
    table = {
        "whole": pa.array([1, None], pa.int16()),
        "number": pa.array([0.5, np.nan]),
        "switch": [True, None],
        "word": ["a", None],
        "kind": pa.array(["x", "y"]).dictionary_encode(),
        "nothing": pa.nulls(2),
    }
    found = columns(packed(table), "p")
    assert found.heads == list(table)
    assert found.rows == [
        (0, [1, 0.5, True, "a", "x", None]),
        (0, [None, None, None, None, "y", None]),
    ]


@pytest.mark.parametrize(
    "values",
    [
        [dt.date(2020, 1, 1)],
        [[1, 2]],
        [{"a": 1}],
        [b"bytes"],
    ],
    ids=lambda values: str(type(values[0]).__name__),
)
def test_what_is_no_number_switch_or_word_is_refused(values) -> None:
    assert "the column 'x' contains values of the type " in refused(packed({"x": values}))


def test_many_rows_and_columns_long_words_and_damage_are_told_in_a_line() -> None:
    data = packed({"a": np.zeros(3_000_000, np.int8)}, compression="zstd")
    assert len(data) < 100_000
    assert refused(data) == "p: too many rows: 3,000,000; the limit is 1,000,000"
    assert "too many columns" in refused(packed({f"c{n}": [1] for n in range(1001)}))
    assert "a word of 9,000 bytes in the column 'a'" in refused(packed({"a": ["x" * 9000]}))
    data = packed({"a": list(range(1000))}, compression="none")
    for damaged in (data[:50], b"PAR1" + data[100:], data[:4] + b"\xff" * 200 + data[204:]):
        assert "cannot be read as Parquet" in refused(damaged)

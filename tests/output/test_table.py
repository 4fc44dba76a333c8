"""Claims about tables in files: whatever is altered in one is noticed, and others read it too."""

import random

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from sim.errors import ServandaError
from sim.runs.output.table import Opened, read, store, verify

ROWS = pa.table({"a": [1, 2, 3], "b": ["x", "y", None], "c": [0.5, None, 1.5]})


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "table.parquet"
    with place.open("w+b") as out:
        store(ROWS, out, {"who": "us"})
    return place


def test_a_table_is_read_as_it_was_written_also_by_any_other_program(file):
    assert read(file).equals(ROWS)
    with Opened(file) as table:
        assert table.count == 3
        assert table.marks["who"] == "us"
    assert pd.read_parquet(file)["a"].tolist() == [1, 2, 3]
    assert duckdb.read_parquet(str(file)).fetchall()[0] == (1, "x", 0.5)


def test_every_flipped_bit_is_noticed(file):
    data = file.read_bytes()
    for at in random.Random(2).sample(range(8 * len(data)), 400):
        other = bytearray(data)
        other[at // 8] ^= 1 << at % 8
        file.write_bytes(other)
        try:  # what has lost its seal is none of ours, and then its size and record tell
            assert verify(file).digest == ""
        except ServandaError:
            continue


@pytest.mark.parametrize("size", [0, 11, 100, -1])
def test_a_file_that_was_cut_is_no_table(file, size):
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(ServandaError, match=r"cannot be read: (the file is empty|.*parquet)"):
        read(file)


def test_a_table_may_not_take_more_memory_than_it_is_given(file):
    with pytest.raises(ServandaError, match="needs more than 10 bytes"):
        read(file, 10)

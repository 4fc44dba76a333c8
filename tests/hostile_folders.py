"""Folders of results as they come from strangers and bad disks: hostile copies of a small good one.

Used by the tests, some hundred at a time, and by `benchmarks/hostile.py`, thousands at a time:

    base = small(room / "base")  # of `tests.good_folders`
    answers = right(base)
    for one in folders(random.Random(1), base, room):
        broken = promise(one, answers)
"""

import json
import os
import random
import shutil
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

import pyarrow as pa
from pyarrow import parquet
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.runs.output.atomic import write_files_whole
from sim.runs.output.table import EMPTY, SEAL, Written, seal, writer
from sim.runs.storage.writing import chunk_files

ASKED = (
    "SELECT point, count(*) AS n, round(sum(recovery), 9) AS a FROM runs GROUP BY ALL ORDER BY ALL",
    "SELECT point, count(*) AS n, round(sum(recovery), 9) AS a FROM series GROUP BY ALL ORDER BY 1",
    "SELECT count(*) AS n, sum(at_risk) AS a, min(identity) AS i FROM survival",
    'SELECT "choice.noise" AS f, max(seed) AS s FROM runs GROUP BY f ORDER BY f',
)
"""Questions whose answers must be right, or refused."""
SECRET = "what lies elsewhere"
"""Text of a file outside of the folder, to which links lead."""
ODD_VALUES = (
    None, True, False, 0, -1, 1, 2, 1.9, 1e308, 10**400, "", "1", "\x1b[31m", "../../x", [], {},
    [[]], {"a": {"b": [1]}}, "x" * 10_000,
)  # fmt: skip


class Hostile(NamedTuple):
    """A hostile folder.

    Args:
        what: What was done to it.
        folder: Where it lies.
        outside: A folder beside it that nothing may touch.
    """

    what: str
    folder: Path
    outside: Path


# ---------------------------------------------------------------- hostile ones


def folders(rng: random.Random, base: Path, room: Path) -> Iterator[Hostile]:
    """Hostile copies of a good folder, without end; each is gone when the next is asked for.

    Args:
        rng: Where chance comes from.
        base: What `small` has made.
        room: Where the copies are made.
    """
    number = 0
    while True:
        number += 1
        place = room / f"hostile{number}"
        folder, outside = place / rng.choice(NAMES), place / "outside"
        shutil.copytree(base, folder)
        outside.mkdir()
        (outside / "secret").write_text(SECRET, encoding="utf-8")
        change = rng.choice(CHANGES)
        try:
            what = f"{change.__name__}: {change(rng, folder, outside)}"
            yield Hostile(what, folder, outside)
        finally:
            shutil.rmtree(place)


NAMES = (
    "plain", "g[1]", "a*", "what?", "**", "it's", 'a "quote"', "semi;colon", "two words", "100%",
    "结果", "-lead", "{a,b}", "a=1", "$HOME", "~", "new\nline", "\x1b[31mred", "a\\b", "#1", "é",
)  # fmt: skip
"""Names that other programs take for patterns, options or commands."""


def _any(rng: random.Random, folder: Path) -> Path:
    return rng.choice(sorted(file for file in folder.rglob("*") if file.is_file()))


def _table(rng: random.Random, folder: Path, kinds: str = "*") -> Path:
    return rng.choice(sorted((folder / "chunks").glob(f"*.{kinds}.parquet")))


def flip(rng: random.Random, folder: Path, outside: Path) -> str:
    """One bit of one file."""
    file = _any(rng, folder)
    data = bytearray(file.read_bytes())
    at = rng.randrange(len(data))
    data[at] ^= 1 << rng.randrange(8)
    file.write_bytes(data)
    return f"{file.name} at {at}"


def lose(rng: random.Random, folder: Path, outside: Path) -> str:
    """One file."""
    file = _any(rng, folder)
    file.unlink()
    return file.name


def cut(rng: random.Random, folder: Path, outside: Path) -> str:
    """The end of a file."""
    file = _any(rng, folder)
    size = file.stat().st_size
    os.truncate(file, rng.choice([0, 1, size // 2, size - 1]))
    return file.name


def swap(rng: random.Random, folder: Path, outside: Path) -> str:
    """Two files of the same or of another kind."""
    one, other = _table(rng, folder), _table(rng, folder)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    return f"{one.name} and {other.name}"


def empty(rng: random.Random, folder: Path, outside: Path) -> str:
    """Take the rows of a table, and leave the rest."""
    file = _table(rng, folder)
    rows = parquet.read_table(file)
    parquet.write_table(rows.slice(0, rng.randrange(len(rows))), file)
    return file.name


def change_value(rng: random.Random, folder: Path, outside: Path) -> str:
    """Change a column, and write the table as others would."""
    file = _table(rng, folder)
    rows = parquet.read_table(file)
    name = rng.choice(rows.column_names)
    odd = rng.choice(
        [
            pa.nulls(len(rows)),
            pa.array([7] * len(rows)),
            pa.array(["x\x1b[31m"] * len(rows)),
            pa.array([float("inf")] * len(rows)),
            pa.array([[1, 2]] * len(rows)),
            pa.array([{"a": 1}] * len(rows)),
            pa.array([b"\xff"] * len(rows)),
        ]
    )
    at = rows.column_names.index(name)
    new = rng.choice([name, "point", "chunk", "Status", "identity", name.upper()])
    rows = rows.set_column(at, new, odd) if rng.random() < 0.7 else rows.append_column(new, odd)
    parquet.write_table(rows, file)
    return f"{file.name}, {name} to {new} of {odd.type}"


def link(rng: random.Random, folder: Path, outside: Path) -> str:
    """A file becomes a link to one elsewhere, or something that is no file."""
    names = ["sweep.lock", ".servanda.lock", "search.json", "report", "damaged", "shares.parquet"]
    file = rng.choice([_any(rng, folder), *(folder / name for name in names)])
    kind = rng.choice(["copy", "secret", "folder", "loop", "nowhere", "pipe", "device", "place"])
    if file.exists():
        shutil.copy(file, outside / file.name)
        file.unlink()
    targets = {
        "copy": outside / file.name, "secret": outside / "secret", "folder": outside, "loop": file,
        "nowhere": outside / "new", "device": Path("/dev/zero"),
    }  # fmt: skip
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "place":
        file.mkdir()
    else:
        file.symlink_to(targets[kind])
    return f"{file.name} to {kind}"


def link_chunks(rng: random.Random, folder: Path, outside: Path) -> str:
    """The folder of chunks lies elsewhere."""
    (folder / "chunks").rename(outside / "chunks")
    (folder / "chunks").symlink_to(outside / "chunks")
    return "chunks"


def add(rng: random.Random, folder: Path, outside: Path) -> str:
    """Files that nobody of ours has written."""
    name = rng.choice(
        ["x.runs.parquet", "._x.runs.parquet", "x.series.parquet", ".runs.parquet",
         "x\n.runs.parquet", "x\x1b[31m.runs.parquet", "notes.txt", "a.b.c.runs.parquet",
         ".servanda-x", "x.PARQUET"]
    )  # fmt: skip
    data = rng.choice([b"", b"PAR1", b"PAR1" * 8, b"\0" * 4096, _table(rng, folder).read_bytes()])
    (folder / "chunks" / name).write_bytes(data)
    return f"{name!r} of {len(data)} bytes"


def rename(rng: random.Random, folder: Path, outside: Path) -> str:
    """A chunk has another name, with dots."""
    runs = _table(rng, folder, "runs")
    name = runs.name.removesuffix(".runs.parquet")
    new = rng.choice([f"host1.{name}", f"{name}.runs", f"{name}.series.parquet", "-x", "'; --"])
    for file in sorted((folder / "chunks").iterdir()):
        if file.name.startswith(f"{name}."):
            file.rename(file.with_name(new + file.name.removeprefix(name)))
    return new


def repeat(rng: random.Random, folder: Path, outside: Path) -> str:
    """A chunk lies there twice."""
    runs = _table(rng, folder, "runs")
    name = runs.name.removesuffix(".runs.parquet")
    for file in sorted((folder / "chunks").iterdir()):
        if file.name.startswith(f"{name}."):
            shutil.copy(file, file.with_name("again" + file.name.removeprefix(name)))
    return name


def say(rng: random.Random, folder: Path, outside: Path) -> str:
    """One key of the manifest, at any depth, has an odd value, or is gone."""
    file = folder / "experiment.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    if rng.random() < 0.7:
        told.pop("seal")  # as of an earlier version, or of one who knows no seal
    at, path = told, []
    while True:
        key = rng.choice(sorted(at) if isinstance(at, dict) else range(len(at)))
        path.append(key)
        if not isinstance(at[key], dict | list) or not at[key] or rng.random() < 0.4:
            break
        at = at[key]
    if rng.random() < 0.2:
        del at[key]
        value: object = "gone"
    else:
        value = at[key] = rng.choice(ODD_VALUES)
    file.write_text(json.dumps(told), encoding="utf-8")
    return f"{path} is {str(value)[:40]!r}"


def say_nonsense(rng: random.Random, folder: Path, outside: Path) -> str:
    """The manifest is no manifest."""
    texts = [
        "", "{", "[]", "null", "[" * 100_000, '{"a":' * 5_000, '{"schema": 1}',
        '{"schema": Infinity}', '{"schema": 1' + "0" * 5_000 + "}", '{"schema": NaN}', "\ufeff{}",
        "\0",
    ]  # fmt: skip
    text = rng.choice(texts)
    (folder / "experiment.json").write_text(text, encoding="utf-8")
    return repr(text[:20])


def bomb(rng: random.Random, folder: Path, outside: Path) -> str:
    """A chunk in which everything is in order, and which unfolds to far more than it is."""
    rows, kind = 1_000_000, rng.choice(["runs", "series"])
    mine = parquet.read_table(_table(rng, folder, "runs")).slice(0, 1)
    series = parquet.read_table(_table(rng, folder, "series")).slice(0, 1)
    series = series.set_column(0, "identity", mine["identity"])

    def fill(table: pa.Table, times: int, file: IO[bytes], marks: object = None) -> Written:
        piece = min(times, 1_000_000)
        many = pa.table(
            [pa.repeat(column[0], piece) for column in table.columns], schema=table.schema
        )
        with writer(file, table.schema) as out:
            for _ in range(times // piece):
                out.write_table(many)
            out.add_key_value_metadata({SEAL.decode(): EMPTY.decode(), **(marks or {})})
        return Written(times, seal(file))

    many = {name: rows if name == kind else 1 for name in ("runs", "series")}
    tables = {"series": partial(fill, series.replace_schema_metadata(), many["series"])}
    runs = partial(fill, mine.replace_schema_metadata(), many["runs"])
    write_files_whole(chunk_files(folder / "chunks", "0bomb", tables, runs))
    return f"{rows:,} rows of {kind}"


CHANGES: tuple[Callable[[random.Random, Path, Path], str], ...] = (
    *[flip] * 5, *[lose] * 2, *[cut] * 2, *[swap] * 2, empty, *[change_value] * 3, *[link] * 3,
    link_chunks, *[add] * 2, rename, repeat, *[say] * 5, say_nonsense,
)  # fmt: skip
"""What is done to a folder; `bomb` takes seconds and is asked for by name."""


# ---------------------------------------------------------------- the promise


def right(base: Path) -> list[str]:
    """The answers of a good folder."""
    return [_call("query", "--csv", "--", base, sql).stdout for sql in ASKED]


def promise(one: Hostile, answers: list[str]) -> str:
    """What of the promise does not hold for a hostile folder; empty if it holds.

    Every command answers rightly or ends with exit 2 and one line; nothing outside is touched;
    compaction loses nothing.
    """
    outside = _prints(one.outside)
    before = _prints(one.folder)
    for sql, answer in zip(ASKED, answers, strict=True):
        done = _call("query", "--csv", "--", one.folder, sql)
        if wrong := _wrong(done, answer):
            return f"{one.what}: {sql}: {wrong}"
    for command in (("status",), ("status", "--verify")):
        if wrong := _wrong(_call(*command, "--", one.folder), None):
            return f"{one.what}: {command}: {wrong}"
    if _prints(one.folder) != before:
        return f"{one.what}: looking at a folder has changed it"
    done = _call("compact", "--", one.folder)
    if wrong := _wrong(done, None):
        return f"{one.what}: compact: {wrong}"
    if done.exit_code == 2 and {k: v for k, v in before.items() if "lock" not in k} != {
        k: v for k, v in _prints(one.folder).items() if "lock" not in k
    }:
        return f"{one.what}: compact was refused and has changed the folder"
    if done.exit_code == 0:
        for sql, answer in zip(ASKED, answers, strict=True):
            if wrong := _wrong(_call("query", "--csv", "--", one.folder, sql), answer):
                return f"{one.what}: after compact: {sql}: {wrong}"
    return f"{one.what}: files elsewhere were touched" if _prints(one.outside) != outside else ""


def _call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _wrong(done: Result, answer: str | None) -> str:
    if done.exit_code == 0:
        fewer = "runs are not done" in done.stderr
        return "" if fewer or answer in {None, done.stdout} else f"answered {done.stdout!r}"
    if done.exit_code != 2:
        return f"exit {done.exit_code}: {done.exception!r}"
    lines = [line for line in done.stderr.splitlines() if not line.startswith("warning")]
    if len(lines) != 1 or done.stdout or "\x1b" in done.stderr:
        return f"says {done.stderr!r}"
    return ""


def _prints(folder: Path) -> dict[str, object]:
    """What lies in a folder, with a checksum of each file; links are not followed."""
    found: dict[str, object] = {}
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        if file.is_symlink():
            found[name] = file.readlink()
        elif file.is_file():
            found[name] = zlib.crc32(file.read_bytes())
        else:
            found[name] = "no file"
    return found

"""Folders of results as they come from strangers and bad disks: hostile copies of a good one.

In: a good folder, such as `tests.good_folders.small` makes. Out: copies to which something was
done, and what of the promise about such folders does not hold. `benchmarks/hostile.py` does the
same things to the folder of a sweep.
"""

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

import pyarrow as pa
from pyarrow import parquet
from typer.testing import CliRunner, Result

from sim.cli import app

ASKED = (
    'SELECT "choice.noise", max(seed), round(sum(recovery), 9) FROM runs GROUP BY ALL ORDER BY 1',
    "SELECT point, count(*) AS n, round(sum(recovery), 9) AS a FROM series GROUP BY ALL ORDER BY 1",
    "SELECT count(*) AS n, sum(at_risk) AS a, min(identity) AS i FROM survival",
)
"""Questions whose answers must be right, or refused."""
SECRET = "what lies elsewhere"
"""Text of a file outside of the folder, to which links lead."""
ODD_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 2, 1.9, 1e308, 10**400, "", "1", "\x1b[31m", "../../x", [], {},
    [[]], {"a": {"b": [1]}}, "x" * 10_000,
)  # fmt: skip


type Change = Callable[[Random, Path, Path], str]
"""Does something to a folder, perhaps with another beside it, and says what."""


class Hostile(NamedTuple):
    """A hostile folder: what was done to it, and a folder beside it that nothing may touch."""

    what: str
    folder: Path
    outside: Path


# ---------------------------------------------------------------- hostile ones


def folders(rng: Random, base: Path, room: Path, changes: Sequence[Change]) -> Iterator[Hostile]:
    """Hostile copies of a good folder, without end; each is gone before the next is made."""
    for number in count():
        place = room / f"hostile{number}"
        folder, outside = place / rng.choice(NAMES), place / "outside"
        shutil.copytree(base, folder)
        outside.mkdir()
        (outside / "secret").write_text(SECRET, encoding="utf-8")
        change = rng.choice(changes)
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


def _any(rng: Random, folder: Path) -> Path:
    return rng.choice(sorted(file for file in folder.rglob("*") if file.is_file()))


def _table(rng: Random, folder: Path, kinds: str = "*") -> Path:
    return rng.choice(sorted((folder / "chunks").glob(f"*.{kinds}.parquet")))


def flip(rng: Random, folder: Path, outside: Path) -> str:
    """One bit of one file."""
    file = _any(rng, folder)
    data = bytearray(file.read_bytes())
    at = rng.randrange(len(data))
    data[at] ^= 1 << rng.randrange(8)
    file.write_bytes(data)
    return f"{file.name} at {at}"


def lose(rng: Random, folder: Path, outside: Path) -> str:
    """One file."""
    file = _any(rng, folder)
    file.unlink()
    return file.name


def cut(rng: Random, folder: Path, outside: Path) -> str:
    """The end of a file."""
    file = _any(rng, folder)
    size = file.stat().st_size
    os.truncate(file, rng.choice([0, 1, size // 2, size - 1]))
    return file.name


def swap(rng: Random, folder: Path, outside: Path) -> str:
    """Two files of the same or of another kind."""
    one, other = _table(rng, folder), _table(rng, folder)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    return f"{one.name} and {other.name}"


def change_value(rng: Random, folder: Path, outside: Path) -> str:
    """Change a column, and write the table as others would."""
    file = _table(rng, folder)
    rows = parquet.read_table(file)
    name = rng.choice(rows.column_names)
    value = rng.choice([None, 7, "x\x1b[31m", float("inf"), [1, 2], {"a": 1}, b"\xff"])
    odd = pa.array([value] * len(rows))
    at = rows.column_names.index(name)
    new = rng.choice([name, "point", "chunk", "Status", "identity", name.upper()])
    rows = rows.set_column(at, new, odd) if rng.random() < 0.7 else rows.append_column(new, odd)
    parquet.write_table(rows, file)
    return f"{file.name}, {name} to {new} of {odd.type}"


def link(rng: Random, folder: Path, outside: Path) -> str:
    """A file becomes a link to one elsewhere, or something that is no file."""
    names = ["sweep.lock", ".servanda.lock", "search.json", "report", "damaged", "shares.parquet"]
    file = rng.choice([_any(rng, folder), *(folder / name for name in names)])
    targets = {
        "copy": outside / file.name, "secret": outside / "secret", "folder": outside, "loop": file,
        "nowhere": outside / "new", "device": Path("/dev/zero"), "pipe": None, "place": None,
    }  # fmt: skip
    kind, target = rng.choice(list(targets.items()))
    if file.exists():
        shutil.copy(file, outside / file.name)
        file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif target is None:
        file.mkdir()
    else:
        file.symlink_to(target)
    return f"{file.name} to {kind}"


def link_chunks(rng: Random, folder: Path, outside: Path) -> str:
    """The folder of chunks lies elsewhere."""
    (folder / "chunks").rename(outside / "chunks")
    (folder / "chunks").symlink_to(outside / "chunks")
    return "chunks"


def add(rng: Random, folder: Path, outside: Path) -> str:
    """Files that nobody of ours has written."""
    name = rng.choice(
        ["x.runs.parquet", "._x.runs.parquet", "x.series.parquet", ".runs.parquet",
         "x\n.runs.parquet", "x\x1b[31m.runs.parquet", "notes.txt", "a.b.c.runs.parquet",
         ".servanda-x", "x.PARQUET"]
    )  # fmt: skip
    data = rng.choice([b"", b"PAR1", b"PAR1" * 8, b"\0" * 4096, _table(rng, folder).read_bytes()])
    (folder / "chunks" / name).write_bytes(data)
    return f"{name!r} of {len(data)} bytes"


def repeat(rng: Random, folder: Path, outside: Path) -> str:
    """A chunk lies there twice."""
    name = _table(rng, folder, "runs").name.removesuffix(".runs.parquet")
    for file in sorted((folder / "chunks").glob(f"{name}.*")):
        shutil.copy(file, file.with_name("again" + file.name.removeprefix(name)))
    return name


def say(rng: Random, folder: Path, outside: Path) -> str:
    """One key of the manifest, at any depth, has an odd value, or is gone."""
    file = folder / "experiment.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    if rng.random() < 0.7:
        told.pop("seal")  # as of an earlier version, or of one who knows no seal
    at, path = told, []
    while True:
        path.append(rng.choice(sorted(at) if isinstance(at, dict) else range(len(at))))
        below = at[path[-1]]
        if not isinstance(below, dict | list) or not below or rng.random() < 0.4:
            break
        at = below
    value = at[path[-1]] = rng.choice(ODD_VALUES)
    if rng.random() < 0.2:
        del at[path[-1]]
    file.write_text(json.dumps(told), encoding="utf-8")
    return f"{path} is {str(value)[:40]!r} or gone"


CHANGES: tuple[Change, ...] = (
    *[flip] * 5, *[lose] * 2, *[cut] * 2, *[swap] * 2, *[change_value] * 3, *[link] * 3,
    link_chunks, *[add] * 2, repeat, *[say] * 5,
)  # fmt: skip
"""What is done to a folder."""


# ---------------------------------------------------------------- the promise


def right(base: Path) -> list[str]:
    """The answers of a good folder."""
    return [_call("query", "--csv", "--", base, sql).stdout for sql in ASKED]


def promise(one: Hostile, answers: list[str]) -> str:
    """What of the promise does not hold for a hostile folder; empty if it holds.

    Every command answers rightly or ends with exit 2 and one line; nothing outside is touched;
    compaction loses nothing.
    """
    outside, before = prints(one.outside), prints(one.folder)

    done: list[Result] = []

    def wrong(*command: str, more: tuple[str, ...] = (), answer: str | None = None) -> str:
        done.append(_call(*command, "--", one.folder, *more))
        found = _wrong(done[-1], answer)
        return found and f"{one.what}: {' '.join((*command, *more))}: {found}"

    def asked() -> str:
        tried = zip(ASKED, answers, strict=True)
        found = (wrong("query", "--csv", more=(sql,), answer=answer) for sql, answer in tried)
        return next(filter(None, found), "")

    if found := asked() or wrong("status") or wrong("status", "--verify"):
        return found
    if prints(one.folder) != before:
        return f"{one.what}: looking at a folder has changed it"
    if found := wrong("compact"):
        return found
    if done[-1].exit_code == 2 and _unlocked(before) != _unlocked(prints(one.folder)):
        return f"{one.what}: compact was refused and has changed the folder"
    if done[-1].exit_code == 0 and (found := asked()):
        return f"after compact: {found}"
    return f"{one.what}: files elsewhere were touched" if prints(one.outside) != outside else ""


def _unlocked(prints: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in prints.items() if "lock" not in name}


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


def prints(folder: Path) -> dict[str, object]:
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

"""Whole inputs: a folder of files and a command line, made from a number.

In: a number. Out: an `Input`; the same number gives the same one.
"""

import io
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from tests.hostile import texts
from tests.hostile.texts import spoilt

SMALL = ("--debtors", "20", "--months", "1")


@dataclass(frozen=True)
class Input:
    """What a command is given.

    Args:
        kind: Which sort of input.
        words: The command line.
        files: Contents by name.
        folder: Whether a finished sweep stands in ``swept``, spoilt by `spoil`.
        spoil: What is done to the folder before the command is called.
    """

    kind: str
    words: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    spoil: Callable[[Path], None] | None = None

    def lay(self, place: Path) -> None:
        """Put the files into a folder, beside what is there for all."""
        (place / "base.toml").write_text(f'{texts.HEAD}extends = "village"\n', encoding="utf-8")
        (place / "code.py").write_text("def extend(model): pass\n", encoding="utf-8")
        os.mkfifo(place / "pipe")
        (place / "loop").symlink_to("loop")
        for name, data in self.files.items():
            (place / name).write_bytes(data)
        if self.spoil is not None:
            self.spoil(place)


def made(number: int, kinds: tuple[str, ...] = ()) -> Input:
    """The input with a number, of one of the kinds named or of any."""
    chance = Random(number)
    kind = chance.choice(kinds or tuple(KINDS))
    return KINDS[kind](chance)


def _scenario(chance: Random) -> Input:
    data = spoilt(chance, chance.choice(texts.SCENARIOS))
    words = chance.choice(
        (
            *(("check", "self.toml"), ("check", "self.toml"), ("run", "self.toml", *SMALL)),
            *(("compare", "village", "self.toml", "--replicates", "2", *SMALL),),
            *(("run", "self.toml", "--allow-code", *SMALL), ("check", "self.toml", "base.toml")),
            *(("cost", "self.toml", "--replicates", "0"),),
        )
    )
    return Input("scenario", words, {"self.toml": data})


def _experiment(chance: Random) -> Input:
    data = spoilt(chance, chance.choice(texts.EXPERIMENTS))
    return Input("experiment", _of_an_experiment(chance), {"self.toml": data})


def _of_an_experiment(chance: Random) -> tuple[str, ...]:
    return chance.choice(
        (
            *(("check", "self.toml"), ("plan", "self.toml", "--no-measure")),
            *(("sweep", "self.toml", "--out", "out", "--jobs", "1"),),
            *(("plan", "self.toml", "--no-measure", "--json"),),
        )
    )


def _points(chance: Random) -> Input:
    cells = (
        "",
        "-",
        "1,5",
        "1.500",
        "1 000",
        "1e400",
        "nan",
        "−1",
        '"',
        "=1+1",
        "village",
        "x" * 2000,
    )
    data = spoilt(chance, chance.choice(texts.POINTS), tuple(f",{cell};" for cell in cells))
    if chance.random() < 0.3:
        data = data.replace(
            b"what", chance.choice((b"status", b"point", b"Recovery", "说明".encode()))
        )
    file = texts.POINTS_FILE.encode()
    if chance.random() < 0.2:
        file = spoilt(chance, texts.POINTS_FILE)
    if chance.random() < 0.1:
        file = file.replace(
            b"points.csv", chance.choice((b"../x.csv", b"/dev/zero", b"pipe", b"loop"))
        )
    return Input("points", _of_an_experiment(chance), {"self.toml": file, "points.csv": data})


def _parquet(chance: Random) -> Input:
    count = chance.choice((0, 1, 3, 1000))
    columns: dict[str, pa.Array] = {}
    for name in chance.sample(
        ("what", "comprehensive.officers", "choice.noise", "population.size"), 3
    ):
        columns[name] = chance.choice(COLUMNS)(count)
    file = io.BytesIO()
    parquet.write_table(
        pa.table(columns), file, compression=chance.choice(("none", "zstd", "snappy"))
    )
    data = file.getvalue()
    if chance.random() < 0.5:
        data = chance.choice(texts.RAW[:2])(chance, data)
    if chance.random() < 0.1:
        data = data[: chance.randrange(len(data))]
    text = texts.POINTS_FILE.replace("points.csv", "points.parquet").encode()
    return Input("parquet", _of_an_experiment(chance), {"self.toml": text, "points.parquet": data})


COLUMNS: tuple[Callable[[int], pa.Array], ...] = (
    lambda n: pa.array(np.linspace(0.1, 0.2, n)),
    lambda n: pa.array(np.full(n, np.nan)),
    lambda n: pa.array(["a"] * n, pa.string()),
    lambda n: pa.array(["a"] * n, pa.string()).dictionary_encode(),
    lambda n: pa.array([20] * n, pa.int64()),
    lambda n: pa.array([2**64 - 1] * n, pa.uint64()),
    lambda n: pa.array([True] * n, pa.bool_()),
    pa.nulls,
    lambda n: pa.array([0] * n, pa.date32()),
    lambda n: pa.array([0] * n, pa.timestamp("ns")),
    lambda n: pa.array([0] * n, pa.duration("s")),
    lambda n: pa.array([[1]] * n, pa.list_(pa.int64())),
    lambda n: pa.array([{"a": 1}] * n, pa.struct([("a", pa.int64())])),
    lambda n: pa.array([b"\xff"] * n, pa.binary()),
    lambda n: pa.array(["x" * 10_000] * n, pa.string()),
)


def _set(chance: Random) -> Input:
    paths = (
        *("run.months", "population.size", "sanctions.late_interest", "levers.sanctions.fine_rate"),
        *("choice.behaviour", "policies.special.dose", "policies.0.set", "evasions.stall.cost"),
        *("kinds", "kinds.person.share", "extends", "extensions", "a.b", "", ".", "..", "title"),
        *("policies", "levers", "added_levers.x", "format", "a" * 5000, ".".join("a" * 40)),
    )
    given = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        sign = chance.choice(("=", "=", "=", "", "=="))
        given.append(f"{chance.choice(paths)}{sign}{chance.choice(texts.VALUES)}")
    words = [word for one in given for word in ("--set", one)]
    scenario = chance.choice(("village", "special", "base.toml"))
    return Input("set", ("run", scenario, *words, "--debtors", "20", "--months", "1"))


NUMBERS = ("0", "-1", "1", "2.5", "9" * 18, "9" * 30, "9" * 5000, "1e9", "nan", "", "x", "١", "−1")


def _options(chance: Random) -> Input:
    options = {
        "run": ("--debtors", "--months", "--seed", "--panel", "--set"),
        "compare": ("--debtors", "--months", "--seed", "--replicates", "--precision"),
        "plan": ("--debtors", "--months", "--replicates"),
        "check": (),
    }
    command = chance.choice(tuple(options))
    source = {"run": ["village"], "compare": ["village", "special"], "plan": ["six_modes"]}
    words = [command, *source.get(command, [chance.choice(NAMES)])]
    for option in chance.sample(options[command], min(2, len(options[command]))):
        words += [option, chance.choice(NUMBERS)]
    if command == "run":
        words += ["--months", "1"] if "--months" not in words else []
        words += ["--debtors", "20"] if "--debtors" not in words else []
    if command == "plan":
        words += ["--no-measure"]
    return Input("options", tuple(words))


NAMES = (
    *("pipe", "./pipe", "loop", "./loop", "/dev/zero", "/dev/urandom", "/dev/null", ".", "/", ""),
    *(
        "none",
        "none.toml",
        "six_mode",
        "x" * 300,
        "x/" * 3000,
        "a\x1b[31m.toml",
        "a\nb.toml",
        "../x",
    ),
    *("\udcff.toml", "village/", "/proc/self/mem", "/proc/kmsg", "~", "self.toml/x"),
)


def _names(chance: Random) -> Input:
    name = chance.choice(NAMES)
    words = chance.choice(
        (
            *(("check", name), ("run", name), ("sweep", name, "--out", "out"), ("plan", name)),
            *(("compare", "village", name), ("status", name), ("query", name, "SELECT 1")),
            *(("retry", name), ("compact", name), ("optimise", name, "--out", "out")),
        )
    )
    return Input("names", words)


JSON = ("null", "1", "-1", '"x"', "[]", "{}", "NaN", "Infinity", "9" * 400, "true", "1.9", '"1"')


def _folder(chance: Random) -> Input:
    """A folder of results of which one file is not as it was."""

    def spoil(place: Path) -> None:
        swept = place / "swept"
        files = sorted(path for path in swept.rglob("*") if path.is_file())
        victim = chance.choice(files)
        raw = victim.read_bytes()
        way = chance.choice(("bits", "bytes", "cut", "gone", "empty", "link", "pipe", "key"))
        if way == "key" and victim.suffix == ".json":
            about = json.loads(raw)
            key = chance.choice(sorted(about))
            if chance.random() < 0.3:
                del about[key]
                victim.write_text(json.dumps(about), encoding="utf-8")
            else:
                about[key] = "SPOILT"
                text = json.dumps(about).replace('"SPOILT"', chance.choice(JSON))
                victim.write_text(text, encoding="utf-8")
            return
        victim.unlink()
        if way in {"bits", "key"}:
            victim.write_bytes(texts.RAW[0](chance, raw))
        elif way == "bytes":
            victim.write_bytes(texts.RAW[1](chance, raw))
        elif way == "cut":
            victim.write_bytes(raw[: chance.randrange(len(raw) + 1)])
        elif way == "empty":
            victim.write_bytes(b"")
        elif way == "link":
            victim.symlink_to("/dev/zero")
        elif way == "pipe":
            os.mkfifo(victim)

    words = chance.choice(
        (
            *(("status", "swept"), ("query", "swept", "SELECT * FROM runs"), ("compact", "swept")),
            *(("retry", "swept"), ("status", "swept", "--json"), ("shapley", "swept")),
        )
    )
    return Input("folder", words, {}, spoil)


KINDS: dict[str, Callable[[Random], Input]] = {
    "scenario": _scenario,
    "experiment": _experiment,
    "points": _points,
    "parquet": _parquet,
    "set": _set,
    "options": _options,
    "names": _names,
    "folder": _folder,
}
"""What makes each kind of input."""

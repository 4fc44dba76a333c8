"""Whole inputs: a folder of files and a command line, made from a number.

In: a number. Out: an `Input`; the same number gives the same one.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.hostile import texts
from tests.hostile.texts import spoilt
from tests.hostile_folders import CHANGES, SECRET

SMALL = ("--debtors", "20", "--months", "1")


@dataclass(frozen=True)
class Input:
    """What a command is given.

    Args:
        kind: Which sort of input.
        words: The command line.
        files: Contents by name.
        spoil: What is done, before the command is called, to a finished sweep in ``swept``.
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


OF_A_SCENARIO = (
    ("check", "self.toml"),
    ("run", "self.toml", *SMALL),
    ("compare", "village", "self.toml", "--replicates", "2", *SMALL),
    ("run", "self.toml", "--allow-code", *SMALL),
    ("check", "self.toml", "base.toml"),
    ("cost", "self.toml", "--replicates", "0"),
)
OF_AN_EXPERIMENT = (
    ("check", "self.toml"),
    ("plan", "self.toml", "--no-measure"),
    ("sweep", "self.toml", "--out", "out", "--jobs", "1"),
    ("plan", "self.toml", "--no-measure", "--json"),
)
CELLS = (
    "", "-", "1,5", "1.500", "1 000", "1e400", "nan", "−1", '"', "=1+1", "village", "x" * 2000,
)  # fmt: skip
HEADS = (b"status", b"point", b"Recovery", "说明".encode())
PLACES = (b"../x.csv", b"/dev/zero", b"pipe", b"loop")


def _scenario(chance: Random) -> Input:
    data = spoilt(chance, chance.choice(texts.SCENARIOS))
    return Input("scenario", chance.choice(OF_A_SCENARIO), {"self.toml": data})


def _experiment(chance: Random) -> Input:
    data = spoilt(chance, chance.choice(texts.EXPERIMENTS))
    return Input("experiment", chance.choice(OF_AN_EXPERIMENT), {"self.toml": data})


def _points(chance: Random) -> Input:
    data = spoilt(chance, chance.choice(texts.POINTS), tuple(f",{cell};" for cell in CELLS))
    if chance.random() < 0.3:
        data = data.replace(b"what", chance.choice(HEADS))
    file = texts.POINTS_FILE.encode()
    if chance.random() < 0.2:
        file = spoilt(chance, texts.POINTS_FILE)
    if chance.random() < 0.1:
        file = file.replace(b"points.csv", chance.choice(PLACES))
    files = {"self.toml": file, "points.csv": data}
    return Input("points", chance.choice(OF_AN_EXPERIMENT), files)


OF_EVIDENCE = (
    ("data", "check", "."),
    ("data", "check", ".", "--json"),
    ("data", "convert", "data.csv", "--to", "out", "--measure", "value=fines", "--cumulative"),
    ("data", "convert", "sheet.csv", "--to", "out", "--measure", "x=fines"),
    ("data", "convert", "sheet.csv", "--to", "out", "--mapping", "court.toml"),
)


def _evidence(chance: Random) -> Input:
    """A folder of figures, one file of which is spoilt."""
    files = {name: text.encode() for name, text in texts.EVIDENCE.items()}
    name = chance.choice(tuple(files))
    values = CELLS if name.endswith(".csv") else texts.VALUES
    files[name] = spoilt(chance, texts.EVIDENCE[name], tuple(f",{one}," for one in values))
    return Input("evidence", chance.choice(OF_EVIDENCE), files)


PATHS = (
    "run.months", "population.size", "sanctions.late_interest", "levers.sanctions.fine_rate",
    "choice.behaviour", "policies.special.dose", "policies.0.set", "evasions.stall.cost",
    "kinds", "kinds.person.share", "extends", "extensions", "a.b", "", ".", "..", "title",
    "policies", "levers", "added_levers.x", "format", "a" * 5000, ".".join("a" * 40),
)  # fmt: skip


def _set(chance: Random) -> Input:
    words = []
    for _ in range(chance.choice((1, 1, 2, 4))):
        sign = chance.choice(("=", "=", "=", "", "=="))
        words += ["--set", f"{chance.choice(PATHS)}{sign}{chance.choice(texts.VALUES)}"]
    return Input("set", ("run", chance.choice(("village", "special", "base.toml")), *words, *SMALL))


NAMES = (
    "pipe", "./pipe", "loop", "./loop", "/dev/zero", "/dev/urandom", "/dev/null", ".", "/", "",
    "none", "none.toml", "six_mode", "x" * 300, "x/" * 3000, "a\x1b[31m.toml", "a\nb.toml", "../x",
    "\udcff.toml", "village/", "/proc/self/mem", "/proc/kmsg", "~", "self.toml/x",
)  # fmt: skip


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


OF_A_FOLDER = (
    *(("status", "swept"), ("query", "swept", "SELECT * FROM runs"), ("compact", "swept")),
    *(("retry", "swept"), ("status", "swept", "--json"), ("shapley", "swept")),
)


def _folder(chance: Random) -> Input:
    """A folder of results to which something was done."""

    def spoil(place: Path) -> None:
        (place / "outside").mkdir()
        (place / "outside" / "secret").write_text(SECRET, encoding="utf-8")
        chance.choice(CHANGES)(chance, place / "swept", place / "outside")

    return Input("folder", chance.choice(OF_A_FOLDER), {}, spoil)


KINDS: dict[str, Callable[[Random], Input]] = {
    "scenario": _scenario,
    "experiment": _experiment,
    "points": _points,
    "evidence": _evidence,
    "set": _set,
    "names": _names,
    "folder": _folder,
}
"""What makes each kind of input."""

"""Claims about compiling: code is never older than its sources, wherever it is kept."""

import ast
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engine import compile as compiling
from sim.engine.compile import KERNELS, cache_folder, compile_kernels, kernel, rule, user_cache
from sim.engine.source import COMPILED, PACKAGE, source_hash
from sim.errors import ServandaError
from sim.machine import own as owning
from sim.machine.own import own
from sim.world import DECIDING, code_hash
from tests.engine.loops import loop

IGNORE = shutil.ignore_patterns("__pycache__")
FILES = [part if part.endswith(".py") else f"{part}/parts/own.py" for part in COMPILED]
BOUNDS = "sim.engine.compile.config.BOUNDSCHECK"


# ---------------------------------------------------------------- what the folder is named after


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with one file in every room that decides numbers."""
    made = tmp_path / "one" / "sim"
    for file in FILES:
        (made / file).parent.mkdir(parents=True, exist_ok=True)
        (made / file).write_text("ANSWER = 41\n", encoding="utf-8")
    return made


def copied(package: Path, name: str = "two") -> Path:
    """The package in another place: the hash of one place is worked out once a process."""
    return shutil.copytree(package, package.parent.parent / name / "sim")


def hashed(package: Path) -> str:
    """The hash of what decides compiled code."""
    return source_hash(COMPILED, package)


def test_a_changed_statement_gives_another_folder_and_another_place_does_not(package: Path) -> None:
    same = copied(package)
    assert (hashed(same), cache_folder(same)) == (hashed(package), cache_folder(package))
    assert re.fullmatch(r"[0-9a-f]{64}", hashed(package))
    for number, file in enumerate(FILES):
        changed = copied(package, str(number))
        (changed / file).write_text("ANSWER = 40\n", encoding="utf-8")
        assert hashed(changed) != hashed(package), file
        assert cache_folder(changed) != cache_folder(package), file


NUMBERS = '''"""A file."""
from typing import Annotated

from sim.engine.record import Quantity as Q


class Some:
    """A declaration."""

    size: Annotated[float, Q(unit="", low=0.0, high=2.0, source="assumed", bites={"a.b": 3})] = 1.0
    """A docstring."""


def rule(x: float) -> float:
    """A rule."""
    if x < 0.0:
        raise ValueError(f"{x} is too low")
    return x + 1.0  # one more
'''


def both(package: Path, old: str, new: str) -> tuple[str, str]:
    """Hashes of a package with a file, and with a change of that file."""
    assert NUMBERS.count(old) == 1
    changed = copied(package)
    for folder, text in ((package, NUMBERS), (changed, NUMBERS.replace(old, new))):
        (folder / "agents/parts/own.py").write_text(text, encoding="utf-8")
    return hashed(package), hashed(changed)


WORDS = [
    ("A file.", "This file."),
    ("A docstring.", "A better one."),
    ("A rule.", "A rule of one agent."),
    ("is too low", "is below 0"),
    ("# one more", "# and one"),
    ('"assumed"', '"measured"'),
    ('"a.b": 3', '"a.c": 4'),
    ("\n\n\ndef", "\n\n\n\ndef"),
]
DECIDE = [
    ("x + 1.0", "x + 2.0"),
    ("x + 1.0", "x - 1.0"),
    ("x < 0.0", "x <= 0.0"),
    ("] = 1.0", "] = 1.5"),
    ("high=2.0", "high=3.0"),
    ("ValueError", "KeyError"),
    ("class Some", "class Other"),
]


@pytest.mark.parametrize(("old", "new"), [*WORDS, *DECIDE])
def test_all_but_words_decides_numbers(package: Path, old: str, new: str) -> None:
    before, after = both(package, old, new)
    assert (before == after) == ((old, new) in WORDS)


@pytest.mark.parametrize("place", ["agents/parts/other.py", "month/parts/other.py"])
def test_a_renamed_moved_or_added_file_gives_another_hash(package: Path, place: str) -> None:
    changed = copied(package)
    (changed / place).touch()
    assert hashed(changed) != hashed(package)
    (changed / "agents/parts/own.py").rename(changed / place)
    source_hash.cache_clear()
    assert hashed(changed) != hashed(package)


@pytest.mark.parametrize("file", ["cli/main.py", "month/notes.md", "setup.py", "measure/more.py"])
def test_what_decides_no_number_does_not_count(package: Path, file: str) -> None:
    changed = copied(package)
    (changed / file).parent.mkdir(exist_ok=True)
    (changed / file).write_text("ANSWER = 42\n", encoding="utf-8")
    assert hashed(changed) == hashed(package)


def test_indicators_decide_results_and_no_compiled_code() -> None:
    assert "measure" in DECIDING
    assert "measure" not in COMPILED
    assert code_hash() == source_hash(DECIDING) != source_hash()


def test_another_version_machine_or_bounds_checking_gives_another_folder(monkeypatch) -> None:
    monkeypatch.setattr(BOUNDS, None)
    folders = [cache_folder()]
    monkeypatch.setattr(BOUNDS, 0)
    assert cache_folder() == folders[0]
    another = SimpleNamespace(__version__="0.0")
    changes: list[tuple[Any, ...]] = [(BOUNDS, 1), (compiling, "numba", another)]
    changes += [(compiling, "np", another), (platform, "python_version", lambda: "another")]
    for change in [*changes, (platform, "machine", lambda: "another")]:
        with monkeypatch.context() as changed:
            changed.setattr(*change)
            folders.append(cache_folder())
    assert len(set(folders)) == len(folders) == 6


# ---------------------------------------------------------------- where the folder is


@pytest.mark.parametrize(
    ("system", "variable", "place"),
    [
        ("linux", "XDG_CACHE_HOME", "given/servanda"),
        ("linux", None, ".cache/servanda"),
        ("darwin", None, "Library/Caches/servanda"),
        ("win32", "LOCALAPPDATA", "given/servanda"),
        ("win32", None, "AppData/Local/servanda"),
    ],
)
def test_each_system_has_its_place_unless_the_user_names_another(
    system: str, variable: str | None, place: str, monkeypatch, tmp_path: Path
) -> None:
    for name in ("SERVANDA_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "given"))
    assert user_cache() == tmp_path / place
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path / "named"))
    assert user_cache() == cache_folder().parent == tmp_path / "named"


def test_a_folder_that_cannot_be_made_is_replaced(monkeypatch, tmp_path: Path, caplog) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    config = vars(compiling)["config"]
    monkeypatch.setattr(config, "CACHE_DIR", "")
    wanted = cache_folder()
    assert compiling._use_cache() == wanted
    used = Path(config.CACHE_DIR)
    assert used.is_dir()
    assert used == cache_folder()  # for the processes that this one starts, too
    assert used.is_relative_to(tmp_path)
    assert used != wanted
    (message,) = caplog.messages
    assert message.startswith(f"{wanted}: ")
    assert "; compiled code cannot be kept there" in message


# ---------------------------------------------------------------- rules and kernels


class Few(NamedTuple):
    """A state of one array."""

    cells: np.ndarray


@rule
def inverse(x: float) -> float:
    return 1.0 / x


@loop
def invert(state, first, last):
    for row in range(first, last):
        state.cells[row] = inverse(state.cells[row])


def test_a_rule_and_a_kernel_stay_plain_functions_and_divide_as_python_does() -> None:
    def plain(x: float) -> float:
        return x

    assert rule(plain) is plain
    cells = np.array([4.0, 4.0])
    invert.py_func(Few(cells), 0, 1)
    assert cells.tolist() == [0.25, 4.0]
    with pytest.raises(ZeroDivisionError):
        invert(Few(np.array([1.0, 0.0])), 0, 2)


@loop
def cancel(state, first, last):
    for row in range(first, last):
        state.cells[row] = (state.cells[row] + 1e16) - 1e16


def test_compiling_ahead_leaves_nothing_to_compile_and_reorders_no_sum() -> None:
    cells = np.array([0.5, 3.0])
    compile_kernels([cancel], Few(cells))
    assert cells.tolist() == [0.5, 3.0]  # compiled, not run
    compiled: Any = cancel
    before = compiled.signatures
    compiled(Few(cells), 0, 2)
    assert len(compiled.signatures) == len(before) == 1
    assert cells.tolist() == [0.0, 4.0]


def test_every_kernel_of_the_process_is_listed_in_order() -> None:
    def one(state, first, last):
        pass

    def two(state, first, last):
        pass

    made = [kernel(one), kernel(two)]
    assert KERNELS[-2:] == made
    del KERNELS[-2:]


def imported(path: Path) -> set[str]:
    """The full names of what a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_file_with_rules_or_kernels_decides_the_folder() -> None:
    words = {f"sim.engine.compile.{word}" for word in ("rule", "kernel", "overload")}
    files = [p.relative_to(PACKAGE) for p in PACKAGE.rglob("*.py") if words & imported(p)]
    assert files
    assert [path for path in files if path.parts[0] not in DECIDING] == []


def test_only_one_file_imports_numba() -> None:
    compilers = {"numba", "llvmlite"}
    found = [p for p in PACKAGE.rglob("*.py") if compilers & {n.split(".")[0] for n in imported(p)}]
    assert [path.relative_to(PACKAGE).as_posix() for path in found] == ["engine/compile.py"]


# ---------------------------------------------------------------- from end to end

RULE = """
from sim.engine.compile import rule

@rule
def answer(x):
    return x + {added}.0
"""
LOOP = """
from typing import NamedTuple

import numpy as np

from sim.agents.x import answer
from sim.engine.compile import kernel


class State(NamedTuple):
    cells: np.ndarray


@kernel
def ask(state, first, last):
    for row in range(first, last):
        state.cells[row] = answer(state.cells[row])
"""
MAIN = """
import sys

import numpy as np

from sim.engine.compile import cache_folder
from sim.month.y import State, ask

cells = np.array([1.0, 2.0])
try:
    ask(State(cells), 0, int(sys.argv[1]))
except IndexError:
    print("IndexError")
else:
    print(*cells)
print(sum(ask.stats.cache_hits.values()))
print(cache_folder().name)
"""


class Simulation:
    """A tiny package with the real engine, one rule and one kernel."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sim, self.cache = folder, folder / "sim", folder / "cache"
        for room in ("engine", "machine"):
            shutil.copytree(PACKAGE / room, self.sim / room, ignore=IGNORE)
        (self.sim / "__init__.py").touch()  # else an installed package of the name would win
        for name in ("terms.py", "errors.py"):
            shutil.copy(PACKAGE / name, self.sim)
        for room in ("agents", "month"):
            (self.sim / room).mkdir()
        (self.sim / "month" / "y.py").write_text(LOOP, encoding="utf-8")
        (folder / "main.py").write_text(MAIN, encoding="utf-8")
        self.say(added=40)

    def say(self, added: int) -> None:
        """Write the rule."""
        (self.sim / "agents" / "x.py").write_text(RULE.format(added=added), encoding="utf-8")

    def ask(self, *, rows: int = 2, **environment: str) -> tuple[str, int, str]:
        """Run the kernel in a process of its own: answer, hits of the cache, folder."""
        done = self.call(rows=rows, **environment)
        assert done.returncode == 0, done.stderr
        answer, hits, folder = done.stdout.splitlines()
        return answer, int(hits), folder

    def refusal(self, **environment: str) -> str:
        """The last line of a process that stops."""
        done = self.call(**environment)
        assert done.returncode == 1
        return done.stderr.splitlines()[-1]

    def call(self, *, rows: int = 2, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run the kernel in a process of its own."""
        place = {"SERVANDA_CACHE": str(self.cache), "PYTHONDONTWRITEBYTECODE": "1"}
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "PYTHONPATH"))}
        return subprocess.run(
            [sys.executable, "main.py", str(rows)],
            cwd=self.folder,
            env=clean | place | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    """The tiny package, not yet compiled."""
    return Simulation(tmp_path)


def test_compiled_code_is_kept_until_a_rule_in_another_file_or_bounds_checking_changes(
    simulation: Simulation,
) -> None:
    first, hits, folder = simulation.ask()
    assert (first, hits) == ("41.0 42.0", 0)
    answer, hits, checked = simulation.ask(rows=3, NUMBA_BOUNDSCHECK="1")
    assert (answer, hits) == ("IndexError", 0)
    simulation.say(added=50)
    again, hits, other = simulation.ask()
    assert (again, hits) == ("51.0 52.0", 0)
    assert len({folder, checked, other}) == 3
    simulation.say(added=40)
    assert simulation.ask() == (first, 1, folder)
    # doctored code is refused in one line
    kept = simulation.cache / folder
    (kept / "month_x").mkdir(mode=0o777)
    kept.chmod(0o777)
    refused = f"{kept}: compiled code"
    assert simulation.refusal().startswith(f"sim.errors.ServandaError: {refused}")


def test_numba_told_not_to_compile_is_said_in_one_line(simulation: Simulation) -> None:
    why = "NUMBA_DISABLE_JIT: rules cannot be compiled while it is set; unset it"
    refusal = simulation.refusal(NUMBA_DISABLE_JIT="1")
    assert refusal.startswith(f"sim.errors.ServandaError: {why}")


def test_a_cache_that_cannot_be_written_stops_no_run(simulation: Simulation) -> None:
    (simulation.folder / "file").touch()
    temporary = simulation.folder / "tmp"
    temporary.mkdir()
    place = {"SERVANDA_CACHE": str(simulation.folder / "file"), "TMPDIR": str(temporary)}
    answer, *_ = simulation.ask(**place)
    assert answer == "41.0 42.0"
    assert not list(temporary.iterdir())


# ---------------------------------------------------------------- whose code is loaded


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder of compiled code of this user, with one file."""
    folder = tmp_path / "cache" / "kept"
    own(folder)
    (folder / "month").mkdir()
    (folder / "month" / "y.nbi").touch(mode=0o644)
    return folder


def test_a_folder_of_compiled_code_is_open_to_its_user_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == kept.parent.stat().st_mode & 0o777 == 0o700
    kept.chmod(0o755)  # as earlier versions left it
    (kept / "month" / "y.nbi").chmod(0o644)
    own(kept)
    assert kept.stat().st_mode & 0o777 == 0o700
    (kept / "month" / "y.nbi").chmod(0o664)  # by a mask that lets the group write
    own(kept)  # files of a folder that was always closed may have any mode


@pytest.mark.parametrize("path", [".", "kept", "kept/month", "kept/month/y.nbi"])
def test_what_others_can_write_is_not_loaded(kept: Path, path: str) -> None:
    kept.chmod(0o755)
    (kept.parent / path).chmod(0o775)
    told = "others can write to it; remove it, or name a folder of"
    with pytest.raises(ServandaError, match=told):
        own(kept)


@pytest.mark.parametrize("path", [".", "kept", "kept/month/y.nbi"])
def test_what_another_user_owns_is_not_loaded(kept: Path, path: str, monkeypatch) -> None:
    place, user = (kept.parent / path).resolve(), os.getuid()
    there, found = [entry.name for entry in os.scandir(place.parent)], os.lstat(place).st_ino
    assert place.name in there
    check = vars(owning)["_check"]

    def owned(path: Path, found_: os.stat_result, **more: bool) -> None:
        fields = list(found_)
        fields[4] = user + 1 if found_.st_ino == found else user
        check(path, os.stat_result(fields), **more)

    monkeypatch.setattr(owning, "_check", owned)
    with pytest.raises(ServandaError, match="it belongs to another user"):
        own(kept)


@pytest.mark.parametrize("path", ["kept", "kept/month", "kept/month/y.nbi"])
def test_a_link_is_not_followed_to_compiled_code(kept: Path, path: str, tmp_path: Path) -> None:
    place = kept.parent / path
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ServandaError, match="it is a link"):
        own(kept)


def test_the_folder_around_may_be_sticky_or_a_link_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch").chmod(0o1777)
    (tmp_path / "link").symlink_to(tmp_path / "scratch")
    own(tmp_path / "link" / "kept")
    own(tmp_path / "link" / "kept")
    assert (tmp_path / "scratch" / "kept").is_dir()

"""Claims about compiling: code is never older than its sources, wherever it is kept."""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engine import compile as compiling
from sim.engine.compile import cache_folder, compile_kernels, user_cache
from sim.engine.source import COMPILED, PACKAGE, source_hash
from sim.errors import ServandaError
from sim.machine import own as owning
from sim.machine.own import own
from sim.world import DECIDING, code_hash
from tests.engine.loops import loop

FILES = [part if part.endswith(".py") else f"{part}/parts/own.py" for part in COMPILED]
BOUNDS = "sim.engine.compile.config.BOUNDSCHECK"


NUMBERS = '''"""A file."""
from typing import Annotated

from sim.engine.record import Quantity as Q


class Some:
    """A declaration."""

    size: Annotated[float, Q(unit="", low=0.0, high=2.0, source="assumed", bites={"a.b": 3})] = 1.0


def rule(x: float) -> float:
    """A rule."""
    if x < 0.0:
        raise ValueError(f"{x} is too low")
    return x + 1.0  # one more
'''
WORDS = [("A rule.", "A rule of one agent."), ("is too low", "is below 0"), ("one more", "and one")]
WORDS += [('"assumed"', '"measured"'), ('"a.b": 3', '"a.c": 4')]
DECIDE = [("x + 1.0", "x - 1.0"), ("x + 1.0", "x + 2.0"), ("] = 1.0", "] = 1.5")]
DECIDE += [("high=2.0", "high=3.0"), ("ValueError", "KeyError")]


def package(folder: Path, old: str = "", new: str = "", *, within: str = "") -> Path:
    """A package with a file in every room that decides numbers, one or all of them changed."""
    for file in FILES:
        text = NUMBERS.replace(old, new) if old and within in {"", file} else NUMBERS
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("old", "new"), [*WORDS, *DECIDE])
def test_all_but_words_decides_numbers(tmp_path: Path, old: str, new: str) -> None:
    folders = package(tmp_path / "one"), package(tmp_path / "two", old, new)
    one, two = (source_hash(COMPILED, folder) for folder in folders)
    assert (one == two) == ((old, new) in WORDS)
    assert (cache_folder(folders[0]) == cache_folder(folders[1])) == (one == two)


def test_a_file_counts_in_every_room_that_decides_numbers_and_in_no_other(tmp_path: Path) -> None:
    usual = source_hash(COMPILED, package(tmp_path / "usual"))
    for number, file in enumerate(FILES):
        changed = package(tmp_path / str(number), "x + 1.0", "x + 2.0", within=file)
        assert source_hash(COMPILED, changed) != usual, file
    for number, file in enumerate(("agents/more.py", "cli/main.py", "month/notes.md", "setup.py")):
        changed = package(tmp_path / f"more {number}")
        (changed / file).parent.mkdir(exist_ok=True)
        (changed / file).touch()
        assert (source_hash(COMPILED, changed) == usual) == (number > 0), file
    # no file with rules or kernels is left out
    words = re.compile(r"from sim\.engine\.compile import .*\b(rule|kernel|overload)\b")
    files = [p for p in PACKAGE.rglob("*.py") if words.search(p.read_text(encoding="utf-8"))]
    assert len(files) > 50
    found = {path.relative_to(PACKAGE).parts[0] for path in files}
    # the loops of published models are stored with a hash of their own
    assert found - set(DECIDING) == {"classics"}


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


def test_each_system_has_its_place_unless_the_user_names_another(monkeypatch, tmp_path) -> None:
    for name in ("SERVANDA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "given"))
    places = {"linux": ".cache", "darwin": "Library/Caches", "win32": "given"}
    for system, place in places.items():
        monkeypatch.setattr(sys, "platform", system)
        assert user_cache() == tmp_path / place / "servanda"
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
    assert used == cache_folder()  # for the processes that this one starts, too
    assert used.is_relative_to(tmp_path)
    assert used != wanted
    assert "; compiled code cannot be stored there" in caplog.messages[0]


class Few(NamedTuple):
    """A state of one array."""

    cells: np.ndarray


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


def ask(folder: Path, *, rows: int = 2, **environment: str) -> tuple[list[str], list[str]]:
    """Run the kernel in a process of its own: answer, hits and folder; what went wrong."""
    place = {"SERVANDA_CACHE": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA_", "PYTHONPATH"))}
    command = [sys.executable, "main.py", str(rows)]
    given: dict[str, Any] = {"cwd": folder, "env": clean | place | environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, **given)
    return done.stdout.splitlines(), done.stderr.splitlines()


def test_compiled_code_is_kept_until_a_rule_in_another_file_or_bounds_checking_changes(
    tmp_path: Path,
) -> None:
    files = {"sim/__init__.py": "", "sim/month/y.py": LOOP, "main.py": MAIN}
    for room in ("engine", "machine", "terms.py", "errors.py"):
        copy = shutil.copy if room.endswith(".py") else shutil.copytree
        (tmp_path / "sim").mkdir(exist_ok=True)
        copy(PACKAGE / room, tmp_path / "sim" / room)
    for name, text in (files | {"sim/agents/x.py": RULE.format(added=40)}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (*first, folder), _ = ask(tmp_path)
    assert first == ["41.0 42.0", "0"]
    (*answer, checked), _ = ask(tmp_path, rows=3, NUMBA_BOUNDSCHECK="1")
    assert answer == ["IndexError", "0"]
    (tmp_path / "sim/agents/x.py").write_text(RULE.format(added=50), "utf-8")
    (*again, other), _ = ask(tmp_path)
    assert again == ["51.0 52.0", "0"]
    assert len({folder, checked, other}) == 3
    (tmp_path / "sim/agents/x.py").write_text(RULE.format(added=40), "utf-8")
    assert ask(tmp_path)[0] == ["41.0 42.0", "1", folder]
    # doctored code is refused in one line, and so is an environment that forbids compiling
    (tmp_path / "cache" / folder).chmod(0o777)
    assert f"ServandaError: {tmp_path}/cache/{folder}: compiled code" in ask(tmp_path)[1][-1]
    assert "ServandaError: NUMBA_DISABLE_JIT: " in ask(tmp_path, NUMBA_DISABLE_JIT="1")[1][-1]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder of compiled code of this user, with one file."""
    folder = tmp_path / "cache" / "kept"
    own(folder)
    (folder / "month").mkdir()
    (folder / "month" / "y.nbi").touch(mode=0o644)
    return folder


def test_a_folder_of_compiled_code_is_open_to_its_user_alone(kept: Path, tmp_path: Path) -> None:
    kept.chmod(0o755)  # as earlier versions left it
    own(kept)
    assert kept.stat().st_mode & 0o777 == kept.parent.stat().st_mode & 0o777 == 0o700
    (kept / "month" / "y.nbi").chmod(0o664)  # files of a folder that was always closed may be so
    own(kept)
    # the folder around may be sticky, or a link of the user's own
    (tmp_path / "scratch").mkdir()
    (tmp_path / "scratch").chmod(0o1777)
    (tmp_path / "link").symlink_to(tmp_path / "scratch")
    own(tmp_path / "link" / "kept")
    assert (tmp_path / "scratch" / "kept").is_dir()


def test_a_file_that_another_command_removes_meanwhile_is_no_danger(
    kept: Path, monkeypatch
) -> None:
    kept.chmod(0o755)
    listing = os.scandir

    @contextmanager
    def removed(folder: Path):
        with listing(folder) as entries:
            found = list(entries)
        for entry in found:
            if entry.is_file():
                Path(entry).unlink()
        yield found

    monkeypatch.setattr(vars(owning)["os"], "scandir", removed)
    own(kept)
    assert not any((kept / "month").iterdir())


@pytest.mark.parametrize("path", [".", "kept", "kept/month/y.nbi"])
def test_what_others_can_write_own_or_have_linked_is_not_loaded(
    kept: Path, path: str, monkeypatch
) -> None:
    place, user = (kept.parent / path).resolve(), os.getuid()
    kept.chmod(0o755)
    mode = place.stat().st_mode
    place.chmod(0o775)
    with pytest.raises(ServandaError, match="others can write to it"):
        own(kept)
    place.chmod(mode)
    found, check = os.lstat(place).st_ino, vars(owning)["_check"]

    def owned(path: Path, found_: os.stat_result, **more: bool) -> None:
        fields = list(found_)
        fields[4] = user + 1 if found_.st_ino == found else user
        check(path, os.stat_result(fields), **more)

    with monkeypatch.context() as changed:
        changed.setattr(owning, "_check", owned)
        with pytest.raises(ServandaError, match="it belongs to another user"):
            own(kept)
    if path != ".":
        place.rename(kept.parents[1] / "elsewhere")
        place.symlink_to(kept.parents[1] / "elsewhere")
        with pytest.raises(ServandaError, match="it is a link"):
            own(kept)

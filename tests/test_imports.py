"""Claims about the building: imports run one way, start-up is light, nothing private is kept."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = {"mesa", "numba", "pandas", "scipy", "matplotlib", "duckdb", "pyarrow", "solara"}

# Put together from halves, so that this file passes its own test.
HALVES = "py+pi.org python+hosted.org registry.npm+js.org deb.deb+ian.org conda.ana+conda.org"
REGISTRIES = HALVES.replace("+", "").split()
INDEX_OPTION = re.compile(
    r"^\s*(?:--(?:index|extra-index|find-links)(?:-url)?|index-url|extra-index-url)[ =]",
    re.MULTILINE,
)
LOCKS = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "conda-lock.yml", "yarn.lock"}
LOCKS |= {"package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"}
MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:root|work|home/\w+|Users/\w+)/|\b[A-Z]:\\Users\\")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout and keep what it says."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def committed() -> list[Path]:
    """The files git keeps or would keep."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]


def test_imports_run_one_way() -> None:
    """The contracts of pyproject.toml hold."""
    check = "from importlinter.cli import lint_imports as lint; exit(lint(no_cache=True))"
    checked = run(sys.executable, "-c", check)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def rooms() -> set[str]:
    """The modules and folders of the package in the layers of pyproject.toml."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return {room.strip() for layer in layers for room in layer.split("|")}


def test_every_room_has_a_layer() -> None:
    """A new module cannot escape the import rules."""
    there = {path.stem for path in (ROOT / "sim").iterdir() if path.suffix in {"", ".py"}}
    assert rooms() == {f"sim.{name}" for name in there - {"__init__", "__main__", "__pycache__"}}


@pytest.mark.parametrize("module", ["sim", "sim.cli"])
def test_start_up_is_light(module: str) -> None:
    """`servanda --help` must not wait for packages that take seconds to import."""
    loaded = run(sys.executable, "-c", f"import {module}, sys; print(*sys.modules, sep='\\n')")
    assert loaded.returncode == 0, loaded.stderr
    assert not HEAVY & set(loaded.stdout.split())


def test_any_python_can_read_the_setup() -> None:
    """Setup starts before a fitting interpreter is found, so it needs the standard library only."""
    source = (ROOT / "sim" / "setup.py").read_text(encoding="utf-8")
    compile(source, "sim/setup.py", "exec")
    light = run(sys.executable, "-S", "sim/setup.py", "--help")
    assert light.returncode == 0, light.stderr


def test_no_lock_file_registry_or_machine_is_committed() -> None:
    """A checkout must work wherever packages come from and wherever it stands."""
    names = [path.name for path in committed()]
    assert not [n for n in names if n in LOCKS or (n.startswith("pylock") and n.endswith(".toml"))]
    found = []
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        hits = [host for host in REGISTRIES if host in text.lower()]
        hits += [hit.group().strip() for hit in INDEX_OPTION.finditer(text)]
        hits += [hit.group() for hit in MACHINE_PATH.finditer(text)]
        hits += [str(ROOT)] if f"{ROOT}/" in text else []
        found += [f"{path.relative_to(ROOT).as_posix()}: {hit}" for hit in hits]
    assert not found, "\n".join(found)
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"#|[a-z0-9-]+==[^\s@]+( ; .+)?$", pin) for pin in pins)

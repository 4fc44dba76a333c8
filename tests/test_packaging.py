"""Claims about the wheel: what a user installs holds every scenario and experiment."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ("scenarios", "experiments")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a freshly built wheel; the backend is called itself, so no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("servanda-*.whl")
    return set(zipfile.ZipFile(path).namelist())


def files_of(folder: str) -> list[str]:
    """The files under a folder of the checkout, by their path from it."""
    paths = [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return [path.relative_to(ROOT).as_posix() for path in paths]


@pytest.mark.parametrize("folder", DATA)
def test_every_data_file_is_in_the_wheel(wheel: set[str], folder: str) -> None:
    """An installed Servanda has the same worlds as a checkout."""
    files = files_of(folder)
    assert files, f"{folder}/ is empty"
    assert not [name for name in files if f"sim/_data/{name}" not in wheel]


def test_every_module_is_in_the_wheel(wheel: set[str]) -> None:
    """A module that .gitignore happens to match would be left out without a word."""
    ours = (
        ".py",
        ".toml",
        ".j2",
        "py.typed",
    )  # the words and the page of reports beside the modules
    assert not [name for name in files_of("sim") if name.endswith(ours) and name not in wheel]


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    """No tests, results or caches travel with the package."""
    strangers = [n for n in wheel if not n.startswith(("sim/", "servanda-"))]
    assert not strangers
    assert not [n for n in wheel if "__pycache__" in n]


def test_the_wheel_names_its_command_and_licence(wheel: set[str]) -> None:
    """The command `servanda` and the licence come with the package."""
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel)

"""Claims about the wheel: what a user installs holds every scenario and experiment."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a freshly built wheel; the backend is called itself, so no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("servanda-*.whl")
    return set(zipfile.ZipFile(path).namelist())


@pytest.mark.parametrize(
    ("folder", "under"), [("scenarios", "sim/_data/"), ("experiments", "sim/_data/"), ("sim", "")]
)
def test_every_file_is_in_the_wheel(wheel: set[str], folder: str, under: str) -> None:
    """An installed Servanda has the same worlds as a checkout, and no module is ignored by git."""
    kept = (".py", ".toml", ".j2", "py.typed")  # words and pages lie beside modules
    kept += (".js", ".css", ".vue", ".csv")
    paths = [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    files = [name for name in names if under or name.endswith(kept)]
    assert files, f"{folder}/ is empty"
    assert not [name for name in files if f"{under}{name}" not in wheel]


def test_the_wheel_holds_its_command_its_licence_and_nothing_else(wheel: set[str]) -> None:
    """No tests, results or caches travel with the package."""
    assert not [n for n in wheel if not n.startswith(("sim/", "servanda-")) or "__pycache__" in n]
    for ending in ("entry_points.txt", "licenses/LICENSE"):
        assert any(name.endswith(f".dist-info/{ending}") for name in wheel)

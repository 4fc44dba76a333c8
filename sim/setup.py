"""Make the working environment: find a suitable Python, fill `.venv`, compile the model.

In: a checkout, and any Python from 3.8 on, with which this file is run (`python3 sim/setup.py` or
`python3 -m sim.setup`). Out: `.venv` with Servanda and its tools, byte-compiled; the rules of the
model, compiled to machine code. A second call returns at once if nothing has changed.

What runs need is installed first. The rules are then compiled while the extras are installed.

This file uses only the standard library and old syntax, because it runs before anything is
installed. The interpreter may be too old for the rest of the package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 12), (3, 14)
STAMP = "servanda-setup.json"
INCLUDED = {"dev": {"analysis", "cluster", "evidence", "teach", "view"}}
"""Extras that other extras include, as in pyproject.toml."""

# A suitable interpreter is CPython with `ensurepip` and `venv`, which Debian ships separately. The
# free-threaded build does not fit, because the compiled packages have no wheels for it.
PROBE = """
import sys, sysconfig
import ensurepip, venv
assert sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED")
print("%d.%d" % sys.version_info[:2])
"""

# Runs inside the environment, because the folder of the packages depends on the platform.
COMPILE = """
import compileall, sysconfig
compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
"""


class SetupError(Exception):
    """The setup cannot continue; the message says what is missing and what to do about it."""


def say(text: str) -> None:
    """Write one line of progress; stdout stays free for results."""
    print("setup: " + text, file=sys.stderr, flush=True)


def call(*command: str) -> None:
    """Run a command in the checkout; raise `SetupError` with its exit status if it fails."""
    status = subprocess.call(list(command), cwd=str(ROOT))
    if status != 0:
        raise SetupError("this command failed (exit {}): {}".format(status, " ".join(command)))


# ---------------------------------------------------------------- which Python


def version_of(command: list[str]) -> tuple[int, int] | None:
    """The version of an interpreter that runs and has `venv`, or None.

    The only reliable test is to start it, because most of the commands that pyenv offers fail.
    """
    try:
        answer = subprocess.run(
            [*command, "-c", PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=True,
        )
        major, minor = answer.stdout.decode().strip().split(".")
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return int(major), int(minor)


def fits(version: tuple[int, int] | None) -> bool:
    """Whether the package can be installed on this version."""
    return version is not None and OLDEST <= version <= NEWEST


def candidates() -> list[list[str]]:
    """The commands to try, in order.

    First come commands that name a version, then the Python that runs this file, `python3` and
    `python`, the versions of pyenv, and the launcher of Windows.
    """
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    found = [[f"python3.{minor}"] for minor in minors]
    found.append([getattr(sys, "_base_executable", None) or sys.executable])
    found += [["python3"], ["python"]]
    homes = [Path(os.environ["PYENV_ROOT"])] if os.environ.get("PYENV_ROOT") else []
    homes.append(Path.home() / ".pyenv")
    for minor in minors:
        for home in homes:
            versions = (home / "versions").glob(f"3.{minor}.*")
            newest_first = sorted(versions, key=lambda p: (len(p.name), p.name), reverse=True)
            found += [[str(path / "bin" / "python")] for path in newest_first]
    if os.name == "nt":
        found += [["py", f"-3.{minor}"] for minor in minors]
    return found


def find_python() -> list[str]:
    """The command of a suitable interpreter; empty if uv has to fetch one.

    If the variable PYTHON is set, only the interpreter that it names is tried.

    Raises:
        SetupError: If none was found; the message lists what was tried.
    """
    asked = os.environ.get("PYTHON")
    if asked:
        version = version_of([asked])
        if fits(version):
            return [asked]
        reason = "does not run, or lacks venv" if version is None else "is {}.{}".format(*version)
        raise SetupError(f"PYTHON={asked} {reason}; {wanted()} is needed")
    for command in candidates():
        if shutil.which(command[0]) and fits(version_of(command)):
            return command
    if shutil.which("uv"):
        return []
    raise SetupError(nothing_fits())


def nothing_fits() -> str:
    """Message if no suitable Python was found: what was tried, and what to do."""
    return (
        f"no suitable Python found; {wanted()} is needed.\n"
        "  Tried: the PYTHON variable, python3.14 to python3.12, the Python running this,\n"
        "  pyenv's versions, uv.\n"
        "  Install one (python.org, a package manager, `pyenv install 3.13`, or uv), then run\n"
        "  this again, or name one: PYTHON=/path/to/python3.13 make setup\n"
        "  On Debian and Ubuntu it also needs its venv package (python3.13-venv)."
    )


def wanted() -> str:
    """The supported range of versions, as text."""
    return "CPython {}.{} to {}.{} with venv".format(*(OLDEST + NEWEST))


# ---------------------------------------------------------------- what has changed


def fingerprint(paths: list[Path]) -> str:
    """A hash of names and contents, the same on every platform."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def state_now(extras: str, newer: list[str]) -> dict[str, str]:
    """The inputs that the environment should be made from.

    The path is one of them, because scripts in the environment contain it. A moved checkout
    therefore needs a new environment.
    """
    return {
        "root": str(ROOT),
        "packages": fingerprint([ROOT / "pyproject.toml", ROOT / "constraints.txt"]),
        "extras": extras,
        "newer": " ".join(newer),
        "sources": fingerprint(list((ROOT / "sim").rglob("*.py"))),
    }


def read_stamp(place: Path) -> dict[str, str]:
    """The inputs that the environment was made from; empty if it was never finished."""
    try:
        stamp = json.loads((place / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(place: Path, state: dict[str, str]) -> None:
    """Record the inputs of a finished environment, atomically."""
    fresh = place / (STAMP + ".new")
    fresh.write_text(json.dumps(state, indent=1), encoding="utf-8")
    fresh.replace(place / STAMP)


def extras_in(names: str) -> set[str]:
    """The extras in a list separated by commas, with those that they include."""
    listed = {name.strip() for name in names.split(",")} - {""}
    return listed.union(*(INCLUDED.get(name, set()) for name in listed))


def extras_to_have(asked: str, stamp: dict[str, str], packages: str) -> str:
    """The extras that the environment should have: those asked for, and those it has already.

    Extras that were installed for other requirements (`packages`) do not count.
    """
    there = stamp.get("extras", "") if stamp.get("packages") == packages else ""
    if extras_in(asked) <= extras_in(there):
        return there
    if extras_in(there) <= extras_in(asked):
        return asked
    return ",".join(sorted({*asked.split(","), *there.split(",")} - {""}))


# ---------------------------------------------------------------- the environment


def python_in(place: Path) -> Path:
    """The interpreter inside an environment."""
    return place / "Scripts" / "python.exe" if os.name == "nt" else place / "bin" / "python"


def is_usable(place: Path, stamp: dict[str, str]) -> bool:
    """Whether an environment can be reused: the path and the version of Python must still fit."""
    if not python_in(place).exists() or stamp.get("root", str(ROOT)) != str(ROOT):
        return False
    version = version_of([str(python_in(place))])
    asked = os.environ.get("PYTHON")
    return fits(version) and (not asked or version == version_of([asked]))


def make_environment(place: Path) -> None:
    """Make an empty environment with pip; an old one there is deleted."""
    command = find_python()
    if command:
        say("making {} with {}".format(place.name, " ".join(command)))
        call(*command, "-m", "venv", "--clear", str(place))
    else:
        say(f"making {place.name} with the Python that uv finds or fetches")
        span = ">={}.{},<{}.{}".format(*OLDEST, NEWEST[0], NEWEST[1] + 1)
        try:
            call("uv", "venv", "--clear", "--seed", "--python", span, str(place))
        except SetupError as error:
            raise SetupError(f"{error}\n  {nothing_fits()}") from error


def install(place: Path, extras: str, newer: list[str]) -> None:
    """Install the package as an editable checkout with tested versions, then byte-compile.

    pip does not byte-compile if PYTHONDONTWRITEBYTECODE is set. Then the import of mesa would cost
    seconds in every worker.
    """
    python = str(python_in(place))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    if subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
        call(python, "-m", "ensurepip", "--upgrade")
    target = f"{ROOT}[{extras}]" if extras else str(ROOT)
    call(*pip, "--no-compile", "--constraint", str(ROOT / "constraints.txt"), "--editable", target)
    if newer:
        say("upgrading beyond the tested versions: " + " ".join(newer))
        call(*pip, "--no-compile", "--upgrade", "--pre", *newer)
    say("byte-compiling the packages")
    call(python, "-c", COMPILE)


@contextmanager
def compiling(place: Path) -> Iterator[None]:
    """Compile the rules while the block runs; the end of the block waits for them.

    If the block fails or is interrupted, compiling is ended; its workers end with it.

    Raises:
        SetupError: If compiling failed.
    """
    say("compiling the rules")
    command = [str(python_in(place)), "-m", "sim", "compile"]
    process = subprocess.Popen(command, cwd=str(ROOT))
    try:
        yield
        status = process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
    if status != 0:
        raise SetupError("this command failed (exit {}): {}".format(status, " ".join(command)))


def install_extras(place: Path, state: dict[str, str], stamp: dict[str, str]) -> None:
    """Install the extras that are not there yet, and record them in the stamp."""
    if stamp["extras"] != state["extras"]:
        say(f"installing the extras [{state['extras']}]")
        install(place, state["extras"], [])
        stamp["extras"] = state["extras"]
        write_stamp(place, stamp)


def prepare(place: Path, extras: str, newer: list[str]) -> None:
    """Bring the environment up to date with the checkout; redo only what has changed.

    Packages beyond the tested versions are installed last, because the extras would undo them.
    Compiling then waits for all packages.
    """
    state = state_now(extras, newer)
    stamp = read_stamp(place)
    state["extras"] = extras_to_have(extras, stamp, state["packages"])
    if stamp == state and python_in(place).exists() and not os.environ.get("PYTHON"):
        return
    if not is_usable(place, stamp):
        make_environment(place)
        stamp = {}
        state["extras"] = extras
    if any(stamp.get(key) != state[key] for key in ("root", "packages", "newer")):
        say("installing Servanda; the first time takes minutes")
        first = state["extras"] if newer else ""
        install(place, first, newer)
        stamp = dict(state, extras=first, sources="")
        write_stamp(place, stamp)
    if stamp["sources"] == state["sources"]:
        install_extras(place, state, stamp)
    else:
        with compiling(place):
            install_extras(place, state, stamp)
        write_stamp(place, state)
    say(f"ready: {place.relative_to(ROOT)}")


def main(arguments: list[str] | None = None) -> int:
    """Run the setup; the exit status is 0 if all is ready, else 2, or 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(prog="sim.setup", description="Make Servanda's environment.")
    parser.add_argument("--extras", default="dev", help="extras to install, separated by commas")
    parser.add_argument(
        "--venv", default=".venv", help="folder of the environment, within the checkout"
    )
    parser.add_argument(
        "--newer",
        action="append",
        default=[],
        metavar="REQUIREMENT",
        help="upgrade this package beyond the tested versions; may be repeated",
    )
    chosen = parser.parse_args(arguments)
    if not (ROOT / "pyproject.toml").exists():
        say(f"this command sets up a checkout of the repository, and {ROOT} is not one")
        return 2
    try:
        prepare(ROOT / chosen.venv, chosen.extras, chosen.newer)
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("interrupted; the next call continues")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""An input tried: the command called in this process, and what is wrong with its answer.

In: an `Input`. Out: an `Outcome`. Nothing is simulated: what is under trial is how it is read.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any, NamedTuple

from typer.testing import CliRunner, Result

from sim.cli import app
from tests.hostile.inputs import Input
from tests.hostile_folders import prints

LINES = 21
"""Lines of an answer: twenty errors, and how many more there are."""
WIDTH = 1_400
"""Characters of a line."""


class Outcome(NamedTuple):
    """What is wrong with an answer, if anything; what it took in time (s) and memory (bytes)."""

    wrong: str
    refused: bool
    seconds: float
    grown: int
    told: str = ""


@contextmanager
def unsimulated() -> Iterator[None]:
    """Let no world run: a sound input ends where its months would begin."""
    import sim.cli.simulate.run
    import sim.runs.sweep
    import sim.world

    command: Any = sim.cli.simulate.run  # what it imports is not part of its interface

    def nothing(*_: Any, **__: Any) -> tuple[int, int]:
        return 0, 0

    kept = (command.run_to_month, sim.runs.sweep._run_all, sim.world.fits)
    command.run_to_month = nothing
    sim.runs.sweep._run_all = nothing
    try:
        yield
    finally:
        command.run_to_month, sim.runs.sweep._run_all, sim.world.fits = kept


def attempt(given: Input, place: Path, swept: Path | None = None) -> Outcome:
    """Try an input in an empty folder, where it may spoil a copy of a finished sweep."""
    place.mkdir(parents=True)
    before, here = _memory(), Path.cwd()
    try:
        if given.spoil is not None and swept is not None:
            copytree(swept, place / "swept")
        given.lay(place)
        os.chdir(place)
        there = prints(place)
        begun = time.process_time()
        with unsimulated():
            result = CliRunner().invoke(app, list(given.words))
        spent = time.process_time() - begun
        wrong = _wrong(result)
        if not wrong and result.exit_code == 2 and prints(place) != there:
            wrong = "refused, but something was written"
    finally:
        os.chdir(here)
        rmtree(place, ignore_errors=True)
    return Outcome(wrong, result.exit_code == 2, spent, _memory() - before, result.stderr)


def _wrong(result: Result) -> str:
    """What is wrong with an answer."""
    error, lines = result.exception, result.stderr.splitlines()
    if error is not None and not isinstance(error, SystemExit):
        return f"{type(error).__name__}: {error}"[:300]
    if result.exit_code not in {0, 2}:
        return f"exit {result.exit_code}: {result.stderr[:200]}"
    if "Traceback" in result.stderr:
        return "a traceback"
    if result.exit_code == 0 or (lines and lines[0].startswith("Usage")):
        return ""
    told = [line for line in lines if not line.startswith("warning: ")]
    if not told:
        return "refused without a word"
    if len(told) > LINES:
        return f"{len(told)} lines"
    if any(len(line) > WIDTH or not line.isprintable() for line in told):
        return f"a line that cannot be shown: {max(told, key=len)[:200]!r}"
    if not any(sign in told[0] for sign in (": ", "'")):
        return f"no place: {told[0][:200]}"
    return ""


def _memory() -> int:
    """The most memory that this process has had, bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

"""Stores worlds at the end of their burn-in, so that later commands begin at month 1.

In: a folder that only this user can change, and worlds. Out: the same worlds in month 0. They
continue as if they had been run from their beginning, with the same bits.

The name of a file is a key: a hash of everything that determines a burn-in and what is recorded of
it. That includes the model's code, the versions of packages, and the processor. A file begins with
a digest of its contents, which is checked before anything in it is used. The contents are pickles,
which can run any code when they are loaded, so a folder that others can change is refused.
"""

import hashlib
import json
import os
import pickle
import platform
import stat
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, NamedTuple

from sim.engine.blocks import BLOCK, Execution
from sim.engine.source import source_hash
from sim.errors import ServandaError, ServandaWarning
from sim.machine.own import Trusted, own
from sim.permission import kept_back
from sim.runs.output.atomic import PART, part_of, sync, unwritable
from sim.runs.output.manifest import cpu, measured
from sim.runs.output.opened import opened
from sim.scenario.identity import canonical
from sim.scenario.scenario import Scenario
from sim.world import DECIDING, World, beginning

OPTION = "--burn-in-cache"
"""The command-line option that names the folder."""
MOST = 2_000_000_000
"""Bytes that the folder may hold, unless another number is given."""
ENDING = ".burn_in"
FORM = b"servanda burn-in 1\n"
"""First line of a file; the number is that of its format."""
ABANDONED_AFTER = 3600.0
"""Seconds after which a temporary file is one of a command that was killed."""
PIECE = 1 << 20
"""Bytes that are read at once while a file is checked."""

PICKLED = (*DECIDING, "collector.py")
"""Files and folders of the package that determine results, or what a pickled world consists of."""
PARTS = ("mesa", "numba", "numpy", "pydantic")
"""Packages that determine results, or whose objects are in a pickled world."""

STORED = Trusted("worlds are", f"name a folder of your own: {OPTION} DIR")


class BurntIn(NamedTuple):
    """A world at the end of its burn-in.

    Args:
        world: The world, in month 0.
        warnings: Warnings given during the burn-in.
    """

    world: World
    warnings: tuple[str, ...]


def recorded(*, panel: int = 0, groups: Sequence[str] = ()) -> dict[str, Any]:
    """What is recorded of a world that has only a panel and groups; compare `measured`.

    Args:
        panel: Number of debtors in the panel.
        groups: Groups by which outcomes are counted.
    """
    return {
        "events": False,
        "panel": panel,
        "choices": False,
        "cohorts": [],
        "groups": list(groups),
    }


def key_of(scenario: Scenario, seen: Mapping[str, Any], block: int = BLOCK) -> str:
    """The key of a burn-in. Worlds with the same key are the same in month 0, bit for bit.

    Args:
        scenario: The scenario; neither its policies nor its number of months matter.
        seen: What is recorded of the world, as `recorded` or `measured` give it.
        block: Rows per block of sums (`Execution.block`).

    Returns:
        64 hexadecimal digits; empty for a scenario without burn-in.
    """
    if scenario.run.burn_in == 0:
        return ""
    parts = (_made_by(), beginning(scenario), canonical(seen), str(block))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@cache
def _made_by() -> str:
    """The code, the versions and the processor on which the bits of a world depend."""
    versions = [f"{part} {version(part)}" for part in PARTS]
    machine = (platform.python_version(), platform.machine(), cpu())
    return "|".join((source_hash(PICKLED), *machine, *versions))


class BurnIns:
    """A folder of worlds at the end of their burn-in.

    Several processes can use it at the same time. If it is full, the worlds that have not been used
    for the longest time are removed. What goes wrong with it never stops a run: the world is then
    run from its beginning, and a message says why.

    Args:
        folder: The folder; it is created if it does not exist.
        most: Bytes that its files may take together.
        say: Called with each message; by default, it becomes a `ServandaWarning`.

    Raises:
        ServandaError: If the folder cannot be created, contains other files, or could have been
            changed by other users.
    """

    def __init__(
        self,
        folder: str | Path,
        *,
        most: int = MOST,
        say: Callable[[str], object] | None = None,
    ) -> None:
        """Create the folder, or check it."""
        self.folder, self.most = Path(folder).absolute(), most
        self._say = say or _warn
        self._too_large: set[str] = set()
        try:
            self._refuse_strangers()
            own(self.folder, STORED)
        except OSError as error:
            raise unwritable(self.folder, error) from None

    def world(
        self, scenario: Scenario, *, execution: Execution | None = None, **asked: Any
    ) -> World:
        """The world of a scenario at the end of its burn-in.

        Args:
            scenario: The scenario.
            execution: As for `World`.
            asked: What is to be recorded: arguments of `World` such as ``panel=5``.

        Raises:
            ServandaError: If the world cannot be built or run.
        """
        return self.burnt_in(World(scenario, execution=execution, **asked))

    def burnt_in(self, world: World, run: Callable[[World, int], object] = World.run_to) -> World:
        """Bring a new world to the end of its burn-in: from the folder, or else by running it.

        Warnings of the burn-in are given in both cases.

        Args:
            world: A world as it was built, before its first month.
            run: Runs a world until a month is complete.

        Returns:
            A world in month 0. If it comes from the folder, it is another object than the one given
            (its `phase_seconds` begin at 0); without a burn-in, it is the one given.

        Raises:
            ServandaError: If a month fails.
        """
        panel = 0 if world.panel is None else len(world.panel.rows)
        seen, execution = measured(world, panel), world.simulation.execution
        key = key_of(world.setup, seen, execution.block)
        if not key:
            return world
        found = self.find(key, world.setup, seen, execution)
        if found is None:
            with _collected() as texts:
                run(world, 0)
            self.keep(key, world, texts)
            return world
        for text in found.warnings:
            _warn(text)
        return found.world

    def find(
        self,
        key: str,
        scenario: Scenario,
        seen: Mapping[str, Any],
        execution: Execution | None = None,
    ) -> BurntIn | None:
        """A stored world, to be continued under a scenario; None if there is none.

        A damaged file is removed, with a message.

        Args:
            key: Its key.
            scenario: The scenario for which the key was made.
            seen: What the key says is recorded.
            execution: How the world is to be run; by default compiled, on one thread.
        """
        file = self.folder / f"{key}{ENDING}"
        try:
            with opened(file) as stream:
                world, texts = _read(stream, key)
            world.simulation.execution = execution or Execution()
            world.phase_seconds.clear()
            world.under(scenario)
            with suppress(OSError):
                os.utime(file)
        except FileNotFoundError:
            return None
        except MemoryError:
            raise
        except ServandaError as error:
            self._say(f"{file}: not used; {error}")
            return None
        except Exception as error:  # noqa: BLE001 whatever is wrong with it, the world can be run
            self._say(f"{file}: not used, since it is damaged ({error}); it is made again")
            with suppress(OSError):
                file.unlink()
            return None
        # An extension that was edited in between may have given the world other phases.
        if scenario.extensions and key_of(scenario, seen, world.simulation.execution.block) != key:
            return None
        return BurntIn(world, texts)

    def keep(self, key: str, world: World, texts: Sequence[str] = ()) -> None:
        """Store a world at the end of its burn-in.

        A world that is larger than the folder may become is not stored, with a message; nor is one
        that cannot be pickled, or for which the disk has no room.

        Args:
            key: Its key.
            world: The world, in month 0.
            texts: Warnings given during the burn-in.
        """
        if key in self._too_large:
            return
        file = self.folder / f"{key}{ENDING}"
        try:
            part = part_of(self.folder, partial(_fill, key, world, texts, self.most))
            part.replace(file)
            sync(self.folder)
            self._make_room()
        except _TooLarge:
            self._too_large.add(key)
            self._say(
                f"{self.folder}: the world is not stored at the end of its burn-in, since it takes "
                f"more than the {self.most:,} bytes that the folder may hold"
            )
        except Exception as error:  # noqa: BLE001 an extension may add what cannot be pickled
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            words = "the world is not stored at the end of its burn-in"
            self._say(f"{self.folder}: {words}: {why[:1].lower()}{why[1:]}")

    def _make_room(self) -> None:
        """Remove worlds, the one last used longest ago first, until the others fit."""
        found = sorted(self._files(), key=lambda one: (one[1].st_mtime_ns, one[0].name))
        whole = 0
        for path, about in reversed(found):
            if path.name.startswith(PART):
                # A killed command has left it, if it is old; otherwise it is being written.
                gone = time.time() - about.st_mtime > ABANDONED_AFTER
            else:
                whole += about.st_size
                gone = whole > self.most
            if gone:
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """The files in the folder; other processes may remove them at any time."""
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):
                yield path, path.lstat()

    def _refuse_strangers(self) -> None:
        """Refuse a folder with other files, before it is closed to other users.

        Raises:
            ServandaError: If there are such files.
        """
        if not self.folder.is_dir():
            return
        strangers = sorted(p.name for p, about in self._files() if not _ours(p, about))
        if strangers:
            what = f"holds other files than worlds at the end of their burn-in ({strangers[0]})"
            raise ServandaError(str(self.folder), what, "name a folder for them alone")


class _TooLarge(Exception):
    """A world takes more bytes than the folder may hold."""


class _Sealed:
    """A file to write to, with the digest of what was written."""

    def __init__(self, file: IO[bytes], key: str, most: int) -> None:
        """Begin with the key, so that a file is not taken for that of another world."""
        self._file, self._left = file, most
        self.digest = hashlib.sha256(key.encode())

    def write(self, data: Any) -> int:
        """Write bytes.

        Raises:
            _TooLarge: If there are more than allowed.
        """
        size = memoryview(data).nbytes
        self._left -= size
        if self._left < 0:
            raise _TooLarge
        self.digest.update(data)
        self._file.write(data)
        return size


def _head(digest: str) -> bytes:
    return FORM + digest.encode() + b"\n"


def _fill(key: str, world: World, texts: Sequence[str], most: int, file: IO[bytes]) -> None:
    """Write a file: a digest of what follows, a line with the warnings, and the pickled world.

    Raises:
        _TooLarge: If it takes more than `most` bytes.
    """
    room = _head("0" * 64)
    file.write(room)
    sealed = _Sealed(file, key, most - len(room))
    sealed.write(json.dumps(list(texts)).encode() + b"\n")
    with kept_back():  # a stored world gives no permission to run extensions
        pickle.dump(world, sealed, pickle.HIGHEST_PROTOCOL)
    file.seek(0)
    file.write(_head(sealed.digest.hexdigest()))


def _read(file: IO[bytes], key: str) -> BurntIn:
    """The world in a file. Nothing is unpickled before the whole file was compared with its digest.

    Raises:
        ValueError: If the file is cut off, altered, or that of another world.
        Exception: Whatever the pickle raises.
    """
    begin = len(_head("0" * 64))
    head, digest = file.read(begin), hashlib.sha256(key.encode())
    while piece := file.read(PIECE):
        digest.update(piece)
    if head != _head(digest.hexdigest()):
        raise ValueError("it is cut off or altered")
    file.seek(begin)
    texts = tuple(json.loads(file.readline()))
    return BurntIn(pickle.load(file), texts)


def _ours(path: Path, about: os.stat_result) -> bool:
    """Whether a file is of a kind that is written here. Links are left to the check by `own`."""
    named = path.name.startswith(PART) or path.name.endswith(ENDING)
    return named and not stat.S_ISDIR(about.st_mode)


def _warn(text: str) -> None:
    warnings.warn(text, ServandaWarning, stacklevel=3)


@contextmanager
def _collected() -> Iterator[list[str]]:
    """Collect Servanda's warnings within the block, each once. All warnings are given after it."""
    texts: list[str] = []
    caught: list[warnings.WarningMessage] = []
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ServandaWarning)
            yield texts
    finally:
        ours = [str(one.message) for one in caught if issubclass(one.category, ServandaWarning)]
        texts += dict.fromkeys(ours)
        for text in texts:
            _warn(text)
        for one in caught:
            if not issubclass(one.category, ServandaWarning):
                warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)

"""Cleans a sweep's folder of temporary files, damaged chunks, and tables without a file of runs.

A chunk consists of a file of runs and files of their tables. In: a folder that no other process
uses. Out: the folder without these files. Only useless files are deleted; damaged ones are moved
into a separate folder.
"""

import os
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from sim.errors import ServandaError
from sim.runs.output.atomic import PART, unwritable
from sim.runs.output.opened import refuse_link
from sim.runs.output.table import read

ASIDE = "damaged"
"""Subfolder for chunks that are incomplete or altered."""
LONELY = 600.0
"""Age in seconds from which a table without a file of runs counts as left over.

A younger one may belong to a chunk that is being written.
"""


def tidy(path: Path, chunks: Path) -> None:
    """Remove temporary files of killed processes.

    If such a process still runs on another machine, it fails when it renames its file.

    Args:
        path: The sweep's folder.
        chunks: The folder of the sweep's chunks.
    """
    for folder in (path, chunks):
        if folder.is_symlink() and folder == chunks:
            continue
        with suppress(OSError):
            for part in folder.iterdir():
                if part.name.startswith(PART):
                    with suppress(OSError):
                        part.unlink()


def move_aside(path: Path, files: Sequence[Path]) -> None:
    """Move files into the subfolder of damaged files.

    Args:
        path: The sweep's folder.
        files: The files.

    Raises:
        ServandaError: If the folder cannot be written, or is a link.
    """
    aside = path / ASIDE
    refuse_link(aside)
    try:
        aside.mkdir(exist_ok=True)
        for file in files:
            target, number = aside / file.name, 1
            while os.path.lexists(target):
                target, number = aside / f"{number}-{file.name}", number + 1
            with suppress(FileNotFoundError):
                file.rename(target)
    except OSError as error:
        raise unwritable(path, error) from None


def drop_lone_tables(folder: Path, lone: Sequence[Path], known: Collection[str]) -> None:
    """Remove lone tables whose runs are all in complete chunks; move other lone tables aside.

    Args:
        folder: The sweep's folder.
        lone: Tables without a file of runs. Those written recently stay.
        known: Identities of the runs in complete chunks.
    """
    now = time.time()
    for path in lone:
        if now - path.lstat().st_mtime < LONELY:
            continue
        try:
            identities = read(path)["identity"].unique().to_pylist()
        except (ServandaError, OSError, KeyError):
            identities = [""]
        if set(identities) <= set(known):
            path.unlink(missing_ok=True)
        else:
            move_aside(folder, [path])

"""Which Python files of a user may run in this process: none, until the user says so.

In: a permission for files, for everything named while a block runs, or from the process that hands
out work. Out: whether a text may run. Files are known by the hash of their text, so a permission
ends when the text changes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

OPTION = "--allow-code"
"""The option of the command line that gives the permission."""

SHOWN = 16
"""Digits of a hash that are shown."""


class _Granted:
    """What this process may run."""

    def __init__(self) -> None:
        self.digests: set[str] = set()
        self.everything = 0


_GRANTED = _Granted()


def digest(text: bytes) -> str:
    """The hash by which a file's text is known: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def allow_code(*files: str | Path) -> None:
    """Let the Python files named run as extensions in this process, as they are now.

    Args:
        files: Extensions that you have looked at.

    Raises:
        OSError: If one of them cannot be read.
    """
    grant(digest(Path(file).read_bytes()) for file in files)


@contextmanager
def everything_allowed() -> Iterator[None]:
    """While the block runs, let every extension run that a scenario names."""
    _GRANTED.everything += 1
    try:
        yield
    finally:
        _GRANTED.everything -= 1


def grant(digests: Iterable[str]) -> None:
    """Let texts with these hashes run: what a worker is told by the process that it works for."""
    _GRANTED.digests.update(digests)


def granted() -> tuple[str, ...]:
    """Hashes of the texts that may run, for workers to inherit."""
    return tuple(sorted(_GRANTED.digests))


def may_run(text: bytes) -> bool:
    """Whether a text may run; what everything was allowed for stays allowed in this process."""
    found = digest(text)
    if _GRANTED.everything:
        _GRANTED.digests.add(found)
    return found in _GRANTED.digests

"""Which extension files may run in this process: none, until the user allows them.

In: permission for single files, for all files within a `with` block, or from the parent process.
Out: whether the text of a file may run. A file is known by the hash of its text. A permission
therefore ends when the text changes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

OPTION = "--allow-code"
"""The command-line option that gives the permission."""

SHOWN = 16
"""Number of digits of a hash that are shown."""


class _Granted:
    """The permissions of this process."""

    def __init__(self) -> None:
        self.digests: set[str] = set()
        self.everything = 0
        self.kept_back = 0


_GRANTED = _Granted()


def digest(text: bytes) -> str:
    """The hash that identifies a file's text: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(text).hexdigest()


def allow_code(*files: str | Path) -> None:
    """Allow Python files to run as extensions in this process, with the text they have now.

    Args:
        files: Extensions that you have read.

    Raises:
        OSError: If one of them cannot be read.
    """
    grant(digest(Path(file).read_bytes()) for file in files)


@contextmanager
def everything_allowed() -> Iterator[None]:
    """Within the block, allow every extension that a scenario names."""
    _GRANTED.everything += 1
    try:
        yield
    finally:
        _GRANTED.everything -= 1


def grant(digests: Iterable[str]) -> None:
    """Allow texts with these hashes; a worker process receives them from its parent."""
    _GRANTED.digests.update(digests)


def granted() -> tuple[str, ...]:
    """Hashes of the texts that may run, to be passed on to worker processes."""
    return () if _GRANTED.kept_back else tuple(sorted(_GRANTED.digests))


@contextmanager
def kept_back() -> Iterator[None]:
    """Within the block, pass no permission on: for copies that another command may read."""
    _GRANTED.kept_back += 1
    try:
        yield
    finally:
        _GRANTED.kept_back -= 1


def may_run(text: bytes) -> bool:
    """Whether a text may run. If asked under `everything_allowed`, the text stays allowed."""
    found = digest(text)
    if _GRANTED.everything:
        _GRANTED.digests.add(found)
    return found in _GRANTED.digests

"""Rules and kernels: plain Python functions that are also compiled. The only import of numba.

A `rule` is a function of one agent. It stays plain Python and is compiled only inside a
`kernel`, a thin loop over rows with the signature ``(state, first, last)``. Compiled code is
kept in a folder named after everything that decides it, because Numba's own cache notices
neither a changed rule in another file nor the flag for bounds checking.
"""

import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

import numba
import numpy as np
from numba import int64, uint64
from numba.core import config
from numba.extending import overload, register_jitable

__all__ = [
    "KERNELS",
    "Kernel",
    "cache_folder",
    "int64",
    "kernel",
    "overload",
    "rule",
    "source_hash",
    "uint64",
]

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = ("engine", "levers", "agents", "month", "measure")


class Kernel(Protocol):
    """A compiled loop; `py_func` is the same loop in plain Python."""

    __name__: str
    __module__: str
    py_func: Callable[..., Any]

    def __call__(self, *args: Any) -> Any:
        """Run the compiled loop."""

    def compile(self, signature: tuple[Any, ...]) -> Any:
        """Compile, or load from the cache, for the types given."""


UNCOUNTED: dict[str, Any] = {"_nrt": False}
"""No counting of references to arrays in compiled code.

The caller holds every array while a kernel runs, and rules allocate none, so counting only costs:
each rule that is handed the state would count all its arrays up and down, some 250 ns a call.
"""

KERNELS: list[Kernel] = []
"""Every kernel of the process, in the order of definition.

One whose name begins with an underscore has a signature of its own.
"""


@cache
def source_hash(package: Path = PACKAGE) -> str:
    """Hash of all sources that decide numbers: file names and contents.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for path in [
        package / "terms.py",
        *sorted(p for room in ROOMS for p in (package / room).rglob("*.py")),
    ]:
        digest.update(
            path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return digest.hexdigest()


def user_cache() -> Path:
    """Folder for compiled code: ``SERVANDA_CACHE``, else the user's cache folder."""
    if given := os.environ.get("SERVANDA_CACHE"):
        return Path(given)
    home = Path.home()
    places = {
        "win32": Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")),
        "darwin": home / "Library" / "Caches",
    }
    return (
        places.get(sys.platform, Path(os.environ.get("XDG_CACHE_HOME", home / ".cache")))
        / "servanda"
    )


def cache_folder(package: Path = PACKAGE) -> Path:
    """The folder that holds code compiled from exactly these sources by exactly these versions."""
    parts = (
        source_hash(package),
        platform.python_version(),
        numba.__version__,
        np.__version__,
        platform.machine(),
        f"bounds{config.BOUNDSCHECK or 0}",
    )
    return user_cache() / hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def _use_cache() -> None:
    """Point Numba at our folder before the first kernel is defined."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
    except OSError:  # a read-only home: compile for this process, in a place that can be written
        folder = Path(tempfile.mkdtemp(prefix="servanda-"))
    config.CACHE_DIR = str(folder)


_use_cache()


def rule[F: Callable[..., Any]](function: F) -> F:
    """A function of one agent: plain in Python, compiled inside kernels."""
    return cast("F", register_jitable(**UNCOUNTED)(function))


def kernel(function: Callable[..., Any]) -> Kernel:
    """A loop over rows, compiled without the interpreter's lock.

    Division by zero raises as in Python. Mathematics is never reordered (no ``fastmath``).
    """
    compiled = cast("Kernel", numba.njit(nogil=True, cache=True, **UNCOUNTED)(function))
    KERNELS.append(compiled)
    return compiled


def compile_kernels(kernels: list[Kernel], state: Any) -> None:
    """Compile the kernels for the types of this state, or load them from the cache."""
    signature = (numba.typeof(state), int64, int64)
    for one in kernels:
        one.compile(signature)

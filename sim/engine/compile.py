"""Rules and kernels: plain Python functions that are also compiled. The only import of numba.

A `rule` is a function of one agent. It stays plain Python and is compiled only inside a
`kernel`, a thin loop over rows with the signature ``(state, first, last)``. Compiled code is
kept in a folder named after everything that decides it, because Numba's own cache notices
neither a changed rule in another file nor the flag for bounds checking; inside it a kernel goes by
its module and name, so that a corrected comment compiles nothing again.
"""

import atexit
import errno
import hashlib
import logging
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, cast

import numba
import numpy as np
from numba import int64, types, uint64
from numba.core import config
from numba.core.caching import _CacheLocator
from numba.core.datamodel.models import TupleModel
from numba.core.datamodel.registry import register_default
from numba.extending import overload, register_jitable

from sim.engine.source import COMPILED, PACKAGE, source_hash
from sim.errors import ServandaError
from sim.machine.own import own
from sim.machine.private import private_folder, remove

__all__ = [
    "KERNELS",
    "Kernel",
    "cache_folder",
    "inlined",
    "int64",
    "kernel",
    "overload",
    "rule",
    "uint64",
]

log = logging.getLogger("servanda.compile")


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
        source_hash(COMPILED, package),
        platform.python_version(),
        numba.__version__,
        np.__version__,
        platform.machine(),
        f"bounds{config.BOUNDSCHECK or 0}",
    )
    return user_cache() / hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def _use_cache() -> Path | None:
    """Point Numba at our folder before the first kernel is defined.

    Returns:
        The folder, if it cannot be written and a temporary one takes its place.

    Raises:
        ServandaError: If Numba is told not to compile, or others could have put code into the
            folder: compiled code is kept as pickles.
    """
    if config.DISABLE_JIT:
        hint = "unset it; Execution(compiled=False) runs rules in plain Python"
        raise ServandaError("NUMBA_DISABLE_JIT", "rules cannot be compiled while it is set", hint)
    folder = cache_folder()
    config.CACHE_DIR = str(folder)
    try:
        own(folder)
        os.utime(folder)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        what = "compiled code cannot be kept there, and compiling takes minutes each time"
        log.warning("%s: %s; %s; name a folder: SERVANDA_CACHE=…", folder, reason, what)
    else:
        return None
    # Processes that this one starts share what it compiles; it is removed when this one ends.
    home, lock = private_folder()
    atexit.register(remove, home, lock)
    os.environ["SERVANDA_CACHE"] = str(home)
    own(cache_folder())
    config.CACHE_DIR = str(cache_folder())
    return folder


class KernelLocator(_CacheLocator):
    """Where Numba keeps a kernel of the package: by its module, whatever its line in the file.

    Functions of other files, such as tests define, fall to Numba's own locator.
    """

    def __init__(self, folder: str) -> None:
        """Keep code in a folder."""
        self._folder = folder

    def get_cache_path(self) -> str:
        """The folder."""
        return self._folder

    def get_source_stamp(self) -> str:
        """Nothing: the name of the cache's folder holds the hash of all sources."""
        return ""

    def get_disambiguator(self) -> str:
        """Nothing: a module has one kernel of a name."""
        return ""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> "KernelLocator | None":
        """A locator for a kernel that stands at the top of a module of the package, else None."""
        if not Path(py_file).resolve().is_relative_to(PACKAGE) or "." in py_func.__qualname__:
            return None
        found = cls(str(Path(config.CACHE_DIR) / py_func.__module__))
        try:
            found.ensure_cache_path()
        except OSError:
            return None
        return found


config.CACHE_LOCATOR_CLASSES = "sim.engine.compile.KernelLocator,UserProvidedCacheLocator"

UNWRITABLE = _use_cache()
"""The folder that was to hold compiled code, where a temporary one had to take its place."""


@register_default(types.NamedTuple)
class NamedTupleModel(TupleModel):
    """How compiled rules return a named tuple: as they pass it on, records by reference.

    Numba itself would copy each record and then refuse to read the copy back. A record of ours is
    always a row of a table that outlives the kernel.
    """

    def get_return_type(self) -> Any:
        """The type of what is returned: that of a value."""
        return self.get_value_type()

    def as_return(self, builder: Any, value: Any) -> Any:
        """What a rule returns."""
        return value

    def from_return(self, builder: Any, value: Any) -> Any:
        """What the rule that called it sees."""
        return value


def rule[F: Callable[..., Any]](function: F) -> F:
    """A function of one agent: plain in Python, compiled inside kernels."""
    return cast("F", register_jitable(**UNCOUNTED)(function))


def inlined[F: Callable[..., Any]](function: F) -> F:
    """A rule whose compiled code is put in place of each call.

    For small ones, and for those that nearly every row leaves at once: there a call costs more than
    the rule, since every array of its named tuples is handed over.
    """
    return cast("F", register_jitable(forceinline=True, **UNCOUNTED)(function))


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

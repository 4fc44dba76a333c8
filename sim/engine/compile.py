"""Rules and kernels: plain Python functions that are also compiled.

Only this module and `sim.engine.library` import Numba.

A `rule` is a function about one agent. It is compiled only as part of a `kernel`, a short loop over
rows with the signature ``(state, first, last)``. `state` holds all arrays.

The folder for compiled code is named after a hash of everything that determines the code. Numba's
own cache would miss a changed rule in another file, and a change of the flag for bounds checking.
In the folder, a kernel is found by module and name, so a changed comment causes no recompilation.
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
from numba._dispatcher import compute_fingerprint
from numba.core import config
from numba.core.caching import _CacheLocator
from numba.core.datamodel.models import TupleModel
from numba.core.datamodel.registry import register_default
from numba.core.typing.templates import infer_global

from sim.engine.library import KernelCompiler, RuleCompiler, RuleType
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
    "kernel_part",
    "kinds_of",
    "loop_of",
    "rule",
    "stand_in",
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
        """Compile for the types given, or load the compiled code from the cache."""


UNCOUNTED: dict[str, Any] = {"_nrt": False, "no_cfunc_wrapper": True}
"""Options of rules and kernels: no reference counting of arrays, no wrapper to be called from C.

Counting is not needed: rules allocate no arrays, and the caller keeps every array while a kernel
runs. It would cost about 250 ns in each call of a rule that has the state as an argument.
"""
RULES: list[Any] = []
"""What compiles each rule. Numba itself refers to it only weakly."""

KERNELS: list[Kernel] = []
"""Every kernel of the process, in the order of definition.

Kernels whose names begin with an underscore have other signatures than ``(state, first, last)``.
"""


def user_cache() -> Path:
    """Folder for compiled code: ``SERVANDA_CACHE``, or else the user's cache folder."""
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
    """The folder for code compiled from exactly these sources with exactly these versions."""
    parts = (
        source_hash(COMPILED, package, measured=False),
        platform.python_version(),
        numba.__version__,
        np.__version__,
        platform.machine(),
        f"bounds{config.BOUNDSCHECK or 0}",
    )
    return user_cache() / hashlib.sha256("|".join(parts).encode()).hexdigest()[:20]


def _use_cache() -> Path | None:
    """Make Numba use Servanda's folder, before the first kernel is defined.

    Returns:
        None, or the folder if it cannot be written to. A temporary one then replaces it.

    Raises:
        ServandaError: If Numba is set not to compile, or if other users could put code into the
            folder. Compiled code is stored as pickles, and loading a pickle can run any code.
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
        what = "compiled code cannot be stored there, and compiling takes minutes each time"
        log.warning("%s: %s; %s; set SERVANDA_CACHE to another folder", folder, reason, what)
    else:
        return None
    # Child processes share the folder; it is removed when this process ends.
    home, lock = private_folder()
    atexit.register(remove, home, lock)
    os.environ["SERVANDA_CACHE"] = str(home)
    own(cache_folder())
    config.CACHE_DIR = str(cache_folder())
    return folder


class KernelLocator(_CacheLocator):
    """Tells Numba where to cache a kernel of the package: by module, not by line number.

    Functions in other files, such as those in tests, are left to Numba's own locator.
    """

    def __init__(self, folder: str) -> None:
        """Use the given folder for the cache."""
        self._folder = folder

    def get_cache_path(self) -> str:
        """The folder in which the kernel is cached."""
        return self._folder

    def get_source_stamp(self) -> str:
        """Empty, since the name of the cache folder contains the hash of all sources."""
        return ""

    def get_disambiguator(self) -> str:
        """Empty, since names of kernels are unique within a module."""
        return ""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> "KernelLocator | None":
        """A locator for a kernel at the top level of a module of the package; otherwise None."""
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
"""Servanda's folder for compiled code if it cannot be written to; None if it can."""


@register_default(types.NamedTuple)
class NamedTupleModel(TupleModel):
    """How compiled rules return a named tuple: by reference to its records, without copying them.

    By default, Numba would copy each record and then refuse to read the copy. References are safe:
    each record is a row of a table, and the table still exists when the kernel ends.
    """

    def get_return_type(self) -> Any:
        """The type in which a rule returns the tuple: the same type as inside the rule."""
        return self.get_value_type()

    def as_return(self, builder: Any, value: Any) -> Any:
        """The value as a rule returns it: unchanged."""
        return value

    def from_return(self, builder: Any, value: Any) -> Any:
        """The returned value as the calling rule receives it: unchanged."""
        return value


def rule[F: Callable[..., Any]](function: F) -> F:
    """Mark a function about one agent: plain Python when called, compiled inside kernels."""
    stand_in(function, function)
    return function


def inlined[F: Callable[..., Any]](function: F) -> F:
    """A rule whose compiled code is put in place of each call.

    This suits small rules, and rules that return at once for nearly every row. A call would take
    longer than the rule itself, because it passes each array of a named tuple as an argument.
    """
    stand_in(function, function, inline=True)
    return function


def kernel_part[F: Callable[..., Any]](function: F) -> F:
    """A part of a kernel: a loop over some of its rows, put in place of the call."""
    return inlined(function)


def kernel(function: Callable[..., Any]) -> Kernel:
    """Compile a loop over rows; the loop releases the interpreter's lock.

    Division by zero raises as in Python, except in functions that are compiled unchecked
    (see `stand_in`). Arithmetic is never reordered (no ``fastmath``).
    """
    options = UNCOUNTED | {"nogil": True, "cache": True, "pipeline_class": KernelCompiler}
    compiled = cast("Kernel", numba.njit(**options)(function))
    KERNELS.append(compiled)
    return compiled


def stand_in(
    stub: Callable[..., Any],
    function: Callable[..., Any],
    *,
    inline: bool = False,
    checked: bool = True,
) -> None:
    """Compile calls of `stub` as calls of a function with the same arguments.

    All kernels of a process that call it with the same types share its intermediate code.

    Args:
        stub: What rules call.
        function: What is compiled.
        inline: Whether its code is put in place of each call.
        checked: Whether a division by zero raises. Without the check, a processor may divide
            several numbers at once.
    """
    options = UNCOUNTED | {"no_cpython_wrapper": True, "pipeline_class": RuleCompiler}
    options["error_model"] = "python" if checked else "numpy"
    compiled = numba.njit(forceinline=inline, **options)(function)
    RULES.append(compiled)
    infer_global(stub, RuleType(compiled))


def kinds_of(state: Any) -> bytes:
    """Describes types, dimensions and layouts of all arrays of a state; equal if they all are."""
    return bytes(compute_fingerprint(state))


def loop_of(kernel: Kernel, state: Any, kinds: bytes) -> Callable[..., Any]:
    """The compiled loop of a kernel for a state of these kinds, compiled or loaded if necessary.

    A kernel finds its loop by looking at every array of the state, which takes longer than many
    loops run. The loop itself does not look: it may only be given states of the same kinds.
    """
    found = LOOPS.get((kernel, kinds))
    if found is None:
        if kinds not in SIGNATURES:
            SIGNATURES[kinds] = (numba.typeof(state), int64, int64)
        found = LOOPS[kernel, kinds] = kernel.compile(SIGNATURES[kinds])
    return found


SIGNATURES: dict[bytes, tuple[Any, ...]] = {}
"""Types of the arguments of kernels, by the kinds of a state's arrays."""
LOOPS: dict[tuple[Kernel, bytes], Callable[..., Any]] = {}
"""Compiled loops of this process, by kernel and kinds."""


def compile_kernels(kernels: list[Kernel], state: Any) -> None:
    """Compile the kernels for the types of this state, or load them from the cache."""
    kinds = kinds_of(state)
    for one in kernels:
        loop_of(one, state, kinds)

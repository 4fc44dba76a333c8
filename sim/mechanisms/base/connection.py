"""Connects the mechanisms with the core: once the core is complete, they import parts of it.

The core imports the mechanisms to compose its records. So a mechanism that is still being imported
cannot import the core. Its imports under ``if TYPE_CHECKING:`` are executed here instead. Then
its rules are registered for compilation, and its kernels are replaced by compiled ones.
"""

import ast
import inspect
import sys
from functools import cache
from types import ModuleType

from sim.engine import compile as compiler
from sim.mechanisms.base import rules
from sim.mechanisms.base.composition import COMPOSED
from sim.mechanisms.base.mechanism import MECHANISMS
from sim.mechanisms.base.points import POINTS


@cache
def connect() -> None:
    """Connect all mechanisms with the core, once per process.

    Raises:
        ValueError: If a mechanism adds fields to a record that the core does not compose.
    """
    for mechanism in MECHANISMS:
        for record, cls in mechanism.fields:
            if record not in COMPOSED:
                known = ", ".join(sorted(COMPOSED))
                what = f"{mechanism.module}.{cls.__name__}: no record '{record}' to add fields to"
                raise ValueError(f"{what}; records that can be extended: {known}")
        for name in mechanism.files:
            import_late(sys.modules[name])
    for one in rules.RULES:
        compiler.rule(one)
    for one in rules.KERNELS:
        setattr(sys.modules[one.__module__], one.__name__, compiler.kernel(one))
    for point in POINTS.values():
        compiler.stand_in(point.stub, point.combined())


def import_late(module: ModuleType) -> None:
    """Execute the imports that a module declares under ``if TYPE_CHECKING:``."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            imports = ast.Module(node.body, type_ignores=[])
            exec(compile(imports, str(module.__file__), "exec"), module.__dict__)

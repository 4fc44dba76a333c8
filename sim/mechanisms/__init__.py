"""Optional parts of the model, one file each; every file of this folder is imported automatically.

A long mechanism is a folder instead, with a file for each of its subjects.

The file of a mechanism contains everything that belongs to it: levers, parameters, fields of
tables, draws, movements of money, sums, rules and the points of the core that call them, phases,
indicators, terms of ledgers and equations (docs/extending.md).

The core imports ``@composed`` from here to compose its records (rows of tables, groups of levers or
parameters). So all mechanisms are imported before the core, in the order of their names. This gives
each sum and each movement of money the same number in every process.

Fees that do not belong to a mechanism are set in levers/sanctions.py, levers/at_source.py,
parameters/procedure.py and parameters/pursuit.py, and paid in agents/creditor.py and
month/enforcement/distribution.py.
"""

from importlib import import_module
from pkgutil import iter_modules

from sim.mechanisms.base.composition import composed
from sim.mechanisms.base.mechanism import MECHANISMS, Mechanism

__all__ = ["MECHANISMS", "Mechanism", "composed"]


def _discover() -> None:
    """Import every mechanism, and note the modules that declare it.

    Raises:
        ImportError: If a file or folder declares no mechanism, or more than one.
    """
    for name in sorted(one.name for one in iter_modules(__path__) if one.name != "base"):
        before = len(MECHANISMS)
        module = import_module(f"{__name__}.{name}")
        folder = getattr(module, "__path__", ())
        parts = [
            f"{module.__name__}.{part}" for part in sorted(p.name for p in iter_modules(folder))
        ]
        for part in parts:
            import_module(part)
        declared = MECHANISMS[before:]
        if len(declared) != 1:
            raise ImportError(f"{module.__file__}: a file or folder must declare one Mechanism")
        declared[0].module = module.__name__
        declared[0].files = (module.__name__, *parts)


_discover()

"""Import of optional libraries, with an error that says how to install one that is absent."""

import warnings
from importlib import import_module
from typing import Any

from sim.errors import ServandaError


def extra(module: str, name: str = "analysis") -> Any:
    """Import a module of an optional dependency.

    Args:
        module: Full name of the module.
        name: The extra of Servanda that installs the dependency, as in ``servanda[analysis]``.

    Raises:
        ServandaError: If it cannot be imported.
    """
    try:
        with warnings.catch_warnings():
            # Some libraries warn that their own optional dependencies are absent. These are not
            # needed here.
            warnings.simplefilter("ignore")
            return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        what = f"this needs {package}, which cannot be imported ({error})"
        raise ServandaError(package, what, f'pip install "servanda[{name}]"') from None

"""Libraries that come with an extra: brought in quietly, or missed in a line."""

import warnings
from importlib import import_module
from typing import Any

from sim.errors import ServandaError


def extra(module: str, name: str = "analysis") -> Any:
    """A module that is not installed with Servanda itself.

    Args:
        module: Its whole name.
        name: The extra that brings it.

    Raises:
        ServandaError: If it is missing.
    """
    try:
        with warnings.catch_warnings():
            # They warn of what they could use besides, which is nothing of ours.
            warnings.simplefilter("ignore")
            return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        what = f"this needs {package}, which cannot be imported ({error})"
        raise ServandaError(package, what, f'pip install "servanda[{name}]"') from None

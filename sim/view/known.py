"""What can be chosen on the page: worlds and levers, as plain data.

The worker process fills it (`sim.view.worlds`); the web process only reads it, so that it need not
import the model.
"""

from dataclasses import dataclass, field
from typing import Any

Plain = dict[str, Any]
"""A dictionary of texts, numbers, lists and further dictionaries."""


@dataclass(frozen=True)
class Known:
    """What can be chosen on the page.

    Args:
        worlds: Worlds by name, each with ``source`` (what `sim.load` takes), ``title`` and
            ``about`` (English and Chinese), ``debtors``, ``months``, ``levers`` (its own value of
            each lever), ``policies`` (name, title, first and last month) and ``tree`` (the merged
            scenario as read).
        levers: Levers by path, each with mode, titles, unit, range and origin.
        first: The world that is shown first.
        left_out: Files of the folder that cannot be used, each with the reason.
        report: Name of the folder of results that the page shows; empty if there is none.
    """

    worlds: dict[str, Plain]
    levers: dict[str, Plain]
    first: str
    left_out: list[str] = field(default_factory=list)
    report: str = ""

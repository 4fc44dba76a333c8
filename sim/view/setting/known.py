"""What can be chosen on the page: worlds and levers, as plain data.

The worker process fills it (`sim.view.setting.worlds`). The web process only reads it, so it need
not import the model.
"""

from dataclasses import dataclass, field
from typing import Any

Plain = dict[str, Any]
"""A dictionary of texts, numbers, lists and further dictionaries."""

BASELINE = "china_2016"
"""The shipped world that is shown first unless another one was asked for."""


@dataclass(frozen=True)
class Known:
    """What can be chosen on the page.

    Args:
        worlds: Worlds by name, each with ``source`` (name or file; empty if all is in ``tree``),
            ``title`` and ``about`` (English and Chinese), ``seed``, ``debtors`` and ``months``
            with which it opens, ``levers`` (its own value of each lever), ``policies`` (name,
            title, first and last month) and ``tree`` (the merged scenario as read).
        levers: Levers by path, each with mode, titles, unit, range and origin.
        first: The world that is shown first.
        left_out: What of the folder is not shown and why, in English and Chinese.
        report: Name of the folder of results that the page shows; empty if there is none.
    """

    worlds: dict[str, Plain]
    levers: dict[str, Plain]
    first: str
    left_out: list[list[str]] = field(default_factory=list)
    report: str = ""

"""What tests of single rules need: rows of tables with a few fields, and laws with a few levers."""

from typing import Any

import numpy as np

from sim.agents.creditor import Creditor
from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.perceived import Penalties
from sim.agents.debtor.weigh import Position
from sim.engine.plain import Row
from sim.engine.record import dtype
from sim.levers.catalogue import Levers, with_value


def row(record: type, **fields: Any) -> Any:
    """A row of a table, all zero but for these fields; a list fills an array of cells."""
    made = Row(np.zeros(1, dtype(record)), 0)
    for name, value in fields.items():
        if isinstance(value, list):
            for number, cell in enumerate(value):
                getattr(made, name)[number] = cell
        else:
            setattr(made, name, value)
    return made


def debtor(**fields: Any) -> Any:
    """A debtor."""
    return row(Debtor, **fields)


def creditor(**fields: Any) -> Any:
    """A creditor."""
    return row(Creditor, **fields)


def law(values: dict[str, float] | None = None, **more: float) -> Levers:
    """The default levers with these values, by path; as a keyword with ``__`` for its point."""
    levers = Levers()
    for path, value in ((values or {}) | more).items():
        levers = with_value(levers, path.replace("__", "."), value)
    return levers


WRITTEN = Penalties(*(getattr(Levers().sanctions, f"{name}_rate") for name in Penalties._fields))
"""Personal sanctions in the proportion of the default law."""


def position(**fields: Any) -> Position:
    """What a debtor who owes 50,000 yuan and has four times as much sees, with these fields."""
    usual = {"due": 50_000.0, "wealth": 200_000.0, "payable": 50_000.0, "forced_loss": 0.05}
    usual |= {"hidable": 0.4, "frozen": 0.0, "recovery": 0.05, "listing": 0.08, "personal": -1.0}
    usual |= {"entered": 0.0}
    usual |= {"listed": -1, "honest": 0.6, "eligible": True, "preserved": 0.0}
    usual |= {
        "partnered": 0.0,
        "swayed": 1.0,
        "withheld": 0.0,
        "withheld_anyway": 0.0,
        "outside": False,
        "penalties": WRITTEN,
    }
    return Position(**(usual | fields))

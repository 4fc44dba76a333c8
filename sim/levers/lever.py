"""What a lever is: a number that policy can move, with the value at which its mechanism is off."""

from dataclasses import dataclass
from typing import Literal

from sim.engine.record import Quantity

Reader = Literal["claim", "debtor", "court"]


@dataclass(frozen=True, kw_only=True)
class Lever(Quantity):
    """A number that policies set, scale or add to.

    Args:
        title: English title.
        zh: Chinese title.
        off: Value at which the mechanism does nothing.
        reads: Whose treatment decides the value: the claim's, the debtor's or the court's.
        expected: Expected signs on compliance (C), recovery (R), backlog (B) and harm (H);
            ``±`` where it depends. An expectation, never an input.
    """

    title: str
    zh: str
    off: float
    reads: Reader
    expected: str

"""What a lever is: a number that policy can move, with the value at which its mechanism is off."""

from dataclasses import dataclass
from typing import Literal

from sim.engine.record import Quantity

Reader = Literal["claim", "debtor", "court"]
Base = Literal["head", "domain", "claim", "case", "officer"]

BASES: dict[Base, str] = {
    "head": "debtor reached",
    "domain": "1,000 debtors reached: a register, an office or a network is kept for them",
    "claim": "claim that falls due in a year",
    "case": "case that enters enforcement in a year",
    "officer": "enforcement officer",
}
"""What a lever's public cost is counted by; all of them grow with the number of debtors."""

COUNTED: dict[Reader, tuple[Base, ...]] = {
    "claim": ("claim", "case"),
    "debtor": ("head", "domain", "claim", "case"),
    "court": ("head", "domain", "claim", "case", "officer"),
}
"""What can be counted by the treatment of whoever reads a lever."""


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
        passage: Section of the article that asks for it; empty where none does.
        cost: What the public pays for it, yuan a year for each unit of the lever above `off` and
            each one of `base`; every figure is assumed.
        base: What the cost is counted by.
        paid_in_run: What the public pays for its use besides, which a run counts as it happens.
    """

    title: str
    zh: str
    off: float
    reads: Reader
    expected: str
    passage: str = ""
    cost: float = 0.0
    base: Base | None = None
    paid_in_run: str = ""

    def __post_init__(self) -> None:
        """A cost needs something to be counted by that its reader can tell.

        Raises:
            ValueError: If it has not.
        """
        if (self.cost > 0.0) != (self.base is not None):
            raise ValueError(f"{self.title}: a cost and its base go together")
        if self.base is not None and self.base not in COUNTED[self.reads]:
            raise ValueError(f"{self.title}: a {self.reads} cannot count by {self.base}")

"""Declares what a lever is: a number that policies can set, with the value at which it is off."""

from dataclasses import dataclass
from typing import Literal

from sim.engine.record import Quantity

Reader = Literal["claim", "debtor", "court"]
Base = Literal["head", "domain", "claim", "case", "officer"]

BASES: dict[Base, str] = {
    "head": "debtor reached",
    "domain": "1,000 debtors reached, who share a register, an office or a network",
    "claim": "claim that falls due in a year",
    "case": "case that enters enforcement in a year",
    "officer": "enforcement officer",
}
"""Units by which the public cost of a lever is counted (`Lever.base`).

The number of units grows with the number of debtors.
"""

COUNTED: dict[Reader, tuple[Base, ...]] = {
    "claim": ("claim", "case"),
    "debtor": ("head", "domain", "claim", "case"),
    "court": ("head", "domain", "claim", "case", "officer"),
}
"""Units by which a lever's cost can be counted, for each value of `Lever.reads`."""


@dataclass(frozen=True, kw_only=True)
class Lever(Quantity):
    """A number that policies set, scale or add to.

    Args:
        title: English title.
        zh: Chinese title.
        off: Value at which the lever has no effect.
        reads: Whether the value depends on the policies that reach the claim, the debtor or the
            court.
        expected: Expected signs of the effects on compliance (C), recovery (R), backlog (B) and
            harm (H); ``±`` if the sign depends on circumstances. The model does not use it.
        passage: Section of the article that proposes it; empty if none does.
        cost: Public cost in yuan per year and unit of `base` if the value is `off` + 1. It is
            proportional to value − `off`. Every figure is assumed.
        cheapest: Lowest plausible cost, as a share of `cost`.
        dearest: Highest plausible cost, as a multiple of `cost`.
        base: Unit per which the cost is counted; None if there is no cost.
        paid_in_run: Further public cost of using the lever, which a run records as it arises.
        by_case: Whether a policy with `domains` or `amount` can set the lever; the debtor's oldest
            case then decides. Only for levers that are read for a debtor.
    """

    title: str
    zh: str
    off: float
    reads: Reader
    expected: str
    passage: str = ""
    cost: float = 0.0
    cheapest: float = 1.0 / 3.0
    dearest: float = 3.0
    base: Base | None = None
    paid_in_run: str = ""
    by_case: bool = False

    def __post_init__(self) -> None:
        """Check the base and range of the cost, and that a by-case lever is read for a debtor.

        Raises:
            ValueError: If there is a cost but no base, or a base but no cost; if the base cannot be
                counted for `reads`; if the range from `cheapest` to `dearest` does not contain 1;
                or if a by-case lever is not read for a debtor.
        """
        if (self.cost > 0.0) != (self.base is not None):
            raise ValueError(f"{self.title}: a cost needs a base, and a base needs a cost")
        if not 0.0 < self.cheapest <= 1.0 <= self.dearest:
            raise ValueError(
                f"{self.title}: cheapest must be above 0 and at most 1, dearest at least 1"
            )
        if self.base is not None and self.base not in COUNTED[self.reads]:
            raise ValueError(
                f"{self.title}: a lever read for a {self.reads} cannot have a cost per {self.base}"
            )
        if self.by_case and self.reads != "debtor":
            raise ValueError(
                f"{self.title}: only a lever read for a debtor can be set by the oldest case"
            )

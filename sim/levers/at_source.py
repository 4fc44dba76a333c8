"""Levers of source governance (源头治理): what keeps bad debts from arising."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever


@declared
class AtSource:
    """Prevention before a dispute exists."""

    screening: Annotated[
        float,
        Lever(
            title="Risk screening in lending and trade",
            zh="市场风险防范",
            unit="share of credit to listed or empty debtors that is refused",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+ B-",
            source="article 4.2: prevention of market risk; value assumed",
        ),
    ] = 0.0

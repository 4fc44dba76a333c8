"""Levers of special campaigns (专项治理): who is served first."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever


@declared
class Special:
    """Campaign rules of the docket."""

    livelihood_priority: Annotated[
        float,
        Lever(
            title="People's-livelihood cases first",
            zh="涉民生案件优先",
            unit="1 when wages, maintenance and injury are served first, else 0",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C± R±",
            source="article 6.2; in force from above one half",
        ),
    ] = 0.0
    publicity: Annotated[
        float,
        Lever(
            title="Exemplary publicity",
            zh="典型案例宣传",
            unit="reach: share of publicised sanctions that a debtor hears of",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            source="article, special campaigns: one case counts as ten; value assumed",
        ),
    ] = 0.0

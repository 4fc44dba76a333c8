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
    declaration: Annotated[
        float,
        Lever(
            title="Duty to declare assets",
            zh="财产报告制度",
            unit="share of cases in which it is imposed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            source="article 6.1; value assumed",
        ),
    ] = 0.0
    anti_evasion: Annotated[
        float,
        Lever(
            title="Campaign against evasion",
            zh="反规避执行",
            unit="share of hiding and false declaring that escaped before and no longer does",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            source="article 6.1; value assumed",
        ),
    ] = 0.0

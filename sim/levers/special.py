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
    compulsory_liquidation: Annotated[
        float,
        Lever(
            title="Compulsory liquidation of stubborn firms",
            zh="强制清算",
            unit="1/month, of firms in enforcement that keep money back",
            low=0.0,
            high=0.5,
            off=0.0,
            reads="debtor",
            expected="C+ R± B- H+",
            source="article 6: anti-evasion; value assumed",
        ),
    ] = 0.0
    evidence: Annotated[
        float,
        Lever(
            title="Quality of evidence for refusal to execute",
            zh="拒执罪证据质量",
            unit="share of prosecutions of those who cannot pay that it prevents",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="H-",
            source="article 6.1: recorders, proof of ability; value assumed",
        ),
    ] = 0.0

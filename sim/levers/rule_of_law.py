"""Levers of law-based governance (依法治理): limits and standards for enforcement itself."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever


@declared
class RuleOfLaw:
    """Good faith and predictability in enforcement."""

    live_freeze: Annotated[
        float,
        Lever(
            title="Use of frozen assets left to a working firm",
            zh="活封",
            unit="share of use",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C- R+ H-",
            source="article 1.2: measures with the least effect on business; value assumed",
        ),
    ] = 0.0
    standardisation: Annotated[
        float,
        Lever(
            title="Standardisation: one practice, one expectation",
            zh="执行规范化",
            unit="share of dispersion removed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± H-",
            source="article 1.2: enforcement that can be expected and assessed; value assumed",
        ),
    ] = 0.0
    openness: Annotated[
        float,
        Lever(
            title="Open statistics of enforcement",
            zh="执行公开",
            unit="share of the way from belief to the published hazard of recovery",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± R±",
            source="article, law-based governance; value assumed",
        ),
    ] = 0.0

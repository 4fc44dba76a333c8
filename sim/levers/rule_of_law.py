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
    value_preservation: Annotated[
        float,
        Lever(
            title="Preserving the value of what is frozen",
            zh="保值",
            unit="share of the loss of value while frozen that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+ H-",
            source="article 1.2: preserve the market value of assets; value assumed",
        ),
    ] = 0.0
    proportionality: Annotated[
        float,
        Lever(
            title="Proportionality: no seizure beyond the claim",
            zh="不得超标的查封",
            unit="share of the excess over what is needed that is not attached",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R± H-",
            source="article 1.2: neither beyond the scope nor beyond the value; value assumed",
        ),
    ] = 0.0
    third_party_protection: Annotated[
        float,
        Lever(
            title="Protection of third parties",
            zh="案外人保护",
            unit="share of attachments of others' property avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="H-",
            source="article 1.1: no harm to third parties; value assumed",
        ),
    ] = 0.0

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
    supervision: Annotated[
        float,
        Lever(
            title="Supervision of enforcement",
            zh="执行监督",
            unit="share of officers' failings found out beyond the usual",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B- H-",
            source="article 1.2: a system of supervision; value assumed",
        ),
    ] = 0.0
    traceability: Annotated[
        float,
        Lever(
            title="End-to-end traceability",
            zh="全程留痕",
            unit="share of bribes traced beyond the usual",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+",
            source="article 1.2: every step leaves a trace; value assumed",
        ),
    ] = 0.0
    assistance_liability: Annotated[
        float,
        Lever(
            title="Damages against obstructive asset holders",
            zh="协助执行人损害赔偿",
            unit="share of the loss that a holder answers for",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            source="article 1.2: liability 0 to 1 of the loss; value assumed",
        ),
    ] = 0.0
    persuasion: Annotated[
        float,
        Lever(
            title="Explanation and persuasion",
            zh="说服教育",
            unit="yuan of conscience added per yuan kept back",
            low=0.0,
            high=0.2,
            off=0.0,
            reads="debtor",
            expected="C+",
            source="E7: a moral message lowered delinquency by 4.4 points of 66; value assumed",
        ),
    ] = 0.0

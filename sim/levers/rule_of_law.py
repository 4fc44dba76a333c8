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
    plans: Annotated[
        float,
        Lever(
            title="Instalment plans in place of enforcement",
            zh="分期履行、执行和解",
            unit="share of debtors whose offer is brought before their creditors",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R± B- H-",
            source="article 1.2: good faith and persuasion in enforcement; value assumed",
        ),
    ] = 0.0
    periodic_tracing: Annotated[
        float,
        Lever(
            title="Periodic tracing after termination",
            zh="终本后定期查询",
            unit="1/month, of terminated claims traced anew beside what the courts do anyway",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B+",
            source="assumed; twice a year is .17",
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

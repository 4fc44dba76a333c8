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
    insurance_coverage: Annotated[
        float,
        Lever(
            title="Compulsory liability insurance",
            zh="强制责任保险覆盖",
            unit="share of debtors liable in insurable domains who are obliged",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B- H-",
            source="article, source governance; motor cover since 2006 (B33)",
        ),
    ] = 0.0
    insurance_compliance: Annotated[
        float,
        Lever(
            title="Compliance with compulsory insurance",
            zh="投保率",
            unit="share of those obliged who are covered",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            source="assumed",
        ),
    ] = 0.6
    insurance_limit: Annotated[
        float,
        Lever(
            title="Limit of liability cover",
            zh="责任限额",
            unit="yuan a claim",
            low=0.0,
            high=2_000_000.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            source="B33: 122,000 yuan from 2008",
        ),
    ] = 122_000.0
    insurance_deductible: Annotated[
        float,
        Lever(
            title="Deductible",
            zh="免赔率",
            unit="share of the claim left to the debtor",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R- B+",
            source="assumed",
        ),
    ] = 0.0
    insurance_experience_rating: Annotated[
        float,
        Lever(
            title="Experience rating of premiums",
            zh="费率浮动",
            unit="share of a payout that returns in the debtor's own premiums",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="B-",
            source="assumed",
        ),
    ] = 0.0
    insurance_delay: Annotated[
        float,
        Lever(
            title="Delay of the insurer",
            zh="理赔时限",
            unit="months from the due date to the payout",
            low=0.0,
            high=24.0,
            off=0.0,
            reads="claim",
            expected="R- B+",
            source="assumed",
        ),
    ] = 0.0
    social_insurance: Annotated[
        float,
        Lever(
            title="Social insurance",
            zh="社会保险",
            unit="share of a person's income shocks and ruin absorbed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+ B- H-",
            source="article, source governance; value assumed",
        ),
    ] = 0.0
    integrity_education: Annotated[
        float,
        Lever(
            title="Education in integrity",
            zh="诚信教育",
            unit="1/month, of the way to the ceiling of conscience",
            low=0.0,
            high=0.1,
            off=0.0,
            reads="debtor",
            expected="C+ R+ B-",
            source="article, source governance; value assumed",
        ),
    ] = 0.0

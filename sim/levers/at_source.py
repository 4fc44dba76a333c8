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
    conversion: Annotated[
        float,
        Lever(
            title="Conversion of enforcement into bankruptcy",
            zh="执转破",
            unit="share of insolvent firms' cases about to be terminated that are converted",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="B- R±",
            source="article 4.5; B24, B25: 5,665 bankruptcies accepted in 2016; value assumed",
        ),
    ] = 0.0
    specialised_courts: Annotated[
        float,
        Lever(
            title="Specialised bankruptcy courts",
            zh="破产专门审判",
            unit="share of proceedings that they conduct",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="B- R+",
            source="E24; value assumed",
        ),
    ] = 0.0
    personal_bankruptcy: Annotated[
        float,
        Lever(
            title="Personal bankruptcy",
            zh="自然人破产",
            unit="share of applicants who are admitted",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± B- H-",
            source="article 4.5; B27: some 2.5 % of applicants in Shenzhen's first year",
        ),
    ] = 0.0
    discharge_years: Annotated[
        float,
        Lever(
            title="Years of payment before a discharge",
            zh="免责考察期",
            unit="years",
            low=0.0,
            high=10.0,
            off=0.0,
            reads="debtor",
            expected="C± R±",
            source="B28: three years in Shenzhen; nothing without personal bankruptcy",
        ),
    ] = 3.0

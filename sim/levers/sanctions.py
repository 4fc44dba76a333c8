"""Levers of sanctions (制裁): interest, fines, detention, prison, the term of a listing."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("sanctions")
class Sanctions:
    """The legal consequences of refusing to pay."""

    late_interest: Annotated[
        float,
        Lever(
            title="Interest for late performance",
            zh="迟延履行利息",
            unit="1/month on the principal still owed",
            low=0.0,
            high=0.05,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R±",
            passage="4.2",
            source="B31: .0175 % per day",
            standing="measured",
        ),
    ] = 0.00525
    enforcement_fee: Annotated[
        float,
        Lever(
            title="Enforcement fee on money recovered by force",
            zh="执行申请费（由被执行人负担）",
            unit="share of the money recovered by force",
            low=0.0,
            high=0.2,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R-",
            passage="4.2",
            source="B31: 1 to 1.5 % for most cases",
            standing="measured",
        ),
    ] = 0.012
    fine_rate: Annotated[
        float,
        Lever(
            title="Fines for refusing to pay",
            zh="罚款",
            unit="1/month, for debtors who keep money back",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="4.2",
            source="assumed",
        ),
    ] = 0.002
    fine_amount: Annotated[
        float,
        Lever(
            title="Amount of a fine",
            zh="罚款数额",
            unit="months of income",
            low=0.0,
            high=36.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="4.2",
            bites={"sanctions.fine_rate": 0.05},
            source="B30: at most 100,000 yuan for a person; value assumed",
        ),
    ] = 2.0
    detention_rate: Annotated[
        float,
        Lever(
            title="Judicial detention",
            zh="司法拘留",
            unit="1/month, for debtors who keep money back",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="4.2",
            paid_in_run="days in custody",
            source="B1: 2.4 % of concluded cases, about .004 per month among evaders",
            standing="to be fitted",
        ),
    ] = 0.004
    detention_days: Annotated[
        float,
        Lever(
            title="Length of detention",
            zh="拘留期限",
            unit="days",
            low=0.0,
            high=180.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="4.2",
            paid_in_run="days in custody",
            bites={"sanctions.detention_rate": 0.05},
            source="B30: at most 15 days",
            standing="measured",
        ),
    ] = 15.0
    prison_rate: Annotated[
        float,
        Lever(
            title="Prosecution for refusing to comply with a judgment",
            zh="拒不执行判决、裁定罪（拒执罪）追诉",
            unit="1/month, for debtors who keep money back",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="6.2",
            paid_in_run="months in prison",
            source="B2: about .05 % of cases",
            standing="to be fitted",
        ),
    ] = 0.0001
    prison_months: Annotated[
        float,
        Lever(
            title="Length of a prison sentence",
            zh="刑期",
            unit="months",
            low=0.0,
            high=84.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="6.2",
            paid_in_run="months in prison",
            bites={"sanctions.prison_rate": 0.01},
            source="B30: at most three years in ordinary cases; value assumed",
        ),
    ] = 12.0
    listing_term: Annotated[
        float,
        Lever(
            title="Term of an entry on the list",
            zh="纳入名单期限",
            unit="months",
            low=0.0,
            high=72.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="4.2",
            source="B29: up to two years",
            standing="measured",
        ),
    ] = 24.0
    listing_income_loss: Annotated[
        float,
        Lever(
            title="Income lost while listed",
            zh="纳入名单期间的收入损失",
            unit="share of income, at full breadth of restrictions and full matching",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C± R- H+",
            passage="4.2",
            bites={"comprehensive.list_rate": 0.5},
            source="assumed; losses that are only felt are not part of it",
        ),
    ] = 0.02

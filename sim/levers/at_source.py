"""Levers of source governance (源头治理): prevention of bad debts and of enforcement."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed

UNLIMITED = 1_000.0
"""Value of `administrators` (proceedings per month and 1,000 debtors) that means no limit."""


@declared
@composed("at_source")
class AtSource:
    """Prevention of bad debts, and ways to settle them without enforcement."""

    screening: Annotated[
        float,
        Lever(
            title="Risk screening in lending and trade",
            zh="市场风险防范",
            unit="share of credit requests by debtors listed or without property that is refused",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+ B-",
            passage="4.2",
            bites={"domains.bank_loan.person": 6.0},
            source="prevention of risks in the market; value assumed",
        ),
    ] = 0.0
    preservation: Annotated[
        float,
        Lever(
            title="Preservation of assets when suing",
            zh="财产保全",
            unit="share of applications granted",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+ B- H+",
            passage="4.2",
            cost=10.0,
            base="claim",
            bites={"at_source.risk_notice": 1.0},
            source="B14: in 7.8 % of suits, B15: before .3 % of suits; value assumed",
        ),
    ] = 0.0
    pre_suit_preservation: Annotated[
        float,
        Lever(
            title="Preservation of assets before the suit",
            zh="诉前保全",
            unit="share of creditors about to sue who may apply for preservation",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+ H+",
            passage="4.2",
            cost=10.0,
            base="claim",
            bites={
                "at_source.preservation": 1.0,
                "at_source.risk_notice": 1.0,
                "pursuit.pre_suit_security": 0.1,
                "pursuit.dissipate_overdue": 0.2,
            },
            source="B15: before .3 % of suits; value assumed",
        ),
    ] = 0.0
    preservation_security: Annotated[
        float,
        Lever(
            title="Security that the creditor gives for preservation",
            zh="保全担保比例",
            unit="share of the claim",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R- H-",
            passage="4.2",
            bites={"at_source.preservation": 1.0, "at_source.risk_notice": 1.0},
            source="B32: at most 30 % of the claim",
            standing="measured",
        ),
    ] = 0.3
    preservation_fee: Annotated[
        float,
        Lever(
            title="Fee for preservation",
            zh="保全费",
            unit="share of the claim, up to the legal cap",
            low=0.0,
            high=0.1,
            off=0.0,
            reads="claim",
            expected="R-",
            passage="4.2",
            bites={"at_source.preservation": 1.0, "at_source.risk_notice": 1.0},
            source="the legal fee scale has 1 % in its middle bracket",
            standing="measured",
        ),
    ] = 0.01
    preservation_guarantee: Annotated[
        float,
        Lever(
            title="Insurers' guarantees instead of security",
            zh="诉讼保全责任保险",
            unit="share of the security that a guarantee replaces",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="4.2",
            bites={"at_source.preservation": 1.0, "at_source.risk_notice": 1.0},
            source="makes preservation cheaper; value assumed",
        ),
    ] = 0.0
    preservation_link: Annotated[
        float,
        Lever(
            title="Preservation through the tracing network",
            zh="保全接入查控网络",
            unit="share of the assets missed by the creditor's own leads that the network finds",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="4.2",
            cost=3.0,
            base="claim",
            bites={"at_source.preservation": 1.0, "at_source.risk_notice": 1.0},
            source="link preservation to the tracing network; value assumed",
        ),
    ] = 0.0
    risk_notice: Annotated[
        float,
        Lever(
            title="Notice of risks to suing creditors",
            zh="诉讼风险告知",
            unit="share of creditors unaware of preservation who learn of it",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="5.2",
            cost=2.0,
            base="claim",
            bites={"at_source.preservation": 1.0},
            source="value assumed",
        ),
    ] = 0.0
    mediation: Annotated[
        float,
        Lever(
            title="Mediation of suits",
            zh="诉讼调解",
            unit="share of suits in which the parties meet for mediation",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C± B-",
            passage="4.2",
            cost=100.0,
            base="claim",
            source="value assumed",
        ),
    ] = 0.0
    clarity: Annotated[
        float,
        Lever(
            title="Clear judgments",
            zh="执行内容明确",
            unit="share of unclear judgments that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="4.2",
            cost=20.0,
            base="claim",
            bites={"pursuit.ambiguous": 0.3},
            source="value assumed",
        ),
    ] = 0.0
    linkage: Annotated[
        float,
        Lever(
            title="Coordination of filing, trial and enforcement",
            zh="立审执衔接",
            unit="share by which the time until handover to enforcement is shortened",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="4.2",
            cost=15.0,
            base="claim",
            bites={"pursuit.handover": 6.0},
            source="value assumed",
        ),
    ] = 0.0
    advance: Annotated[
        float,
        Lever(
            title="Advance enforcement in livelihood suits",
            zh="先予执行",
            unit="share of livelihood suits in which part of the claim is paid in advance",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H±",
            passage="5.2",
            cost=20.0,
            base="claim",
            source="value assumed",
        ),
    ] = 0.0
    ex_officio: Annotated[
        float,
        Lever(
            title="Transfer to enforcement by the court itself",
            zh="移送执行",
            unit="1/month, for livelihood and criminal claims unpaid after grace",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B+",
            passage="6.2",
            cost=20.0,
            base="claim",
            source="value assumed",
        ),
    ] = 0.0
    reminder: Annotated[
        float,
        Lever(
            title="Reminders when a claim falls due",
            zh="到期履行提示",
            unit="share of claims of which the debtor is reminded",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+",
            passage="1.1",
            cost=2.0,
            base="claim",
            source="E9: payment rises from about 5 % to 23 %; value assumed",
        ),
    ] = 0.0
    credit_reporting: Annotated[
        float,
        Lever(
            title="Credit reporting",
            zh="征信覆盖",
            unit="share of loans for which banks check the credit score",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± R+ B-",
            passage="4.2",
            cost=2.0,
            base="head",
            bites={"domains.bank_loan.person": 6.0},
            source="value assumed",
        ),
    ] = 0.0
    cross_sector_sharing: Annotated[
        float,
        Lever(
            title="Sharing of records beyond banks",
            zh="跨部门信息共享",
            unit="share of the checks by banks that other lenders and trade partners make as well",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+ B-",
            passage="4.2",
            cost=1.0,
            base="head",
            bites={"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0},
            source="value assumed",
        ),
    ] = 0.0
    report_memory: Annotated[
        float,
        Lever(
            title="Memory of credit reports",
            zh="征信记录保存期",
            unit="months until a score of 0 or 1 has returned to neutral",
            low=0.0,
            high=120.0,
            off=0.0,
            reads="debtor",
            expected="R+ H+",
            passage="4.2",
            bites={"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0},
            source="five years in the rules on credit reporting; range considered: 1 to 7 years",
            standing="measured",
        ),
    ] = 60.0
    conversion: Annotated[
        float,
        Lever(
            title="Conversion of enforcement into bankruptcy",
            zh="执转破",
            unit="share of insolvent firms' cases that are converted when due for termination",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="B- R±",
            passage="4.2",
            cost=100.0,
            base="case",
            source="B24, B25: 5,665 bankruptcies accepted in 2016; value assumed",
        ),
    ] = 0.0
    specialised_courts: Annotated[
        float,
        Lever(
            title="Specialised bankruptcy courts",
            zh="破产专门法庭",
            unit="share of proceedings that specialised courts conduct",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="B- R+",
            passage="4.2",
            cost=500.0,
            base="domain",
            bites={"at_source.conversion": 1.0},
            source="E24: specialised courts shorten proceedings by 36 %; value assumed",
        ),
    ] = 0.0
    personal_bankruptcy: Annotated[
        float,
        Lever(
            title="Personal bankruptcy",
            zh="个人破产",
            unit="share of applicants who are admitted",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± B- H-",
            passage="4.2",
            cost=500.0,
            base="domain",
            source="B27: about 2.5 % of applicants in Shenzhen's first year",
        ),
    ] = 0.0
    discharge_years: Annotated[
        float,
        Lever(
            title="Years of payment before discharge",
            zh="免责考察期",
            unit="years",
            low=0.0,
            high=10.0,
            off=0.0,
            reads="debtor",
            expected="C± R±",
            passage="4.2",
            bites={"at_source.personal_bankruptcy": 1.0},
            source="B28: three years in Shenzhen; has no effect without personal bankruptcy",
        ),
    ] = 3.0
    bankruptcy_exempt: Annotated[
        float,
        Lever(
            title="Exempt property in bankruptcy",
            zh="破产豁免财产",
            unit="property that a person keeps beyond the exempt minimum, months of need",
            low=0.0,
            high=60.0,
            off=0.0,
            reads="debtor",
            expected="C± R- B- H-",
            passage="4.2",
            bites={"at_source.personal_bankruptcy": 1.0},
            source="has no effect without personal bankruptcy; value assumed",
        ),
    ] = 0.0
    bankruptcy_examination: Annotated[
        float,
        Lever(
            title="Examination by the administrator",
            zh="破产财产调查",
            unit="share of abuse of bankruptcy that is detected during a proceeding",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            passage="4.2",
            cost=100.0,
            base="domain",
            bites={
                "at_source.personal_bankruptcy": 1.0,
                "procedure.bankruptcy_cost": 0.0,
                "procedure.bankruptcy_stigma": 0.0,
            },
            source="has no effect without personal bankruptcy; value assumed",
        ),
    ] = 0.5
    administrators: Annotated[
        float,
        Lever(
            title="Insolvency administrators",
            zh="破产管理人承办能力",
            unit="proceedings that can be opened per month and 1,000 debtors",
            low=0.0,
            high=UNLIMITED,
            off=UNLIMITED,
            reads="court",
            expected="B- R±",
            passage="4.2",
            bites={"at_source.personal_bankruptcy": 1.0, "at_source.conversion": 1.0},
            source="no limit at the upper end; paid from the estate; value assumed",
        ),
    ] = UNLIMITED
    insurance_coverage: Annotated[
        float,
        Lever(
            title="Compulsory liability insurance",
            zh="强制责任保险覆盖率",
            unit="share of debtors in insurable domains who are obliged to be insured",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B- H-",
            passage="4.2",
            cost=3.0,
            base="claim",
            bites={"domains.injury.insurable": True},
            source="compulsory motor cover since 2006 (B33); value assumed",
        ),
    ] = 0.0
    insurance_compliance: Annotated[
        float,
        Lever(
            title="Compliance with compulsory insurance",
            zh="投保率",
            unit="share of debtors obliged to be insured who are insured",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="4.2",
            cost=6.0,
            base="claim",
            bites={"domains.injury.insurable": True},
            source="assumed",
        ),
    ] = 0.6
    insurance_limit: Annotated[
        float,
        Lever(
            title="Limit of liability cover",
            zh="责任限额",
            unit="yuan per claim",
            low=0.0,
            high=2_000_000.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="4.2",
            bites={"domains.injury.insurable": True},
            source="B33: 122,000 yuan from 2008",
        ),
    ] = 122_000.0
    insurance_deductible: Annotated[
        float,
        Lever(
            title="Deductible of liability cover",
            zh="免赔率",
            unit="share of the claim left to the debtor",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R- B+",
            passage="4.2",
            bites={"domains.injury.insurable": True},
            source="assumed",
        ),
    ] = 0.0
    insurance_experience_rating: Annotated[
        float,
        Lever(
            title="Experience rating of premiums",
            zh="费率浮动",
            unit="share of the full surcharge per class of malus; 0: the same premium for all",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="B-",
            passage="4.2",
            bites={
                "domains.injury.insurable": True,
                "domains.injury.person": 5.0,
                "domains.traffic.person": 5.0,
            },
            source="assumed",
        ),
    ] = 0.0
    insurance_delay: Annotated[
        float,
        Lever(
            title="Insurer's delay",
            zh="理赔周期",
            unit="months from the due date to the payout",
            low=0.0,
            high=24.0,
            off=0.0,
            reads="claim",
            expected="R- B+",
            passage="4.2",
            bites={"domains.injury.insurable": True},
            source="assumed",
        ),
    ] = 0.0
    social_insurance: Annotated[
        float,
        Lever(
            title="Social insurance",
            zh="社会保险",
            unit="share of persons' missed income and losses in ruin that is compensated",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+ B- H-",
            passage="4.2",
            paid_in_run="benefits paid",
            source="value assumed",
        ),
    ] = 0.0
    integrity_education: Annotated[
        float,
        Lever(
            title="Education in integrity",
            zh="诚信教育",
            unit="1/month, speed at which conscience rises to its ceiling",
            low=0.0,
            high=0.1,
            off=0.0,
            reads="debtor",
            expected="C+ R+ B-",
            passage="4.2",
            cost=200.0,
            base="head",
            source="value assumed",
        ),
    ] = 0.0

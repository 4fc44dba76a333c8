"""Levers of comprehensive governance (综合治理): officers, the list, help from other bodies."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("comprehensive")
class Comprehensive:
    """Officers, joint discipline, and the support of courts by other bodies."""

    officers: Annotated[
        float,
        Lever(
            title="Enforcement officers",
            zh="执行人员",
            unit="officers per 1,000 debtors",
            low=0.0,
            high=10.0,
            off=0.0,
            reads="court",
            expected="C+ R+ B-",
            passage="2.2",
            paid_in_run="officers' pay",
            source="set for a load of about 200 cases per officer and year (A17); to be fitted",
            standing="to be fitted",
        ),
    ] = 0.1
    list_rate: Annotated[
        float,
        Lever(
            title="Listing of dishonest judgment debtors",
            zh="纳入失信被执行人名单",
            unit="1/month, for debtors who keep money back",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R+ B- H+",
            passage="2.2",
            cost=20.0,
            base="case",
            source="to be fitted; an earlier one-court model had .55 of cases listed",
            standing="to be fitted",
        ),
    ] = 0.12
    automatic_listing: Annotated[
        float,
        Lever(
            title="Automatic listing",
            zh="自动纳入失信名单",
            unit="share of the listing rate that applies also to cases that no officer works on",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R+ H+",
            passage="2.2",
            cost=1.0,
            base="case",
            bites={"procedure.sanctions_in_hand": True},
            source="some countries list debtors automatically by law; value assumed",
        ),
    ] = 0.0
    visibility: Annotated[
        float,
        Lever(
            title="Visibility of the list",
            zh="信用信息透明",
            unit="share of neighbours who learn of a listing",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            source="the list is open to all in 2016; share assumed",
        ),
    ] = 0.5
    list_accuracy: Annotated[
        float,
        Lever(
            title="Accuracy of the list",
            zh="名单准确度",
            unit="1 − rate of listing the unable / rate of listing the unwilling",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H-",
            passage="2.2",
            cost=30.0,
            base="case",
            bites={"comprehensive.list_rate": 0.5},
            source="an earlier one-court model listed the unable at .7 of the rate of the able",
            standing="to be fitted",
        ),
    ] = 0.3
    list_latency: Annotated[
        float,
        Lever(
            title="Time until a debtor can be listed",
            zh="纳入名单时滞",
            unit="months in enforcement before the debtor can be listed",
            low=0.0,
            high=24.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C- H-",
            passage="2.2",
            bites={"comprehensive.list_rate": 0.5},
            source="assumed; the listing rate applies from then on",
        ),
    ] = 0.0
    match_rate: Annotated[
        float,
        Lever(
            title="Automatic matching and blocking",
            zh="自动比对、拦截",
            unit="share of restricted acts that are blocked",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R+ H+",
            passage="2.2",
            cost=800.0,
            base="domain",
            source="value assumed",
        ),
    ] = 0.6
    procurement: Annotated[
        float,
        Lever(
            title="Restriction: tenders and public procurement",
            zh="招投标与政府采购限制",
            unit="breadth of the restriction, 0 to 1",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            cost=150.0,
            base="domain",
            source="value assumed",
        ),
    ] = 1.0
    travel: Annotated[
        float,
        Lever(
            title="Restriction: flights, fast trains, luxury consumption",
            zh="限制消费",
            unit="breadth of the restriction, 0 to 1",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            cost=150.0,
            base="domain",
            source="flights and trains were blocked (CD-1024); value assumed",
        ),
    ] = 1.0
    finance: Annotated[
        float,
        Lever(
            title="Restriction: loans and credit cards",
            zh="融资信贷限制",
            unit="breadth of the restriction, 0 to 1",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            cost=150.0,
            base="domain",
            source="value assumed",
        ),
    ] = 1.0
    office: Annotated[
        float,
        Lever(
            title="Restriction: executive posts and public office",
            zh="任职限制",
            unit="breadth of the restriction, 0 to 1",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            cost=150.0,
            base="domain",
            source="220,000 people barred from executive posts (CD-0618); value assumed",
        ),
    ] = 1.0
    honours: Annotated[
        float,
        Lever(
            title="Restriction: honours and qualifications",
            zh="荣誉与资格限制",
            unit="breadth of the restriction, 0 to 1",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H+",
            passage="2.2",
            cost=150.0,
            base="domain",
            source="value assumed",
        ),
    ] = 1.0
    honesty_reward: Annotated[
        float,
        Lever(
            title="Reward for honesty (felt, not paid)",
            zh="褒奖诚信",
            unit="value of the reward in each month of a year, as a share of monthly income",
            low=0.0,
            high=0.5,
            off=0.0,
            reads="debtor",
            expected="C+",
            passage="2.2",
            cost=20.0,
            base="head",
            source="reward honesty, punish dishonesty; value assumed",
        ),
    ] = 0.0
    repair_delay: Annotated[
        float,
        Lever(
            title="Delay of credit repair",
            zh="信用修复期限",
            unit="months of restrictions after performance, up to the term of the listing",
            low=0.0,
            high=24.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C± H+",
            passage="2.2",
            bites={"comprehensive.list_rate": 0.5},
            source="assumed: a debtor who performs is removed from the list at once",
        ),
    ] = 0.0
    credit_repair: Annotated[
        float,
        Lever(
            title="Credit repair on performance",
            zh="履行后信用修复",
            unit="share of the fall in a credit score that performance restores",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R- B+ H-",
            passage="2.2",
            bites={"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0},
            source="assumed",
        ),
    ] = 0.0
    cash_control: Annotated[
        float,
        Lever(
            title="Control of cash",
            zh="控制现金使用流转",
            unit="share by which hiding and moving of cash and online money is reduced",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            passage="2.2",
            cost=3.0,
            base="head",
            source="value assumed",
        ),
    ] = 0.0
    find_person: Annotated[
        float,
        Lever(
            title="Police help in finding the debtor",
            zh="公安协助查找",
            unit="probability per attempt that the debtor is found",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="2.2",
            cost=60.0,
            base="case",
            source="an earlier one-court model had debtors found in .9 of attempts",
            standing="to be fitted",
        ),
    ] = 0.9
    police_support: Annotated[
        float,
        Lever(
            title="Police support for courts",
            zh="公安协助执行力量",
            unit="additional police hours for courts, as a share of the hours they have",
            low=0.0,
            high=10.0,
            off=0.0,
            reads="court",
            expected="C+ R+ H±",
            passage="2.2",
            cost=5.0,
            base="head",
            bites={"institutions.police_hours": 0.1},
            source="the police assist in finding and detaining; value assumed",
        ),
    ] = 0.0
    coordination: Annotated[
        float,
        Lever(
            title="Coordination among assisting bodies",
            zh="执行联动",
            unit="share of asset holders' delay that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="2.2",
            cost=12.0,
            base="case",
            bites={
                "institutions.client_share": 0.5,
                "institutions.relationship": 0.01,
                "institutions.assist_delay": 12.0,
            },
            source="joint action by departments; value assumed",
        ),
    ] = 0.0
    interference_accountability: Annotated[
        float,
        Lever(
            title="Accountability for interference",
            zh="干预追责",
            unit="share of the gap between 1 and the weight of interference that is closed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="2.2",
            cost=1_000.0,
            base="officer",
            bites={"institutions.connected_firms": 1.0, "institutions.local_weight": 0.2},
            source="liability for interference; value assumed",
        ),
    ] = 0.0
    assessment: Annotated[
        float,
        Lever(
            title="Assessment by targets",
            zh="目标考核",
            unit="weight of closures in evaluations of courts, and of unpaid judgments in those of "
            "governments",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R± B-",
            passage="2.2",
            cost=1_000.0,
            base="officer",
            source="assessment by targets, expected to cause closures on paper only; value assumed",
        ),
    ] = 0.0

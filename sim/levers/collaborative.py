"""Levers of collaborative governance (协同治理): tracing, classified measures, help from others."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("collaborative")
class Collaborative:
    """Tracing of assets by class, classified measures, and cooperation with others."""

    trace_bank: Annotated[
        float,
        Lever(
            title="Tracing coverage: bank accounts",
            zh="银行存款查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=20.0,
            base="case",
            source="B4: 3,400 banks by 2017; earlier one-court model: .45 in 2012, .58 in 2018",
            standing="to be fitted",
        ),
    ] = 0.65
    trace_online: Annotated[
        float,
        Lever(
            title="Tracing coverage: online finance",
            zh="网络资金查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=15.0,
            base="case",
            source="B5: six times as many online accounts as a year before; value assumed",
        ),
    ] = 0.4
    trace_cash: Annotated[
        float,
        Lever(
            title="Tracing coverage: cash and hidden holdings",
            zh="现金及隐匿财产查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=100.0,
            base="case",
            source="assumed: no register of cash",
        ),
    ] = 0.05
    trace_realty: Annotated[
        float,
        Lever(
            title="Tracing coverage: real estate",
            zh="不动产查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=20.0,
            base="case",
            source="extend tracing to real estate; value assumed",
        ),
    ] = 0.5
    trace_vehicles: Annotated[
        float,
        Lever(
            title="Tracing coverage: vehicles and equipment",
            zh="车辆查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=20.0,
            base="case",
            bites={
                "kinds.person.vehicles": 0.5,
                "kinds.person.realty": 0.05,
                "kinds.firm.vehicles": 0.6,
                "kinds.firm.realty": 0.05,
            },
            source="B5, B6: vehicles found but hard to control; value assumed",
        ),
    ] = 0.4
    trace_securities: Annotated[
        float,
        Lever(
            title="Tracing coverage: securities and shares",
            zh="证券查控",
            unit="probability that an attempt finds the debtor's assets of this class",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=10.0,
            base="case",
            source="B6: shares in the network; value assumed",
        ),
    ] = 0.6
    target_accuracy: Annotated[
        float,
        Lever(
            title="Classified measures: telling the unable from the unwilling",
            zh="分类施策",
            unit="share of personal sanctions on debtors unable to pay that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ H-",
            passage="5.1",
            cost=30.0,
            base="case",
            bites={"sanctions.detention_rate": 0.05},
            source="value assumed; plausible range considered: .5 to 1",
        ),
    ] = 0.7
    trace_frequency: Annotated[
        float,
        Lever(
            title="Repeated inquiries by the tracing network itself",
            zh="网络查控频率",
            unit="share by which the time between attempts is shortened",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="5.2",
            cost=40.0,
            base="case",
            source="tracing more often and faster; value assumed",
        ),
    ] = 0.0
    pooling: Annotated[
        float,
        Lever(
            title="Pooling of officers by the command centre",
            zh="执行指挥中心统一调度",
            unit="share of courts' hours that goes into a common pool",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="B-",
            passage="5.2",
            cost=2_000.0,
            base="officer",
            source="unified management; pooled cases wait less (T23); value assumed",
        ),
    ] = 0.0
    vertical_designation: Annotated[
        float,
        Lever(
            title="Enforcement by a designated or a higher court",
            zh="提级执行、指定执行",
            unit="share of the local government's influence that is removed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+",
            passage="5.2",
            cost=30.0,
            base="case",
            bites={"institutions.connected_firms": 1.0, "institutions.local_weight": 0.2},
            source="courts of four levels acting as one; value assumed",
        ),
    ] = 0.0
    investigation_order: Annotated[
        float,
        Lever(
            title="Investigation orders for creditors' lawyers",
            zh="律师调查令",
            unit="share of fruitless attempts after which an order is granted",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="5.2",
            cost=10.0,
            base="case",
            source="value assumed",
        ),
    ] = 0.0
    bounty: Annotated[
        float,
        Lever(
            title="Bounty for tips on assets",
            zh="悬赏执行",
            unit="reward, as a share of the money that a tip brings in",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H±",
            passage="5.1",
            bites={"pursuit.tips": 0.5},
            source="value assumed; plausible range considered: .05 to .3",
        ),
    ] = 0.0
    witnesses: Annotated[
        float,
        Lever(
            title="Community witnesses",
            zh="社区见证与自治",
            unit="share of fruitless attempts after which a neighbour reports what it has seen",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H±",
            passage="5.1",
            cost=20.0,
            base="case",
            source="witnesses of searches, self-governance; value assumed; range considered: 0 "
            "to .2",
        ),
    ] = 0.0
    separation: Annotated[
        float,
        Lever(
            title="Separation of adjudication and implementation",
            zh="审执分离",
            unit="share of errors and delay in reviewing objections that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="B± H-",
            passage="5.2",
            cost=20.0,
            base="case",
            bites={
                "procedure.debtor_objects": 1.0,
                "procedure.objection_months": 12.0,
            },
            source="specialised tribunals for objections; value assumed",
        ),
    ] = 0.0

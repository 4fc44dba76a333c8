"""Levers of systemic governance (系统治理): productivity, skill and duty of officers, auctions."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("systemic")
class Systemic:
    """Intelligent, professional enforcement."""

    it: Annotated[
        float,
        Lever(
            title="Information technology in enforcement",
            zh="执行信息化",
            unit="share added to an officer's productivity",
            low=0.0,
            high=2.0,
            off=0.0,
            reads="court",
            expected="C+ R+ B-",
            passage="3.2",
            cost=15_000.0,
            base="officer",
            source="value assumed; plausible range considered: 0 to 1",
        ),
    ] = 0.0
    skill: Annotated[
        float,
        Lever(
            title="Professional skill of officers",
            zh="执行队伍职业化",
            unit="share of failed seizures and sales avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B-",
            passage="3.2",
            cost=15.0,
            base="case",
            source="value assumed",
        ),
    ] = 0.0
    professionalism: Annotated[
        float,
        Lever(
            title="Professional duty of officers",
            zh="职业伦理",
            unit="share of full professional duty",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="3.2",
            cost=8_000.0,
            base="officer",
            bites={"institutions.shirk_value": 3.0},
            source="value assumed",
        ),
    ] = 0.0
    standard_procedures: Annotated[
        float,
        Lever(
            title="Standard procedures of enforcement",
            zh="执行流程标准化",
            unit="share of the hours that officers could leave unworked that is prevented",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="3.2",
            cost=3_000.0,
            base="officer",
            source="one standard procedure per step; value assumed",
        ),
    ] = 0.0
    online_auction: Annotated[
        float,
        Lever(
            title="Online auctions",
            zh="网络司法拍卖",
            unit="share of auctions held online",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B- H-",
            passage="3.2",
            cost=20.0,
            base="case",
            source="B10, B11: online auctions sell more often and dearer; value assumed",
        ),
    ] = 0.0

"""Levers of special campaigns (专项治理) and of priorities in the docket."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("special")
class Special:
    """Campaigns, and priorities in the docket."""

    livelihood_priority: Annotated[
        float,
        Lever(
            title="People's-livelihood cases first",
            zh="涉民生案件优先",
            unit="1: cases of wages, maintenance and injury are worked on first; 0: they are not",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C± R±",
            passage="6.2",
            paid_in_run="officers' hours",
            bites={"comprehensive.officers": 0.06},
            source="assumed; in force if above one half",
        ),
    ] = 0.0
    anti_passivity: Annotated[
        float,
        Lever(
            title="Campaign against passive enforcement",
            zh="消极执行专项整治",
            unit="share of otherwise undetected shirking that is detected",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="6.2",
            cost=4_000.0,
            base="officer",
            bites={"institutions.shirk_value": 3.0},
            source="value assumed",
        ),
    ] = 0.0
    anti_passive_assistance: Annotated[
        float,
        Lever(
            title="Campaign against passive assistance",
            zh="消极协助专项整治",
            unit="share of otherwise unfined stalling that is fined",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="6.2",
            cost=10.0,
            base="case",
            bites={"institutions.client_share": 0.5, "institutions.relationship": 0.01},
            source="value assumed",
        ),
    ] = 0.0
    public_bodies: Annotated[
        float,
        Lever(
            title="Campaign to clear public bodies' debts",
            zh="特殊主体专项清理",
            unit="weight of unpaid judgments in the evaluation of a public body",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+",
            passage="6.2",
            cost=0.5,
            base="head",
            bites={"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
            source="expected to lose its effect when it ends; value assumed",
        ),
    ] = 0.0
    anti_interference: Annotated[
        float,
        Lever(
            title="Recording and reporting interference",
            zh="干预执行记录通报",
            unit="share of otherwise unrecorded interference that is recorded",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="6.2",
            cost=1_500.0,
            base="officer",
            bites={"institutions.connected_firms": 1.0, "institutions.local_weight": 0.2},
            source="record interference truthfully and publish it; value assumed",
        ),
    ] = 0.0
    declaration: Annotated[
        float,
        Lever(
            title="Duty to declare assets",
            zh="财产报告制度",
            unit="share of cases in which the duty is imposed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="6.2",
            cost=10.0,
            base="case",
            source="value assumed",
        ),
    ] = 0.0
    anti_evasion: Annotated[
        float,
        Lever(
            title="Campaign against evasion",
            zh="反规避执行",
            unit="share of otherwise successful hiding and false declarations that is uncovered",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            passage="6.2",
            cost=80.0,
            base="case",
            source="value assumed",
        ),
    ] = 0.0
    compulsory_liquidation: Annotated[
        float,
        Lever(
            title="Compulsory liquidation of stubborn firms",
            zh="强制清算",
            unit="1/month, for firms in enforcement that keep money back",
            low=0.0,
            high=0.5,
            off=0.0,
            reads="debtor",
            expected="C+ R± B- H+",
            passage="6.2",
            cost=200.0,
            base="case",
            source="a measure against evasion; value assumed",
        ),
    ] = 0.0
    publicity: Annotated[
        float,
        Lever(
            title="Exemplary publicity",
            zh="典型案例宣传",
            unit="reach, as a share of full publicity for the district's cases",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="C+ R+",
            passage="6.2",
            cost=2.0,
            base="head",
            bites={"sanctions.detention_rate": 0.05},
            source="one case is remembered as several (learning.publicity); value assumed",
        ),
    ] = 0.0

"""Levers of law-based governance (依法治理): limits and standards for enforcement."""

from typing import Annotated

from sim.engine.record import declared
from sim.levers.lever import Lever
from sim.mechanisms import composed


@declared
@composed("rule_of_law")
class RuleOfLaw:
    """Good faith and predictability in enforcement."""

    live_freeze: Annotated[
        float,
        Lever(
            title="Continued use of frozen assets by a working firm",
            zh="活封",
            unit="share of the assets' use that the firm keeps",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C- R+ H-",
            passage="1.1",
            cost=50.0,
            base="case",
            bites={"choice.freeze_loss": 0.05},
            source="use measures with the least effect on business; value assumed",
        ),
    ] = 0.0
    plans: Annotated[
        float,
        Lever(
            title="Instalment plans instead of enforcement",
            zh="分期履行、执行和解",
            unit="share of debtors whose offer of a plan is put to their creditors",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R± B- H-",
            passage="1.1",
            cost=60.0,
            base="case",
            source="good faith and persuasion in enforcement; value assumed",
        ),
    ] = 0.0
    periodic_tracing: Annotated[
        float,
        Lever(
            title="Periodic tracing after termination",
            zh="终本后定期查询",
            unit="1/month, rate of tracing terminated claims again, beyond what courts do anyway",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B+",
            passage="1.2",
            cost=50.0,
            base="case",
            source="assumed; .17 is twice a year",
        ),
    ] = 0.0
    termination_standard: Annotated[
        float,
        Lever(
            title="Strict standard for terminations",
            zh="严格终本实质要件",
            unit="share of cases that must not be terminated before all checks are done",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R± B± H-",
            passage="1.2",
            paid_in_run="officers' hours",
            bites={"comprehensive.assessment": 0.5},
            source="enforcement that is predictable and can be assessed; value assumed",
        ),
    ] = 0.0
    standardisation: Annotated[
        float,
        Lever(
            title="Standardisation of enforcement practice",
            zh="执行规范化",
            unit="share of the dispersion of debtors' optimism that is removed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± H-",
            passage="1.2",
            cost=10.0,
            base="case",
            bites={"learning.dispersion": 1.0},
            source="enforcement that is predictable and can be assessed; value assumed",
        ),
    ] = 0.0
    supervision: Annotated[
        float,
        Lever(
            title="Supervision of enforcement",
            zh="执行监督",
            unit="share of officers' otherwise undetected neglect that is detected",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B- H-",
            passage="1.2",
            cost=8_000.0,
            base="officer",
            bites={"institutions.shirk_value": 3.0},
            source="a system of supervision; value assumed",
        ),
    ] = 0.0
    traceability: Annotated[
        float,
        Lever(
            title="End-to-end traceability",
            zh="全程留痕",
            unit="share of otherwise undetected bribes that is detected",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+",
            passage="1.2",
            cost=5_000.0,
            base="officer",
            bites={"institutions.bribe_share": 0.3, "institutions.corruptible": 0.5},
            source="every step leaves a trace; value assumed",
        ),
    ] = 0.0
    assistance_liability: Annotated[
        float,
        Lever(
            title="Damages against obstructive asset holders",
            zh="协助执行人损害赔偿",
            unit="share of the creditor's loss for which the holder is liable",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="1.2",
            cost=10.0,
            base="case",
            bites={"institutions.client_share": 0.5, "institutions.relationship": 0.01},
            source="value assumed; plausible range considered: 0 to 1",
        ),
    ] = 0.0
    persuasion: Annotated[
        float,
        Lever(
            title="Explanation and persuasion",
            zh="说服教育",
            unit="addition to conscience, yuan per yuan kept back",
            low=0.0,
            high=0.2,
            off=0.0,
            reads="debtor",
            expected="C+",
            passage="1.1",
            cost=50.0,
            base="claim",
            source="E7: a moral message lowered delinquency by 4.4 percentage points; value "
            "assumed",
        ),
    ] = 0.0
    value_preservation: Annotated[
        float,
        Lever(
            title="Preservation of the value of frozen assets",
            zh="查封财产保值",
            unit="share of the loss of value during freezing that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+ H-",
            passage="1.1",
            cost=100.0,
            base="case",
            bites={"procedure.value_decay": 0.05},
            source="preserve the market value of assets; value assumed",
        ),
    ] = 0.0
    proportionality: Annotated[
        float,
        Lever(
            title="Proportionality: no seizure beyond the claim",
            zh="不得超标的查封",
            unit="share of the excess over the value needed that is not attached",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R± H-",
            passage="1.1",
            cost=30.0,
            base="case",
            bites={"procedure.seize_ratio": 3.0},
            source="no seizure beyond the scope or the value of the claim; value assumed",
        ),
    ] = 0.0
    third_party_protection: Annotated[
        float,
        Lever(
            title="Protection of third parties",
            zh="案外人保护",
            unit="share of attachments of others' property that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="H-",
            passage="1.1",
            cost=30.0,
            base="case",
            bites={"procedure.caught": 0.3},
            source="no harm to third parties; value assumed",
        ),
    ] = 0.0
    avoidance: Annotated[
        float,
        Lever(
            title="Avoidance of transfers",
            zh="撤销权",
            unit="probability that an attempt undoes a transfer of assets to others",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="1.2",
            cost=80.0,
            base="case",
            bites={"procedure.dissipation": 0.1, "procedure.held_by_others": 0.8},
            source="a wider right of avoidance; value assumed; plausible range considered: 0 to .6",
        ),
    ] = 0.0
    avoidance_lookback: Annotated[
        float,
        Lever(
            title="Look-back period of avoidance",
            zh="撤销权回溯期",
            unit="years",
            low=0.0,
            high=10.0,
            off=0.0,
            reads="claim",
            expected="C+ R+",
            passage="1.2",
            cost=2.0,
            base="case",
            bites={"rule_of_law.avoidance": 0.6, "procedure.dissipation": 0.1},
            source="value assumed; plausible range considered: 1 to 5 years",
        ),
    ] = 1.0
    added_parties: Annotated[
        float,
        Lever(
            title="Adding parties to a case",
            zh="变更追加执行主体",
            unit="probability that a fruitless attempt against a firm reaches its shareholders",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H±",
            passage="1.2",
            cost=60.0,
            base="case",
            bites={"procedure.controller_wealth": 24.0},
            source="value assumed; plausible range considered: 0 to .3",
        ),
    ] = 0.0
    proceeds_management: Annotated[
        float,
        Lever(
            title="Management of proceeds",
            zh="案款管理",
            unit="share of the loss and of the delay of proceeds that is avoided",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+",
            passage="1.1",
            cost=10.0,
            base="case",
            bites={"procedure.leakage": 0.05},
            source="value assumed",
        ),
    ] = 0.0
    openness: Annotated[
        float,
        Lever(
            title="Open statistics of enforcement",
            zh="执行公开",
            unit="share of the gap between belief and published hazard of recovery that is closed",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C± R±",
            passage="1.2",
            cost=0.5,
            base="head",
            source="value assumed",
        ),
    ] = 0.0

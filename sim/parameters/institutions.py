"""Gains and losses of institutions: officers, asset holders, governments, public bodies.

At the defaults no institution gains anything by failing its duty, so none fails.
"""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed

BODIES = {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68}
ASSESSED = {"comprehensive.assessment": 1.0}
BRIBED = {"institutions.bribe_share": 0.2, "institutions.corruptible": 1.0}
CLIENTS = {"institutions.client_share": 1.0, "institutions.relationship": 0.01}
CONNECTED = {"institutions.connected_firms": 1.0, "institutions.local_weight": 0.1}
INSPECTED = {
    "institutions.inspection_cost": 1000.0,
    "institutions.inspections": 1.0,
    "institutions.shirk_value": 2.0,
    "rule_of_law.supervision": 0.1,
    "pursuit.petition": 0.5,
    "pursuit.petition_after": 0.0,
}
POLICED = {"institutions.police_hours": 20.0}
"""Worlds in which some of these numbers matter, by path."""


@declared
@composed("institutions")
class Institutions:
    """Gains and losses of institutions from doing their duty or failing it."""

    wage: Annotated[
        float, Q(unit="yuan an officer's hour", low=0.0, high=10_000.0, source="assumed")
    ] = 40.0
    overhead: Annotated[
        float,
        Q(
            unit="rooms, support and information technology, share of an officer's pay",
            low=0.0,
            high=3.0,
            source="assumed: pay alone",
        ),
    ] = 0.0
    custody_day: Annotated[
        float, Q(unit="yuan a day in detention or prison", low=0.0, high=10_000.0, source="assumed")
    ] = 150.0
    shirk_hours: Annotated[
        float,
        Q(
            unit="hours a month that an officer could leave unworked",
            low=0.0,
            high=400.0,
            source="assumed",
        ),
    ] = 40.0
    shirk_value: Annotated[
        float,
        Q(
            unit="worth of an hour unworked in hours of pay; 0: nobody shirks",
            low=0.0,
            high=10.0,
            source="assumed",
        ),
    ] = 0.0
    detection: Annotated[
        float,
        Q(
            unit="chance that a failing officer is found out without supervision",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.05
    discipline: Annotated[
        float,
        Q(
            unit="yuan that an officer who is found out loses",
            low=0.0,
            high=1e7,
            source="assumed",
        ),
    ] = 30_000.0
    duty: Annotated[
        float,
        Q(
            unit="yuan a month that shirking weighs on a fully professional officer",
            low=0.0,
            high=1e6,
            source="assumed",
            bites={"systemic.professionalism": 0.5},
        ),
    ] = 3_000.0
    recovery_value: Annotated[
        float,
        Q(
            unit="yuan to an officer for each yuan secured, at full assessment",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED | {"rule_of_law.supervision": 0.0},
        ),
    ] = 0.0
    excess: Annotated[
        float,
        Q(
            unit="share by which an overreaching officer seizes more than is needed",
            low=0.0,
            high=5.0,
            source="assumed",
            bites=ASSESSED | {"institutions.recovery_value": 1.0},
        ),
    ] = 0.5
    objection: Annotated[
        float,
        Q(
            unit="chance that excess is objected to and held against the officer",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED | {"institutions.recovery_value": 0.01},
        ),
    ] = 0.1
    corruptible: Annotated[
        float,
        Q(
            unit="share of cases whose officer would weigh a bribe",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.05
    bribe_share: Annotated[
        float,
        Q(
            unit="share of what could be paid that is offered; 0: nobody offers",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.0
    bribe_penalty: Annotated[
        float,
        Q(
            unit="yuan that an officer loses whose bribe is traced",
            low=0.0,
            high=1e8,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 300_000.0
    bribe_months: Annotated[
        float,
        Q(
            unit="months that a bribed case lies",
            low=1.0,
            high=60.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 6.0
    client_share: Annotated[
        float,
        Q(
            unit="chance that a debtor is a client whom a holder of its assets wants to keep",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.15
    relationship: Annotated[
        float,
        Q(
            unit="share of the balance that the relation is worth a month; 0: all assist",
            low=0.0,
            high=0.2,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.0
    proof: Annotated[
        float,
        Q(
            unit="chance that passive assistance can be proved",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.1
    assist_fine: Annotated[
        float,
        Q(unit="yuan, fine for not assisting", low=0.0, high=1e7, source="assumed", bites=CLIENTS),
    ] = 5_000.0
    assist_delay: Annotated[
        float,
        Q(
            unit="months that a stalled inquiry takes longer",
            low=0.0,
            high=24.0,
            source="contract of the model",
            bites=CLIENTS,
        ),
    ] = 1.0
    connected_firms: Annotated[
        float,
        Q(
            unit="share of firms with jobs that a local government protects",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.2
    connected_bodies: Annotated[
        float,
        Q(
            unit="share of public bodies that a local government protects",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.5
    local_weight: Annotated[
        float,
        Q(
            unit="yuan to a government for each yuan kept in a fully connected debtor",
            low=0.0,
            high=1.0,
            source="assumed; 0: no government interferes",
            bites=CONNECTED,
        ),
    ] = 0.0
    blame: Annotated[
        float,
        Q(
            unit="weight of recorded interference without accountability",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 0.1
    recorded: Annotated[
        float,
        Q(
            unit="chance that interference is recorded",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 0.1
    interference_penalty: Annotated[
        float,
        Q(
            unit="yuan that recorded interference costs at full accountability",
            low=0.0,
            high=1e9,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 500_000.0
    interference_months: Annotated[
        float,
        Q(
            unit="months that an interfered case waits",
            low=1.0,
            high=60.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 6.0
    target_loss: Annotated[
        float,
        Q(
            unit="yuan a month that an unpaid judgment costs a government or its bodies, "
            "at full assessment",
            low=0.0,
            high=1e6,
            source="assumed: 0, unpaid judgments are nobody's target",
            bites=CONNECTED | BODIES | ASSESSED,
        ),
    ] = 0.0
    closure_value: Annotated[
        float,
        Q(
            unit="yuan to a court for each case closed, at full assessment",
            low=0.0,
            high=1e6,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 1_000.0
    audit: Annotated[
        float,
        Q(
            unit="chance that a termination is audited without supervision",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 0.05
    audit_penalty: Annotated[
        float,
        Q(
            unit="yuan that a termination below standard costs when audited",
            low=0.0,
            high=1e7,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 20_000.0
    pace: Annotated[
        float,
        Q(
            unit="share of hours added by haste at full assessment",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 0.1
    budget_weight: Annotated[
        float,
        Q(
            unit="yuan to a public body for each yuan that it does not appropriate",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BODIES | {"special.public_bodies": 0.5},
        ),
    ] = 0.02
    evaluation_loss: Annotated[
        float,
        Q(
            unit="yuan a month that an unpaid judgment costs a public body, at full pressure",
            low=0.0,
            high=1e8,
            source="assumed",
            bites=BODIES | {"special.public_bodies": 0.5},
        ),
    ] = 10_000.0
    strip_share: Annotated[
        float,
        Q(
            unit="share of a firm's money that a stripping controller takes in a month",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    strip_liability: Annotated[
        float,
        Q(
            unit="chance that a controller answers for what was stripped",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"institutions.strip_share": 0.2},
        ),
    ] = 0.6
    inspection_cost: Annotated[
        float,
        Q(
            unit="yuan for each officer of a court that an inspection takes; 0: none is made",
            low=0.0,
            high=1e5,
            source="assumed",
            bites=INSPECTED | {"institutions.wage": 10000.0},
        ),
    ] = 0.0
    inspections: Annotated[
        float,
        Q(
            unit="share of courts for whose inspection there is room in a month",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 0.25
    inspection_reach: Annotated[
        float,
        Q(
            unit="chance that a failing is found out in the month after an inspection",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 0.5
    complaint_weight: Annotated[
        float,
        Q(
            unit="yuan to the supervisor of an early end, a petition or an excessive seizure",
            low=0.0,
            high=1e6,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 1_000.0
    police_hours: Annotated[
        float,
        Q(
            unit="hours a month per 1,000 debtors that the police have for courts; 0: no limit",
            low=0.0,
            high=1_000.0,
            source="assumed: no bottleneck",
            bites={"institutions.police_find_hours": 100.0},
        ),
    ] = 0.0
    police_find_hours: Annotated[
        float,
        Q(
            unit="hours of the police that looking for a debtor takes",
            low=0.0,
            high=100.0,
            source="assumed",
            bites=POLICED,
        ),
    ] = 1.0
    police_detention_hours: Annotated[
        float,
        Q(
            unit="hours of the police that a detention takes",
            low=0.0,
            high=100.0,
            source="assumed: two officers for half a day",
            bites=POLICED | {"sanctions.detention_rate": 0.3},
        ),
    ] = 8.0

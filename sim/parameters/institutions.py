"""What officers, holders of assets, governments and public bodies gain and lose.

With the default values no institution gains by neglecting its duty, so none does.
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
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("institutions")
class Institutions:
    """Gains and losses of institutions from doing or neglecting their duty."""

    wage: Annotated[
        float, Q(unit="yuan per officer's hour", low=0.0, high=10_000.0, source="assumed")
    ] = 40.0
    overhead: Annotated[
        float,
        Q(
            unit="cost of offices, support and computing, share of officers' pay",
            low=0.0,
            high=3.0,
            source="assumed: no cost besides pay",
        ),
    ] = 0.0
    custody_day: Annotated[
        float,
        Q(unit="yuan per day in detention or prison", low=0.0, high=10_000.0, source="assumed"),
    ] = 150.0
    shirk_hours: Annotated[
        float,
        Q(
            unit="hours per month that an officer could leave unworked",
            low=0.0,
            high=400.0,
            source="assumed",
        ),
    ] = 40.0
    shirk_value: Annotated[
        float,
        Q(
            unit="value of an unworked hour to an officer, in hours of pay; at 0 nobody shirks",
            low=0.0,
            high=10.0,
            source="assumed",
        ),
    ] = 0.0
    detection: Annotated[
        float,
        Q(
            unit="probability that neglect of duty is detected without supervision",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.05
    discipline: Annotated[
        float,
        Q(
            unit="loss of an officer whose neglect is detected, yuan",
            low=0.0,
            high=1e7,
            source="assumed",
        ),
    ] = 30_000.0
    duty: Annotated[
        float,
        Q(
            unit="moral cost of shirking to a fully professional officer, yuan per month",
            low=0.0,
            high=1e6,
            source="assumed",
            bites={"systemic.professionalism": 0.5},
        ),
    ] = 3_000.0
    recovery_value: Annotated[
        float,
        Q(
            unit="gain of an officer at full assessment, yuan per yuan secured",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED | {"rule_of_law.supervision": 0.0},
        ),
    ] = 0.0
    excess: Annotated[
        float,
        Q(
            unit="share by which an overreaching officer seizes more than needed",
            low=0.0,
            high=5.0,
            source="assumed",
            bites=ASSESSED | {"institutions.recovery_value": 1.0},
        ),
    ] = 0.5
    objection: Annotated[
        float,
        Q(
            unit="probability that an excessive seizure is objected to and punished",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED | {"institutions.recovery_value": 0.01},
        ),
    ] = 0.1
    corruptible: Annotated[
        float,
        Q(
            unit="share of cases whose officer would consider a bribe",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.05
    bribe_share: Annotated[
        float,
        Q(
            unit="bribe offered, as a share of what the debtor could pay; at 0 none is offered",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 0.0
    bribe_penalty: Annotated[
        float,
        Q(
            unit="loss of an officer whose bribe is detected, yuan",
            low=0.0,
            high=1e8,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 300_000.0
    bribe_months: Annotated[
        float,
        Q(
            unit="months for which a bribe puts off a case",
            low=1.0,
            high=60.0,
            source="assumed",
            bites=BRIBED,
        ),
    ] = 6.0
    client_share: Annotated[
        float,
        Q(
            unit="probability that a debtor is a client whom an asset holder wants to keep",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.15
    relationship: Annotated[
        float,
        Q(
            unit="value of keeping a client, share of the balance per month; at 0 all holders "
            "assist",
            low=0.0,
            high=0.2,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.0
    proof: Annotated[
        float,
        Q(
            unit="probability that passive assistance can be proved",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CLIENTS,
        ),
    ] = 0.1
    assist_fine: Annotated[
        float,
        Q(unit="fine for not assisting, yuan", low=0.0, high=1e7, source="assumed", bites=CLIENTS),
    ] = 5_000.0
    assist_delay: Annotated[
        float,
        Q(
            unit="months by which stalling delays an inquiry",
            low=0.0,
            high=24.0,
            source="assumed in the specification of the model",
            bites=CLIENTS,
        ),
    ] = 1.0
    connected_firms: Annotated[
        float,
        Q(
            unit="share of firms that a local government protects for their jobs",
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
            unit="gain of a government, yuan per yuan that a fully connected debtor keeps",
            low=0.0,
            high=1.0,
            source="assumed: at 0 no government interferes",
            bites=CONNECTED,
        ),
    ] = 0.0
    blame: Annotated[
        float,
        Q(
            unit="weight of recorded interference to a government that is not held accountable",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 0.1
    recorded: Annotated[
        float,
        Q(
            unit="probability that interference is recorded",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 0.1
    interference_penalty: Annotated[
        float,
        Q(
            unit="cost of recorded interference to a government at full accountability, yuan",
            low=0.0,
            high=1e9,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 500_000.0
    interference_months: Annotated[
        float,
        Q(
            unit="months for which interference puts off a case",
            low=1.0,
            high=60.0,
            source="assumed",
            bites=CONNECTED,
        ),
    ] = 6.0
    target_loss: Annotated[
        float,
        Q(
            unit="yuan per month that an unpaid judgment costs a government or its bodies, "
            "at full assessment",
            low=0.0,
            high=1e6,
            source="assumed: 0, since no target concerns unpaid judgments",
            bites=CONNECTED | BODIES | ASSESSED,
        ),
    ] = 0.0
    closure_value: Annotated[
        float,
        Q(
            unit="gain of a court at full assessment, yuan per case closed",
            low=0.0,
            high=1e6,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 1_000.0
    audit: Annotated[
        float,
        Q(
            unit="probability that a termination is audited without supervision",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 0.05
    audit_penalty: Annotated[
        float,
        Q(
            unit="cost to a court of a substandard termination that is audited, yuan",
            low=0.0,
            high=1e7,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 20_000.0
    pace: Annotated[
        float,
        Q(
            unit="hours gained by haste at full assessment, as a share of the court's hours",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ASSESSED,
        ),
    ] = 0.1
    budget_weight: Annotated[
        float,
        Q(
            unit="gain of a public body, yuan per yuan that it does not appropriate",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=BODIES | {"special.public_bodies": 0.5},
        ),
    ] = 0.02
    evaluation_loss: Annotated[
        float,
        Q(
            unit="cost of an unpaid judgment to a public body at full pressure, yuan per month",
            low=0.0,
            high=1e8,
            source="assumed",
            bites=BODIES | {"special.public_bodies": 0.5},
        ),
    ] = 10_000.0
    strip_share: Annotated[
        float,
        Q(
            unit="share of a firm's money that a stripping controller takes per month",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    strip_liability: Annotated[
        float,
        Q(
            unit="probability that a controller is liable for what was stripped",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"institutions.strip_share": 0.2},
        ),
    ] = 0.6
    inspection_cost: Annotated[
        float,
        Q(
            unit="cost of an inspection, yuan per officer of the court; at 0 there are no "
            "inspections",
            low=0.0,
            high=1e5,
            source="assumed",
            bites=INSPECTED | {"institutions.wage": 10000.0},
        ),
    ] = 0.0
    inspections: Annotated[
        float,
        Q(
            unit="largest share of courts that can be inspected in a month",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 0.25
    inspection_reach: Annotated[
        float,
        Q(
            unit="probability that neglect is detected in the month after an inspection",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 0.5
    complaint_weight: Annotated[
        float,
        Q(
            unit="weight of an early termination, petition or excessive seizure in the decision to "
            "inspect, yuan",
            low=0.0,
            high=1e6,
            source="assumed",
            bites=INSPECTED,
        ),
    ] = 1_000.0
    police_hours: Annotated[
        float,
        Q(
            unit="police hours available to courts per 1,000 debtors and month; 0 means no limit",
            low=0.0,
            high=1_000.0,
            source="assumed: the police limit nothing",
            bites={"institutions.police_find_hours": 100.0},
        ),
    ] = 0.0
    police_find_hours: Annotated[
        float,
        Q(
            unit="police hours that one search for a debtor takes",
            low=0.0,
            high=100.0,
            source="assumed",
            bites=POLICED,
        ),
    ] = 1.0
    police_detention_hours: Annotated[
        float,
        Q(
            unit="police hours that one detention takes",
            low=0.0,
            high=100.0,
            source="assumed: two officers for half a day",
            bites=POLICED | {"sanctions.detention_rate": 0.3},
        ),
    ] = 8.0

"""Parameters of what creditors do before and during enforcement, and of suits."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed

HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 0.5}
ORDERED = {"collaborative.investigation_order": 1.0}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("pursuit")
class Pursuit:
    """Creditors' steps: preservation, settlement, suit, investigation orders, tips, petitions."""

    aware: Annotated[
        float,
        Q(
            unit="share of suing creditors who know that assets can be preserved",
            low=0.0,
            high=1.0,
            source="assumed: if half of those who know apply, assets are preserved in 10 % of "
            "suits; B14 has 7.8 %",
            bites=HELD,
        ),
    ] = 0.2
    leads: Annotated[
        float,
        Q(
            unit="coverage of a creditor's own leads, as a share of the tracing network's",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=HELD,
        ),
    ] = 0.4
    fee_cap: Annotated[
        float,
        Q(
            unit="largest court fee for an application for preservation, yuan",
            low=0.0,
            high=1e6,
            source="by law, 5,000 yuan",
            standing="measured",
            bites=HELD,
        ),
    ] = 5000.0
    premium: Annotated[
        float,
        Q(
            unit="price of a guarantee, share of the security that it replaces",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=HELD | {"at_source.preservation_guarantee": 1.0},
        ),
    ] = 0.01
    damages: Annotated[
        float,
        Q(
            unit="1/month, damages owed by a creditor who loses the suit, share of what was "
            "preserved",
            low=0.0,
            high=0.5,
            source="assumed",
            bites=HELD,
        ),
    ] = 0.01
    pre_suit_security: Annotated[
        float,
        Q(
            unit="security for preservation before the suit, share of the claim",
            low=0.0,
            high=1.0,
            source="by law, equal to what is preserved",
            standing="measured",
            bites=HELD | {"at_source.pre_suit_preservation": 1.0},
        ),
    ] = 1.0
    held_recovery: Annotated[
        float,
        Q(
            unit="1/month, hazard that preserved assets go to the creditor",
            low=0.0,
            high=10.0,
            source="assumed: nothing has to be found, but application and payout take some months",
            bites=HELD,
        ),
    ] = 0.3
    dissipate_pending: Annotated[
        float,
        Q(
            unit="1/month, share of assets that debtors who will refuse to pay move away "
            "during a suit",
            low=0.0,
            high=0.3,
            source="assumed; plausible range considered: 0 to .15",
        ),
    ] = 0.01
    dissipate_overdue: Annotated[
        float,
        Q(
            unit="1/month, share of assets that debtors who will refuse to pay move away "
            "before a suit",
            low=0.0,
            high=0.3,
            source="assumed: none moved before a suit; during a suit, range considered: 0 to .15",
        ),
    ] = 0.0
    negotiate: Annotated[
        float,
        Q(
            unit="1/month, probability that the parties to an overdue claim negotiate",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    promise: Annotated[
        float,
        Q(
            unit="months within which a settlement must be performed",
            low=1.0,
            high=60.0,
            source="assumed",
            bites={"pursuit.negotiate": 0.5},
        ),
    ] = 3.0
    ambiguous: Annotated[
        float,
        Q(
            unit="share of judgments too unclear to be enforced",
            low=0.0,
            high=1.0,
            source="assumed; plausible range considered: 0 to .1",
        ),
    ] = 0.05
    clarify: Annotated[
        float,
        Q(
            unit="months that the trial court takes to clarify a judgment",
            low=1.0,
            high=24.0,
            source="assumed",
        ),
    ] = 3.0
    handover: Annotated[
        float,
        Q(
            unit="months that an unpaid claim waits before it can enter the docket",
            low=0.0,
            high=24.0,
            source="assumed; plausible range considered: 0 to 2 (0 to 60 days)",
        ),
    ] = 0.0
    advanced: Annotated[
        float,
        Q(
            unit="share of the claim paid in advance during the suit",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"at_source.advance": 1.0},
        ),
    ] = 0.3
    reminded: Annotated[
        float,
        Q(
            unit="weight of a reminder, yuan per yuan that could be paid",
            low=0.0,
            high=2.0,
            source="assumed: E9 found a large effect of reminders, E7 found none",
            bites={"at_source.reminder": 1.0},
        ),
    ] = 0.1
    relation: Annotated[
        float,
        Q(
            unit="value of continued business, yuan per yuan owed to a regular partner",
            low=0.0,
            high=10.0,
            source="assumed",
            bites={"lenders.trade.repeated": 1.0},
        ),
    ] = 0.3
    order_fee: Annotated[
        float,
        Q(
            unit="lawyer's fee for using an investigation order, yuan",
            low=0.0,
            high=1000000.0,
            source="assumed",
            bites=ORDERED,
        ),
    ] = 1500.0
    order_reach: Annotated[
        float,
        Q(
            unit="probability that an investigation order finds assets of a class",
            low=0.0,
            high=1.0,
            source="assumed: an order follows up the creditor's own leads, without the tracing "
            "network",
            bites=ORDERED,
        ),
    ] = 0.25
    tips: Annotated[
        float,
        Q(
            unit="tips per fruitless attempt, divided by the reward as a share of the money "
            "brought in",
            low=0.0,
            high=100.0,
            source="assumed; plausible range considered: 0 to .2 tips per case at a reward of .2",
            bites={"collaborative.bounty": 0.2},
        ),
    ] = 1.0
    mistaken: Annotated[
        float,
        Q(
            unit="share of witnesses' reports that are mistaken",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"collaborative.witnesses": 1.0, "comprehensive.officers": 0.6},
        ),
    ] = 0.2
    petition: Annotated[
        float,
        Q(
            unit="1/month, probability that the creditor of an old case petitions",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"pursuit.petition_after": 0.0},
        ),
    ] = 0.0
    petition_after: Annotated[
        float,
        Q(
            unit="months in the docket before the creditor may petition",
            low=0.0,
            high=240.0,
            source="assumed",
            bites={"pursuit.petition": 0.5},
        ),
    ] = 12.0
    petition_hours: Annotated[
        float,
        Q(
            unit="officers' hours to answer a petition",
            low=0.0,
            high=200.0,
            source="assumed",
            bites={"pursuit.petition": 0.5, "pursuit.petition_after": 0.0},
        ),
    ] = 4.0

"""Steps that creditors can take before enforcement, and the course of suits."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed

HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 0.5}
ORDERED = {"collaborative.investigation_order": 1.0}
"""Worlds in which some of these numbers matter, by path."""


@declared
@composed("pursuit")
class Pursuit:
    """Preservation, settlement, mediation and titles: from the due date to the docket."""

    aware: Annotated[
        float,
        Q(
            unit="share of creditors who sue that know they can have assets preserved",
            low=0.0,
            high=1.0,
            source="assumed: with half of them asking, near 7.8 % of suits (B14)",
            bites=HELD,
        ),
    ] = 0.2
    leads: Annotated[
        float,
        Q(
            unit="share of the network's coverage that a creditor's own leads reach",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=HELD,
        ),
    ] = 0.4
    fee_cap: Annotated[
        float,
        Q(unit="yuan", low=0.0, high=1e6, source="5,000 by law", standing="measured", bites=HELD),
    ] = 5000.0
    premium: Annotated[
        float,
        Q(
            unit="share of the security that it replaces",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=HELD | {"at_source.preservation_guarantee": 1.0},
        ),
    ] = 0.01
    damages: Annotated[
        float,
        Q(
            unit="share of what was preserved, each month, that a loser owes for it",
            low=0.0,
            high=0.5,
            source="assumed",
            bites=HELD,
        ),
    ] = 0.01
    pre_suit_security: Annotated[
        float,
        Q(
            unit="share of the claim, security for preservation before the suit",
            low=0.0,
            high=1.0,
            source="as much as is preserved, by law",
            standing="measured",
            bites=HELD | {"at_source.pre_suit_preservation": 1.0},
        ),
    ] = 1.0
    held_recovery: Annotated[
        float,
        Q(
            unit="1/month, hazard that what is preserved goes to the creditor",
            low=0.0,
            high=10.0,
            source="assumed: nothing is left to find, application and payout take some months",
            bites=HELD,
        ),
    ] = 0.3
    dissipate_pending: Annotated[
        float,
        Q(
            unit="1/month, of assets of those who will keep money back, while a suit is pending",
            low=0.0,
            high=0.3,
            source="0 to .15 proposed; assumed",
        ),
    ] = 0.01
    dissipate_overdue: Annotated[
        float,
        Q(
            unit="1/month, of assets of those who will keep money back, before a suit",
            low=0.0,
            high=0.3,
            source="0 to .15 proposed while a suit is pending; assumed none before",
        ),
    ] = 0.0
    negotiate: Annotated[
        float,
        Q(
            unit="1/month, that the parties to an overdue claim talk",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.0
    promise: Annotated[
        float,
        Q(
            unit="months to keep a settlement",
            low=1.0,
            high=60.0,
            source="assumed",
            bites={"pursuit.negotiate": 0.5},
        ),
    ] = 3.0
    ambiguous: Annotated[
        float,
        Q(
            unit="share of judgments that cannot be enforced as they read",
            low=0.0,
            high=1.0,
            source="0 to .1 proposed; assumed",
        ),
    ] = 0.05
    clarify: Annotated[
        float,
        Q(
            unit="months in which the trial court makes a judgment clear",
            low=1.0,
            high=24.0,
            source="assumed",
        ),
    ] = 3.0
    handover: Annotated[
        float,
        Q(
            unit="months an unpaid claim waits before it can reach the docket",
            low=0.0,
            high=24.0,
            source="0 to 60 days proposed; assumed",
        ),
    ] = 0.0
    advanced: Annotated[
        float,
        Q(
            unit="share of the claim that is advanced during the suit",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"at_source.advance": 1.0},
        ),
    ] = 0.3
    reminded: Annotated[
        float,
        Q(
            unit="yuan per yuan that could be paid, what a reminder weighs",
            low=0.0,
            high=2.0,
            source="assumed: E9 finds a large effect of reminders, E7 none",
            bites={"at_source.reminder": 1.0},
        ),
    ] = 0.1
    relation: Annotated[
        float,
        Q(
            unit="yuan per yuan owed to a standing partner, what going on with it is worth",
            low=0.0,
            high=10.0,
            source="assumed",
            bites={"lenders.trade.repeated": 1.0},
        ),
    ] = 0.3
    order_fee: Annotated[
        float,
        Q(
            unit="yuan, a lawyer's fee for using an investigation order",
            low=0.0,
            high=1000000.0,
            source="assumed",
            bites=ORDERED,
        ),
    ] = 1500.0
    order_reach: Annotated[
        float,
        Q(
            unit="probability that an order finds assets of a class",
            low=0.0,
            high=1.0,
            source="assumed: leads of the creditor, not the network",
            bites=ORDERED,
        ),
    ] = 0.25
    tips: Annotated[
        float,
        Q(
            unit="tips an attempt without fruit, for each unit of the share offered",
            low=0.0,
            high=100.0,
            source="0 to .2 a case proposed, at a fifth offered; assumed",
            bites={"collaborative.bounty": 0.2},
        ),
    ] = 1.0
    mistaken: Annotated[
        float,
        Q(
            unit="share of what witnesses report that is mistaken",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"collaborative.witnesses": 1.0, "comprehensive.officers": 0.6},
        ),
    ] = 0.2
    petition: Annotated[
        float,
        Q(
            unit="1/month, that the creditor of an old case petitions",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"pursuit.petition_after": 0.0},
        ),
    ] = 0.0
    petition_after: Annotated[
        float,
        Q(
            unit="months in the docket",
            low=0.0,
            high=240.0,
            source="assumed",
            bites={"pursuit.petition": 0.5},
        ),
    ] = 12.0
    petition_hours: Annotated[
        float,
        Q(
            unit="hours that answering a petition costs",
            low=0.0,
            high=200.0,
            source="assumed",
            bites={"pursuit.petition": 0.5, "pursuit.petition_after": 0.0},
        ),
    ] = 4.0

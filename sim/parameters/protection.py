"""Insurance and relief: their properties other than the levers."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared

INSURED = {"at_source.dispute_insurance": 1.0}
RATED = {"at_source.insurance_experience_rating": 1.0}
RELIEF = {"comprehensive.relief_fund": 200000.0}
"""Worlds in which some of these numbers matter, by path."""


@declared
class Protection:
    """How insurers, social insurance and the relief fund work."""

    care: Annotated[
        float,
        Q(
            unit="share of accidents that the care of an uncovered debtor avoids",
            low=0.0,
            high=0.9,
            source="E26: no-fault cover raises fatalities by some 6 %: .06/1.06",
        ),
    ] = 0.057
    loading: Annotated[
        float,
        Q(unit="premium above expected payouts, share", low=0.0, high=2.0, source="assumed"),
    ] = 0.3
    recourse: Annotated[
        float,
        Q(
            unit="share of insured claims that the insurer takes back from the debtor",
            low=0.0,
            high=1.0,
            source="assumed: drunk and unlicensed drivers",
        ),
    ] = 0.05
    malus_step: Annotated[
        float,
        Q(
            unit="share of the base premium that each class of malus adds, at full rating",
            low=0.0,
            high=2.0,
            source="assumed: commercial motor cover in China ranges from .6 to 2",
            bites=RATED,
        ),
    ] = 0.25
    malus_up: Annotated[
        float,
        Q(
            unit="classes that a paid claim raises",
            low=1.0,
            high=8.0,
            source="assumed",
            bites=RATED,
        ),
    ] = 2.0
    malus_most: Annotated[
        float,
        Q(unit="highest class of malus", low=1.0, high=20.0, source="assumed", bites=RATED),
    ] = 8.0
    bonus_months: Annotated[
        float,
        Q(
            unit="months between renewals, each of which takes a class off",
            low=1.0,
            high=60.0,
            source="assumed: a policy year",
            bites=RATED,
        ),
    ] = 12.0
    repay_months: Annotated[
        float,
        Q(
            unit="months over which a debt to an insurer is paid off, on average",
            low=1.0,
            high=240.0,
            source="assumed",
            bites={"protection.recourse": 1.0},
        ),
    ] = 24.0
    benefit_months: Annotated[
        float,
        Q(
            unit="months of need that social insurance pays at most after ruin",
            low=0.0,
            high=120.0,
            source="assumed: a year",
            bites={"at_source.social_insurance": 0.5},
        ),
    ] = 12.0
    relief_award: Annotated[
        float,
        Q(
            unit="yuan a claim, at most",
            low=0.0,
            high=1_000_000.0,
            source="B23: some 24,000 yuan a person",
            bites=RELIEF,
        ),
    ] = 24_000.0
    relief_wait: Annotated[
        float,
        Q(
            unit="months in the docket, or unpaid before it, that make a creditor needy",
            low=0.0,
            high=240.0,
            source="assumed",
            bites=RELIEF,
        ),
    ] = 12.0
    subrogation: Annotated[
        float,
        Q(
            unit="share of relief that later payments return to the fund",
            low=0.0,
            high=1.0,
            source="assumed: rarely claimed back",
            bites=RELIEF,
        ),
    ] = 0.1
    relief_slack: Annotated[
        float,
        Q(
            unit="fall of the pace of applying per share of the claim expected as relief",
            low=0.0,
            high=1.0,
            source="assumed; 0 closes the channel",
            bites=RELIEF,
        ),
    ] = 0.5
    dispute_share: Annotated[
        float,
        Q(
            unit="share of an unpaid judgment that dispute cover pays",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.5
    dispute_rate: Annotated[
        float,
        Q(
            unit="share of the claim, payouts that insurers of disputes expect before experience",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.03
    feared_default: Annotated[
        float,
        Q(
            unit="chance that a claim is not paid when due, as creditors fear",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.2

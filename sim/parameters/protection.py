"""Parameters of liability insurance and social insurance. The levers of both are elsewhere."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed

RATED = {"at_source.insurance_experience_rating": 1.0}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("protection")
class Protection:
    """How liability and social insurance work; mechanisms add parameters here."""

    care: Annotated[
        float,
        Q(
            unit="share of accidents that a debtor without cover avoids by care",
            low=0.0,
            high=0.9,
            source="E26: no-fault cover raises fatalities by about 6 %, so care avoids "
            ".06/1.06 of them",
        ),
    ] = 0.057
    loading: Annotated[
        float,
        Q(
            unit="premium above expected payouts, as a share of them",
            low=0.0,
            high=2.0,
            source="assumed",
        ),
    ] = 0.3
    recourse: Annotated[
        float,
        Q(
            unit="share of insured claims that the insurer reclaims from the debtor",
            low=0.0,
            high=1.0,
            source="assumed: accidents of drunk and unlicensed drivers",
        ),
    ] = 0.05
    malus_step: Annotated[
        float,
        Q(
            unit="share of the base premium added per class of malus, at full experience rating",
            low=0.0,
            high=2.0,
            source="assumed: factors on premiums of commercial motor insurance in China range "
            "from .6 to 2",
            bites=RATED,
        ),
    ] = 0.25
    malus_up: Annotated[
        float,
        Q(
            unit="classes of malus added after a paid claim",
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
            unit="months between renewals; each renewal lowers the malus by one class",
            low=1.0,
            high=60.0,
            source="assumed: a policy runs for a year",
            bites=RATED,
        ),
    ] = 12.0
    repay_months: Annotated[
        float,
        Q(
            unit="mean time in which a debt to an insurer is paid off, months",
            low=1.0,
            high=240.0,
            source="assumed",
            bites={"protection.recourse": 1.0},
        ),
    ] = 24.0
    benefit_months: Annotated[
        float,
        Q(
            unit="longest time that social insurance pays for need after ruin, months",
            low=0.0,
            high=120.0,
            source="assumed: one year",
            bites={"at_source.social_insurance": 0.5},
        ),
    ] = 12.0

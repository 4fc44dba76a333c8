"""How debtors learn about enforcement: from experience, from reports of others, from publicity."""

from collections.abc import Mapping
from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE
from sim.terms import PersonalRisk, Updating

EXPERIENCE: Mapping[str, float | str] = {"learning.personal": "experience"}
ASKING: Mapping[str, float | str] = {"learning.inquiries": 5.0}
"""Settings, by path, of worlds in which some of the parameters below have an effect."""


@declared
@composed("learning")
class Learning:
    """How experience changes perceived hazards."""

    updating: Annotated[Updating, "i1"] = Updating.COUNTING
    optimism: Annotated[
        float,
        Q(
            unit="ratio of the perceived hazard to the hazard believed from experience",
            low=0.01,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.4
    dispersion: Annotated[
        float, Q(unit="sd of log optimism across debtors", low=0.0, high=2.0, source="assumed")
    ] = 0.3
    prior_recovery: Annotated[
        float,
        Q(
            unit="1/month, hazard of recovery that debtors believe at the start",
            low=0.0,
            high=1.0,
            source="assumed: near the true hazard",
        ),
    ] = 0.05
    prior_listing: Annotated[
        float,
        Q(
            unit="1/month, hazard of listing that debtors believe at the start",
            low=0.0,
            high=1.0,
            source="assumed: near the true hazard",
        ),
    ] = 0.08
    prior_weight: Annotated[
        float,
        Q(
            unit="weight of the prior, months of experience",
            low=0.01,
            high=1200.0,
            source="assumed",
        ),
    ] = 12.0
    memory: Annotated[
        float,
        Q(
            unit="weight of a month's experience relative to the next month's",
            low=0.0,
            high=1.0,
            source="assumed in the specification of the model",
        ),
    ] = 0.97
    peer: Annotated[
        float,
        Q(
            unit="weight of a neighbour's month of experience relative to one's own",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.2
    rise: Annotated[
        float,
        Q(
            unit="step up after a month with an event (asymmetric updating)",
            low=0.0,
            high=1.0,
            source="E27: one arrest raises perceived risk by about 6 %",
            bites={"learning.updating": "asymmetric"},
        ),
    ] = 0.06
    fall: Annotated[
        float,
        Q(
            unit="step down after a month without an event (asymmetric updating)",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"learning.updating": "asymmetric"},
        ),
    ] = 0.02
    notice: Annotated[
        float,
        Q(
            unit="factor on perceived hazards once enforcement has begun",
            low=1.0,
            high=5.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 1.9
    publicity: Annotated[
        float,
        Q(
            unit="sanctions; one publicised sanction is remembered as this many",
            low=1.0,
            high=10.0,
            source="assumed; the perceived hazard is at most this multiple of the true one",
            bites={"special.publicity": 0.5},
        ),
    ] = 3.0
    publicity_months: Annotated[
        float,
        Q(
            unit="months of evaders' cases shown to a debtor per month at full publicity",
            low=0.0,
            high=1000.0,
            source="assumed",
            bites={"special.publicity": 0.5},
        ),
    ] = 2.0
    personal: Annotated[PersonalRisk, "i1"] = PersonalRisk.LAW
    prior_personal: Annotated[
        float,
        Q(
            unit="1/month, hazard of fine, detention or prison that debtors believe at the start",
            low=0.0,
            high=1.0,
            source="assumed: near the true hazard",
            bites=EXPERIENCE,
        ),
    ] = 0.008
    inquiries: Annotated[
        float,
        Q(
            unit="number of recent cases that a debtor hears of when it asks around; 0: it "
            "asks nobody",
            low=0.0,
            high=100.0,
            source="assumed; it may ask a lawyer, the creditor or others who were sued",
        ),
    ] = 0.0
    inquiry_months: Annotated[
        float,
        Q(
            unit="months in enforcement of each case that a debtor hears of",
            low=1.0,
            high=60.0,
            source="assumed: mean age of a case",
            bites=ASKING,
        ),
    ] = 6.0
    inquiry_weight: Annotated[
        float,
        Q(
            unit="weight of a month heard of relative to a month of own experience",
            low=0.0,
            high=1.0,
            source="assumed: people update weakly on what they hear (E27)",
            standing="to be fitted",
            bites=ASKING,
        ),
    ] = 0.2
    reputation: Annotated[
        float,
        Q(
            unit="1/month, speed at which the prior moves to the district's rates of the last year",
            low=0.0,
            high=1.0,
            source="assumed: at 0 the prior does not change",
        ),
    ] = 0.0

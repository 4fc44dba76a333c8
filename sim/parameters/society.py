"""How debtors learn, and their views of each other and of the courts."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.parameters.sources import PROTOTYPE
from sim.terms import Updating


@declared
class Learning:
    """How experience changes perceived hazards."""

    updating: Annotated[Updating, "i1"] = Updating.COUNTING
    optimism: Annotated[
        float,
        Q(
            unit="perceived / believed hazard",
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
        float, Q(unit="1/month", low=0.0, high=1.0, source="assumed near the true hazard")
    ] = 0.05
    prior_listing: Annotated[
        float, Q(unit="1/month", low=0.0, high=1.0, source="assumed near the true hazard")
    ] = 0.08
    prior_weight: Annotated[
        float,
        Q(
            unit="months of experience that the prior is worth",
            low=0.01,
            high=1200.0,
            source="assumed",
        ),
    ] = 12.0
    memory: Annotated[
        float,
        Q(
            unit="weight of a month against the next",
            low=0.0,
            high=1.0,
            source="lambda .97, contract of the model",
        ),
    ] = 0.97
    peer: Annotated[
        float,
        Q(
            unit="weight of a neighbour's month against an own one",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.2
    rise: Annotated[
        float,
        Q(
            unit="step up after an event (asymmetric)",
            low=0.0,
            high=1.0,
            source="E27: one arrest raises perceived risk by some 6 %",
            bites={"learning.updating": "asymmetric"},
        ),
    ] = 0.06
    fall: Annotated[
        float,
        Q(
            unit="step down after a month without (asymmetric)",
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
            unit="events that one publicised sanction counts as",
            low=0.0,
            high=100.0,
            source="contract of the model: one counts as ten",
            bites={"special.publicity": 0.5},
        ),
    ] = 10.0


@declared
class Society:
    """Neighbours, norms, conscience and trust."""

    rewiring: Annotated[
        float,
        Q(
            unit="share of links to anywhere",
            low=0.0,
            high=1.0,
            source="Watts and Strogatz 1998; share assumed",
        ),
    ] = 0.1
    homophily: Annotated[
        float, Q(unit="share of links to the same kind", low=0.0, high=1.0, source="assumed")
    ] = 0.5
    trade_links: Annotated[
        float,
        Q(
            unit="of a firm's eight neighbours, those it trades with, on average",
            low=0.0,
            high=8.0,
            source="contract of the model: mean degree 6",
        ),
    ] = 6.0
    norm: Annotated[
        float,
        Q(
            unit="yuan per yuan kept and unit of honest share",
            low=0.0,
            high=2.0,
            source=PROTOTYPE,
            standing="to be fitted",
        ),
    ] = 0.14
    norm_sd: Annotated[
        float,
        Q(
            unit="sd of log susceptibility to the norm across debtors",
            low=0.0,
            high=2.0,
            source="assumed: all are alike",
        ),
    ] = 0.0
    prior_honest: Annotated[
        float,
        Q(unit="share thought honest when nothing is known", low=0.0, high=1.0, source="assumed"),
    ] = 0.6
    standing_memory: Annotated[
        float, Q(unit="months", low=1.0, high=240.0, source="contract of the model")
    ] = 24.0
    recovery: Annotated[
        float,
        Q(unit="1/month, of conscience towards its origin", low=0.0, high=1.0, source="assumed"),
    ] = 0.05
    crowding_out: Annotated[
        float,
        Q(
            unit="share of conscience lost when treated unfairly",
            low=0.0,
            high=1.0,
            source="E12, T13: sign; size assumed",
        ),
    ] = 0.2
    crowding_out_seen: Annotated[
        float,
        Q(unit="share of conscience lost per unfairness seen", low=0.0, high=1.0, source="assumed"),
    ] = 0.01
    trust: Annotated[
        float,
        Q(
            unit="0 to 1, trust in the courts at the start",
            low=0.0,
            high=1.0,
            source="assumed neutral: factor 1",
        ),
    ] = 0.5
    trust_recovery: Annotated[
        float, Q(unit="1/month, of trust towards its start", low=0.0, high=1.0, source="assumed")
    ] = 0.05
    trust_gain: Annotated[
        float, Q(unit="step per fair enforcement seen", low=0.0, high=1.0, source="assumed")
    ] = 0.01
    trust_loss: Annotated[
        float,
        Q(
            unit="step per unfairness seen",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"comprehensive.list_accuracy": 0.0},
        ),
    ] = 0.03
    ceiling: Annotated[
        float,
        Q(
            unit="yuan per yuan kept, to which education and fairness can raise conscience",
            low=0.0,
            high=3.0,
            source="assumed",
            bites={"at_source.integrity_education": 0.05},
        ),
    ] = 0.5
    fair_gain: Annotated[
        float,
        Q(
            unit="share of the way to the ceiling per fair enforcement seen",
            low=0.0,
            high=1.0,
            source="assumed: none shown",
        ),
    ] = 0.0

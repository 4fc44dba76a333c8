"""Parameters of neighbours, norms, conscience and trust in the courts."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.engine.record import declared
from sim.mechanisms import composed
from sim.parameters.sources import PROTOTYPE


@declared
@composed("society")
class Society:
    """Neighbours, norms, conscience and trust."""

    rewiring: Annotated[
        float,
        Q(
            unit="share of links rewired to any debtor at random",
            low=0.0,
            high=1.0,
            source="model of Watts and Strogatz (1998); share assumed",
        ),
    ] = 0.1
    homophily: Annotated[
        float,
        Q(unit="share of links to debtors of the same kind", low=0.0, high=1.0, source="assumed"),
    ] = 0.5
    trade_links: Annotated[
        float,
        Q(
            unit="mean number of trade partners among a firm's eight neighbours",
            low=0.0,
            high=8.0,
            source="assumed in the specification of the model: mean degree 6",
        ),
    ] = 6.0
    norm: Annotated[
        float,
        Q(
            unit="weight of the norm, yuan per yuan kept back at an honest share of neighbours "
            "of 1",
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
            source="assumed: no variation",
        ),
    ] = 0.0
    prior_honest: Annotated[
        float,
        Q(
            unit="assumed honest share of neighbours of whom nothing is known",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.6
    standing_memory: Annotated[
        float,
        Q(
            unit="months for which a standing is remembered",
            low=1.0,
            high=240.0,
            source="assumed in the specification of the model",
        ),
    ] = 24.0
    recovery: Annotated[
        float,
        Q(
            unit="1/month, speed at which conscience returns to its initial value",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.05
    crowding_out: Annotated[
        float,
        Q(
            unit="share of conscience lost by a debtor who is treated unfairly",
            low=0.0,
            high=1.0,
            source="sign from E12 and T13; size assumed",
        ),
    ] = 0.2
    crowding_out_seen: Annotated[
        float,
        Q(unit="share of conscience lost per unfair act seen", low=0.0, high=1.0, source="assumed"),
    ] = 0.01
    trust: Annotated[
        float,
        Q(
            unit="trust in the courts at the start, 0 to 1",
            low=0.0,
            high=1.0,
            source="assumed: neutral, so that its factor is 1",
        ),
    ] = 0.5
    trust_recovery: Annotated[
        float,
        Q(
            unit="1/month, speed at which trust returns to its initial value",
            low=0.0,
            high=1.0,
            source="assumed",
        ),
    ] = 0.05
    trust_gain: Annotated[
        float,
        Q(unit="rise of trust per fair enforcement seen", low=0.0, high=1.0, source="assumed"),
    ] = 0.01
    trust_loss: Annotated[
        float,
        Q(
            unit="fall of trust per unfair act seen",
            low=0.0,
            high=1.0,
            source="assumed",
            bites={"comprehensive.list_accuracy": 0.0},
        ),
    ] = 0.03
    trust_followed: Annotated[
        float,
        Q(
            unit="share of the gap to full trust that is closed if all steps can be followed",
            low=0.0,
            high=1.0,
            source="assumed: trust does not depend on whether steps can be followed",
            bites={"rule_of_law.openness": 1.0},
        ),
    ] = 0.0
    ceiling: Annotated[
        float,
        Q(
            unit="limit to which education and fairness raise conscience, yuan per yuan kept back",
            low=0.0,
            high=3.0,
            source="assumed",
            bites={"at_source.integrity_education": 0.05},
        ),
    ] = 0.5
    fair_gain: Annotated[
        float,
        Q(
            unit="rise of conscience per fair enforcement seen, share of the gap to the ceiling",
            low=0.0,
            high=1.0,
            source="assumed: no such effect has been shown",
        ),
    ] = 0.0

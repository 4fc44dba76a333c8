"""Debtors' views of each other and of the courts."""

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
    trust_followed: Annotated[
        float,
        Q(
            unit="share of the way to full trust that courts gain whose every step can be followed",
            low=0.0,
            high=1.0,
            source="assumed: trust does not depend on what can be followed",
            bites={"rule_of_law.openness": 1.0},
        ),
    ] = 0.0
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

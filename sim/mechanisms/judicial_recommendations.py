"""Judicial recommendations (司法建议): courts write to bodies that stall inquiries.

A body that has stalled inquiries may receive a recommendation. It then stalls fewer for a while,
and fewer still if its leaders are liable for ignoring recommendations.
"""

from typing import TYPE_CHECKING, Annotated

import numpy as np

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import stalling
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.court.court import Registry
    from sim.agents.institutions.institution import raised
    from sim.month.shared.journal import HELD_BACK
    from sim.month.simulation import Simulation
    from sim.parameters import Institutions

# ---------------------------------------------------------------- declarations

RECOMMENDATIONS = Mechanism(
    title="Judicial recommendations",
    zh="司法建议",
    summary="Courts write to bodies that stalled inquiries, which then stall fewer for a while, "
    "and fewer still if their leaders are liable.",
)

CLIENTS = {"institutions.client_share": 1.0, "institutions.relationship": 0.01}
ADVISED = CLIENTS | {"special.judicial_recommendations": 1.0}
"""Settings, by path, of worlds in which the levers and parameters below matter."""


@RECOMMENDATIONS.add_to("special")
class Advice:
    """The levers that set how many bodies receive recommendations, and their leaders' liability."""

    judicial_recommendations: Annotated[
        float,
        Lever(
            title="Judicial recommendations to bodies that do not assist",
            zh="司法建议",
            unit="share of bodies stalling inquiries in a month that receive a recommendation",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="6.2",
            cost=500.0,
            base="officer",
            bites=CLIENTS,
            source="recommendations to bodies that do not assist; value assumed",
        ),
    ] = 0.0
    leaders_liability: Annotated[
        float,
        Lever(
            title="Liability of leaders for ignored recommendations",
            zh="协助单位领导责任",
            unit="share of otherwise ignored recommendations that liable leaders follow",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="R+ B-",
            passage="6.2",
            cost=500.0,
            base="officer",
            bites=ADVISED,
            source="liability of leaders of bodies that do not assist; value assumed",
        ),
    ] = 0.0


@RECOMMENDATIONS.add_to("institutions")
class Response:
    """How much a recommendation changes, and for how long."""

    recommendation_followed: Annotated[
        float,
        Q(
            unit="share of its stalling that a body gives up after a recommendation",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ADVISED,
        ),
    ] = 0.3
    recommendation_months: Annotated[
        float,
        Q(
            unit="months until the effect of a recommendation has faded, on average",
            low=1.0,
            high=120.0,
            source="assumed",
            bites=ADVISED,
        ),
    ] = 6.0


@RECOMMENDATIONS.add_to("registries")
class Heeded:
    """Share of its stalling that a body gives up because of recommendations."""

    heeded: float


response_of = RECOMMENDATIONS.view(Response)
heeded_of = RECOMMENDATIONS.view(Heeded)

SENT = RECOMMENDATIONS.count("recommendations")

# ---------------------------------------------------------------- rules


@RECOMMENDATIONS.at(stalling)
def stalls_less(chance: float, registry: "Registry") -> float:
    """Chance p that a body stalls, lowered by recommendations: p·(1 − heeded) (ODD eq. 158)."""
    return chance * (1.0 - heeded_of(registry).heeded)


@rule
def heeds(heeded: float, received: float, liability: float, institutions: "Institutions") -> float:
    """Share of stalling given up next month, in [0, 1] (ODD eq. 158).

    Each month the share given up fades by 1/`recommendation_months`. In bodies that receive a
    recommendation, the share given up then rises to `followed`, if `followed` is higher.
    `followed` is `recommendation_followed`, raised towards 1 by the liability of leaders.

    Args:
        heeded: Share given up this month.
        received: Share of the registry's bodies that receive a recommendation this month.
        liability: `special.leaders_liability`.
        institutions: Parameters `recommendation_followed` and `recommendation_months`.
    """
    response = response_of(institutions)
    kept = heeded * (1.0 - 1.0 / response.recommendation_months)
    followed = raised(response.recommendation_followed, liability)
    return kept + received * max(0.0, followed - kept)


@RECOMMENDATIONS.month_end
def recommend(simulation: "Simulation", sums: np.ndarray) -> None:
    """Courts write to bodies that stalled this month; these stall less from next month on."""
    registries = simulation.registries.rows
    written = simulation.lever("special.judicial_recommendations")
    if not written.any() and not registries["heeded"].any():
        return
    treatment = simulation.courts.rows["treatment"]
    liability = simulation.lever("special.leaders_liability")
    institutions = simulation.inputs.parameters.institutions
    stalled = simulation.totals().inquiries[:, HELD_BACK] > 0.0
    for row, registry in enumerate(registries):
        district = int(registry["district"])
        at = treatment[district]
        received = float(written[at]) if stalled[row] else 0.0
        heeded = float(registry["heeded"])
        registry["heeded"] = heeds(heeded, received, float(liability[at]), institutions)
        simulation.tally(SENT, received, district)


# ---------------------------------------------------------------- what is reported

RECOMMENDATIONS.indicator(
    Ratio(
        name="recommendations",
        title="Judicial recommendations",
        zh="司法建议数",
        unit="per court and month",
        bounds=NOT_NEGATIVE,
        numerator=(SENT,),
        denominator=(Count.COURTS,),
        by=("all", "district"),
    )
)

RECOMMENDATIONS.equation(
    158,
    "judicial recommendations",
    r"""
(`recommend`, `heeds`, `stalls_less`). A registry represents the bodies that hold one class of
assets in a district. If they stalled inquiries in a month (eq. 84), the share
$\rho$ = `special.judicial_recommendations` of them receives a recommendation. From the next month
on the chance of stalling is multiplied by $1-a$, with

```math
a \leftarrow a' + \rho\,\big(f-a'\big)^{+},\qquad a'=a\,(1-1/m),\qquad
f=\text{followed}\oplus\text{leaders' liability},
```

where $m$ is `recommendation_months`, $\rho$ is 0 in a month without stalling, followed is
`recommendation_followed`, and leaders' liability is `special.leaders_liability`. So the effect is
bounded by $f$ and fades when no recommendations are sent. A recommendation imposes no fine and does
not replace the liability of eq. 84.
""",
)

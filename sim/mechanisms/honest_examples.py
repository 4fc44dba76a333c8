"""Publicity for the honest (诚信典型宣传): courts name debtors who perform as examples.

The more debtors perform of their own accord and are named, the better people think of strangers.
Examples are forgotten after a while.
"""

from typing import TYPE_CHECKING, Annotated

import numpy as np

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import strangers_honest
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.court.court import Court
    from sim.month.shared.journal import DISTRICTS
    from sim.month.simulation import Simulation
    from sim.parameters import Society

# ---------------------------------------------------------------- declarations

EXAMPLES = Mechanism(
    title="Publicity for the honest",
    zh="诚信典型宣传",
    summary="Debtors who perform a judgment in time are named as examples; where many are "
    "named, people think better of neighbours about whom they know nothing.",
)


@EXAMPLES.add_to("comprehensive")
class Naming:
    """The lever that sets how many honest debtors are named."""

    honest_examples: Annotated[
        float,
        Lever(
            title="Publicity for the honest",
            zh="诚信典型宣传",
            unit="share of debtors performing in time who are named as examples",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="C+ R+",
            passage="2.2",
            cost=200.0,
            base="domain",
            source="honest debtors are praised and made known as examples; value assumed",
        ),
    ] = 0.0


NAMED = {"comprehensive.honest_examples": 1.0}
"""Settings, by path, of a world in which the parameters below matter."""


@EXAMPLES.add_to("society")
class Impression:
    """How much examples change, and for how long."""

    example_weight: Annotated[
        float,
        Q(
            unit="share of the doubt about strangers that examples remove if all perform and are "
            "named",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=NAMED,
        ),
    ] = 0.3
    example_months: Annotated[
        float,
        Q(
            unit="months until an example is forgotten, on average",
            low=1.0,
            high=120.0,
            source="assumed",
            bites=NAMED,
        ),
    ] = 6.0


@EXAMPLES.add_to("courts")
class Remembered:
    """Share of able debtors who performed in time and were named, as the district remembers it."""

    examples: float


impression_of = EXAMPLES.view(Impression)
remembered_of = EXAMPLES.view(Remembered)

COUNTED = EXAMPLES.count("honest_examples")

# ---------------------------------------------------------------- rules


@EXAMPLES.at(strangers_honest)
def encouraged(share: float, court: "Court", society: "Society") -> float:
    """Share of strangers believed honest, raised by examples: n₀ + w·E·(1 − n₀) (ODD eq. 159).

    n₀ is `share`, w `example_weight` and E the share of debtors named, as it is remembered.
    """
    lifted = impression_of(society).example_weight * remembered_of(court).examples
    return share + lifted * (1.0 - share)


@rule
def remembered(examples: float, shown: float, society: "Society") -> float:
    """Share of debtors named, as the district remembers it next month, in [0, 1] (ODD eq. 159).

    Args:
        examples: Share remembered this month.
        shown: Share of this month's able debtors who performed in time and were named.
        society: Parameters of society: `example_months`.
    """
    return examples + (shown - examples) / impression_of(society).example_months


@EXAMPLES.month_end
def name_examples(simulation: "Simulation", sums: np.ndarray) -> None:
    """Courts name debtors who performed this month; beliefs change from the next month on."""
    courts = simulation.courts.rows
    named = simulation.lever("comprehensive.honest_examples")[courts["treatment"]]
    if not named.any() and not courts["examples"].any():
        return
    society = simulation.inputs.parameters.society
    for court, share in zip(courts, named, strict=True):
        district = int(court["district"])
        could, did = sums[DISTRICTS + district, [Count.GRACE_LEFT_ABLE, Count.GRACE_PAID_ABLE]]
        shown = float(share) * float(did) / max(1.0, float(could))
        court["examples"] = remembered(float(court["examples"]), shown, society)
        simulation.tally(COUNTED, float(share) * float(did), district)


# ---------------------------------------------------------------- what is reported

EXAMPLES.indicator(
    Ratio(
        name="honest_examples",
        title="Debtors named as examples",
        zh="诚信典型人数",
        unit="per 1,000 debtors and year",
        bounds=NOT_NEGATIVE,
        numerator=(COUNTED,),
        denominator=(Count.DEBTORS,),
        scale=12_000.0,
        by=("all", "district"),
    )
)

EXAMPLES.equation(
    159,
    "publicity for the honest",
    r"""
(`name_examples`, `remembered`, `encouraged`). Each month courts name the share
`comprehensive.honest_examples` of the debtors who could pay and performed a judgment within the
time to perform. Let $s$ be the named debtors as a share of the able debtors whose time ended, and
$m$ `example_months`. The district remembers $E\leftarrow E+(s-E)/m$. In the share of neighbours
believed honest, $\hat n$ (eq. 7), a neighbour about whom nothing is known counts as

```math
n_0+w\,E\,(1-n_0)
```

instead of $n_0$, where $w$ is `example_weight`. Examples act on the norm and on stigma. Their
effect is bounded by $w$, requires debtors who perform, and fades when nobody is named. Debtors who
cannot pay are not counted in $s$.
""",
)

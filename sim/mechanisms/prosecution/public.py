"""Prosecutors' offices, one per district: they charge reported debtors if it is worth the work."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.engine.record import Short, Word, record
from sim.indicator import SHARE, Ratio
from sim.mechanisms.base.act import Act
from sim.mechanisms.base.rules import kernel, rule
from sim.mechanisms.prosecution.declaration import (
    CHARGED,
    CHARGES_PROVED,
    PRIVATE_CHARGES,
    PRIVATE_CONVICTIONS,
    PROSECUTION,
    REPORTED,
    proof_of,
    proved,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from sim.agents.claim import Claim
    from sim.agents.debtor.debtor import Debtor
    from sim.agents.institutions.institution import inclination, room
    from sim.engine.draw import Now, happens
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import DISTRICTS, Journal, at_row, count, counted
    from sim.month.shared.state import State
    from sim.month.simulation import Simulation
    from sim.parameters import Institutions, Parameters

# ---------------------------------------------------------------- declarations

YEAR = 12.0
"""Months over which a prosecutor's office averages the number of charges that it wants to make."""


@record
class Prosecutor:
    """The prosecutor's office of one district.

    Args:
        reported, charged: Debtors reported and charged last month.
        load: Average number of charges wanted per month.
        capacity: Number of charges that can be made per month.
        room: Share of the wanted charges for which there is capacity.
    """

    id: int
    district: Short
    reported: Word
    charged: Word
    capacity: float
    load: float
    room: float


@PROSECUTION.add_to("institutions")
class Work:
    """Capacity of the offices, value of a conviction and cost of a charge."""

    prosecutors: Annotated[
        float,
        Q(
            unit="charges that prosecutors can handle, per month and 1,000 debtors",
            low=0.0,
            high=1_000.0,
            source="assumed: no bottleneck",
        ),
    ] = 1_000.0
    conviction_value: Annotated[
        float,
        Q(
            unit="value of a conviction to a prosecutor, yuan",
            low=0.0,
            high=1e7,
            source="assumed",
            bites=CHARGED,
        ),
    ] = 10_000.0
    charge_cost: Annotated[
        float,
        Q(
            unit="cost of the work for a charge, yuan; 0: every reported debtor is charged",
            low=0.0,
            high=1e7,
            source="assumed",
            bites=CHARGED,
        ),
    ] = 0.0


work_of = PROSECUTION.view(Work)

CHARGE = PROSECUTION.decision("charge", 227)

# ---------------------------------------------------------------- rules


class Charge(NamedTuple):
    """Value and cost to a prosecutor of charging a debtor reported for refusal, yuan."""

    conviction: float
    work: float


@rule
def charge(sure: float, of: "Institutions") -> Charge:
    """Gain and cost to a prosecutor of a charge, yuan (ODD eq. 88).

    The gain is the chance of a conviction, `sure`, times its value. The cost is that of the work.
    """
    offices = work_of(of)
    return Charge(sure * offices.conviction_value, offices.charge_cost)


@rule
def charges(sure: float, of: "Institutions", room: float, noise: float) -> float:
    """Chance that a reported debtor is charged (ODD eq. 88).

    If a charge costs nothing, the chance is `room`.

    Args:
        sure: Chance that the charge leads to a conviction.
        of: Parameters of institutions.
        room: Share of the wanted charges for which there is capacity.
        noise: `choice.noise`.
    """
    if work_of(of).charge_cost <= 0.0:
        return room
    it = charge(sure, of)
    return room * inclination(it.conviction, it.work, noise)


@rule
def charged(
    debtor: "Debtor",
    ground: int,
    prosecutor: Prosecutor,
    levers: "Levers",
    parameters: "Parameters",
    now: "Now",
) -> bool:
    """Whether the district's prosecutor charges a reported debtor (ODD eq. 88)."""
    sure = proved(debtor, levers, parameters.institutions)
    chance = charges(sure, parameters.institutions, prosecutor.room, parameters.choice.noise)
    return happens(now, CHARGE, debtor.id, chance, ground)


@rule
def expect_charges(
    debtor: "Debtor", about: "Claim", levers: "Levers", parameters: "Parameters", journal: "Journal"
) -> None:
    """Count the additional charges that better evidence makes worthwhile (ODD eq. 154)."""
    of, noise = parameters.institutions, parameters.choice.noise
    known = proof_of(of).evidence
    sure = proved(debtor, levers, of)
    if sure > known:
        more = charges(sure, of, 1.0, noise) - charges(known, of, 1.0, noise)
        count(journal, about, CHARGES_PROVED, more)


# ---------------------------------------------------------------- the office's month


@PROSECUTION.start
def open_offices(simulation: "Simulation") -> None:
    """Start with capacity for all charges, since no office knows yet how many it will want."""
    simulation.prosecutors.rows["room"] = 1.0


@kernel
def plead(state: "State", first: int, last: int) -> None:
    """Update each office's average number of wanted charges and the share it has capacity for.

    This share applies to next month, so that no case depends on another case of the same month.
    """
    parameters = state.parameters[0]
    of = parameters.institutions
    journal = at_row(state.journal, first)
    for row in range(first, last):
        office = state.prosecutors[row]
        cell = DISTRICTS + office.district
        reported = counted(journal, cell, REPORTED)
        office.reported = int(reported)
        private = counted(journal, cell, PRIVATE_CONVICTIONS)
        office.charged = int(counted(journal, cell, Count.PRISONS) - private)
        offered = work_of(of).prosecutors
        office.capacity = offered * len(state.debtors) / (1000.0 * len(state.courts))
        usual = charges(proof_of(of).evidence, of, 1.0, parameters.choice.noise)
        wanted = reported * usual + counted(journal, cell, CHARGES_PROVED)
        office.load += (wanted - office.load) / YEAR
        office.room = room(office.capacity, office.load)


@PROSECUTION.month_end
def look_ahead(simulation: "Simulation", sums: "np.ndarray") -> None:
    """Update every office from the month's reports and charges, for the next month."""
    simulation.run_kernel(plead, len(simulation.prosecutors))


# ---------------------------------------------------------------- what is shown and reported


@PROSECUTION.decider("prosecutor", before="sanction", table="prosecutors")
def weighs(state: "State", row: int) -> "Iterator[Act]":
    """What a prosecutor weighs before charging a reported debtor, if the evidence is as usual."""
    parameters = state.parameters[0]
    of = parameters.institutions
    room = state.prosecutors[row].room
    usual = proof_of(of).evidence
    chance = charges(usual, of, room, parameters.choice.noise)
    terms = charge(usual, of)._asdict()
    yield Act("charge a reported debtor", f"capacity for {room:.0%} of charges", terms, chance)


PROSECUTION.words(conviction="gain: a conviction", work="work for the charge")

PROSECUTION.indicator(
    Ratio(
        name="prosecution",
        title="Reported debtors who are prosecuted",
        zh="拒执罪追诉率",
        unit="share of debtors reported",
        bounds=SHARE,
        better="more",
        numerator=(Count.PRISONS, PRIVATE_CHARGES),
        denominator=(REPORTED,),
        less=(PRIVATE_CONVICTIONS,),
    )
)

PROSECUTION.equation(
    88,
    "prosecutors",
    r"""
(`charge`, `charges`, `room`). Debtors are reported at the rate `prison_rate` (`gravity`,
`prosecute`; eq. 21). A reported debtor is charged with chance room·$P$, where $P$ is as in eq. 80
with $g$ = `evidence`·`conviction_value` and $k$ = `charge_cost`; if a charge costs nothing, with
chance room. Room is min(1, capacity/load) and applies to the next month; each month, load moves a
twelfth of the way to the number of charges wanted. So capacity limits charges on average and not
case by case. Debtors who judge by the law expect `prison_rate`, whatever prosecutors do.
Good evidence prevents a share `special.evidence` of the reports of debtors who cannot pay. Those
who are sentenced nevertheless (`sentence`) are counted as false convictions.
""",
)

PROSECUTION.equation(
    154,
    "evidence that convicts",
    r"""
(`proved`, `expect_charges`). Good evidence protects debtors who cannot pay; it can also convict
more evaders. With $e$ = `institutions.evidence`, $q$ = `special.evidence` and $\rho$ =
`institutions.evidence_reach`, a charge against an evader leads to a conviction with chance

```math
e'=e+(1-e)\,\rho\,q,
```

which replaces $e$ in eq. 88 and 130. Against a debtor who cannot pay, the chances in these
equations do not change. Since $e'$ exceeds $e$, prosecutors and creditors bring more charges if
these cost work, and more of the creditors' charges succeed. For a prosecutor's charge, $e'$ enters
only the decision to charge: every debtor whom a prosecutor charges is sentenced. At
$\rho=0$, the default, evidence only prevents errors.
""",
)

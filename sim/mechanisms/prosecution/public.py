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
    PRIVATE_CHARGES,
    PRIVATE_CONVICTIONS,
    PROSECUTION,
    REPORTED,
    proof_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from sim.agents.debtor.debtor import Debtor
    from sim.agents.institutions.institution import inclination, room
    from sim.engine.draw import Now, happens
    from sim.month.shared.journal import DISTRICTS, at_row, counted
    from sim.month.shared.state import State
    from sim.month.simulation import Simulation
    from sim.parameters import Institutions, Parameters

# ---------------------------------------------------------------- declarations

YEAR = 12.0
"""Months over which a prosecutor's office averages the number of charges that it wants to make."""


@record
class Prosecutor:
    """One row of the table: the prosecutor's office of a district.

    `reported` and `charged` are last month's numbers of debtors. `load` is the average number of
    charges wanted per month, `capacity` the number that can be made, and `room` the share of wanted
    charges for which there is capacity.
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
            unit="charges per month and 1,000 debtors for which prosecutors have capacity",
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
def charge(of: "Institutions") -> Charge:
    """Gain, chance of a conviction times its value, and cost of the work (ODD eq. 88)."""
    offices = work_of(of)
    return Charge(proof_of(of).evidence * offices.conviction_value, offices.charge_cost)


@rule
def charges(of: "Institutions", room: float, noise: float) -> float:
    """Chance that a reported debtor is charged; `room` if a charge costs nothing (ODD eq. 88).

    Args:
        of: Parameters of institutions.
        room: Share of the wanted charges for which there is capacity.
        noise: `choice.noise`.
    """
    if work_of(of).charge_cost <= 0.0:
        return room
    it = charge(of)
    return room * inclination(it.conviction, it.work, noise)


@rule
def charged(debtor: "Debtor", prosecutor: Prosecutor, parameters: "Parameters", now: "Now") -> bool:
    """Whether the district's prosecutor charges a reported debtor (ODD eq. 88)."""
    chance = charges(parameters.institutions, prosecutor.room, parameters.choice.noise)
    return happens(now, CHARGE, debtor.id, chance)


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
    for row in range(first, last):
        journal = at_row(state.journal, row)
        office = state.prosecutors[row]
        cell = DISTRICTS + office.district
        reported = counted(journal, cell, REPORTED)
        office.reported = int(reported)
        private = counted(journal, cell, PRIVATE_CONVICTIONS)
        office.charged = int(counted(journal, cell, Count.PRISONS) - private)
        offered = work_of(of).prosecutors
        office.capacity = offered * len(state.debtors) / (1000.0 * len(state.courts))
        office.load += (reported * charges(of, 1.0, parameters.choice.noise) - office.load) / YEAR
        office.room = room(office.capacity, office.load)


@PROSECUTION.month_end
def look_ahead(simulation: "Simulation", sums: "np.ndarray") -> None:
    """Update every office from the month's reports and charges, for the next month."""
    simulation.run_kernel(plead, len(simulation.prosecutors))


# ---------------------------------------------------------------- what is shown and reported


@PROSECUTION.decider("prosecutor", before="sanction", table="prosecutors")
def weighs(state: "State", row: int) -> "Iterator[Act]":
    """The charge against a reported debtor, whose ledger is the same for every debtor."""
    parameters = state.parameters[0]
    of = parameters.institutions
    room = state.prosecutors[row].room
    chance = charges(of, room, parameters.choice.noise)
    yield Act(
        "charge a reported debtor",
        f"capacity for {room:.0%} of charges",
        charge(of)._asdict(),
        chance,
    )


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
`special.evidence` is the share of reports of debtors who cannot pay that good evidence prevents;
those who are sentenced nevertheless (`sentence`) are counted as false convictions.
""",
)

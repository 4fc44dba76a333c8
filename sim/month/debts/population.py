"""Before the first month: debtors are created and get a district and neighbours."""

from sim.agents.debtor.debtor import Debtor, born, debtor_id
from sim.agents.debtor.norm import NEIGHBOURS
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, member, uniform
from sim.engine.record import Records
from sim.month.shared.assignment import assign
from sim.month.shared.state import State
from sim.terms import Decision, Kind

TRIES = 24
"""Largest number of draws for a far neighbour. If all of them fail, the place is left empty."""


@kernel
def settle(state: State, first: int, last: int) -> None:
    """Draw kind and traits of each debtor. Districts take turns, so they are equally large."""
    now = Now(state.now.seed, 0)
    for row in range(first, last):
        debtor = state.debtors[row]
        debtor.id = debtor_id(row, 0)
        u = uniform(now, Decision.BORN_KIND, debtor.id)
        kind = Kind.PERSON.value
        if u >= state.traits.kinds[0].share:
            kind = Kind.FIRM.value
        if u >= state.traits.kinds[0].share + state.traits.kinds[1].share:
            kind = Kind.PUBLIC_BODY.value
        born(debtor, kind, state.traits.kinds[kind], state.parameters[0], state.now.seed)
        debtor.district = row % len(state.courts)
        assign(debtor, state.debtor_treatment, state.assignment, state.now.seed)


@rule
def near(row: int, slot: int, debtors: int, districts: int) -> int:
    """Row of a near neighbour, up to four places away in the same district; -1 if there is none.

    `slot` is the number of the neighbour, 0 to 7. Even slots lie after the debtor, odd ones before.
    """
    step = slot // 2 + 1
    other = row + step * districts * (1 if slot % 2 == 0 else -1)
    if other < 0 or other >= debtors:
        return -1
    return other


@rule
def far(
    row: int,
    slot: int,
    alike: bool,
    anywhere: bool,
    debtors: Records[Debtor],
    districts: int,
    now: Now,
) -> int:
    """Row of a neighbour drawn from the district or from all debtors; -1 if none was found.

    In a larger population most picks stay the same. The others fall on added debtors.

    Args:
        row: Row of the debtor; district `d` has the rows `d`, `d + districts` and so on.
        slot: Number of the neighbour, 0 to 7.
        alike: Whether the neighbour has to be of the same kind.
        anywhere: Whether the neighbour may be in another district.
        debtors: All debtors.
        districts: Number of districts.
        now: Seed, and month 0, because neighbours never change.
    """
    me = debtors[row]
    for attempt in range(TRIES):
        other = member(now, Decision.NEIGHBOUR, me.id, 2 + slot * TRIES + attempt, len(debtors))
        if not anywhere:
            other = other - other % districts + me.district
        if other != row and other < len(debtors) and (not alike or debtors[other].kind == me.kind):
            return other
    return -1


@kernel
def choose_neighbours(state: State, first: int, last: int) -> None:
    """Give each debtor eight neighbours: nearby debtors, some replaced by others.

    A nearby debtor may be replaced by one drawn from everywhere. One of another kind may be
    replaced by one of the same kind from the district. Trade links of a firm lead to firms
    anywhere: on average `trade_links` of its eight links (ODD eq. 114). This follows Watts and
    Strogatz (1998), but here links have a direction: if A sees B, B may not see A.
    """
    society = state.parameters[0].society
    now = Now(state.now.seed, 0)
    for row in range(first, last):
        me = state.debtors[row]
        for slot in range(NEIGHBOURS):
            anywhere = (
                uniform(now, Decision.NEIGHBOUR, me.id * NEIGHBOURS + slot, 0) < society.rewiring
            )
            alike = (
                uniform(now, Decision.NEIGHBOUR, me.id * NEIGHBOURS + slot, 1) < society.homophily
            )
            if me.kind == Kind.FIRM:
                trades = happens(
                    now,
                    Decision.TRADE_LINK,
                    me.id * NEIGHBOURS + slot,
                    society.trade_links / NEIGHBOURS,
                )
                anywhere = anywhere or trades
                alike = alike or trades
            other = near(row, slot, len(state.debtors), len(state.courts))
            if anywhere or other < 0 or (alike and state.debtors[other].kind != me.kind):
                other = far(row, slot, alike, anywhere, state.debtors, len(state.courts), now)
            state.neighbours[row, slot] = other

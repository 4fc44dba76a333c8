"""Before the first month: debtors are born, find a district and neighbours."""

from sim.agents.debtor.debtor import Debtor, born, debtor_id
from sim.agents.debtor.norm import NEIGHBOURS
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, member, uniform
from sim.engine.record import Records
from sim.month.shared.state import State
from sim.terms import Decision, Kind

TRIES = 24
"""Candidates looked at for a far neighbour of the wanted kind before anyone will do."""


@kernel
def settle(state: State, first: int, last: int) -> None:
    """Draw each debtor's kind and traits; districts take turns, so that all are of one size."""
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
        debtor.treatment = state.debtor_treatment[kind, debtor.district]


@rule
def near(row: int, slot: int, debtors: int, districts: int) -> int:
    """The neighbour in the district's row, four on either side; -1 beyond its ends."""
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
    """A neighbour drawn from the district or from anywhere, of the same kind if wanted.

    Growing the population keeps earlier picks, save those that now fall on the newcomers.

    Args:
        row: Whose neighbour; district `d` holds the rows `d`, `d + districts` and so on.
        slot: Which of its neighbours.
        alike: Whether it is to be of the same kind.
        anywhere: Whether it may live in another district.
        debtors: Whom there is to draw from.
        districts: How many districts there are.
        now: Month 0: neighbours are for good.
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
    """Eight neighbours each: a ring in the district, some rewired, some of the same kind only.

    A firm's links of trade lead to firms anywhere, `trade_links` of the eight on average
    (ODD eq. 114).
    After Watts and Strogatz (1998), as seen by each debtor: who sees need not be seen.
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

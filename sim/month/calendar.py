"""The order of the month as data: each phase a function with a name and a sentence.

A world holds its own calendar, so that extensions of one world never reach another.
"""

from collections.abc import Callable, Iterable

from sim.errors import ServandaError
from sim.month import (
    arms,
    audit,
    closing,
    creditors,
    dispute,
    distribution,
    docket,
    economy,
    exits,
    insurance,
    learning,
    objection,
    obligations,
    performance,
    plans,
    relief,
    sale,
    sanctions,
    seizure,
    spending,
    tracing,
    trial,
)
from sim.month import (
    choice as choices,
)
from sim.month import (
    institutions as offices,
)
from sim.month.accounts import Flow
from sim.month.house import House

Phase = Callable[[House], None]


def earning(house: House) -> None:
    """Debtors earn, spend, meet fortune; who left is replaced."""
    house.begin()
    house.over(economy.live, len(house.debtors))


def new_claims(house: House) -> None:
    """New claims fall due."""
    house.over(obligations.arise, len(house.debtors))
    house.make_room()
    house.over(obligations.fall_due, len(house.debtors))
    house.index_claims()


def performing(house: House) -> None:
    """Debtors perform what is due, cannot, or will not."""
    house.over(performance.perform, len(house.owned.owners))


def suing(house: House) -> None:
    """Creditors settle, sue and preserve, apply for enforcement, or give up."""
    house.over(creditors.act, len(house.owned.owners))


def judging(house: House) -> None:
    """Trial courts mediate and judge; the time to perform begins."""
    house.over(trial.judge, len(house.owned.owners))


def choice(house: House) -> None:
    """Debtors with enforceable debt weigh the cost of dishonesty against its gain, and act."""
    house.over(choices.choose, len(house.owned.owners))
    house.over(choices.fulfil, len(house.owned.owners))
    house.over(plans.keep, len(house.owned.owners))


def queueing(house: House) -> None:
    """Cases line up for officers' hours, and courts serve the line."""
    house.over(docket.line_up, len(house.claims))
    house.index_cases()
    house.over(docket.muster, len(house.courts))
    house.over(docket.pool, len(house.supervisors))
    house.over(docket.serve, len(house.courts))
    house.over(docket.take_up, len(house.claims))
    house.index_hands()


def trace(house: House) -> None:
    """The tracing network is asked about persons and assets."""
    house.over(tracing.trace, len(house.hands.owners))


def seize(house: House) -> None:
    """What was traced is seized: money into escrow, goods attached."""
    house.over(seizure.seize, len(house.hands.owners))


def review(house: House) -> None:
    """Objections to what was attached are heard."""
    house.over(objection.review, len(house.hands.owners))


def sell(house: House) -> None:
    """Attached goods are auctioned in rounds, sold off, taken in kind or given back."""
    house.over(sale.sell, len(house.hands.owners))


def distribute(house: House) -> None:
    """Proceeds are paid out among the creditors of the debtor."""
    house.over(distribution.distribute, len(house.hands.owners))


def sanction(house: House) -> None:
    """Late interest, freeze losses, fines, detention, prison, listing, restrictions."""
    house.over(sanctions.sanction, len(house.owned.owners))


def leaving(house: House) -> None:
    """Estates, termination and revival, archive, delisting."""
    house.over(exits.leave, len(house.owned.owners))
    house.over(exits.depart, len(house.debtors))


def relieve(house: House) -> None:
    """The relief fund pays creditors in need, those of livelihood claims first."""
    funds = house.funds.rows
    rates = house.levers["comprehensive"]["relief_fund"]
    funds["livelihood"] = funds["other"] = 0.0
    if not (rates > 0.0).any() and not (funds["balance"] > 0.0).any():
        return
    house.over(relief.endow, len(house.funds))
    house.over(relief.ask, len(house.owned.owners))
    relief.ration(funds, house.totals()[1])
    house.over(relief.grant, len(house.owned.owners))


def learn(house: House) -> None:
    """Beliefs, conscience and trust follow what happened; creditors gather their money."""
    house.over(learning.publish, len(house.debtors))
    house.over(learning.learn, len(house.debtors))
    house.over(learning.address, len(house.claims))
    house.index_news()
    house.over(learning.inform, len(house.lent.owners))


def institutions(house: House) -> None:
    """Institutions weigh what their duty costs them; insurers and lenders draw up their year."""
    house.over(offices.supervise, len(house.supervisors))
    house.over(offices.staff, len(house.courts))
    house.over(offices.report, len(house.governments))
    house.over(offices.plead, len(house.prosecutors))
    house.over(offices.appoint, len(house.administrators))
    flows, sums, _ = house.totals()
    protection = house.parts.setting.protection
    insurance.settle_accounts(
        house.insurers.rows, sums, flows[Flow.SURCHARGE], house.month, protection.loading
    )
    dispute.settle_disputes(house.insurers.rows, sums, house.month, protection)
    relief.settle_accounts(house.funds.rows, sums)
    house.credit.note(sums, house.month)


def close(house: House) -> None:
    """Stocks are counted, institutions take note, books are closed and the state is guarded."""
    house.over(closing.take_stock, len(house.owned.owners))
    spending.spend(house)
    house.watch.follow(house.state())
    flows, sums, inquiries = house.totals()
    audit.note(house, sums, inquiries)
    house.over(arms.contest, len(house.registries))
    stocks = house.stocks()
    audit.guard(house, stocks)
    house.books.close(stocks, flows)


CALENDAR: tuple[Phase, ...] = (
    earning,
    new_claims,
    performing,
    suing,
    judging,
    choice,
    queueing,
    trace,
    seize,
    review,
    sell,
    distribute,
    sanction,
    leaving,
    relieve,
    learn,
    institutions,
    close,
)


def extended(calendar: tuple[Phase, ...], added: Iterable[tuple[Phase, str]]) -> tuple[Phase, ...]:
    """A calendar with phases put in, each after the one named; those put first come first.

    Raises:
        ServandaError: If there is no phase of a name.
    """
    months = list(calendar)
    behind: dict[str, int] = {}
    for phase, after in added:
        behind[after] = behind.get(after, 0) + 1
        months.insert(position(tuple(months), after) + behind[after], phase)
    return tuple(months)


def position(calendar: tuple[Phase, ...], name: str) -> int:
    """Place of a phase in a calendar.

    Raises:
        ServandaError: If there is no phase of that name.
    """
    names = [phase.__name__ for phase in calendar]
    if name not in names:
        raise ServandaError(
            "before", f"no phase {name!r} in the month", f"choose one of {', '.join(names)}"
        )
    return names.index(name)

"""The order of the month. Each phase is a function, and its docstring says what happens in it.

Each world has a calendar of its own, so an extension of one world does not affect the others.
"""

from collections.abc import Callable, Iterable

from sim.books.accounts import Flow
from sim.errors import ServandaError
from sim.mechanisms import MECHANISMS
from sim.month.before_judgment import creditors, trial
from sim.month.debts import economy, insurance, obligations
from sim.month.decision import choice as choices
from sim.month.decision import inquiry, performance, plans
from sim.month.endings import exits
from sim.month.enforcement import arms_race, distribution, docket, objection, sale, seizure, tracing
from sim.month.month_end import audit, closing, cohorts, learning, public_cost, record
from sim.month.month_end import institutions as offices
from sim.month.sanctions import by_case, sanctions
from sim.month.simulation import Simulation

Phase = Callable[[Simulation], None]


def earning(simulation: Simulation) -> None:
    """Levers are set, debtors who left are replaced, all earn and spend, some gain or lose much."""
    simulation.begin()
    simulation.run_kernel(economy.live, len(simulation.debtors))


def new_claims(simulation: Simulation) -> None:
    """New claims fall due."""
    simulation.run_kernel(obligations.arise, len(simulation.debtors))
    simulation.make_room()
    simulation.run_kernel(obligations.fall_due, len(simulation.debtors))
    simulation.index_claims()
    if simulation.inputs.by_case:
        simulation.run_kernel(by_case.without_case, len(simulation.debtors))
        simulation.run_kernel(by_case.follow, len(simulation.owned.owners))


def performing(simulation: Simulation) -> None:
    """Debtors ask around; then they pay the claims that fall due, refuse to, or cannot."""
    if simulation.inputs.parameters.learning.inquiries > 0.0:
        simulation.run_kernel(inquiry.ask_at_notice, len(simulation.owned.owners))
    simulation.run_kernel(performance.perform, len(simulation.owned.owners))


def suing(simulation: Simulation) -> None:
    """Creditors settle, sue and preserve, apply for enforcement, or give up."""
    simulation.run_kernel(creditors.act, len(simulation.owned.owners))


def judging(simulation: Simulation) -> None:
    """Trial courts mediate and judge; the time to perform begins."""
    simulation.run_kernel(trial.judge, len(simulation.owned.owners))
    if simulation.inputs.by_case:
        simulation.run_kernel(by_case.follow, len(simulation.owned.owners))


def inquiring(simulation: Simulation) -> None:
    """Debtors who are about to choose hear of recent cases like their own."""
    if simulation.inputs.parameters.learning.inquiries > 0.0:
        simulation.run_kernel(inquiry.ask_before_choice, len(simulation.owned.owners))


def choice(simulation: Simulation) -> None:
    """Debtors with enforceable debt weigh the cost of dishonesty against its gain, and act."""
    simulation.run_kernel(choices.choose, len(simulation.owned.owners))
    simulation.run_kernel(choices.fulfil, len(simulation.owned.owners))
    simulation.run_kernel(plans.keep, len(simulation.owned.owners))


def queueing(simulation: Simulation) -> None:
    """Cases queue for officers' hours, and courts serve the queue."""
    simulation.run_kernel(docket.line_up, len(simulation.claims))
    simulation.index_cases()
    simulation.run_kernel(docket.count_hours, len(simulation.courts))
    simulation.run_kernel(docket.pool, len(simulation.supervisors))
    simulation.run_kernel(docket.serve, len(simulation.courts))
    simulation.run_kernel(docket.take_up, len(simulation.claims))
    simulation.index_hands()


def trace(simulation: Simulation) -> None:
    """The tracing network is asked about persons and assets."""
    simulation.run_kernel(tracing.trace, len(simulation.hands.owners))


def seize(simulation: Simulation) -> None:
    """Assets that were traced are seized: money goes into escrow, goods are attached."""
    simulation.run_kernel(seizure.seize, len(simulation.hands.owners))


def review(simulation: Simulation) -> None:
    """Objections to attachments are heard."""
    simulation.run_kernel(objection.review, len(simulation.hands.owners))


def sell(simulation: Simulation) -> None:
    """Attached goods are auctioned in rounds, sold off, taken in payment or returned."""
    simulation.run_kernel(sale.sell, len(simulation.hands.owners))


def distribute(simulation: Simulation) -> None:
    """Proceeds are paid out among the creditors of the debtor."""
    simulation.run_kernel(distribution.distribute, len(simulation.hands.owners))


def sanction(simulation: Simulation) -> None:
    """Late interest, freeze losses, fines, detention, prison, listing and restrictions apply."""
    simulation.run_kernel(sanctions.sanction, len(simulation.owned.owners))


def leaving(simulation: Simulation) -> None:
    """Estates are settled; cases are terminated, revived or archived; debtors leave the list."""
    simulation.run_kernel(exits.leave, len(simulation.owned.owners))


def learn(simulation: Simulation) -> None:
    """Estates go to others; beliefs, conscience, trust adjust; creditors collect their money."""
    simulation.run_kernel(learning.publish, len(simulation.debtors))
    simulation.run_kernel(learning.learn, len(simulation.debtors))
    simulation.run_kernel(learning.address, len(simulation.claims))
    simulation.index_news()
    simulation.run_kernel(learning.inform, len(simulation.news.owners))


def institutions(simulation: Simulation) -> None:
    """Institutions prepare the next month; premiums and the supply of credit are updated."""
    simulation.run_kernel(offices.supervise, len(simulation.supervisors))
    simulation.run_kernel(offices.staff, len(simulation.courts))
    simulation.run_kernel(offices.report, len(simulation.governments))
    simulation.run_kernel(offices.appoint, len(simulation.administrators))
    totals = simulation.totals()
    counts, surcharges = totals.counts, totals.flows[Flow.SURCHARGE]
    protection = simulation.inputs.parameters.protection
    insurance.settle_accounts(
        simulation.insurers.rows, counts, surcharges, simulation.month, protection.loading
    )
    for mechanism in MECHANISMS:
        for settle in mechanism.month_ends:
            settle(simulation, counts)
    simulation.credit.note(counts, simulation.month)


def close(simulation: Simulation) -> None:
    """Stocks are counted, institutions record the month, the state is checked, books are closed."""
    simulation.run_kernel(closing.take_stock, len(simulation.owned.owners))
    cohorts.follow(simulation)
    public_cost.spend(simulation)
    simulation.watch.follow(simulation.state())
    totals = simulation.totals()
    record.note(simulation, totals.counts, totals.inquiries)
    simulation.run_kernel(arms_race.contest, len(simulation.registries))
    stocks = simulation.stocks()
    audit.guard(simulation, stocks)
    simulation.books.close(stocks, totals.flows)


def extended(calendar: tuple[Phase, ...], added: Iterable[tuple[Phase, str]]) -> tuple[Phase, ...]:
    """Add phases to a calendar, each after the phase that is named with it.

    Phases added after the same phase keep their order.

    Raises:
        ServandaError: If a named phase does not exist.
    """
    phases = list(calendar)
    behind: dict[str, int] = {}
    for phase, after in added:
        behind[after] = behind.get(after, 0) + 1
        phases.insert(position(tuple(phases), after) + behind[after], phase)
    return tuple(phases)


def position(calendar: tuple[Phase, ...], name: str) -> int:
    """Index of a phase in a calendar.

    Raises:
        ServandaError: If there is no phase of that name.
    """
    names = [phase.__name__ for phase in calendar]
    if name not in names:
        raise ServandaError(
            "before", f"no phase {name!r} in the month", f"choose one of {', '.join(names)}"
        )
    return names.index(name)


CORE: tuple[Phase, ...] = (
    earning,
    new_claims,
    performing,
    suing,
    judging,
    inquiring,
    choice,
    queueing,
    trace,
    seize,
    review,
    sell,
    distribute,
    sanction,
    leaving,
    learn,
    institutions,
    close,
)
"""The phases of the month without those of mechanisms (optional institutions)."""

CALENDAR = extended(CORE, (phase for one in MECHANISMS for phase in one.phases))
"""The phases of the month, including those of mechanisms."""

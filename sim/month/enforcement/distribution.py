"""Distribution: proceeds go to the fee, then to the creditors of the debtor by law's order.

Livelihood claims come first where the lever says so. Among the rest a firm's proceeds go to the
case that seized, then by age; a person's proceeds are shared in proportion to what is owed.
"""

from sim.agents.claim import Claim, in_docket, takes_turn
from sim.agents.debtor.debtor import Debtor
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import fees_first
from sim.month.enforcement.tracing import next_attempt
from sim.month.shared.journal import Journal, at_row, book, count, move
from sim.month.shared.payment import credit, settle
from sim.month.shared.state import Owned, Setting, State, owned_by, setting_of
from sim.parameters import Procedure
from sim.terms import Asset, Kind, Stage


@rule
def first_class(claim: Claim, levers: Levers) -> bool:
    """Whether the claim is paid out before others."""
    return claim.livelihood and levers.special.livelihood_priority > 0.5


@rule
def lose(claim: Claim, pot: float, levers: Levers, procedure: Procedure, journal: Journal) -> float:
    """Proceeds that leak into officers' hands before they are paid out, yuan (ODD eq. 61)."""
    unmanaged = 1.0 - levers.rule_of_law.proceeds_management
    lost = pot * procedure.leakage * unmanaged
    book(journal, Flow.LEAKAGE, lost)
    count(journal, claim, Count.LEAKED, lost)
    return lost


@rule
def pay_out(claim: Claim, amount: float, levers: Levers, now: Now, journal: Journal) -> None:
    """Pay a creditor from escrow; of what a tip brought in, it pays the bounty."""
    credit(claim, amount, now, journal)
    if claim.tipped:
        bounty = levers.collaborative.bounty * amount
        claim.spent += bounty
        book(journal, Flow.BOUNTY, bounty)
    book(journal, Flow.DISTRIBUTED, amount)
    count(journal, claim, Count.RECOVERED_BY_FORCE, amount)


@rule
def pay_in_turn(
    claim: Claim, pot: float, part: float, levers: Levers, now: Now, journal: Journal
) -> float:
    """Pay a share of one claim from the pot, as far as that goes; what is left, yuan."""
    amount = min(pot, claim.due * part)
    pay_out(claim, amount, levers, now, journal)
    return pot - amount


@rule
def share_class(
    debtor: Debtor,
    owned: Owned,
    pot: float,
    seized: Claim,
    wanted: bool,
    setting: Setting,
    journal: Journal,
) -> float:
    """Pay one class of the debtor's cases from the pot; what is left, yuan.

    Args:
        debtor: Whose cases.
        owned: The claims on it.
        pot: Proceeds to share, yuan.
        seized: The case that brought them in.
        wanted: Whether claims of the first class are paid, or the others.
        setting: What holds for everyone.
        journal: Where payments are booked.
    """
    treatments, now = setting.treatments, setting.now
    owed = 0.0
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if in_docket(claim.stage) and first_class(claim, treatments[claim.treatment]) == wanted:
            owed += claim.due
    if owed <= 0.0 or pot <= 0.0:
        return pot
    part = 1.0
    if debtor.kind == Kind.PERSON:
        part = min(1.0, pot / owed)
    elif first_class(seized, treatments[seized.treatment]) == wanted:
        pot = pay_in_turn(seized, pot, 1.0, treatments[seized.treatment], now, journal)
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        levers = treatments[claim.treatment]
        if in_docket(claim.stage) and first_class(claim, levers) == wanted:
            pot = pay_in_turn(claim, pot, part, levers, now, journal)
    return pot


@rule
def owed_in_docket(owned: Owned) -> float:
    """What a debtor owes on all its cases, yuan: on no more is a fee due."""
    owed = 0.0
    for j in range(owned.first, owned.last):
        if in_docket(owned.stages[owned.order[j]]):
            owed += owned.claims[owned.order[j]].due
    return owed


@kernel
def distribute(state: State, first: int, last: int) -> None:
    """Pay out the proceeds of each case served; the case closes, or goes back to tracing."""
    setting = setting_of(state)
    procedure, now = setting.parameters.procedure, state.now
    for k in range(first, last):
        row = state.hands.owners[k]
        debtor = state.debtors[row]
        owned = owned_by(state, state.places[row])
        journal = at_row(state.journal, k)
        effort = state.courts[debtor.district].effort
        paid_out = False
        for j in range(state.hands.starts[k], state.hands.starts[k + 1]):
            at = state.hands.order[j]
            claim = state.claims[at]
            if not takes_turn(claim, Stage.SOLD.value):
                continue
            paid_out = True
            levers = state.levers[claim.treatment]
            rate = state.levers[debtor.treatment].sanctions.enforcement_fee
            fee = min(claim.escrow, owed_in_docket(owned) / (1.0 - rate)) * rate
            pot = claim.escrow - fee
            claim.escrow = 0.0
            book(journal, Flow.FEE, fee)
            count(journal, claim, Count.FEES_YUAN, fee)
            pot -= lose(claim, pot, levers, procedure, journal)
            recovered = min(pot, owed_in_docket(owned))
            pot -= fees_first(0.0, claim, recovered, levers, now, journal)
            pot = share_class(debtor, owned, pot, claim, True, setting, journal)
            pot = share_class(debtor, owned, pot, claim, False, setting, journal)
            debtor.assets[Asset.BANK] += pot
            book(journal, Flow.SURPLUS, pot)
            if claim.due > 0.005:
                claim.wait = next_attempt(claim, effort, levers, procedure, now)
                move(journal, claim, at, Stage.QUEUED, claim.due)
        if not paid_out:
            continue
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            claim = state.claims[at]
            if in_docket(claim.stage) and claim.due <= 0.005:
                book(journal, Flow.CLAIM_OFF, claim.due)
                claim.due = 0.0
                settle(debtor, claim, at, False, procedure, now, journal)

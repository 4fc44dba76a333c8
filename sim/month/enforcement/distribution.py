"""Distribution: proceeds pay the fee, then the debtor's creditors in the order set by law.

Livelihood claims come first where the lever `livelihood_priority` is on. Within a class, proceeds
from a firm go to the case that seized them, then to the others by age. Proceeds from a person are
shared in proportion to what is owed.
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
    """Whether the claim is in the class that is paid before all others."""
    return claim.livelihood and levers.special.livelihood_priority > 0.5


@rule
def lose(claim: Claim, pot: float, levers: Levers, procedure: Procedure, journal: Journal) -> float:
    """Proceeds that officers divert before the payout, yuan (ODD eq. 61)."""
    unmanaged = 1.0 - levers.rule_of_law.proceeds_management
    lost = pot * procedure.leakage * unmanaged
    book(journal, Flow.LEAKAGE, lost)
    count(journal, claim, Count.LEAKED, lost)
    return lost


@rule
def pay_out(claim: Claim, amount: float, levers: Levers, now: Now, journal: Journal) -> None:
    """Pay a creditor from escrow. The creditor pays a bounty if a tip led to the assets."""
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
    """Pay the share `part` of one claim, as far as the pot goes; return what is left, yuan."""
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
    """Pay one class of the debtor's cases from the pot; return what is left, yuan.

    Args:
        debtor: The debtor.
        owned: The claims against the debtor.
        pot: Proceeds to share, yuan.
        seized: The case whose seizure brought in the proceeds.
        wanted: True to pay claims of the first class, False to pay the others.
        setting: Parameters, traits and levers of the month.
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
    """Sum that a debtor owes on all its cases, yuan. No fee is charged on more than that."""
    owed = 0.0
    for j in range(owned.first, owned.last):
        if in_docket(owned.stages[owned.order[j]]):
            owed += owned.claims[owned.order[j]].due
    return owed


@kernel
def distribute(state: State, first: int, last: int) -> None:
    """Pay out the proceeds of each case served. The case then closes or goes back to tracing."""
    setting = setting_of(state)
    procedure, now = setting.parameters.procedure, state.now
    journal = at_row(state.journal, first)
    for k in range(first, last):
        row = state.hands.owners[k]
        debtor = state.debtors[row]
        owned = owned_by(state, state.places[row])
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

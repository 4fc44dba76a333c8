"""Trial courts: suits are mediated or judged, and the time to perform begins."""

from sim.agents.claim import Claim
from sim.agents.creditor import suit_costs
from sim.agents.debtor.debtor import Debtor, evades, take_money
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import judged
from sim.month.before_judgment.preservation import answer_for
from sim.month.before_judgment.settlement import mediate
from sim.month.enforcement.transfer import dissipate, unsecured
from sim.month.shared.journal import Journal, at_row, book, count, move
from sim.month.shared.payment import credit, money_at_hand, write_off
from sim.month.shared.state import State, owned_by, setting_of, surroundings_of
from sim.parameters import Parameters, Pursuit
from sim.terms import Asset, Decision, Stage


@kernel
def judge(state: State, first: int, last: int) -> None:
    """Mediate new suits. Suits that are not settled end with chance 1/`trial_months` per month.

    Debtors who refuse to pay move assets away during the suit, or even before it, while a claim is
    overdue (ODD eq. 32).
    """
    setting = setting_of(state)
    parameters, now = state.parameters[0], state.now
    early = parameters.pursuit.dissipate_overdue
    journal = at_row(state.journal, first)
    for k in range(first, last):
        row = state.by_debtor.owners[k]
        debtor = state.debtors[row]
        owned = owned_by(state, k)
        moving = False
        warned = False
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if early > 0.0 and state.journal.stages[at] == Stage.OVERDUE:
                warned = warned or state.claims[at].refused or evades(debtor.option)
            if state.journal.stages[at] != Stage.FILED:
                continue
            claim = state.claims[at]
            moving = moving or claim.refused or evades(debtor.option)
            levers = state.levers[claim.treatment]
            if claim.months == 0:
                creditor = state.creditors[claim.creditor]
                around = surroundings_of(state, row)
                if mediate(debtor, claim, at, creditor, around, setting, journal):
                    continue
                consider_advance(debtor, claim, levers, parameters.pursuit, now, journal)
            if happens(now, Decision.TRIAL, claim.id, 1.0 / parameters.procedure.trial_months):
                decide(debtor, claim, at, levers, parameters, now, journal)
        court, own = state.courts[debtor.district], state.levers[debtor.treatment]
        rate = parameters.pursuit.dissipate_pending if moving else early
        if moving or warned:
            due = unsecured(owned, setting.traits.assets)
            dissipate(debtor, court, due, rate, own, setting, journal)


@rule
def decide(
    debtor: Debtor,
    claim: Claim,
    at: int,
    levers: Levers,
    parameters: Parameters,
    now: Now,
    journal: Journal,
) -> None:
    """Give judgment. A debtor who loses owes the costs of the suit.

    A creditor who loses pays damages for preserved assets and returns advances.
    """
    count(journal, claim, Count.JUDGED, 1.0)
    if happens(now, Decision.VERDICT, claim.id, parameters.procedure.win):
        costs = suit_costs(claim.principal, parameters.procedure)
        claim.due += costs
        book(journal, Flow.CLAIM_COSTS, costs)
        clear = levers.at_source.clarity
        unclear = parameters.pursuit.ambiguous * (1.0 - clear)
        claim.ambiguous = happens(now, Decision.AMBIGUOUS, claim.id, unclear)
        judged(claim, parameters, now, journal)
        move(journal, claim, at, Stage.GRACE, claim.due)
        return
    if claim.preserved:
        answer_for(debtor, claim, parameters.pursuit, journal)
    if claim.advanced > 0.0:
        debtor.assets[Asset.BANK] += claim.advanced
        claim.spent += claim.advanced
        book(journal, Flow.ADVANCE_RETURNED, claim.advanced)
    write_off(debtor, claim, at, Stage.DISMISSED, parameters, now, journal)


@rule
def consider_advance(
    debtor: Debtor, claim: Claim, levers: Levers, pursuit: Pursuit, now: Now, journal: Journal
) -> None:
    """Advance enforcement (先予执行): part of a livelihood claim is paid during the suit."""
    advance = levers.at_source.advance
    if not claim.livelihood or not happens(now, Decision.ADVANCE, claim.id, advance):
        return
    wanted = min(pursuit.advanced * claim.due, money_at_hand(debtor))
    paid = take_money(debtor, wanted)
    if paid <= 0.0:
        return
    claim.advanced = paid
    credit(claim, paid, now, journal)
    book(journal, Flow.ADVANCED, paid)
    count(journal, claim, Count.ADVANCES, 1.0)

"""Performance of claims that fall due. Being unable to pay is kept apart from refusing."""

from sim.agents.claim import Claim
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import REFUSED
from sim.agents.debtor.debtor import Debtor, Means, ability, is_able, means
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens, normal
from sim.levers.catalogue import Levers
from sim.month.debts.insurance import pay_first
from sim.month.decision.position import Stake, left_to_bear, position, preferred
from sim.month.sanctions.credit import enter
from sim.month.shared.journal import Journal, at_row, count, move
from sim.month.shared.payment import pay, raise_money, settle
from sim.month.shared.state import (
    Setting,
    State,
    Surroundings,
    owned_by,
    setting_of,
    surroundings_of,
)
from sim.parameters import Pursuit
from sim.terms import Ability, Decision, Stage


@rule
def reminder(claim: Claim, levers: Levers, pursuit: Pursuit, now: Now) -> float:
    """Weight of a reminder in the choice, yuan per yuan payable; 0 if none is sent."""
    share = levers.at_source.reminder
    if happens(now, Decision.REMIND, claim.id, share):
        return pursuit.reminded
    return 0.0


@rule
def willing_to_pay(
    debtor: Debtor, claim: Claim, own_means: Means, around: Surroundings, setting: Setting
) -> bool:
    """Whether a debtor prefers to pay a claim that falls due, while nobody has sued yet."""
    parameters, traits, now = setting.parameters, setting.traits, setting.now
    procedure, obligations = parameters.procedure, parameters.obligations
    levers = setting.treatments[debtor.treatment]
    stake = Stake(
        due=claim.due,
        means=own_means,
        notice=1.0,
        chance=procedure.sue * procedure.win,
        extra=procedure.suit_cost,
        held=0.0,
        partnered=claim.due if claim.partner else 0.0,
        on_record=obligations.score_refusal
        + procedure.sue * procedure.win * obligations.score_default,
        deadline=procedure.sue * procedure.win,
    )
    here = position(debtor, stake, around, setting)
    taste = taste_of(normal(Now(now.seed, 0), Decision.DUE_TASTE, claim.id))
    best = preferred(debtor, here, traits, levers, parameters)
    reminded = reminder(claim, setting.treatments[claim.treatment], parameters.pursuit, now)
    net = best.net + reminded * here.payable
    left = left_to_bear(debtor, here, traits.kinds[debtor.kind], levers, parameters.choice)
    return pays(net, left, here.payable, debtor.income, taste, parameters.choice)


@rule
def answer_when_due(
    debtor: Debtor,
    claim: Claim,
    at: int,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> None:
    """Pay a claim that falls due, or make it overdue because of inability, dispute or refusal."""
    parameters, traits, now = setting.parameters, setting.traits, setting.now
    levers = setting.treatments[debtor.treatment]
    own_means = means(debtor, traits.assets)
    can = ability(claim.due, own_means)
    claim.able = is_able(can)
    willing = False
    if can == Ability.EMPTY:
        count(journal, claim, Count.OVERDUE_UNABLE, 1.0)
    elif happens(now, Decision.DISPUTED, claim.id, traits.domains[claim.domain].disputed):
        claim.disputed = True
    else:
        willing = willing_to_pay(debtor, claim, own_means, around, setting)
        claim.refused = not willing
        if not willing:
            debtor.events |= REFUSED
            enter(debtor, -parameters.obligations.score_refusal, levers)
    if willing:
        raise_money(debtor, claim.due, traits.assets, now, journal)
        pay(debtor, claim, Flow.PAID_DUE, now, journal)
    if claim.due <= 0.0:
        count(journal, claim, Count.DUE_PAID, 1.0)
        enter(debtor, parameters.obligations.score_performed, levers)
        settle(debtor, claim, at, True, parameters.procedure, now, journal)
    else:
        move(journal, claim, at, Stage.OVERDUE, claim.due)


@rule
def paid_by_insurer(
    debtor: Debtor, claim: Claim, at: int, stage: int, setting: Setting, journal: Journal
) -> bool:
    """Let the insurer of a claim pay first; return whether that settles the claim."""
    parameters, now = setting.parameters, setting.now
    levers = setting.treatments[claim.treatment]
    pay_first(debtor, claim, levers, parameters.protection, now, journal)
    if claim.due > 0.0:
        return False
    if stage == Stage.DUE:
        count(journal, claim, Count.DUE_PAID, 1.0)
    settle(debtor, claim, at, False, parameters.procedure, now, journal)
    return True


@kernel
def perform(state: State, first: int, last: int) -> None:
    """Debtors decide whether to pay claims that fall due.

    They weigh the same costs and gains as in enforcement. All risks are lower, because a suit is
    still to come. The insurer of a covered claim pays first, also if the claim is already overdue.
    """
    setting = setting_of(state)
    journal = at_row(state.journal, first)
    for k in range(first, last):
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            stage = owned.stages[at]
            if stage > Stage.UNPAID:
                continue
            claim = state.claims[at]
            covered = claim.insured > 0.0 and stage != Stage.SETTLED
            if stage != Stage.DUE and not covered:
                continue
            row = state.by_debtor.owners[k]
            debtor = state.debtors[row]
            if covered and paid_by_insurer(debtor, claim, at, stage, setting, journal):
                continue
            if stage == Stage.DUE:
                around = surroundings_of(state, row)
                answer_when_due(debtor, claim, at, around, setting, journal)

"""Termination and what follows it: checks, revival by the court, application anew, tips."""

from sim.agents.claim import Claim, open_case
from sim.agents.court.standard import HEARD, PROPERTY, meets_standard, searched
from sim.agents.court.supervisor import audited, ends_early
from sim.agents.creditor import worth_applying
from sim.agents.debtor.debtor import UNABLE_BELOW, WAITS, Debtor, evades, is_able, means, wealth
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.mechanisms.base.points import claim_unpaid
from sim.month.endings.insolvency import begin_insolvency, converts, opens
from sim.month.enforcement.tracing import WORTH_SEIZING, hear_tip
from sim.month.sanctions.sanctions import enter_list
from sim.month.shared.payment import close_case, release, write_off
from sim.month.shared.state import State, book, count, count_after, move
from sim.parameters import Procedure
from sim.terms import Decision, Ending, Stage


@rule
def terminable(claim: Claim, procedure: Procedure) -> bool:
    """Whether the proceeding may end: nothing is in hand, time is over, and tracing bore no fruit.

    After `term_unserved` months it ends all the same, even if nobody got to it.
    """
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    if claim.docket >= procedure.term_unserved:
        return True
    return claim.docket >= procedure.term_after and claim.fruitless > 0


@rule
def hastened(state: State, claim: Claim) -> bool:
    """Whether a court under assessment ends a case before it may (ODD eq. 86)."""
    levers = state.levers[state.courts[claim.district].treatment]
    if levers.comprehensive.assessment <= 0.0:
        return False
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    parameters = state.parameters[0]
    watched = state.courts[claim.district].watched
    chance = ends_early(watched, levers, parameters.institutions, parameters.choice.noise)
    return happens(state.now, Decision.EARLY_END, claim.id, chance)


@rule
def held_to_standard(state: State, claim: Claim) -> bool:
    """Whether the case is one that may not be terminated below the standard; for good."""
    share = state.levers[claim.treatment].rule_of_law.termination_standard
    return share > 0.0 and happens(Now(state.now.seed, 0), Decision.STANDARD, claim.id, share)


@rule
def owes_hearing(state: State, claim: Claim) -> bool:
    """Whether the creditor is to be heard with the next step: no other comes before the end."""
    if claim.stage != Stage.QUEUED or claim.checks & HEARD:
        return False
    procedure = state.parameters[0].procedure
    near = claim.docket + procedure.retrace >= procedure.term_after
    return near and held_to_standard(state, claim)


@rule
def withheld(state: State, debtor: Debtor, claim: Claim, block: int) -> bool:
    """Whether the standard forbids to terminate yet; at last an evader is listed (ODD eq. 97).

    Where there is no list, nobody can be put on it, and this check lapses.
    """
    if not held_to_standard(state, claim):
        return False
    if not searched(claim.checks):
        return True
    lists = state.levers[debtor.treatment].comprehensive.list_rate > 0.0
    if lists and evades(debtor.option) and not debtor.on_list:
        enter_list(state, debtor, claim, block)
    return False


@rule
def audit(state: State, claim: Claim, checked: bool, block: int) -> None:
    """The higher court looks into a share of terminations: counted, and nothing else (eq. 135)."""
    levers = state.levers[state.courts[claim.district].treatment]
    chance = audited(levers, state.parameters[0].institutions)
    if not happens(state.now, Decision.AUDIT, claim.id, chance):
        return
    count(state, block, claim, Count.TERMINATED_AUDITED, 1.0)
    if checked:
        count(state, block, claim, Count.AUDITED_CHECKED, 1.0)


@rule
def consider_termination(
    state: State, debtor: Debtor, claim: Claim, at: int, k: int, block: int
) -> None:
    """The current proceeding ends, and the claim lives on and can revive; or it is converted.

    Who waits for an administrator is not terminated meanwhile.
    """
    early = False
    if not terminable(claim, state.parameters[0].procedure):
        early = hastened(state, claim)
        if not early:
            return
    if withheld(state, debtor, claim, block):
        return
    if debtor.petition & WAITS:
        return
    if converts(state, debtor, claim, k):
        count(state, block, claim, Count.CONVERTED, 1.0)
        if opens(state, debtor, claim, block):
            begin_insolvency(state, debtor, k, block)
        return
    if early:
        count(state, block, claim, Count.TERMINATED_EARLY, 1.0)
    count(state, block, claim, Count.TERMINATED, 1.0)
    if wealth(means(debtor, state.assets)) >= UNABLE_BELOW * claim.due:
        count(state, block, claim, Count.TERMINATED_WITH_PROPERTY, 1.0)
    checked = meets_standard(claim.checks, evades(debtor.option), debtor.on_list)
    if checked:
        count(state, block, claim, Count.TERMINATED_CHECKED, 1.0)
        if not claim.checks & PROPERTY:
            count(state, block, claim, Count.TERMINATED_EMPTY, 1.0)
    audit(state, claim, checked, block)
    close_case(state, claim, Ending.TERMINATED.value, block)
    release(state, debtor, claim, block)
    claim_unpaid(state, claim, block)
    claim.found = 0
    debtor.prompted = True
    move(state, at, Stage.TERMINATED, claim.due)


@rule
def revive(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """A terminated claim becomes a case again."""
    count(state, block, claim, Count.REVIVED, 1.0)
    debtor.prompted = True
    open_case(claim, is_able(debtor.ability))
    claim.again = True
    move(state, at, Stage.QUEUED, claim.due)


@rule
def applies_anew(state: State, claim: Claim) -> bool:
    """Whether the creditor of a terminated claim hopes for enough to apply anew (ODD eq. 98)."""
    procedure = state.parameters[0].procedure
    if procedure.reapply <= 0.0:
        return False
    creditor = state.creditors[claim.creditor]
    traits = state.lenders[creditor.kind]
    # Dispute cover has paid once the case was terminated: it backs no second application.
    if not worth_applying(creditor, claim.due, 0.0, traits, procedure):
        return False
    return happens(state.now, Decision.REAPPLY, claim.id, procedure.reapply)


@rule
def revive_by_tip(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Someone tells, for the bounty, what the debtor of a terminated claim has: it is traced."""
    if state.levers[claim.treatment].collaborative.bounty <= 0.0:
        return
    value = hear_tip(state, debtor, claim, block)
    if value <= 0.0 or value < WORTH_SEIZING * claim.due:
        claim.tipped = False
        claim.found = 0
        return
    revive(state, debtor, claim, at, block)
    claim.tipped = True
    claim.checks |= PROPERTY
    move(state, at, Stage.TRACED, value)


@rule
def consider_revival(state: State, debtor: Debtor, claim: Claim, at: int, block: int) -> None:
    """Property found, an application anew or a tip revives a terminated claim; old ones end."""
    procedure = state.parameters[0].procedure
    periodic = state.levers[claim.treatment].rule_of_law.periodic_tracing
    again = procedure.revive + (1.0 - procedure.revive) * periodic
    if claim.months >= procedure.archive_after:
        write_off(state, debtor, at, Stage.ARCHIVED, block)
    elif (
        happens(state.now, Decision.REVIVAL, claim.id, again)
        and wealth(means(debtor, state.assets)) >= UNABLE_BELOW * claim.due
    ):
        revive(state, debtor, claim, at, block)
    elif applies_anew(state, claim):
        claim.spent += procedure.apply_cost
        book(state, block, Flow.APPLICATION, procedure.apply_cost)
        count_after(state, block, claim, Span.REAPPLIED, claim.months, 1.0)
        revive(state, debtor, claim, at, block)
    else:
        revive_by_tip(state, debtor, claim, at, block)

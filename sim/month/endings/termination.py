"""Termination of cases, its audit, and revival: by the court, a new application or a tip."""

from sim.agents.claim import Claim, open_case
from sim.agents.court.court import Court, with_effort
from sim.agents.court.standard import HEARD, PROPERTY, meets_standard, searched
from sim.agents.court.supervisor import audited, ends_early
from sim.agents.creditor import Creditor, worth_applying
from sim.agents.debtor.debtor import UNABLE_BELOW, WAITS, Debtor, evades, is_able, means, wealth
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, uniform
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import claim_unpaid
from sim.month.endings.insolvency import begin_insolvency, converts, opens
from sim.month.enforcement.tracing import hear_tip
from sim.month.sanctions.listing import enter_list
from sim.month.shared.journal import Journal, book, count, count_after, move
from sim.month.shared.payment import close_case, release, write_off
from sim.month.shared.state import District, Owned, Setting
from sim.parameters import Institutions, LenderTraits, Obligations, Parameters, Procedure, Pursuit
from sim.terms import Decision, Ending, Stage


@rule
def terminable(claim: Claim, procedure: Procedure) -> bool:
    """Whether a case may be terminated: it is old enough, and nothing is seized.

    After `term_after` months, a step must have failed since the last seizure. After `term_unserved`
    months this is not required: perhaps no officer has worked on the case.
    """
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    if claim.docket >= procedure.term_unserved:
        return True
    return claim.docket >= procedure.term_after and claim.fruitless > 0


@rule
def hastened(claim: Claim, district: District, parameters: Parameters, now: Now) -> bool:
    """Whether a court under assessment terminates a case too early (ODD eq. 86)."""
    levers = district.levers
    if levers.comprehensive.assessment <= 0.0:
        return False
    if claim.stage != Stage.QUEUED and claim.stage != Stage.TRACED:
        return False
    watched = district.court.watched
    chance = ends_early(watched, levers, parameters.institutions, parameters.choice.noise)
    return happens(now, Decision.EARLY_END, claim.id, chance)


@rule
def held_to_standard(claim: Claim, levers: Levers, now: Now) -> bool:
    """Whether the standard of termination applies to the case. This is drawn once per claim."""
    share = levers.rule_of_law.termination_standard
    return share > 0.0 and happens(Now(now.seed, 0), Decision.STANDARD, claim.id, share)


@rule
def owes_hearing(claim: Claim, levers: Levers, procedure: Procedure, now: Now) -> bool:
    """Whether the creditor must be heard at the next step, because termination is near."""
    if claim.stage != Stage.QUEUED or claim.checks & HEARD:
        return False
    near = claim.docket + procedure.retrace >= procedure.term_after
    return near and held_to_standard(claim, levers, now)


@rule
def withheld(
    debtor: Debtor,
    claim: Claim,
    treatments: Records[Levers],
    obligations: Obligations,
    now: Now,
    journal: Journal,
) -> bool:
    """Whether the standard still forbids termination (ODD eq. 97).

    If the standard applies and is met, and there is a list, a debtor who evades is put on it.
    """
    levers = treatments[debtor.treatment]
    if not held_to_standard(claim, treatments[claim.treatment], now):
        return False
    if not searched(claim.checks):
        return True
    lists = levers.comprehensive.list_rate > 0.0
    if lists and evades(debtor.option) and not debtor.on_list:
        enter_list(debtor, claim, levers, obligations, journal)
    return False


@rule
def audit(
    claim: Claim,
    checked: bool,
    levers: Levers,
    institutions: Institutions,
    now: Now,
    journal: Journal,
) -> None:
    """The higher court audits a share of terminations. Results are only counted (eq. 135)."""
    chance = audited(levers, institutions)
    if not happens(now, Decision.AUDIT, claim.id, chance):
        return
    count(journal, claim, Count.TERMINATED_AUDITED, 1.0)
    if checked:
        count(journal, claim, Count.AUDITED_CHECKED, 1.0)


@rule
def consider_termination(
    debtor: Debtor,
    claim: Claim,
    at: int,
    owned: Owned,
    district: District,
    setting: Setting,
    journal: Journal,
) -> None:
    """Terminate a case that may be terminated, or convert it to insolvency.

    Cases of a debtor who waits for an administrator are not terminated.
    """
    parameters, now = setting.parameters, setting.now
    levers = setting.treatments[debtor.treatment]
    assets = setting.traits.assets
    early = False
    if not terminable(claim, parameters.procedure):
        early = hastened(claim, district, parameters, now)
        if not early:
            return
    if withheld(debtor, claim, setting.treatments, parameters.obligations, now, journal):
        return
    if debtor.petition & WAITS:
        return
    if converts(debtor, claim, owned, assets, levers, now):
        count(journal, claim, Count.CONVERTED, 1.0)
        if opens(debtor, claim, district, now, journal):
            begin_insolvency(debtor, owned, district.registries, setting, journal)
        return
    if early:
        count(journal, claim, Count.TERMINATED_EARLY, 1.0)
    count(journal, claim, Count.TERMINATED, 1.0)
    if wealth(means(debtor, assets)) >= UNABLE_BELOW * claim.due:
        count(journal, claim, Count.TERMINATED_WITH_PROPERTY, 1.0)
    checked = meets_standard(claim.checks, evades(debtor.option), debtor.on_list)
    if checked:
        count(journal, claim, Count.TERMINATED_CHECKED, 1.0)
        if not claim.checks & PROPERTY:
            count(journal, claim, Count.TERMINATED_EMPTY, 1.0)
    audit(claim, checked, district.levers, parameters.institutions, now, journal)
    close_case(claim, Ending.TERMINATED.value, parameters.procedure, now, journal)
    release(debtor, claim, journal)
    claim_unpaid(claim, parameters.protection, journal)
    claim.found = 0
    debtor.prompted = True
    move(journal, claim, at, Stage.TERMINATED, claim.due)


@rule
def revive(debtor: Debtor, claim: Claim, at: int, journal: Journal) -> None:
    """A terminated claim becomes a case again."""
    count(journal, claim, Count.REVIVED, 1.0)
    debtor.prompted = True
    open_case(claim, is_able(debtor.ability))
    claim.again = True
    move(journal, claim, at, Stage.QUEUED, claim.due)


@rule
def applies_anew(
    claim: Claim, creditor: Creditor, traits: LenderTraits, procedure: Procedure, now: Now
) -> bool:
    """Whether the creditor of a terminated claim applies again (ODD eq. 98)."""
    if procedure.reapply <= 0.0:
        return False
    # The dispute insurer has paid already, when the case was terminated, and does not pay again.
    if not worth_applying(creditor, claim.due, 0.0, traits, procedure):
        return False
    return happens(now, Decision.REAPPLY, claim.id, procedure.reapply)


@rule
def month_of_tip(claim: Claim, now: Now) -> int:
    """Month after a termination, 1 to 12, in which someone may report assets."""
    return 1 + int(12.0 * uniform(Now(now.seed, 0), Decision.BOUNTY, claim.id, 1))


@rule
def revive_by_tip(
    debtor: Debtor,
    claim: Claim,
    at: int,
    levers: Levers,
    pursuit: Pursuit,
    now: Now,
    journal: Journal,
) -> None:
    """Revive a terminated case if someone reports assets for the bounty.

    This can happen once, in the year after a termination. The assets must be worth at
    least `UNABLE_BELOW` of the debt, as when the court revives a case.
    """
    if levers.collaborative.bounty <= 0.0 or claim.months != month_of_tip(claim, now):
        return
    value = hear_tip(debtor, claim, levers, pursuit, now, journal)
    if value <= 0.0 or value < UNABLE_BELOW * claim.due:
        claim.tipped = False
        claim.found = 0
        return
    revive(debtor, claim, at, journal)
    claim.tipped = True
    claim.checks |= PROPERTY
    move(journal, claim, at, Stage.TRACED, value)


@rule
def consider_revival(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    court: Court,
    setting: Setting,
    journal: Journal,
) -> None:
    """Archive a terminated claim if it is old, or revive it.

    Reasons to revive it are property that the court finds, a new application, and a tip.
    """
    parameters, now = setting.parameters, setting.now
    levers = setting.treatments[claim.treatment]
    procedure = parameters.procedure
    lender = setting.traits.lenders[creditor.kind]
    periodic = levers.rule_of_law.periodic_tracing
    again = with_effort(procedure.revive, court.effort, procedure)
    again += (1.0 - again) * periodic
    if claim.months >= procedure.archive_after:
        write_off(debtor, claim, at, Stage.ARCHIVED, parameters, now, journal)
    elif (
        happens(now, Decision.REVIVAL, claim.id, again)
        and wealth(means(debtor, setting.traits.assets)) >= UNABLE_BELOW * claim.due
    ):
        revive(debtor, claim, at, journal)
    elif applies_anew(claim, creditor, lender, procedure, now):
        claim.spent += procedure.apply_cost
        book(journal, Flow.APPLICATION, procedure.apply_cost)
        count_after(journal, claim, Span.REAPPLIED, claim.months, 1.0)
        revive(debtor, claim, at, journal)
    else:
        revive_by_tip(debtor, claim, at, levers, parameters.pursuit, now, journal)

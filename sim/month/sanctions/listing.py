"""The list of dishonest judgment debtors: how debtors enter it, stay on it and leave it.

In: the conduct of a debtor. Out: whether the debtor is on the list, months to wait after
performance, and harm felt from restrictions.
"""

from sim.agents.claim import Claim, is_open
from sim.agents.debtor.belief import FAIR, RESTRICTED, UNFAIR, WAS_LISTED
from sim.agents.debtor.debtor import Debtor, is_able
from sim.agents.debtor.informal import informal_loss, pushed_out
from sim.agents.debtor.weigh import (
    breadth,
    felt_restriction,
    wait_after_performance,
    weight_after_performance,
)
from sim.books.counts import Count, Span
from sim.engine.compile import rule
from sim.engine.draw import happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.month.sanctions.credit import enter, restore
from sim.month.shared.evasion import evasion_of
from sim.month.shared.journal import (
    DISTRICTS,
    KINDS,
    OVERALL,
    Journal,
    count,
    count_after,
    count_in,
)
from sim.month.shared.state import Owned, Setting
from sim.parameters import EvasionTraits, Obligations
from sim.terms import Decision, Option, Stage


@rule
def listing_hazard(debtor: Debtor, evasions: Records[EvasionTraits], levers: Levers) -> float:
    """Risk of being listed, 1/month. A debtor who cannot pay is listed only by error."""
    comprehensive = levers.comprehensive
    if debtor.option == Option.UNABLE:
        return comprehensive.list_rate * (1.0 - comprehensive.list_accuracy)
    k = evasion_of(debtor.option, evasions)
    return comprehensive.list_rate * evasions[k].listing if k >= 0 else 0.0


@rule
def enlist(
    debtor: Debtor, about: Claim, share: float, levers: Levers, setting: Setting, journal: Journal
) -> None:
    """Draw whether a debtor is listed: for evading or, by error, for being unable to pay.

    Nobody is listed before the case is `list_latency` months old.

    Args:
        debtor: The debtor.
        about: The debtor's oldest enforceable claim that is not in a plan.
        share: Share of the risk that applies. It is 1 if officers work on a case, or if sanctions
            need no officer (`procedure.sanctions_in_hand` is off). Otherwise it is the lever
            `automatic_listing`.
        levers: Levers of the debtor.
        setting: Parameters, traits and levers of the month.
        journal: Journal in which counts are kept.
    """
    if about.docket < levers.comprehensive.list_latency:
        return
    hazard = share * listing_hazard(debtor, setting.traits.evasions, levers)
    if happens(setting.now, Decision.LISTING, debtor.id, hazard):
        enter_list(debtor, about, levers, setting.parameters.obligations, journal)


@rule
def enter_list(
    debtor: Debtor, about: Claim, levers: Levers, obligations: Obligations, journal: Journal
) -> None:
    """Put a debtor on the list."""
    debtor.on_list = True
    debtor.listed = 0
    debtor.events |= WAS_LISTED
    debtor.events |= UNFAIR if debtor.option == Option.UNABLE else FAIR
    enter(debtor, -obligations.score_listing, levers)
    count(journal, about, Count.LISTINGS, 1.0)


@rule
def felt_this_month(debtor: Debtor, levers: Levers, setting: Setting) -> float:
    """Harm felt from a month under restrictions, yuan, including income lost by informal work.

    Restrictions no longer deter a debtor who has left the formal economy. They harm it as before.
    """
    kind, parameters = setting.traits.kinds[debtor.kind], setting.parameters
    felt = felt_restriction(breadth(kind, levers), debtor.listed, parameters.choice) * debtor.income
    if pushed_out(debtor, kind, levers, parameters.economy, setting.now.seed):
        felt += informal_loss(debtor, parameters.economy)
    return felt


@rule
def restrict(
    debtor: Debtor, about: Claim, levers: Levers, setting: Setting, journal: Journal
) -> None:
    """Count a month under restrictions and the harm felt. Harm is never booked as money."""
    count(journal, about, Count.RESTRICTION_MONTHS, 1.0)
    if debtor.option == Option.UNABLE:
        count(journal, about, Count.RESTRICTION_MONTHS_UNABLE, 1.0)
    kind, economy = setting.traits.kinds[debtor.kind], setting.parameters.economy
    if pushed_out(debtor, kind, levers, economy, setting.now.seed):
        count(journal, about, Count.INFORMAL_MONTHS, 1.0)
    count(journal, about, Count.FELT_HARM, felt_this_month(debtor, levers, setting))
    debtor.listed += 1
    debtor.events |= RESTRICTED


@rule
def months_to_wait(debtor: Debtor, levers: Levers) -> int:
    """Months under restrictions that would follow performance, or the rest of a running wait."""
    if debtor.repair > 0:
        return debtor.repair
    return wait_after_performance(levers)


@rule
def performed(owned: Owned) -> bool:
    """Whether a claim against a debtor was paid in full this month, by choice or by force."""
    for j in range(owned.first, owned.last):
        stage = owned.stages[owned.order[j]]
        if stage == Stage.PAID or stage == Stage.PLAN_COMPLETED:
            return True
    return False


@rule
def owes_nothing(owned: Owned) -> bool:
    """Whether no claim against a debtor is open."""
    nothing = True
    for j in range(owned.first, owned.last):
        nothing = nothing and not is_open(owned.stages[owned.order[j]])
    return nothing


@rule
def count_performance(debtor: Debtor, about: Claim, restricted: bool, journal: Journal) -> None:
    """Count a listed debtor who performed. No other rule counts it as listed this month.

    `restricted` is whether the debtor has already borne this month of restrictions.
    """
    count(journal, about, Count.LISTED_START, 1.0)
    count(journal, about, Count.LISTED_PAID, 1.0)
    since_entry = debtor.listed + (0 if restricted else 1)
    count_after(journal, about, Span.LISTED_PAID, since_entry, 1.0)
    if is_able(debtor.ability):
        count(journal, about, Count.LISTED_START_ABLE, 1.0)
        count(journal, about, Count.LISTED_PAID_ABLE, 1.0)


@rule
def end_listing(
    debtor: Debtor, about: Claim, chosen: bool, levers: Levers, journal: Journal
) -> None:
    """Take a debtor who performed off the list, at once or after a wait (ODD eq. 120).

    Args:
        debtor: The debtor.
        about: A claim against the debtor.
        chosen: Whether the debtor performed by choice.
        levers: Levers of the debtor.
        journal: Journal in which counts are kept.
    """
    wait = wait_after_performance(levers)
    if wait > 0:
        debtor.repair = wait
        return
    if chosen:
        count(journal, about, Count.DELISTED_PAID, 1.0)
    delist(debtor)


@rule
def serve_wait(debtor: Debtor, levers: Levers, setting: Setting, journal: Journal) -> None:
    """Count a month of restrictions after performance. After the last one the entry ends.

    The month is felt like any other, or in part if a satisfied entry has less weight (ODD eq. 170).
    It is counted overall and by kind and district, but not in groups of claims, because the claim
    no longer exists.
    """
    felt = felt_this_month(debtor, levers, setting) * weight_after_performance(levers)
    kind, economy = setting.traits.kinds[debtor.kind], setting.parameters.economy
    informal = pushed_out(debtor, kind, levers, economy, setting.now.seed)
    debtor.listed += 1
    debtor.repair -= 1
    over = debtor.repair == 0 or debtor.listed >= levers.sanctions.listing_term
    for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
        count_in(journal, cell, Count.RESTRICTION_MONTHS, 1.0)
        count_in(journal, cell, Count.REPAIR_MONTHS, 1.0)
        count_in(journal, cell, Count.INFORMAL_MONTHS, 1.0 if informal else 0.0)
        count_in(journal, cell, Count.FELT_HARM, felt)
        count_in(journal, cell, Count.DELISTED_PAID if over else Count.LISTED, 1.0)
    if over:
        delist(debtor)
        restore(debtor, levers)


@rule
def delist(debtor: Debtor) -> None:
    """End the debtor's entry on the list."""
    debtor.on_list = False
    debtor.listed = 0
    debtor.repair = 0

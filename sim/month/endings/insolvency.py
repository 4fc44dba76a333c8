"""Insolvency: firms come from enforcement and are liquidated, persons are discharged.

During a proceeding there is no enforcement, no interest and no listing. Whether a person asks for
bankruptcy is decided in `personal_bankruptcy`. Money is shared among creditors in `estate`.
"""

import math

from sim.agents.claim import Claim, in_docket, is_open
from sim.agents.court.court import Registry
from sim.agents.debtor.debtor import ABUSES, ASSETS, CONCEALS, WAITS, Debtor, evades, means, wealth
from sim.agents.debtor.plan import NO_PLAN
from sim.agents.institutions.administrator import openings, room
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, uniform
from sim.engine.record import Records
from sim.levers.at_source import UNLIMITED
from sim.levers.catalogue import Levers
from sim.month.endings.dismissal import dismiss, exposed
from sim.month.endings.estate import (
    NOTHING,
    at_most,
    owed_together,
    pay_off,
    realise,
    sell_off,
    share_out,
)
from sim.month.endings.personal_bankruptcy import exempt_in_bankruptcy, months_to_discharge
from sim.month.shared.evasion import secret
from sim.month.shared.journal import Journal, book, count, move
from sim.month.shared.payment import close_case, leave_grace, money_at_hand, pending, release
from sim.month.shared.state import District, Owned, Setting, oldest_of
from sim.parameters import AssetTraits, Procedure
from sim.terms import LIQUID, Decision, Ending, Kind, Option, Stage


@rule
def open_debt(owned: Owned) -> float:
    """Sum of all open claims against a debtor, yuan."""
    due = 0.0
    for j in range(owned.first, owned.last):
        if is_open(owned.stages[owned.order[j]]):
            due += owned.claims[owned.order[j]].due
    return due


@rule
def converts(
    debtor: Debtor,
    claim: Claim,
    owned: Owned,
    assets: Records[AssetTraits],
    levers: Levers,
    now: Now,
) -> bool:
    """Whether a firm's case goes to bankruptcy instead of being terminated (ODD eq. 69).

    The case can go there only if the firm owes more than it owns. Whether the case then goes
    there is drawn once per case and month.
    """
    share = levers.at_source.conversion
    if share <= 0.0 or debtor.kind != Kind.FIRM or debtor.leaving:
        return False
    if wealth(means(debtor, assets)) >= open_debt(owned):
        return False
    return happens(now, Decision.CONVERSION, claim.id, share)


@rule
def duration(debtor: Debtor, levers: Levers, procedure: Procedure, now: Now) -> int:
    """Months of a proceeding: drawn for a firm, set by law for a person (ODD eq. 69).

    For a firm T = T₀·(1 + U)·(1 − .36·specialised), with T₀ = `insolvency_months`, U uniform in
    [0, 1), and .36 the default of `specialised_saving`.
    """
    at_source = levers.at_source
    if debtor.kind == Kind.PERSON:
        return int(months_to_discharge(levers))
    months = procedure.insolvency_months * (1.0 + uniform(now, Decision.CONVERSION, debtor.id, 1))
    months *= 1.0 - procedure.specialised_saving * at_source.specialised_courts
    return max(1, math.floor(months))


@rule
def opens(debtor: Debtor, about: Claim, district: District, now: Now, journal: Journal) -> bool:
    """Whether a proceeding that is asked for or ordered is opened this month (ODD eq. 129).

    If the number of administrators is limited, a proceeding waits at least until next month, and
    then until one of them is free.
    """
    limit = district.levers.at_source.administrators
    if limit < UNLIMITED:
        if not debtor.petition & WAITS:
            debtor.petition |= WAITS
            count(journal, about, Count.OPENINGS_NEW, 1.0)
            return False
        waiting = district.administrator.waiting
        share = room(openings(limit, district.debtors, district.districts), waiting)
        count(journal, about, Count.OPENINGS_WANTED, 1.0)
        if not happens(now, Decision.OPENING, debtor.id, share):
            return False
    else:
        count(journal, about, Count.OPENINGS_WANTED, 1.0)
    count(journal, about, Count.OPENINGS, 1.0)
    return True


@rule
def begin_insolvency(
    debtor: Debtor, owned: Owned, registries: Records[Registry], setting: Setting, journal: Journal
) -> None:
    """Put all open claims into the proceeding. Assets seized for single creditors are released."""
    procedure, now = setting.parameters.procedure, setting.now
    months = duration(debtor, setting.treatments[debtor.treatment], procedure, now)
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        claim = owned.claims[at]
        if not is_open(claim.stage) or claim.stage == Stage.INSOLVENT:
            continue
        release(debtor, claim, journal)
        if pending(claim):
            close_case(claim, Ending.BANKRUPT.value, procedure, now, journal)
        if claim.stage == Stage.GRACE or claim.stage == Stage.UNPAID:
            leave_grace(claim, False, journal)
        claim.plan = NO_PLAN
        claim.agreed = 0.0
        claim.wait = months
        count(journal, claim, Count.BANKRUPTCIES, 1.0)
        move(journal, claim, at, Stage.INSOLVENT, claim.due)
    abused = debtor.petition & ABUSES != 0
    debtor.petition = CONCEALS if abused else 0
    if debtor.kind == Kind.PERSON:
        about = oldest_of(owned)
        count(journal, about, Count.DISCHARGE_OPENED, 1.0)
        if abused:
            count(journal, about, Count.BANKRUPTCY_ABUSED, 1.0)
        disclose(debtor, owned, registries, setting, journal)


@rule
def disclose(
    debtor: Debtor, owned: Owned, registries: Records[Registry], setting: Setting, journal: Journal
) -> None:
    """A person discloses assets, perhaps not all. Disclosed assets are sold and shared out at once.

    The person keeps what is exempt in bankruptcy (ODD eq. 141).
    """
    procedure, assets = setting.parameters.procedure, setting.traits.assets
    levers = setting.treatments[debtor.treatment]
    kept = 0.0
    if debtor.petition & CONCEALS:
        for a in range(ASSETS):
            hidden = debtor.assets[a] * secret(debtor, a, registries, assets, levers, procedure)
            if a < LIQUID:
                kept += hidden
            else:
                sell_off(debtor, a, debtor.assets[a] - hidden, assets, journal)
    else:
        realise(debtor, assets, journal)
    kept += exempt_in_bankruptcy(debtor, levers)
    wanted = at_most(owned, money_at_hand(debtor) - kept, procedure)
    share_out(debtor, owned, wanted, procedure, setting.now, journal)


@rule
def compelled(debtor: Debtor, owned: Owned, levers: Levers, now: Now) -> bool:
    """Whether a firm that keeps money back is put into liquidation this month (ODD eq. 72)."""
    rate = levers.special.compulsory_liquidation
    if rate <= 0.0 or debtor.kind != Kind.FIRM or not evades(debtor.option):
        return False
    pursued = False
    for j in range(owned.first, owned.last):
        stage = owned.stages[owned.order[j]]
        if stage == Stage.INSOLVENT:
            return False
        pursued = pursued or in_docket(stage)
    return pursued and happens(now, Decision.COMPULSION, debtor.id, rate)


@rule
def commence(
    debtor: Debtor, owned: Owned, district: District, setting: Setting, journal: Journal
) -> bool:
    """Begin a proceeding that is asked for or ordered, or let it wait. Return whether it began."""
    ordered = debtor.kind == Kind.FIRM and debtor.petition & WAITS != 0
    levers = setting.treatments[debtor.treatment]
    asked = ordered or debtor.option == Option.BANKRUPT
    if not asked and not compelled(debtor, owned, levers, setting.now):
        debtor.petition &= ~WAITS
        return False
    if not opens(debtor, oldest_of(owned), district, setting.now, journal):
        return False
    begin_insolvency(debtor, owned, district.registries, setting, journal)
    return True


@rule
def proceed(
    debtor: Debtor, owned: Owned, district: District, setting: Setting, journal: Journal
) -> None:
    """A month of insolvency: a proceeding begins or ends, and a person pays from its income."""
    parameters, now = setting.parameters, setting.now
    procedure, assets = parameters.procedure, setting.traits.assets
    levers = setting.treatments[debtor.treatment]
    new = commence(debtor, owned, district, setting, journal)
    ends = False
    runs = False
    for j in range(owned.first, owned.last):
        if owned.stages[owned.order[j]] == Stage.INSOLVENT:
            claim = owned.claims[owned.order[j]]
            runs = True
            ends = ends or claim.wait == 0
    if not runs:
        return
    if debtor.kind == Kind.PERSON:
        if not new and exposed(debtor, levers, now):
            dismiss(debtor, owned, assets, levers, parameters, now, journal)
            return
        surplus = max(0.0, debtor.income - debtor.need)
        wanted = at_most(owned, procedure.plan_share * surplus, procedure)
        share_out(debtor, owned, wanted, procedure, now, journal)
        if owed_together(owned) < NOTHING:
            for j in range(owned.first, owned.last):
                if owned.stages[owned.order[j]] == Stage.INSOLVENT:
                    pay_off(owned.claims[owned.order[j]], owned.order[j], journal)
        elif ends:
            conclude(owned, Stage.DISCHARGED.value, Count.DISCHARGED.value, journal)
    elif ends:
        realise(debtor, assets, journal)
        debtor.exempt = 0.0
        share_out(debtor, owned, money_at_hand(debtor), procedure, now, journal)
        conclude(owned, Stage.LIQUIDATED.value, Count.LIQUIDATED.value, journal)
        debtor.leaving = True


@rule
def conclude(owned: Owned, stage: int, what: int, journal: Journal) -> None:
    """End the proceeding: extinguish its claims, move them to `stage` and count them in `what`."""
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        if owned.stages[at] != Stage.INSOLVENT:
            continue
        claim = owned.claims[at]
        count(journal, claim, what, 1.0)
        count(journal, claim, Count.DISCHARGED_YUAN, claim.due)
        book(journal, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        claim.closed = True
        move(journal, claim, at, stage, claim.paid)

"""Sanctions: late interest, freeze losses, fines, detention. The list is in `listing`."""

from sim.agents.claim import Claim, before_docket, enforceable, in_docket
from sim.agents.creditor import Creditor
from sim.agents.debtor.belief import EXPOSED, FAIR, PUNISHED, RESTRICTED, UNFAIR, UNLISTED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades, is_able, take_money
from sim.agents.debtor.special_kinds import Stripping, stripping, strips
from sim.agents.debtor.transfer import brought_back, held_outside, pays_as_added, put_away
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import inlined, kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import punished_further, wrongly_sanctioned
from sim.month.enforcement.transfer import dissipate, unsecured
from sim.month.sanctions.listing import enlist, restrict
from sim.month.shared.evasion import displace, evasion_of
from sim.month.shared.journal import Journal, at_row, book, count
from sim.month.shared.payment import money_at_hand
from sim.month.shared.police import with_police
from sim.month.shared.state import (
    District,
    Setting,
    State,
    district_of,
    owned_by,
    setting_of,
)
from sim.parameters import Choice, EvasionTraits, KindTraits, Parameters
from sim.terms import LIQUID, Decision, Kind, Option, Stage


@kernel
def sanction(state: State, first: int, last: int) -> None:
    """Apply this month's sanctions to each debtor with enforceable claims."""
    setting = setting_of(state)
    parameters, now, traits = setting.parameters, state.now, state.traits
    procedure, choice = parameters.procedure, parameters.choice
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        kind = traits.kinds[debtor.kind]
        levers = state.levers[debtor.treatment]
        owned = owned_by(state, k)
        debtor.events &= ~RESTRICTED
        oldest = -1
        pursued = False
        may_sanction = not procedure.sanctions_in_hand
        for j in range(owned.first, owned.last):
            stage = owned.stages[owned.order[j]]
            claim = state.claims[owned.order[j]]
            # during a plan sanctions are suspended
            if not enforceable(stage) or stage == Stage.PLAN:
                if before_docket(stage) and claim.preserved:
                    decay(debtor, claim, procedure.value_decay, kind, levers, choice, journal)
                continue
            if oldest < 0:
                oldest = owned.order[j]
            pursued = pursued or in_docket(stage)
            may_sanction = may_sanction or (in_docket(stage) and claim.worked)
            bear_interest(claim, levers, journal)
            rate = procedure.value_decay * (1.0 - levers.rule_of_law.value_preservation)
            decay(debtor, claim, rate, kind, levers, choice, journal)
        if oldest < 0:
            continue
        about = state.claims[oldest]
        debtor.frozen_months = debtor.frozen_months + 1 if debtor.frozen > 0.0 else 0
        if pursued:
            if evades(debtor.option):
                court = state.courts[debtor.district]
                debtor.events |= EXPOSED
                if not debtor.on_list:
                    debtor.events |= UNLISTED
                registries = state.registries
                displace(debtor, about, registries, levers, setting, journal)
                due = unsecured(owned, traits.assets)
                dissipate(debtor, court, due, procedure.dissipation, levers, setting, journal)
                strip(debtor, about, levers, parameters, now, journal)
            if may_sanction:
                creditor = state.creditors[about.creditor]
                punish(debtor, about, creditor, district_of(state, debtor), setting, journal)
        if debtor.on_list and debtor.repair == 0:
            count(journal, about, Count.LISTED_START, 1.0)
            if is_able(debtor.ability):
                count(journal, about, Count.LISTED_START_ABLE, 1.0)
            restrict(debtor, about, levers, setting, journal)
        elif pursued and not debtor.on_list:
            share = 1.0 if may_sanction else levers.comprehensive.automatic_listing
            enlist(debtor, about, share, levers, setting, journal)
            if not may_sanction and debtor.on_list:
                count(journal, about, Count.LISTINGS_AUTOMATIC, 1.0)


@inlined
def bear_interest(claim: Claim, levers: Levers, journal: Journal) -> None:
    """Add a month of late interest, at most on the principal."""
    interest = levers.sanctions.late_interest * min(claim.principal, claim.due)
    claim.due += interest
    book(journal, Flow.CLAIM_INTEREST, interest)


@inlined
def decay(
    debtor: Debtor,
    claim: Claim,
    rate: float,
    kind: KindTraits,
    levers: Levers,
    choice: Choice,
    journal: Journal,
) -> None:
    """Attached goods lose value. A firm also loses their use, unless it may go on using them."""
    for g in range(ASSETS - LIQUID):
        value = claim.attached[g]
        if value <= 0.0:
            continue
        lost = value * rate
        claim.attached[g] -= lost
        debtor.frozen -= lost
        book(journal, Flow.VALUE_DECAY, lost)
        if kind.freezes:
            use = value * choice.freeze_loss * (1.0 - levers.rule_of_law.live_freeze)
            missed = take_money(debtor, use)
            book(journal, Flow.FREEZE_LOSS, missed)
            count(journal, claim, Count.FREEZE_LOSS, missed)


@rule
def could_strip(debtor: Debtor, about: Claim, levers: Levers, parameters: Parameters) -> Stripping:
    """Gain and costs of the controller who strips a firm, by the law as written (eq. 90, 132)."""
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    outside = held_outside(debtor, parameters.procedure)
    own = pays_as_added(about.due, outside, levers, parameters.procedure, impatience)
    return stripping(money_at_hand(debtor), back, own, parameters.institutions)


@rule
def strip(
    debtor: Debtor, about: Claim, levers: Levers, parameters: Parameters, now: Now, journal: Journal
) -> None:
    """If a firm keeps money back, its controller may take money out of it (ODD eq. 90).

    Others then hold the money, as after any transfer. Avoidance may bring it back.
    """
    if debtor.kind != Kind.FIRM or parameters.institutions.strip_share <= 0.0:
        return
    it = could_strip(debtor, about, levers, parameters)
    if happens(now, Decision.STRIP, debtor.id, strips(it, parameters.choice.noise)):
        taken = take_money(debtor, it.taken)
        book(journal, Flow.STRIPPED, taken)
        put_away(debtor, taken)


@rule
def harshness(option: int, evasions: Records[EvasionTraits]) -> float:
    """Factor of an option on the risks of fine and detention; 1 for honest options."""
    k = evasion_of(option, evasions)
    if k < 0:
        return 1.0
    return evasions[k].personal


@rule
def punish(
    debtor: Debtor,
    about: Claim,
    creditor: Creditor,
    district: District,
    setting: Setting,
    journal: Journal,
) -> None:
    """Draw fine, detention and more for a debtor who evades or, by error, one who cannot pay."""
    parameters, evasions, now = setting.parameters, setting.traits.evasions, setting.now
    unable = debtor.option == Option.UNABLE
    if not unable and not evades(debtor.option):
        return
    levers = setting.treatments[debtor.treatment]
    law = levers.sanctions
    choice = parameters.choice
    if unable:
        aim = 1.0 - levers.collaborative.target_accuracy
    else:
        aim = harshness(debtor.option, evasions)
    punished = False
    fined = 0.0
    if happens(now, Decision.FINE, debtor.id, law.fine_rate * aim):
        punished = True
        fined = take_money(debtor, law.fine_amount * debtor.income)
        book(journal, Flow.FINE, fined)
        count(journal, about, Count.FINES, 1.0)
        count(journal, about, Count.FINED_YUAN, fined)
        if not unable:
            count(journal, about, Count.EXPOSED_FINED, 1.0)
    of = parameters.institutions
    chance = law.detention_rate * aim
    hours = of.police_detention_hours * chance
    chance = with_police(chance, about, hours, district.court, of, journal)
    detained = happens(now, Decision.DETENTION, debtor.id, chance)
    punished = punished or detained
    days = law.detention_days
    if unable and punished:
        spared = wrongly_sanctioned(0.0, debtor, about, fined, setting, journal)
        days *= 1.0 - spared
        punished = spared <= 0.0
    if detained:
        count(journal, about, Count.DETENTIONS, 1.0)
        count(journal, about, Count.DETENTION_DAYS, days)
        if unable:
            count(journal, about, Count.DETENTION_DAYS_UNABLE, days)
            count(journal, about, Count.DETENTIONS_UNABLE, 1.0)
        else:
            count(journal, about, Count.EXPOSED_DETAINED, 1.0)
        felt = days / 30.0 * debtor.income * choice.detention_weight
        count(journal, about, Count.FELT_HARM, felt)
    if punished_further(punished, debtor, about, creditor, district, setting, journal):
        debtor.events |= PUNISHED
        debtor.events |= UNFAIR if unable else FAIR

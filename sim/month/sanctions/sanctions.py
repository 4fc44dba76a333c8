"""Sanctions: late interest, loss while frozen, fine, detention, prison, and the list."""

from sim.agents.claim import Claim, before_docket, enforceable, in_docket
from sim.agents.debtor.belief import EXPOSED, FAIR, PUNISHED, UNFAIR, UNLISTED, WAS_LISTED
from sim.agents.debtor.debtor import ASSETS, Debtor, evades, is_able, take_money
from sim.agents.debtor.special_kinds import Stripping, stripping, strips
from sim.agents.debtor.transfer import brought_back, pays_as_added
from sim.agents.debtor.weigh import breadth, felt_restriction
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import happens
from sim.month.enforcement.transfer import dissipate
from sim.month.sanctions.credit_and_listing import enter
from sim.month.sanctions.prosecution import accused, charged, sentence
from sim.month.shared.evasion import displace
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State, book, count
from sim.terms import LIQUID, Decision, Kind, Option, Stage


@kernel
def sanction(state: State, first: int, last: int) -> None:
    """What refusing costs this month, for each debtor with enforceable claims."""
    procedure = state.parameters[0].procedure
    for k in range(first, last):
        debtor = state.debtors[state.owners[k]]
        block = k // state.block
        oldest = -1
        pursued = False
        for j in range(state.starts[k], state.starts[k + 1]):
            stage = state.stages[state.order[j]]
            if not enforceable(stage) or stage == Stage.PLAN:  # a plan that is kept suspends all
                if before_docket(stage) and state.claims[state.order[j]].preserved:
                    decay(state, debtor, state.claims[state.order[j]], procedure.value_decay, block)
                continue
            claim = state.claims[state.order[j]]
            if oldest < 0:
                oldest = state.order[j]
            pursued = pursued or in_docket(claim.stage)
            law = state.levers[debtor.treatment].sanctions
            interest = law.late_interest * min(claim.principal, claim.due)
            claim.due += interest
            book(state, block, Flow.CLAIM_INTEREST, interest)
            kept = state.levers[debtor.treatment].rule_of_law.value_preservation
            decay(state, debtor, claim, procedure.value_decay * (1.0 - kept), block)
        if oldest < 0:
            continue
        about = state.claims[oldest]
        debtor.frozen_months = debtor.frozen_months + 1 if debtor.frozen > 0.0 else 0
        if pursued:
            if evades(debtor.option):
                debtor.events |= EXPOSED
                if not debtor.on_list:
                    debtor.events |= UNLISTED
                displace(state, debtor, about, block)
                dissipate(state, debtor, procedure.dissipation, block)
                strip(state, debtor, about, block)
            punish(state, debtor, about, block)
        if debtor.on_list and debtor.repair == 0:
            count(state, block, about, Count.LISTED_START, 1.0)
            if is_able(debtor.ability):
                count(state, block, about, Count.LISTED_START_ABLE, 1.0)
            restrict(state, debtor, about, block)
        elif pursued and not debtor.on_list:
            enlist(state, debtor, about, block)


@rule
def decay(state: State, debtor: Debtor, claim: Claim, rate: float, block: int) -> None:
    """Attached goods lose value; those of firms lose their use unless it is left to them."""
    for g in range(ASSETS - LIQUID):
        value = claim.attached[g]
        if value <= 0.0:
            continue
        lost = value * rate
        claim.attached[g] -= lost
        debtor.frozen -= lost
        book(state, block, Flow.VALUE_DECAY, lost)
        if state.kinds[debtor.kind].freezes:
            levers = state.levers[debtor.treatment]
            use = (
                value
                * state.parameters[0].choice.freeze_loss
                * (1.0 - levers.rule_of_law.live_freeze)
            )
            missed = take_money(debtor, use)
            book(state, block, Flow.FREEZE_LOSS, missed)
            count(state, block, claim, Count.FREEZE_LOSS, missed)


@rule
def could_strip(state: State, debtor: Debtor, about: Claim) -> Stripping:
    """What a firm's controller weighs, under the law as it is written (ODD eq. 90 and 132)."""
    parameters = state.parameters[0]
    levers = state.levers[debtor.treatment]
    impatience = debtor.discount + parameters.choice.death
    back = brought_back(levers, parameters.procedure, impatience)
    own = pays_as_added(about.due, debtor.usual, levers, parameters.procedure, impatience)
    return stripping(money_at_hand(debtor), back, own, parameters.institutions)


@rule
def strip(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """The controller of a firm that keeps money back may take money out of it (ODD eq. 90).

    It is then in others' hands, like any transfer, and avoidance may bring it back.
    """
    parameters = state.parameters[0]
    if debtor.kind != Kind.FIRM or parameters.institutions.strip_share <= 0.0:
        return
    it = could_strip(state, debtor, about)
    if happens(state.now, Decision.STRIP, debtor.id, strips(it, parameters.choice.noise)):
        taken = take_money(debtor, it.taken)
        book(state, block, Flow.STRIPPED, taken)
        debtor.transferred += taken
        debtor.transferred_month = state.now.month


@rule
def harshness(state: State, option: int, crime: bool) -> float:
    """Factor of the debtor's option on personal sanctions; one for who evades not at all."""
    for k in range(len(state.evasions)):
        if state.evasions[k].option == option:
            return state.evasions[k].crime if crime else state.evasions[k].personal
    return 1.0


@rule
def punish(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """Fine, detention and prison for those who evade; by error, for those who cannot pay."""
    unable = debtor.option == Option.UNABLE
    if not unable and not evades(debtor.option):
        return
    levers = state.levers[debtor.treatment]
    law = levers.sanctions
    choice = state.parameters[0].choice
    aim = (
        1.0 - levers.collaborative.target_accuracy
        if unable
        else harshness(state, debtor.option, False)
    )
    grave = (
        (1.0 - levers.collaborative.target_accuracy) * (1.0 - levers.special.evidence)
        if unable
        else harshness(state, debtor.option, True)
    )
    punished = False
    if happens(state.now, Decision.FINE, debtor.id, law.fine_rate * aim):
        punished = True
        fined = take_money(debtor, law.fine_amount * debtor.income)
        book(state, block, Flow.FINE, fined)
        count(state, block, about, Count.FINES, 1.0)
    if happens(state.now, Decision.DETENTION, debtor.id, law.detention_rate * aim):
        punished = True
        count(state, block, about, Count.DETENTIONS, 1.0)
        count(state, block, about, Count.DETENTION_DAYS, law.detention_days)
        if unable:
            count(state, block, about, Count.DETENTION_DAYS_UNABLE, law.detention_days)
            count(state, block, about, Count.DETENTIONS_UNABLE, 1.0)
        felt = law.detention_days / 30.0 * debtor.income * choice.detention_weight
        count(state, block, about, Count.FELT_HARM, felt)
    if happens(state.now, Decision.PRISON, debtor.id, law.prison_rate * grave):
        count(state, block, about, Count.REPORTED, 1.0)
        if charged(state, debtor) or accused(state, debtor, about, block):
            punished = True
            sentence(state, debtor, about, block)
    if punished:
        debtor.events |= PUNISHED
        debtor.events |= UNFAIR if unable else FAIR


@rule
def listing_hazard(state: State, debtor: Debtor) -> float:
    """Hazard of entering the list, 1/month: full for who evades, an error for who cannot pay."""
    comprehensive = state.levers[debtor.treatment].comprehensive
    if debtor.option == Option.UNABLE:
        return comprehensive.list_rate * (1.0 - comprehensive.list_accuracy)
    for k in range(len(state.evasions)):
        if state.evasions[k].option == debtor.option:
            return comprehensive.list_rate * state.evasions[k].listing
    return 0.0


@rule
def enlist(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """Put on the list those who evade; by error, those who cannot pay; not before its latency."""
    if about.docket < state.levers[debtor.treatment].comprehensive.list_latency:
        return
    if happens(state.now, Decision.LISTING, debtor.id, listing_hazard(state, debtor)):
        enter_list(state, debtor, about, block)


@rule
def enter_list(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """A debtor's entry on the list."""
    debtor.on_list = True
    debtor.listed = 0
    debtor.events |= WAS_LISTED
    debtor.events |= UNFAIR if debtor.option == Option.UNABLE else FAIR
    enter(state, debtor, -state.parameters[0].obligations.score_listing)
    count(state, block, about, Count.LISTINGS, 1.0)


@rule
def restrict(state: State, debtor: Debtor, about: Claim, block: int) -> None:
    """A month under restrictions: counted, and felt; what is felt is harm, never money."""
    count(state, block, about, Count.RESTRICTION_MONTHS, 1.0)
    if debtor.option == Option.UNABLE:
        count(state, block, about, Count.RESTRICTION_MONTHS_UNABLE, 1.0)
    s = breadth(state.kinds[debtor.kind], state.levers[debtor.treatment])
    choice = state.parameters[0].choice
    count(
        state,
        block,
        about,
        Count.FELT_HARM,
        felt_restriction(s, debtor.listed, choice) * debtor.income,
    )
    debtor.listed += 1

"""The debtor's choice: pay, enter a plan, ask for bankruptcy, or stall, conceal or resist."""

from sim.agents.claim import Claim, decides_about, in_docket, weighed
from sim.agents.creditor import Creditor
from sim.agents.debtor.behaviour import taste_of
from sim.agents.debtor.debtor import (
    ABUSES,
    Debtor,
    Means,
    ability,
    is_able,
    means,
    take_money,
    wealth,
)
from sim.agents.debtor.weigh import weigh
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now
from sim.engine.record import Records
from sim.mechanisms.base.points import deadline_missed, known_to_debtor
from sim.month.decision.deliberation import (
    Deliberation,
    Owed,
    Prompt,
    Turn,
    abuses,
    broken_off,
    deliberate,
    deliberate_on_plan,
    next_taste,
    next_turn,
    owed,
    petition_of_unable,
    prefers_honesty,
    prompt,
    wishes_bankruptcy,
)
from sim.month.decision.plans import break_all, enter_plan, in_plan
from sim.month.decision.position import with_escrow
from sim.month.endings.personal_bankruptcy import ask_falsely, note_petition
from sim.month.sanctions.credit import enter
from sim.month.shared.journal import (
    EVADERS,
    PAYERS,
    Journal,
    at_row,
    book,
    count,
    count_ledger,
    move,
)
from sim.month.shared.payment import hand_over, pay, raise_money, settle
from sim.month.shared.state import (
    Owned,
    Setting,
    State,
    Surroundings,
    owned_by,
    setting_of,
    surroundings_of,
)
from sim.parameters import Choice, EvasionTraits
from sim.terms import Ability, Option, Stage


@rule
def begin(debtor: Debtor, turn: Turn, now: Now, choice: Choice) -> None:
    """Begin a turn (one choice): set the taste, and the numbers of the spell and the choice.

    A spell is a time with enforceable debt. Choices are numbered within it.
    """
    debtor.taste = next_taste(debtor, turn, now, choice)
    debtor.spell = turn.spell
    debtor.renewals = turn.renewals


@kernel
def choose(state: State, first: int, last: int) -> None:
    """Each debtor with enforceable debt chooses if it has a reason to. Then it acts."""
    setting = setting_of(state)
    procedure = setting.parameters.procedure
    journal = at_row(state.journal, first)
    for k in range(first, last):
        row = state.by_debtor.owners[k]
        debtor = state.debtors[row]
        owned = owned_by(state, k)
        at_hand = owed(debtor, owned, state.traits.assets, procedure)
        if at_hand.due > 0.0:
            around = surroundings_of(state, row)
            decide(debtor, at_hand, owned, state.creditors, around, setting, journal)
        elif debtor.option == Option.PLAN:
            around = surroundings_of(state, row)
            reconsider(debtor, owned, around, setting, journal)


@rule
def decide(
    debtor: Debtor,
    at_hand: Owed,
    owned: Owned,
    creditors: Records[Creditor],
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> None:
    """A debtor with enforceable debt chooses if it has means and a reason to choose now.

    Without means it cannot pay; see `give_up`.
    """
    choice = setting.parameters.choice
    own_means = with_escrow(means(debtor, setting.traits.assets), at_hand.escrow)
    total = wealth(own_means)
    able = ability(at_hand.due, own_means)
    if able == Ability.EMPTY:
        give_up(debtor, at_hand, own_means, owned, setting, journal)
    elif prompt(debtor, at_hand, total, choice, setting.now) != Prompt.NONE:
        about = owned.claims[at_hand.oldest]
        it = deliberate(debtor, at_hand, own_means, owned, creditors, around, setting)
        begin(debtor, next_turn(debtor), setting.now, choice)
        taste = taste_of(debtor.taste)
        honest = prefers_honesty(it, debtor, taste, choice)
        if is_able(able):
            count_choice(debtor, about, it, honest, setting, journal)
        if it.may_ask:
            asks = wishes_bankruptcy(it, debtor, own_means, taste, setting)
            if asks or (abuses(it) and not honest):
                note_petition(debtor, about, it.admitted, journal)
        take_up(debtor, it, honest, setting.traits.evasions, journal)
        debtor.income_then = debtor.income
        debtor.wealth_then = total
    debtor.ability = able
    debtor.prompted = False


@rule
def give_up(
    debtor: Debtor,
    at_hand: Owed,
    own_means: Means,
    owned: Owned,
    setting: Setting,
    journal: Journal,
) -> None:
    """Mark a debtor without means as unable to pay. It may ask for bankruptcy."""
    if debtor.option == Option.NONE:
        begin(debtor, next_turn(debtor), setting.now, setting.parameters.choice)
    debtor.option = Option.UNABLE
    debtor.petition &= ~ABUSES
    petition = petition_of_unable(debtor, at_hand.due, own_means, owned, setting)
    if petition.asked:
        note_petition(debtor, owned.claims[at_hand.oldest], petition.admitted, journal)
        if petition.admitted:
            debtor.option = Option.BANKRUPT


@rule
def take_up(
    debtor: Debtor,
    it: Deliberation,
    honest: bool,
    evasions: Records[EvasionTraits],
    journal: Journal,
) -> None:
    """Start the best honest way if `honest`, or else the best dishonest option."""
    if not honest and abuses(it):
        ask_falsely(debtor, it.trick, journal)
        return
    debtor.petition &= ~ABUSES
    if honest:
        debtor.option = it.way.option
    else:
        evade(debtor, evasions[it.best.evasion], it.position.payable, journal)


@rule
def count_choice(
    debtor: Debtor,
    about: Claim,
    it: Deliberation,
    honest: bool,
    setting: Setting,
    journal: Journal,
) -> None:
    """Add the costs and gains of dishonesty (the ledger) to the sums of payers or of evaders.

    The two are summed separately, because a mean over both would hide how they differ.
    """
    levers = setting.treatments[debtor.treatment]
    kind = setting.traits.kinds[debtor.kind]
    evasion = setting.traits.evasions[it.best.evasion]
    ledger = weigh(it.position, debtor, evasion, kind, levers, setting.parameters)
    count_ledger(journal, about, PAYERS if honest else EVADERS, ledger)


@rule
def reconsider(
    debtor: Debtor, owned: Owned, around: Surroundings, setting: Setting, journal: Journal
) -> None:
    """A debtor in a plan weighs whether to keep it, if there is a reason to (ODD eq. 67)."""
    choice = setting.parameters.choice
    rest = in_plan(owned)
    if rest.due <= 0.0:
        return
    own_means = means(debtor, setting.traits.assets)
    total = wealth(own_means)
    able = ability(rest.due, own_means)
    if able == Ability.EMPTY:
        return
    if prompt(debtor, broken_off(rest.due), total, choice, setting.now) != Prompt.NONE:
        it = deliberate_on_plan(debtor, rest, own_means, around, setting)
        begin(debtor, next_turn(debtor), setting.now, choice)
        if not prefers_honesty(it, debtor, taste_of(debtor.taste), choice):
            evasion = setting.traits.evasions[it.best.evasion]
            evade(debtor, evasion, it.position.payable, journal)
            break_all(debtor, owned, setting, journal)
        debtor.income_then = debtor.income
        debtor.wealth_then = total
    debtor.ability = able
    debtor.prompted = False


@rule
def evade(debtor: Debtor, evasion: EvasionTraits, payable: float, journal: Journal) -> None:
    """Start a dishonest option. Hiding or resisting costs money once, at the start."""
    if debtor.option != evasion.option and evasion.cost > 0.0:
        cost = take_money(debtor, evasion.cost * payable)
        book(journal, Flow.CONCEALMENT, cost)
    debtor.option = evasion.option


@rule
def owed_outright(owned: Owned, grace: float) -> float:
    """Sum due on the claims that the debtor chooses about, less escrow, yuan."""
    due = 0.0
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if decides_about(claim, grace):
            due += max(0.0, claim.due - claim.escrow)
    return due


@rule
def perform_judgment(
    debtor: Debtor, claim: Claim, at: int, setting: Setting, journal: Journal
) -> None:
    """Pay one claim if the debtor chose to and knows of it. When grace ends, the rest is unpaid."""
    parameters, now = setting.parameters, setting.now
    if claim.stage == Stage.GRACE:
        claim.able = is_able(debtor.ability)
    if debtor.option == Option.PAY and known_to_debtor(True, claim):
        if claim.preserved:
            hand_over(claim, now, journal)
        paid = pay(debtor, claim, Flow.PAID_VOLUNTARILY, now, journal)
        if in_docket(claim.stage):
            count(journal, claim, Count.RECOVERED_VOLUNTARILY, paid)
    if claim.due <= 0.0:
        settle(debtor, claim, at, True, parameters.procedure, now, journal)
    elif claim.stage == Stage.GRACE:
        count(journal, claim, Count.UNPAID, 1.0)
        levers = setting.treatments[debtor.treatment]
        enter(debtor, -parameters.obligations.score_default, levers)
        deadline_missed(debtor, claim, levers, setting, journal)
        move(journal, claim, at, Stage.UNPAID, claim.due)


@kernel
def fulfil(state: State, first: int, last: int) -> None:
    """Debtors pay or enter a plan if they chose so, and periods of grace end.

    Claims are paid oldest first. Goods are sold if money is short.
    """
    setting = setting_of(state)
    grace = setting.parameters.procedure.grace
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        if debtor.option == Option.PLAN:
            enter_plan(debtor, owned, state.creditors, setting, journal)
        paying = debtor.option == Option.PAY
        if paying:
            due = owed_outright(owned, grace)
            assets = state.traits.assets
            raise_money(debtor, due, assets, state.now, journal)
        for j in range(owned.first, owned.last):
            claim = state.claims[owned.order[j]]
            moving = paying or claim.stage == Stage.GRACE or claim.due <= 0.0
            if moving and weighed(claim.stage, claim.months, grace):
                perform_judgment(debtor, claim, owned.order[j], setting, journal)

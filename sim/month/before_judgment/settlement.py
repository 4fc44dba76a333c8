"""Settlement and mediation: a claim ends by agreement when both sides gain from it.

The debtor's ledger says what it would give, the creditor's hope what it would take; between the
two they meet half way (ODD eq. 33).
"""

from sim.agents.claim import Claim
from sim.agents.creditor import least_acceptable, suit_costs
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import REFUSED
from sim.agents.debtor.debtor import Debtor, ability, means
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.mechanisms.base.points import backed_share, own_costs
from sim.month.before_judgment.preservation import held_for
from sim.month.decision.position import left_to_bear, position, preferred, with_escrow
from sim.month.sanctions.credit_and_listing import enter
from sim.month.shared.payment import concede, hand_over, money_at_hand, pay, raise_money, settle
from sim.month.shared.state import State, count, move
from sim.terms import Ability, Behaviour, Decision, Stage, Title


@rule
def most_given(state: State, row: int, claim: Claim, chance: float) -> float:
    """The most that a debtor would give to be rid of a claim, yuan; nothing if it is empty.

    P + net + noise·max(P, .1y)·taste, with the taste met when the claim fell due: paying S instead
    of P saves P − S, so the choice of eq. 8 is for settling as long as S is no more.

    Args:
        state: The world.
        row: The debtor.
        claim: What it is about.
        chance: Factor on perceived hazards, since judgment still lies ahead.
    """
    debtor = state.debtors[row]
    parameters = state.parameters[0]
    escrow = claim.escrow if claim.preserved else 0.0
    of = with_escrow(means(debtor, state.assets), escrow)
    if ability(claim.due, of) == Ability.EMPTY:
        return 0.0
    held = held_for(state, claim) if claim.preserved else 0.0
    partnered = claim.due if claim.partner else 0.0
    suit = parameters.procedure.suit_cost
    here = position(state, row, claim.due, of, 1.0, chance, suit, held, partnered)
    net = preferred(state, debtor, here).net - left_to_bear(state, debtor, here)
    taste = taste_of(normal(Now(state.now.seed, 0), Decision.DUE_TASTE, claim.id))
    if parameters.choice.behaviour == Behaviour.RULE_OF_THUMB:
        willing = pays(net, 0.0, here.payable, debtor.income, taste, parameters.choice)
        return here.payable if willing else 0.0
    noise = parameters.choice.noise * max(here.payable, 0.1 * debtor.income)
    return min(here.payable, here.payable + net + noise * taste)


@rule
def price(state: State, row: int, claim: Claim, chance: float, costs: float) -> float:
    """What both agree on, yuan: half way between the most given and the least taken, or nothing.

    Args:
        state: The world.
        row: The debtor.
        claim: What it is about.
        chance: Factor on the debtor's perceived hazards.
        costs: What the creditor would still spend on its suit, yuan.
    """
    most = most_given(state, row, claim, chance)
    if most <= 0.0:
        return 0.0
    creditor = state.creditors[claim.creditor]
    held = held_for(state, claim) if claim.preserved else 0.0
    least = least_acceptable(
        creditor,
        claim.due,
        held,
        costs,
        backed_share(0.0, state, claim),
        state.lenders[creditor.kind],
        state.parameters[0].procedure,
    )
    return 0.5 * (most + least) if most >= least else 0.0


@rule
def pay_agreed(state: State, debtor: Debtor, at: int, agreed: float, block: int) -> bool:
    """Pay what was agreed on, at once and in full, and close the claim; else nothing happens."""
    claim = state.claims[at]
    if money_at_hand(debtor) + min(claim.escrow, agreed) < agreed:
        return False
    concede(state, claim, agreed, block)
    claim.agreed = 0.0
    hand_over(state, claim, block)
    pay(state, debtor, at, Flow.PAID_VOLUNTARILY, block)
    if claim.due <= 0.0:
        settle(state, debtor, at, block, True)
    return claim.due <= 0.0


@rule
def talk(state: State, row: int, at: int, block: int) -> None:
    """The parties to an overdue claim meet: it is paid, or promised, or they part.

    Assets held before the suit tell the debtor that it follows. Who has them held lets go of them
    for money, for no promise.
    """
    pursuit = state.parameters[0].pursuit
    procedure = state.parameters[0].procedure
    debtor = state.debtors[row]
    claim = state.claims[at]
    if claim.disputed or not happens(state.now, Decision.NEGOTIATE, claim.id, pursuit.negotiate):
        return
    costs = own_costs(suit_costs(claim.principal, procedure), state, claim)
    held = claim.preserved
    chance = procedure.win if held else procedure.sue * procedure.win
    agreed = price(state, row, claim, chance, costs)
    if agreed <= 0.0:
        return
    paid = pay_agreed(state, debtor, at, agreed, block)
    if held and not paid:
        return
    count(state, block, claim, Count.SETTLED, 1.0)
    if held:
        count(state, block, claim, Count.SETTLED_BEFORE_SUIT, 1.0)
    if not paid:
        claim.agreed = agreed
        move(state, at, Stage.SETTLED, agreed)


@rule
def keep_promise(state: State, row: int, at: int, block: int) -> None:
    """Who promised raises the money; when the time has come it weighs anew, and keeps or breaks.

    A promise out of court binds nobody: broken, the whole claim is overdue again. So what is
    promised is weighed against owing the whole.
    """
    parameters = state.parameters[0]
    debtor = state.debtors[row]
    claim = state.claims[at]
    raise_money(state, debtor, claim.agreed, block)
    if claim.months < parameters.pursuit.promise:
        return
    chance = parameters.procedure.sue * parameters.procedure.win
    willing = most_given(state, row, claim, chance) >= claim.agreed
    if willing and pay_agreed(state, debtor, at, claim.agreed, block):
        count(state, block, claim, Count.SETTLEMENTS_KEPT, 1.0)
        return
    if not willing:
        debtor.events |= REFUSED
        enter(state, debtor, -parameters.obligations.score_refusal)
    claim.agreed = 0.0
    count(state, block, claim, Count.SETTLEMENTS_BROKEN, 1.0)
    move(state, at, Stage.OVERDUE, claim.due)


@rule
def mediate(state: State, row: int, at: int, block: int) -> bool:
    """The court brings the parties together once; whether the suit ends by agreement.

    What is not paid at once is owed under a title that can be enforced after grace.
    """
    procedure = state.parameters[0].procedure
    debtor = state.debtors[row]
    claim = state.claims[at]
    offered = state.levers[claim.treatment].at_source.mediation
    if not happens(state.now, Decision.MEDIATE, claim.id, offered):
        return False
    agreed = price(state, row, claim, procedure.win, 0.0)
    if agreed <= 0.0:
        return False
    count(state, block, claim, Count.MEDIATED, 1.0)
    if claim.preserved:
        count(state, block, claim, Count.SETTLED_PRESERVED, 1.0)
    claim.title = Title.MEDIATION
    if pay_agreed(state, debtor, at, agreed, block):
        count(state, block, claim, Count.MEDIATED_PAID, 1.0)
    else:
        concede(state, claim, agreed, block)
        move(state, at, Stage.GRACE, agreed)
    return True

"""Settlement and mediation: a claim ends by agreement if both sides gain from it.

The debtor would pay at most what follows from the costs and gains of refusing. The creditor would
accept at least what a suit promises. The price is half way between the two (ODD eq. 33).
"""

from sim.agents.claim import Claim
from sim.agents.creditor import Creditor, least_acceptable, suit_costs
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import REFUSED
from sim.agents.debtor.debtor import Debtor, ability, means
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.mechanisms.base.points import backed_share, own_costs
from sim.month.before_judgment.preservation import held_for
from sim.month.decision.position import Stake, left_to_bear, position, preferred, with_escrow
from sim.month.sanctions.credit import enter
from sim.month.shared.journal import Journal, count, move
from sim.month.shared.payment import concede, hand_over, money_at_hand, pay, raise_money, settle
from sim.month.shared.state import Setting, Surroundings
from sim.parameters import Procedure
from sim.terms import Ability, Behaviour, Decision, EnforceableTitle, Stage


@rule
def most_given(
    debtor: Debtor, claim: Claim, chance: float, around: Surroundings, setting: Setting
) -> float:
    """The most that a debtor would pay to settle a claim, yuan; 0 if it has no means.

    It is P + net + noise·max(P, .1y)·taste, but no more than P. Here P is what is payable and y
    income. Net is the net cost of dishonesty compared with performing. Taste is the random taste
    for honesty drawn when the claim fell due. A debtor who pays S instead of P saves P − S. By ODD
    eq. 8 it therefore settles for any S up to the sum that this formula gives. A debtor who follows
    the rule of thumb gives P or nothing.

    Args:
        debtor: The debtor who would pay.
        claim: The claim to be settled.
        chance: Chance that a judgment against the debtor follows, a factor on all expected risks.
        around: What the debtor sees around it.
        setting: Parameters, traits and levers of the month.
    """
    levers = setting.treatments[debtor.treatment]
    parameters, traits = setting.parameters, setting.traits
    escrow = claim.escrow if claim.preserved else 0.0
    own_means = with_escrow(means(debtor, traits.assets), escrow)
    if ability(claim.due, own_means) == Ability.EMPTY:
        return 0.0
    stake = Stake(
        due=claim.due,
        means=own_means,
        notice=1.0,
        chance=chance,
        extra=parameters.procedure.suit_cost,
        held=held_for(claim, traits.assets) if claim.preserved else 0.0,
        partnered=claim.due if claim.partner else 0.0,
        on_record=chance * parameters.obligations.score_default,
        deadline=chance,
    )
    here = position(debtor, stake, around, setting)
    left = left_to_bear(debtor, here, traits.kinds[debtor.kind], levers, parameters.choice)
    net = preferred(debtor, here, traits, levers, parameters).net - left
    taste = taste_of(normal(Now(setting.now.seed, 0), Decision.DUE_TASTE, claim.id))
    if parameters.choice.behaviour == Behaviour.RULE_OF_THUMB:
        willing = pays(net, 0.0, here.payable, debtor.income, taste, parameters.choice)
        return here.payable if willing else 0.0
    noise = parameters.choice.noise * max(here.payable, 0.1 * debtor.income)
    return min(here.payable, here.payable + net + noise * taste)


@rule
def price(
    debtor: Debtor,
    claim: Claim,
    chance: float,
    costs: float,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
) -> float:
    """Price of a settlement, yuan; 0 if there can be no agreement.

    It is half way between the most that the debtor would pay and the least that the creditor would
    accept.

    Args:
        debtor: The debtor who would pay.
        claim: The claim to be settled.
        chance: Chance that a judgment against the debtor follows (see `most_given`).
        costs: Costs of the suit that the creditor would save, yuan.
        creditor: The creditor who would be paid.
        around: What the debtor sees around it.
        setting: Parameters, traits and levers of the month.
    """
    most = most_given(debtor, claim, chance, around, setting)
    if most <= 0.0:
        return 0.0
    held = held_for(claim, setting.traits.assets) if claim.preserved else 0.0
    least = least_acceptable(
        creditor,
        claim.due,
        held,
        costs,
        backed_share(0.0, claim, setting.parameters.protection),
        setting.traits.lenders[creditor.kind],
        setting.parameters.procedure,
    )
    return 0.5 * (most + least) if most >= least else 0.0


@rule
def pay_agreed(
    debtor: Debtor,
    claim: Claim,
    at: int,
    agreed: float,
    procedure: Procedure,
    now: Now,
    journal: Journal,
) -> bool:
    """Pay the agreed sum if the money is enough for all of it; return whether the claim closed."""
    if money_at_hand(debtor) + min(claim.escrow, agreed) < agreed:
        return False
    concede(claim, agreed, journal)
    claim.agreed = 0.0
    hand_over(claim, now, journal)
    pay(debtor, claim, Flow.PAID_VOLUNTARILY, now, journal)
    if claim.due <= 0.0:
        settle(debtor, claim, at, True, procedure, now, journal)
    return claim.due <= 0.0


@rule
def talk(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> None:
    """The parties to an overdue claim negotiate: they agree on payment now, a promise, or nothing.

    If assets are preserved before the suit, the debtor knows that a suit follows. The creditor
    releases the assets for money, but not for a promise.
    """
    parameters = setting.parameters
    pursuit = parameters.pursuit
    procedure = parameters.procedure
    if claim.disputed or not happens(setting.now, Decision.NEGOTIATE, claim.id, pursuit.negotiate):
        return
    costs = own_costs(suit_costs(claim.principal, procedure), claim)
    held = claim.preserved
    chance = procedure.win if held else procedure.sue * procedure.win
    agreed = price(debtor, claim, chance, costs, creditor, around, setting)
    if agreed <= 0.0:
        return
    paid = pay_agreed(debtor, claim, at, agreed, procedure, setting.now, journal)
    if held and not paid:
        return
    count(journal, claim, Count.SETTLED, 1.0)
    if held:
        count(journal, claim, Count.SETTLED_BEFORE_SUIT, 1.0)
    if not paid:
        claim.agreed = agreed
        move(journal, claim, at, Stage.SETTLED, agreed)


@rule
def keep_promise(
    debtor: Debtor, claim: Claim, at: int, around: Surroundings, setting: Setting, journal: Journal
) -> None:
    """A debtor who promised to pay raises the money. On the agreed date it pays or does not.

    A settlement out of court is not binding. If it is broken, the whole claim is overdue again. So
    the debtor weighs the agreed sum against owing the whole claim.
    """
    parameters = setting.parameters
    raise_money(debtor, claim.agreed, setting.traits.assets, setting.now, journal)
    if claim.months < parameters.pursuit.promise:
        return
    chance = parameters.procedure.sue * parameters.procedure.win
    willing = most_given(debtor, claim, chance, around, setting) >= claim.agreed
    if willing and pay_agreed(
        debtor, claim, at, claim.agreed, parameters.procedure, setting.now, journal
    ):
        count(journal, claim, Count.SETTLEMENTS_KEPT, 1.0)
        return
    if not willing:
        debtor.events |= REFUSED
        enter(debtor, -parameters.obligations.score_refusal, setting.treatments[debtor.treatment])
    claim.agreed = 0.0
    count(journal, claim, Count.SETTLEMENTS_BROKEN, 1.0)
    move(journal, claim, at, Stage.OVERDUE, claim.due)


@rule
def mediate(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> bool:
    """The court mediates once; return whether the suit ends by agreement.

    If the agreed sum is not paid at once, it can be enforced after grace.
    """
    procedure = setting.parameters.procedure
    offered = setting.treatments[claim.treatment].at_source.mediation
    if not happens(setting.now, Decision.MEDIATE, claim.id, offered):
        return False
    agreed = price(debtor, claim, procedure.win, 0.0, creditor, around, setting)
    if agreed <= 0.0:
        return False
    count(journal, claim, Count.MEDIATED, 1.0)
    if claim.preserved:
        count(journal, claim, Count.SETTLED_PRESERVED, 1.0)
    claim.title = EnforceableTitle.MEDIATION
    if pay_agreed(debtor, claim, at, agreed, procedure, setting.now, journal):
        count(journal, claim, Count.MEDIATED_PAID, 1.0)
    else:
        concede(claim, agreed, journal)
        move(journal, claim, at, Stage.GRACE, agreed)
    return True

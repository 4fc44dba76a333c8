"""The duty to declare assets: debtors declare truthfully, or lie and risk being found out."""

from sim.agents.claim import Claim
from sim.agents.court.court import Court
from sim.agents.creditor import Creditor
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import FAIR, PUNISHED, felt_optimism
from sim.agents.debtor.debtor import ASSETS, Debtor, evades, means, take_money
from sim.agents.debtor.weigh import weigh
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.levers.catalogue import Levers
from sim.mechanisms.base.points import found_to_lie, lie_costs
from sim.month.decision.position import Stake, position
from sim.month.shared.evasion import evasion_of
from sim.month.shared.journal import Journal, book, count
from sim.month.shared.police import with_police
from sim.month.shared.state import District, Setting, Surroundings
from sim.parameters import Choice, Procedure
from sim.terms import Decision

TRUE, FALSE = 1, 2
"""Values of `Claim.declared`; 0 if nothing has been declared yet."""


@rule
def detection(levers: Levers, procedure: Procedure) -> float:
    """Chance that an attempt to find assets reveals a false declaration.

    d + (1 − d)·anti-evasion, where d is `procedure.false_detected`.
    """
    known = procedure.false_detected
    return known + (1.0 - known) * levers.special.anti_evasion


@rule
def penalty(debtor: Debtor, total: float, levers: Levers, choice: Choice) -> float:
    """Cost of fine and detention for concealing, yuan. The fine is at most the wealth `total`."""
    law = levers.sanctions
    fine = min(law.fine_amount * debtor.income, total)
    weight = choice.detention_weight
    return fine + law.detention_days / 30.0 * debtor.income * weight


@rule
def truthful(debtor: Debtor, claim: Claim, around: Surroundings, setting: Setting) -> bool:
    """Whether a debtor who keeps money back still declares its assets truthfully (ODD eq. 59).

    The truth gives up the gain of the debtor's option. A lie keeps it, but burdens the conscience.
    A lie that is found out loses the gain and costs a fine, detention and any further punishment.
    """
    parameters, traits = setting.parameters, setting.traits
    levers = setting.treatments[debtor.treatment]
    stake = Stake(
        due=claim.due,
        means=means(debtor, traits.assets),
        notice=parameters.learning.notice,
        chance=1.0,
        extra=0.0,
        held=0.0,
        partnered=0.0,
        on_record=0.0,
        deadline=0.0,
    )
    at = position(debtor, stake, around, setting)
    evasion = traits.evasions[max(0, evasion_of(debtor.option, traits.evasions))]
    ledger = weigh(at, debtor, evasion, traits.kinds[debtor.kind], levers, parameters)
    tint = felt_optimism(debtor, parameters.learning, levers.rule_of_law.standardisation)
    p = min(1.0, tint * detection(levers, parameters.procedure))
    choice = parameters.choice
    cost = p * lie_costs(penalty(debtor, at.wealth, levers, choice), debtor, levers, choice)
    net = cost + ledger.conscience - (1.0 - p) * ledger.gain
    taste = taste_of(normal(Now(setting.now.seed, 0), Decision.DECLARATION, claim.id))
    return pays(net, 0.0, at.payable, debtor.income, taste, parameters.choice)


@rule
def declared_classes(debtor: Debtor) -> int:
    """Classes of assets that a true declaration contains, as bits."""
    found = 0
    for k in range(ASSETS):
        if debtor.assets[k] > 0.0:
            found |= 1 << k
    return found


@rule
def found_out(
    debtor: Debtor,
    claim: Claim,
    creditor: Creditor,
    district: District,
    setting: Setting,
    journal: Journal,
) -> None:
    """Punish a false declaration with fine and detention. The debtor has to declare again.

    If the debtor no longer evades (it pays or cannot pay), it only declares again.
    """
    claim.declared = 0
    if not evades(debtor.option):
        return
    levers = setting.treatments[debtor.treatment]
    detained = at_hand(claim, district.court, setting, journal)
    penalise(debtor, claim, detained, levers, setting.parameters.choice, journal)
    count(journal, claim, Count.FALSE_DETECTED, 1.0)
    found_to_lie(debtor, claim, creditor, district, setting, journal)


@rule
def at_hand(claim: Claim, court: Court, setting: Setting, journal: Journal) -> bool:
    """Whether the police have the hours to detain the debtor of a case (ODD eq. 156)."""
    of = setting.parameters.institutions
    chance = with_police(1.0, claim, of.police_detention_hours, court, of, journal)
    return happens(setting.now, Decision.DETENTION, claim.id, chance, FALSE)


@rule
def penalise(
    debtor: Debtor,
    claim: Claim,
    detained: bool,
    levers: Levers,
    choice: Choice,
    journal: Journal,
) -> None:
    """Fine a debtor for concealing assets. If `detained`, detain it too. Neighbours see this."""
    law = levers.sanctions
    debtor.events |= PUNISHED | FAIR
    fined = take_money(debtor, law.fine_amount * debtor.income)
    book(journal, Flow.FINE, fined)
    count(journal, claim, Count.FINES, 1.0)
    count(journal, claim, Count.FINED_YUAN, fined)
    if not detained:
        return
    felt = law.detention_days / 30.0 * debtor.income
    felt *= choice.detention_weight
    count(journal, claim, Count.DETENTIONS, 1.0)
    count(journal, claim, Count.DETENTION_DAYS, law.detention_days)
    count(journal, claim, Count.FELT_HARM, felt)


@rule
def declares(
    debtor: Debtor,
    claim: Claim,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> bool:
    """Whether an attempt can rely on a true declaration. A false one may be found out here."""
    levers = setting.treatments[debtor.treatment]
    duty = setting.treatments[claim.treatment].special.declaration
    if not happens(Now(setting.now.seed, 0), Decision.DUTY, claim.id, duty):
        return False
    seen_through = detection(levers, setting.parameters.procedure)
    if claim.declared == FALSE and happens(
        setting.now, Decision.FALSE_DECLARATION, claim.id, seen_through
    ):
        found_out(debtor, claim, creditor, around.district, setting, journal)
    elif claim.declared == 0:
        honest = not evades(debtor.option) or truthful(debtor, claim, around, setting)
        claim.declared = TRUE if honest else FALSE
        count(journal, claim, Count.DECLARATIONS, 1.0)
        if not honest:
            count(journal, claim, Count.DECLARED_FALSELY, 1.0)
    return claim.declared == TRUE

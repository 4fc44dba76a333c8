"""The duty to declare assets: debtors declare truly, or weigh a lie against being found out."""

from sim.agents.claim import Claim
from sim.agents.debtor.behaviour import pays, taste_of
from sim.agents.debtor.belief import FAIR, PUNISHED, felt_optimism
from sim.agents.debtor.debtor import ASSETS, Debtor, evades, means, take_money
from sim.agents.debtor.weigh import weigh
from sim.books.accounts import Flow
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, normal
from sim.month.decision.position import position
from sim.month.shared.state import State, book, count
from sim.terms import Decision

TRUE, FALSE = 1, 2
"""What a claim's `declared` says; 0 is nothing yet."""


@rule
def detection(state: State, debtor: Debtor) -> float:
    """Chance that an attempt shows a declaration to be false: d + (1 − d)·anti-evasion."""
    known = state.parameters[0].procedure.false_detected
    return known + (1.0 - known) * state.levers[debtor.treatment].special.anti_evasion


@rule
def penalty(state: State, debtor: Debtor, total: float) -> float:
    """What fine and detention for concealing weigh, yuan; `total` is W, its true wealth."""
    law = state.levers[debtor.treatment].sanctions
    fine = min(law.fine_amount * debtor.income, total)
    weight = state.parameters[0].choice.detention_weight
    return fine + law.detention_days / 30.0 * debtor.income * weight


@rule
def truthful(state: State, row: int, claim: Claim) -> bool:
    """Whether a debtor who keeps money back declares it all the same (ODD eq. 59).

    Truth gives up the gain of its option; a lie keeps it unless found out, and then costs fine and
    detention; conscience weighs the lie.
    """
    debtor = state.debtors[row]
    parameters = state.parameters[0]
    levers = state.levers[debtor.treatment]
    chosen = 0
    for k in range(len(state.evasions)):
        if state.evasions[k].option == debtor.option:
            chosen = k
    of = means(debtor, state.assets)
    at = position(state, row, claim.due, of, parameters.learning.notice, 1.0, 0.0, 0.0, 0.0)
    ledger = weigh(at, debtor, state.evasions[chosen], state.kinds[debtor.kind], levers, parameters)
    tint = felt_optimism(debtor, parameters.learning, levers.rule_of_law.standardisation)
    p = min(1.0, tint * detection(state, debtor))
    net = p * penalty(state, debtor, at.wealth) + ledger.conscience - (1.0 - p) * ledger.gain
    taste = taste_of(normal(Now(state.now.seed, 0), Decision.DECLARATION, claim.id))
    return pays(net, 0.0, at.payable, debtor.income, taste, parameters.choice)


@rule
def declared_classes(debtor: Debtor) -> int:
    """Classes of assets that a true declaration names, as bits."""
    found = 0
    for k in range(ASSETS):
        if debtor.assets[k] > 0.0:
            found |= 1 << k
    return found


@rule
def found_out(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """A false declaration is punished with fine and detention, and has to be made again."""
    claim.declared = 0
    penalise(state, debtor, claim, block)
    count(state, block, claim, Count.FALSE_DETECTED, 1.0)


@rule
def penalise(state: State, debtor: Debtor, claim: Claim, block: int) -> None:
    """Fine and detention for who was found to conceal assets; neighbours see it."""
    law = state.levers[debtor.treatment].sanctions
    debtor.events |= PUNISHED | FAIR
    fined = take_money(debtor, law.fine_amount * debtor.income)
    book(state, block, Flow.FINE, fined)
    felt = law.detention_days / 30.0 * debtor.income
    felt *= state.parameters[0].choice.detention_weight
    count(state, block, claim, Count.FINES, 1.0)
    count(state, block, claim, Count.DETENTIONS, 1.0)
    count(state, block, claim, Count.DETENTION_DAYS, law.detention_days)
    count(state, block, claim, Count.FELT_HARM, felt)


@rule
def declares(state: State, row: int, claim: Claim, block: int) -> bool:
    """Whether an attempt has a true declaration to go by; a false one may be found out."""
    duty = state.levers[claim.treatment].special.declaration
    if not happens(Now(state.now.seed, 0), Decision.DUTY, claim.id, duty):
        return False
    debtor = state.debtors[row]
    if claim.declared == FALSE and happens(
        state.now, Decision.FALSE_DECLARATION, claim.id, detection(state, debtor)
    ):
        found_out(state, debtor, claim, block)
    elif claim.declared == 0:
        honest = not evades(debtor.option) or truthful(state, row, claim)
        claim.declared = TRUE if honest else FALSE
        count(state, block, claim, Count.DECLARATIONS, 1.0)
        if not honest:
            count(state, block, claim, Count.DECLARED_FALSELY, 1.0)
    return claim.declared == TRUE

"""Insolvency: firms converted from enforcement and liquidated, persons discharged in the end.

All creditors are paid together, livelihood claims first, the others by what they are owed. While a
proceeding runs, nothing is enforced, nothing bears interest, and nobody is listed.
"""

import math

from sim.agents.claim import Claim, in_docket, is_open
from sim.agents.debtor import ASSETS, Debtor, Means, evades, means, take_money, wealth
from sim.agents.plan import NO_PLAN, present_value
from sim.agents.weigh import breadth, restriction_months
from sim.engine.compile import rule
from sim.engine.draw import Now, happens, uniform
from sim.month.accounts import Flow
from sim.month.payment import close_case, credit, leave_grace, money_at_hand, pending, release
from sim.month.state import State, book, count, move
from sim.month.tally import Count
from sim.terms import LIQUID, Asset, Decision, Ending, Kind, Option, Stage


@rule
def open_debt(state: State, k: int) -> float:
    """All that the `k`-th owner of claims owes, due or not, yuan."""
    due = 0.0
    for j in range(state.starts[k], state.starts[k + 1]):
        if is_open(state.stages[state.order[j]]):
            due += state.claims[state.order[j]].due
    return due


@rule
def converts(state: State, debtor: Debtor, claim: Claim, k: int) -> bool:
    """Whether a firm's case goes to bankruptcy in place of termination (ODD eq. 69).

    Only if the firm owes more than it has; one draw a case and month.
    """
    share = state.levers[debtor.treatment].at_source.conversion
    if share <= 0.0 or debtor.kind != Kind.FIRM or debtor.leaving:
        return False
    if wealth(means(debtor, state.assets)) >= open_debt(state, k):
        return False
    return happens(state.now, Decision.CONVERSION, claim.id, share)


@rule
def duration(state: State, debtor: Debtor) -> int:
    """Months of a proceeding: a firm's by draw, a person's by law (ODD eq. 69).

    T = T₀·(1 + U)·(1 − .36·specialised), U uniform in [0, 1).
    """
    at_source = state.levers[debtor.treatment].at_source
    if debtor.kind == Kind.PERSON:
        return max(1, math.floor(12.0 * at_source.discharge_years))
    procedure = state.setting[0].procedure
    months = procedure.insolvency_months * (
        1.0 + uniform(state.now, Decision.CONVERSION, debtor.id, 1)
    )
    months *= 1.0 - procedure.specialised_saving * at_source.specialised_courts
    return max(1, math.floor(months))


@rule
def begin_insolvency(state: State, debtor: Debtor, k: int, block: int) -> None:
    """Every open claim joins the proceeding; what single creditors had in hand goes back."""
    months = duration(state, debtor)
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        claim = state.claims[at]
        if not is_open(claim.stage) or claim.stage == Stage.INSOLVENT:
            continue
        release(state, debtor, claim, block)
        if pending(claim):
            close_case(state, claim, Ending.BANKRUPT.value, block)
        if claim.stage == Stage.GRACE or claim.stage == Stage.UNPAID:
            leave_grace(state, claim, block, False)
        claim.plan = NO_PLAN
        claim.agreed = 0.0
        claim.wait = months
        count(state, block, claim, Count.BANKRUPTCIES, 1.0)
        move(state, at, Stage.INSOLVENT, claim.due)
    if debtor.kind == Kind.PERSON:
        realise(state, debtor, block)
        share_out(state, debtor, k, money_at_hand(debtor), block)


@rule
def realise(state: State, debtor: Debtor, block: int) -> None:
    """Goods are sold; what a person needs to live is kept in money from the proceeds."""
    for a in range(LIQUID, ASSETS):
        price = debtor.assets[a] * state.assets[a].auction_price
        book(state, block, Flow.OWN_SALE, debtor.assets[a] - price)
        debtor.assets[Asset.BANK] += price
        debtor.assets[a] = 0.0


@rule
def share_out(state: State, debtor: Debtor, k: int, wanted: float, block: int) -> None:
    """The administrator's fee, then each class of claims in proportion to what is owed (eq. 70)."""
    wanted = min(wanted, money_at_hand(debtor))
    fee = take_money(debtor, wanted * state.setting[0].procedure.administrator_fee)
    book(state, block, Flow.ADMINISTRATION, fee)
    pot = min(wanted - fee, money_at_hand(debtor))
    for first in (True, False):
        owed = 0.0
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                owed += claim.due
        if owed <= 0.0 or pot <= 0.0:
            continue
        part = min(1.0, pot / owed)
        for j in range(state.starts[k], state.starts[k + 1]):
            claim = state.claims[state.order[j]]
            if claim.stage == Stage.INSOLVENT and claim.livelihood == first:
                paid = take_money(debtor, min(pot, claim.due * part))
                pot -= paid
                credit(state, claim, paid, block)
                book(state, block, Flow.COLLECTIVE, paid)
                count(state, block, claim, Count.RECOVERED_COLLECTIVELY, paid)


@rule
def compelled(state: State, debtor: Debtor, k: int) -> bool:
    """Whether a firm that keeps money back is put into liquidation this month (ODD eq. 72)."""
    rate = state.levers[debtor.treatment].special.compulsory_liquidation
    if rate <= 0.0 or debtor.kind != Kind.FIRM or not evades(debtor.option):
        return False
    pursued = False
    for j in range(state.starts[k], state.starts[k + 1]):
        stage = state.stages[state.order[j]]
        if stage == Stage.INSOLVENT:
            return False
        pursued = pursued or in_docket(stage)
    return pursued and happens(state.now, Decision.COMPULSION, debtor.id, rate)


@rule
def proceed(state: State, debtor: Debtor, k: int, block: int) -> None:
    """A month of insolvency: begun if asked for, a person pays from its income, or it ends."""
    if debtor.option == Option.BANKRUPT or compelled(state, debtor, k):
        begin_insolvency(state, debtor, k, block)
    ends = False
    runs = False
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.INSOLVENT:
            claim = state.claims[state.order[j]]
            runs = True
            ends = ends or claim.wait == 0
    if not runs:
        return
    if debtor.kind == Kind.PERSON:
        surplus = max(0.0, debtor.income - debtor.need)
        share_out(state, debtor, k, state.setting[0].procedure.plan_share * surplus, block)
        if ends:
            conclude(state, k, Stage.DISCHARGED.value, Count.DISCHARGED.value, block)
    elif ends:
        realise(state, debtor, block)
        debtor.exempt = 0.0
        share_out(state, debtor, k, money_at_hand(debtor), block)
        conclude(state, k, Stage.LIQUIDATED.value, Count.LIQUIDATED.value, block)
        debtor.leaving = True


@rule
def conclude(state: State, k: int, stage: int, what: int, block: int) -> None:
    """The proceeding ends, and with it what is left of its claims."""
    for j in range(state.starts[k], state.starts[k + 1]):
        at = state.order[j]
        if state.stages[at] != Stage.INSOLVENT:
            continue
        claim = state.claims[at]
        count(state, block, claim, what, 1.0)
        count(state, block, claim, Count.DISCHARGED_YUAN, claim.due)
        book(state, block, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        claim.closed = True
        move(state, at, stage, claim.paid)


@rule
def cost_of_bankruptcy(state: State, debtor: Debtor, due: float, of: Means) -> float:
    """C(bankrupt), yuan: what is given up, payments to come, trouble and stigma (ODD eq. 71).

    C = min(D, L + G) + PV(share·(y − need)+ until discharge) + cost + stigma·y.
    """
    procedure = state.setting[0].procedure
    years = state.levers[debtor.treatment].at_source.discharge_years
    monthly = procedure.plan_share * of.surplus / 3.0
    to_come = min(monthly * 12.0 * years, due)
    return (
        min(due, of.liquid + of.illiquid)
        + present_value(monthly, to_come, debtor.discount)
        + procedure.bankruptcy_cost
        + procedure.bankruptcy_stigma * debtor.income
    )


@rule
def burden(state: State, debtor: Debtor, due: float, of: Means) -> float:
    """What it costs one who cannot pay to go on owing, yuan (ODD eq. 71).

    All it will ever save, up to the debt, sooner or later is taken; and it may be listed meanwhile.
    """
    levers = state.levers[debtor.treatment]
    choice = state.setting[0].choice
    hazard = levers.comprehensive.list_rate * (1.0 - levers.comprehensive.list_accuracy)
    r = debtor.discount + choice.death
    listed = 1.0 if debtor.on_list else hazard / (r + hazard)
    s = breadth(state.kinds[debtor.kind], levers)
    months = restriction_months(
        debtor.listed, levers.sanctions.listing_term, 0.0, debtor.discount, choice
    )
    felt = choice.restriction * math.pow(s, choice.breadth_exponent) if s > 0.0 else 0.0
    saved = present_value(of.surplus / 3.0, due, r) if of.surplus > 0.0 else 0.0
    return min(due, of.liquid + of.illiquid + saved) + listed * debtor.income * felt * months


@rule
def seeks_discharge(state: State, debtor: Debtor, k: int, due: float, of: Means) -> bool:
    """Whether a person who cannot pay asks for bankruptcy, and is admitted (ODD eq. 71).

    Who is in a proceeding already cannot begin another.
    """
    admitted = state.levers[debtor.treatment].at_source.personal_bankruptcy
    if admitted <= 0.0 or debtor.kind != Kind.PERSON:
        return False
    once = Now(state.now.seed, 0)
    spell = debtor.spell + (1 if debtor.option == Option.NONE else 0)
    if not happens(once, Decision.ADMISSION, debtor.id, admitted, spell):
        return False
    for j in range(state.starts[k], state.starts[k + 1]):
        if state.stages[state.order[j]] == Stage.INSOLVENT:
            return False
    return cost_of_bankruptcy(state, debtor, due, of) < burden(state, debtor, due, of)

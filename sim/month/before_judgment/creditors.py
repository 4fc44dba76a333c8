"""What creditors decide: settle, sue and preserve assets, apply for enforcement, or give up."""

from sim.agents.claim import FIRST_MONTH, Claim, open_case, size_band
from sim.agents.court.court import Registry
from sim.agents.court.standard import BEFORE_SUIT
from sim.agents.creditor import Creditor, at_suit, suit_costs, worth_applying
from sim.agents.debtor.debtor import UNABLE_BELOW, Debtor, ability, is_able, means, wealth
from sim.agents.debtor.plan import BEFORE_ENFORCEMENT
from sim.books.accounts import Flow
from sim.books.counts import Count, Span
from sim.engine.compile import kernel, rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.mechanisms.base.points import (
    applied,
    applying_pace,
    backed_share,
    suit_filed,
    willing_to_apply,
)
from sim.mechanisms.relief_fund import Fund
from sim.month.before_judgment.preservation import Request, consider_preserving, turn_into_seizure
from sim.month.before_judgment.settlement import keep_promise, talk
from sim.month.before_judgment.suit import hold_before_suit, lapse, sues
from sim.month.decision.position import with_escrow
from sim.month.shared.journal import Journal, at_row, book, count, count_after, move
from sim.month.shared.payment import leave_grace, write_off
from sim.month.shared.state import (
    Setting,
    State,
    Surroundings,
    owned_by,
    setting_of,
    surroundings_of,
)
from sim.parameters import AssetTraits, Choice
from sim.terms import Decision, EnforceableTitle, Option, Stage


@kernel
def act(state: State, first: int, last: int) -> None:
    """Creditors decide what to do about claims that are overdue, settled or unpaid."""
    setting = setting_of(state)
    parameters = setting.parameters
    journal = at_row(state.journal, first)
    for k in range(first, last):
        row = state.by_debtor.owners[k]
        debtor = state.debtors[row]
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            stage = state.journal.stages[at]
            if stage != Stage.OVERDUE and stage != Stage.UNPAID and stage != Stage.SETTLED:
                continue
            around = surroundings_of(state, row)
            claim = state.claims[at]
            creditor = state.creditors[claim.creditor]
            old = claim.months >= parameters.procedure.prescription
            if stage == Stage.SETTLED:
                keep_promise(debtor, claim, at, around, setting, journal)
            elif old:
                write_off(debtor, claim, at, Stage.WRITTEN_OFF, parameters, state.now, journal)
            elif stage == Stage.OVERDUE:
                pursue(debtor, claim, at, creditor, around, setting, journal)
            else:
                fund = around.district.fund
                consider_applying(debtor, claim, at, creditor, fund, setting, journal)


@rule
def pursue(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    around: Surroundings,
    setting: Setting,
    journal: Journal,
) -> None:
    """The creditor of an overdue claim settles, sues or waits.

    Assets preserved last month for a suit are returned if no suit follows.
    """
    registries = around.district.registries
    held = claim.preserved
    if not held:
        hold_before_suit(debtor, claim, creditor, registries, setting, journal)
    talk(debtor, claim, at, creditor, around, setting, journal)
    if claim.stage == Stage.OVERDUE:
        consider_suing(debtor, claim, at, creditor, registries, setting, journal)
    if held and claim.stage == Stage.OVERDUE:
        lapse(debtor, claim, setting.parameters.pursuit, journal)


@rule
def consider_suing(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> None:
    """Sue if the creditor decides to (see `sues`). The costs are paid in advance.

    An award or a notarised document needs no trial, so the time to perform begins at once.
    """
    traits = setting.traits.lenders[creditor.kind]
    if not sues(claim, setting.now, creditor, traits, setting.parameters):
        return
    spent = suit_costs(claim.principal, setting.parameters.procedure)
    claim.spent += spent
    book(journal, Flow.SUIT_COSTS, spent)
    suit_filed(claim, spent, journal)
    if claim.title == EnforceableTitle.AWARD or claim.title == EnforceableTitle.NOTARISED:
        claim.due += spent
        book(journal, Flow.CLAIM_COSTS, spent)
        move(journal, claim, at, Stage.GRACE, claim.due)
        return
    count(journal, claim, Count.FILED, 1.0)
    move(journal, claim, at, Stage.FILED, claim.due)
    if claim.preserved:
        count(journal, claim, Count.PRESERVATIONS, 1.0)
    elif not claim.checks & BEFORE_SUIT:
        terms = at_suit(setting.treatments[claim.treatment].at_source)
        request = Request(suit=setting.now, terms=terms, creditor=creditor)
        consider_preserving(debtor, claim, request, registries, setting, journal)


@rule
def consider_applying(
    debtor: Debtor,
    claim: Claim,
    at: int,
    creditor: Creditor,
    fund: Fund,
    setting: Setting,
    journal: Journal,
) -> None:
    """Apply for enforcement if it is worthwhile. The claim then becomes a case.

    Nothing happens before the months of the handover to enforcement have passed. The court itself
    transfers some claims.
    """
    parameters = setting.parameters
    procedure = parameters.procedure
    levers = setting.treatments[claim.treatment].at_source
    handover = parameters.pursuit.handover * (1.0 - levers.linkage)
    if claim.months < handover:
        return
    if (claim.livelihood or claim.title == EnforceableTitle.CRIMINAL) and happens(
        setting.now, Decision.TRANSFER, claim.id, levers.ex_officio
    ):
        count(journal, claim, Count.TRANSFERRED, 1.0)
        leave_grace(claim, False, journal)
        enter_docket(
            debtor, claim, at, setting.traits.assets, parameters.choice, setting.now, journal
        )
        return
    traits = setting.traits.lenders[creditor.kind]
    if debtor.option == Option.PAY and claim.months < procedure.patience:
        return
    backed = backed_share(0.0, claim, parameters.protection)
    worth = worth_applying(creditor, claim.due, backed, traits, procedure)
    if not willing_to_apply(worth, claim, creditor, setting):
        return
    pace = procedure.apply * traits.litigiousness
    pace = applying_pace(pace, claim, creditor, fund, parameters.protection)
    if happens(setting.now, Decision.APPLY, claim.id, pace):
        claim.spent += procedure.apply_cost
        book(journal, Flow.APPLICATION, procedure.apply_cost)
        applied(claim, setting.treatments[claim.treatment], procedure, setting.now, journal)
        # a claim with a plan before enforcement was counted as paid when the plan began
        if claim.plan != BEFORE_ENFORCEMENT:
            count_after(journal, claim, Span.APPLIED, claim.months, 1.0)
        leave_grace(claim, False, journal)
        enter_docket(
            debtor, claim, at, setting.traits.assets, parameters.choice, setting.now, journal
        )


@rule
def enter_docket(
    debtor: Debtor,
    claim: Claim,
    at: int,
    assets: Records[AssetTraits],
    choice: Choice,
    now: Now,
    journal: Journal,
) -> None:
    """Open a case. Record the sum claimed and whether the debtor is truly able to pay it."""
    own_means = with_escrow(means(debtor, assets), claim.escrow)
    claim.band = size_band(claim.due)
    claim.intake = now.month - FIRST_MONTH
    open_case(claim, is_able(ability(claim.due, own_means)))
    debtor.prompted = True
    count(journal, claim, Count.ENTERED, 1.0)
    count(journal, claim, Count.ENTERED_YUAN, claim.due)
    count(journal, claim, Count.ENTERED_COLLECTABLE, min(claim.due, wealth(own_means)))
    if wealth(own_means) < UNABLE_BELOW * claim.due:
        count(journal, claim, Count.ENTERED_UNABLE, 1.0)
    move(journal, claim, at, Stage.QUEUED, claim.due)
    if claim.preserved:
        turn_into_seizure(debtor, claim, at, assets, choice, journal)

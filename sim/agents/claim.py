"""A claim: a debtor's debt to a creditor, and its stage; `transitions` lists the next stages."""

from typing import Annotated

from sim.engine.compile import rule
from sim.engine.record import Byte, Cells, Short, Word, record
from sim.mechanisms import composed
from sim.mechanisms.base.points import known_to_debtor
from sim.terms import LIQUID, SIZE_LIMITS, Asset, Size, Stage

ASSETS = len(Asset)


@record
@composed("claims")
class Claim:
    """A claim, from the month in which it falls due until it closes.

    Sums, in yuan:
        principal: The debt without interest.
        due: The whole debt: principal, costs and interest, less payments.
        claimed: The sum due when the case was opened.
        paid: What has been paid since the case was opened; before that, since the claim fell due.
        escrow: Money that the court holds for the claim.
        attached: Value of the debtor's goods attached for the claim, by class of goods.
        wrongful: Value of other people's goods attached by mistake.
        agreed: The sum promised in a settlement.
        advanced: What the debtor paid during the suit. A creditor who loses returns it.
        insured: What an insurer still has to pay.
        received, spent: What the creditor received and spent on the claim this month.

    Times, in months:
        intake: Month in which the claim first entered enforcement, counted from `FIRST_MONTH`; 0
            if it has not.
        months: Months in the present stage.
        docket: Months in the docket, the court's list of open cases.
        wait: Months until the next step.
        suspended: Months in which an objection was under review.

    Before enforcement:
        able: Whether the debtor could truly pay when this was last assessed.
        refused: Whether the debtor refused when the claim fell due.
        disputed: Whether the debtor then contested the claim.
        partner: Whether the debtor does business with the creditor regularly.
        ambiguous: Whether the trial court has to clarify the judgment.
        preserved: Whether assets are preserved for the claim before enforcement.

    In enforcement:
        again: Whether this is a revived case.
        petitioned: Whether the creditor petitions this month.
        served: Whether the turn of the case is still to come this month.
        worked: Whether officers worked on the case this month.
        attempts: Attempts to find assets.
        fruitless: Steps without result since the last seizure.
        found: A bit for each class of assets found.
        tipped: Whether someone has reported assets for the bounty.
        declared: What the debtor declared (see `sim.month.enforcement.declaration`).
        seized: Whether anything has been seized.
        added: Whether shareholders are parties.
        round: Auctions without a buyer.
        checks: A bit for each of several steps of the court (see `sim.agents.court.standard`).
        plan: When an instalment plan was accepted (see `sim.agents.debtor.plan`).
        missed: Instalments missed in a row.

    At the end:
        ended: Whether the case ended this month.
        closed: Whether the claim has ended and will be removed from the table.
        shared: Whether an insolvency proceeding has paid the claim in full.
    """

    id: int
    debtor: Word
    creditor: Word
    treatment: Short
    district: Short
    domain: Byte
    kind: Byte
    band: Byte
    stage: Byte
    able: bool
    served: bool
    worked: bool
    seized: bool
    closed: bool
    ended: bool
    again: bool
    livelihood: bool
    title: Byte
    refused: bool
    disputed: bool
    partner: bool
    preserved: bool
    ambiguous: bool
    tipped: bool
    petitioned: bool
    found: Byte
    round: Byte
    declared: Byte
    added: bool
    shared: bool
    checks: Byte
    suspended: Byte
    plan: Byte
    missed: Byte
    attempts: Short
    fruitless: Short
    wait: Short
    months: Short
    docket: Short
    intake: Short
    principal: float
    due: float
    claimed: float
    attached: Annotated[Cells, ("f8", (ASSETS - LIQUID,))]
    escrow: float
    agreed: float
    advanced: float
    received: float
    spent: float
    paid: float
    wrongful: float
    instalment: float
    insured: float


@rule
def is_open(stage: int) -> bool:
    """Whether the claim is still open, in or out of court."""
    return stage < Stage.PAID


@rule
def in_docket(stage: int) -> bool:
    """Whether the claim is a case in enforcement (terminated ones are not)."""
    return Stage.QUEUED <= stage <= Stage.SOLD


@rule
def enforceable(stage: int) -> bool:
    """Whether a judgment can be enforced: after grace, in the docket, or terminated."""
    return Stage.UNPAID <= stage <= Stage.TERMINATED


@rule
def takes_turn(claim: Claim, stage: int) -> bool:
    """Use up the turn of a case at this stage; return whether it still had one this month."""
    if not claim.served or claim.stage != stage:
        return False
    claim.served = False
    return True


@rule
def goods_held(claim: Claim) -> float:
    """Value of the goods attached for the claim, yuan."""
    held = 0.0
    for g in range(ASSETS - LIQUID):
        held += claim.attached[g]
    return held


@rule
def before_docket(stage: int) -> bool:
    """Whether the claim is overdue and not yet in the docket; then assets may be preserved."""
    return Stage.OVERDUE <= stage <= Stage.UNPAID


@rule
def holds_goods(stage: int) -> bool:
    """Whether a claim at this stage can hold goods: they are seized, or someone has objected."""
    return stage == Stage.SEIZED or stage == Stage.OBJECTED


@rule
def weighed(stage: int, months: int, grace: float) -> bool:
    """Whether the debtor decides about a claim: it is enforceable, or its grace ends this month.

    A claim in an instalment plan is left out as long as the debtor keeps to the plan.

    Args:
        stage: Stage of the claim.
        months: Months since the claim entered this stage.
        grace: Length of the grace period, months.
    """
    if stage == Stage.GRACE:
        return months + 1 >= grace
    return enforceable(stage) and stage != Stage.PLAN


@rule
def decides_about(claim: Claim, grace: float) -> bool:
    """Whether the debtor decides about a claim now (see `weighed`) and knows of it.

    `grace` is the length of the grace period in months.
    """
    return weighed(claim.stage, claim.months, grace) and known_to_debtor(True, claim)


@rule
def size_band(due: float) -> int:
    """The band of sizes to which a debt of `due` yuan belongs in reports."""
    if due < SIZE_LIMITS[0]:
        return Size.BELOW_10K.value
    if due < SIZE_LIMITS[1]:
        return Size.TO_100K.value
    if due < SIZE_LIMITS[2]:
        return Size.TO_1M.value
    return Size.ABOVE_1M.value


@rule
def months_since_intake(claim: Claim, month: int) -> int:
    """Months since the claim first entered enforcement; -1 if it never has."""
    return month - FIRST_MONTH - claim.intake if claim.intake > 0 else -1


@rule
def open_case(claim: Claim, able: bool) -> None:
    """Open a case in enforcement, new or revived: set the sum claimed and reset its counters.

    Args:
        claim: The claim.
        able: Whether its debtor could truly pay it.
    """
    claim.able = able
    claim.claimed = claim.due
    claim.paid = 0.0
    claim.docket = claim.attempts = claim.fruitless = claim.wait = 0
    claim.round = claim.declared = claim.checks = claim.suspended = 0
    claim.seized = False
    claim.tipped = False


MONTH_BITS, DEBTOR_BITS, DOMAIN_BITS, NUMBER_BITS = 13, 40, 4, 6
NUMBER_SHIFT = DEBTOR_BITS + DOMAIN_BITS + NUMBER_BITS
"""Number of bits in a claim's id below those of its month."""
FIRST_MONTH = -2048
"""Earliest month that a claim's id can represent. The burn-in must be shorter."""


@rule
def claim_id(month: int, debtor: int, domain: int, number: int) -> int:
    """Make the id of a claim.

    Ids ascend by month, then by the debtor's row, so that appended claims stay in order.

    Args:
        month: Month in which the claim falls due, from -2048 to 6143.
        debtor: Id of the debtor, below 2^40.
        domain: Domain of the claim, below 16.
        number: Number among this debtor's claims of the month, below 64.
    """
    return (
        ((((month - FIRST_MONTH) << DEBTOR_BITS) | debtor) << NUMBER_BITS | number) << DOMAIN_BITS
    ) | domain

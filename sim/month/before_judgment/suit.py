"""Suits: whether a creditor sues, and preservation before the suit (诉前保全).

In: overdue claims. Out: assets frozen for creditors who are about to sue. If no suit follows, the
assets are returned to the debtor.
"""

from sim.agents.claim import Claim
from sim.agents.court.court import Registry
from sim.agents.court.standard import BEFORE_SUIT
from sim.agents.creditor import Creditor, before_suit, suit_costs, worth_suing
from sim.agents.debtor.debtor import Debtor
from sim.books.counts import Count
from sim.engine.compile import rule
from sim.engine.draw import Now, happens
from sim.engine.record import Records
from sim.mechanisms.base.points import backed_share, own_costs
from sim.month.before_judgment.preservation import Request, consider_preserving, owe_damages
from sim.month.shared.journal import Journal, count
from sim.month.shared.payment import release
from sim.month.shared.state import Setting
from sim.parameters import LenderTraits, Parameters, Pursuit
from sim.terms import Decision, EnforceableTitle


@rule
def sues(
    claim: Claim,
    month: Now,
    creditor: Creditor,
    traits: LenderTraits,
    parameters: Parameters,
) -> bool:
    """Whether the creditor of an overdue claim sees a gain in suing, and sues in `month`.

    If there is a gain, the chance of a suit depends on how readily creditors of this kind sue.
    """
    procedure = parameters.procedure
    own = own_costs(suit_costs(claim.principal, procedure), claim)
    backed = backed_share(0.0, claim, parameters.protection)
    if not worth_suing(creditor, claim.due, own, backed, traits, procedure):
        return False
    return happens(month, Decision.SUE, claim.id, procedure.sue * traits.litigiousness)


@rule
def hold_before_suit(
    debtor: Debtor,
    claim: Claim,
    creditor: Creditor,
    registries: Records[Registry],
    setting: Setting,
    journal: Journal,
) -> None:
    """A creditor who will sue next month asks for preservation now, if courts admit it (eq. 137).

    Assets are preserved before the suit at most once per claim. A creditor with an award or a
    notarised document does not ask, because it needs no suit.
    """
    admitted = setting.treatments[claim.treatment].at_source.pre_suit_preservation
    if admitted <= 0.0 or claim.checks & BEFORE_SUIT:
        return
    if claim.title == EnforceableTitle.AWARD or claim.title == EnforceableTitle.NOTARISED:
        return
    if not happens(Now(setting.now.seed, 0), Decision.PRE_SUIT, claim.id, admitted):
        return
    parameters = setting.parameters
    next_month = Now(setting.now.seed, setting.now.month + 1)
    if claim.months + 1 >= parameters.procedure.prescription:
        return
    traits = setting.traits.lenders[creditor.kind]
    if sues(claim, setting.now, creditor, traits, parameters) or not sues(
        claim, next_month, creditor, traits, parameters
    ):
        return
    request = Request(suit=next_month, terms=before_suit(parameters.pursuit), creditor=creditor)
    if consider_preserving(debtor, claim, request, registries, setting, journal):
        claim.checks |= BEFORE_SUIT


@rule
def lapse(debtor: Debtor, claim: Claim, pursuit: Pursuit, journal: Journal) -> None:
    """No suit followed within the month: return the assets to the debtor, with damages."""
    owe_damages(debtor, claim, 1.0, pursuit, journal)
    release(debtor, claim, journal)
    count(journal, claim, Count.PRESERVATIONS_LAPSED, 1.0)

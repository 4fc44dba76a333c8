"""Legal aid (法律援助): the state advances the costs of a suit to creditors of livelihood claims.

Debtors owe the costs of a suit that they lose, so the state recovers its advance from their
payments. A creditor who has insured the costs needs no aid.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import claim_due, creditor_paid, own_costs, suit_filed
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor
    from sim.agents.institutions.insurer import Insurer
    from sim.engine.draw import happens
    from sim.engine.record import Records
    from sim.mechanisms.legal_cost_insurance import cover_of
    from sim.month.shared.journal import Journal, book, count
    from sim.month.shared.state import Setting

AID = Mechanism(
    title="Legal aid to creditors of livelihood claims",
    zh="法律援助",
    summary="The state advances the costs of a suit to creditors of livelihood claims, and "
    "recovers them from debtors who pay. More creditors of small claims sue.",
)


@AID.add_to("at_source")
class Offer:
    """The lever that sets the share of claims with aid."""

    legal_aid: Annotated[
        float,
        Lever(
            title="Legal aid for suits over livelihood claims",
            zh="民生案件法律援助",
            unit="share of livelihood claims whose creditors are granted aid",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ B+",
            passage="6.2",
            paid_in_run="costs of suits advanced",
            source="aid is granted for wages, maintenance and injury; share assumed",
        ),
    ] = 0.0


@AID.add_to("procedure")
class Limit:
    """The parameter that sets the largest claim with aid."""

    legal_aid_limit: Annotated[
        float,
        Q(
            unit="yuan, the largest claim for which aid is granted",
            low=0.0,
            high=1e9,
            source="assumed: aid is for creditors who cannot bear the costs themselves",
            bites={"at_source.legal_aid": 1.0},
        ),
    ] = 100_000.0


@AID.add_to("claims")
class Aided:
    """Whether aid was granted, and the state's advance that has not been returned yet, yuan."""

    aided: bool
    aid_advanced: float


offer_of = AID.view(Offer)
limit_of = AID.view(Limit)
aid_of = AID.view(Aided)

GRANTED = AID.decision("legal_aid", 271)

ADVANCED = AID.flow(
    "legal_aid", Account.STATE, Account.CREDITORS, "costs of suits advanced as legal aid"
)
RETURNED = AID.flow(
    "legal_aid_back", Account.CREDITORS, Account.STATE, "legal aid returned out of later payments"
)
AID_YUAN = AID.count("legal_aid")
BACK_YUAN = AID.count("legal_aid_back")

# ---------------------------------------------------------------- rules


@rule
def needs_aid(claim: "Claim") -> bool:
    """Whether aid was granted for a claim whose creditor has not insured the costs."""
    return aid_of(claim).aided and not cover_of(claim).covered


@AID.at(claim_due)
def grant_aid(
    claim: "Claim",
    creditor: "Creditor",
    insurers: "Records[Insurer]",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """Grant aid for a share of the livelihood claims within the limit (ODD eq. 150)."""
    share = offer_of(setting.treatments[claim.treatment].at_source).legal_aid
    limit = limit_of(setting.parameters.procedure).legal_aid_limit
    if claim.livelihood and claim.principal <= limit:
        aid_of(claim).aided = happens(setting.now, GRANTED, claim.id, share)


@AID.at(own_costs)
def left_to_bear(costs: float, claim: "Claim") -> float:
    """Costs of the suit that the creditor bears: none with aid, since the state advances them."""
    return 0.0 if needs_aid(claim) else costs


@AID.at(suit_filed)
def advance_costs(claim: "Claim", costs: float, journal: "Journal") -> None:
    """Let the state advance the costs of a suit for which aid was granted (ODD eq. 150)."""
    if not needs_aid(claim):
        return
    claim.received += costs
    aid_of(claim).aid_advanced += costs
    book(journal, ADVANCED, costs)
    count(journal, claim, AID_YUAN, costs)


@AID.at(creditor_paid)
def return_aid(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Return the state's advance from a debtor's payment, before the creditor keeps any of it."""
    mine = aid_of(claim)
    back = min(mine.aid_advanced, amount)
    if back <= 0.0:
        return
    mine.aid_advanced -= back
    claim.spent += back
    book(journal, RETURNED, back)
    count(journal, claim, BACK_YUAN, back)


# ---------------------------------------------------------------- what is reported

AID.indicator(a_year("legal_aid", "Legal aid advanced", "法律援助垫付额", AID_YUAN))
AID.indicator(
    Ratio(
        name="legal_aid_back",
        title="Legal aid recovered",
        zh="法律援助追回率",
        unit="yuan per yuan advanced",
        bounds=NOT_NEGATIVE,
        better="more",
        counted=(Count.FILED,),
        numerator=(BACK_YUAN,),
        denominator=(AID_YUAN,),
        window=12,
    )
)

AID.payment("legal_aid", "legal aid", "法律援助", ADVANCED)
AID.payment("legal_aid_back", "legal aid returned", "返还的法律援助", RETURNED)

AID.equation(
    150,
    "legal aid",
    r"""
(`grant_aid`, `advance_costs`, `return_aid`). A share `at_source.legal_aid` of livelihood claims of
at most `legal_aid_limit` yuan is granted aid as they fall due, with one draw per claim. The state
then advances the costs of a suit unless these are insured (eq. 101), so that the creditor weighs
the suit as if it cost nothing. A debtor who loses owes the costs, and its payments go to the state
first until the advance is returned. If the creditor loses the suit, nothing is returned.
""",
)

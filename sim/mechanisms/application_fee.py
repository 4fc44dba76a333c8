"""Application fee (执行申请费预交): creditors advance the court's fee when they apply.

The debtor owes the fee to the creditor on top of the claim, so the creditor recovers it if the
debtor pays. Without a fee, applying costs a creditor only time and travel.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import applied, backed_share, creditor_paid, willing_to_apply
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor, stands_to_get
    from sim.books.accounts import Flow
    from sim.engine.draw import Now
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import Journal, book, count
    from sim.month.shared.state import Setting
    from sim.parameters import Procedure

FEES = Mechanism(
    title="Application fee advanced by creditors",
    zh="执行申请费预交",
    summary="A creditor who applies for enforcement pays the court a fee in advance, which the "
    "debtor then owes to the creditor. The fee deters small or hopeless claims, but good ones too.",
)


@FEES.add_to("sanctions")
class Fee:
    """The lever that sets the fee."""

    application_fee: Annotated[
        float,
        Lever(
            title="Application fee advanced by creditors",
            zh="执行申请费预交",
            unit="share of the debt, paid by creditors who apply for enforcement",
            low=0.0,
            high=0.1,
            off=0.0,
            reads="claim",
            expected="R- B-",
            source="about 1 % in advance until 2007, since then charged to debtors; value assumed",
        ),
    ] = 0.0


@FEES.add_to("procedure")
class Least:
    """The parameter that sets the smallest fee."""

    application_fee_least: Annotated[
        float,
        Q(
            unit="yuan, smallest fee for an application, if a fee is charged",
            low=0.0,
            high=2_000.0,
            source="fee scale of 2007: 50 yuan for claims of up to 10,000",
            bites={"sanctions.application_fee": 0.01},
        ),
    ] = 50.0


@FEES.add_to("claims")
class Advanced:
    """The part of an advanced fee that the debtor has not paid back yet, yuan."""

    fee_advanced: float


fee_of = FEES.view(Fee)
least_of = FEES.view(Least)
advanced_of = FEES.view(Advanced)

ADVANCED = FEES.flow(
    "application_fee", Account.CREDITORS, Account.STATE, "application fees advanced"
)
PAID = FEES.count("application_fees")
BACK = FEES.count("application_fees_back")


@rule
def fee(due: float, levers: "Levers", procedure: "Procedure") -> float:
    """Fee for an application, yuan: max(least, share·due); 0 if the share is 0 (ODD eq. 144)."""
    share = fee_of(levers.sanctions).application_fee
    if share <= 0.0:
        return 0.0
    return max(least_of(procedure).application_fee_least, share * due)


@FEES.at(willing_to_apply)
def outweighs_fee(willing: bool, claim: "Claim", creditor: "Creditor", setting: "Setting") -> bool:
    """Whether a willing creditor applies in spite of the fee (ODD eq. 144).

    It does if its expected proceeds exceed the cost of applying and the fee.
    """
    parameters = setting.parameters
    procedure = parameters.procedure
    charged = fee(claim.due, setting.treatments[claim.treatment], procedure)
    if charged <= 0.0 or not willing:
        return willing
    backed = backed_share(0.0, claim, parameters.protection)
    traits = setting.traits.lenders[creditor.kind]
    hoped = stands_to_get(creditor, claim.due, backed, traits)
    return hoped > procedure.apply_cost + charged


@FEES.at(applied)
def advance(
    claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now", journal: "Journal"
) -> None:
    """The creditor pays the fee, and the debtor owes it on top of the claim."""
    charged = fee(claim.due, levers, procedure)
    if charged <= 0.0:
        return
    claim.spent += charged
    claim.due += charged
    advanced_of(claim).fee_advanced += charged
    book(journal, ADVANCED, charged)
    book(journal, Flow.CLAIM_COSTS, charged)
    count(journal, claim, PAID, charged)


@FEES.at(creditor_paid)
def give_back(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Count payments by the debtor as repayment of the fee first; no money is moved."""
    mine = advanced_of(claim)
    if mine.fee_advanced <= 0.0:
        return
    back = min(mine.fee_advanced, amount)
    mine.fee_advanced -= back
    count(journal, claim, BACK, back)


FEES.indicator(a_year("application_fees", "Application fees advanced", "执行申请费预交额", PAID))
FEES.indicator(
    Ratio(
        name="application_fees_back",
        title="Application fees that debtors pay back",
        zh="执行申请费追回率",
        unit="yuan per yuan advanced",
        bounds=NOT_NEGATIVE,
        better="more",
        counted=(Count.ENTERED,),
        numerator=(BACK,),
        denominator=(PAID,),
        window=12,
    )
)

FEES.payment("application_fees", "application fees", "执行申请费预交", ADVANCED)

FEES.equation(
    144,
    "application fee",
    r"""
(`fee`, `outweighs_fee`, `advance`). If $\varphi$ (`sanctions.application_fee`) is above 0, a
creditor who applies for enforcement of a debt $D$ advances $\max(\text{least},\varphi D)$, where
the smallest fee is `application_fee_least`, and applies only if the expected proceeds (eq. 22 and
103) exceed the cost of applying and the fee. The debtor owes the fee on top of the claim, and its
payments are counted as repayment of the fee first. No second fee is paid when a terminated case is
revived. At $\varphi=0$ no fee is paid, whatever the smallest fee.
""",
)

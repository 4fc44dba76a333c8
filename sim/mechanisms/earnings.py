"""Attachment of earnings (扣划工资收入): each month the creditor gets a part of the pay.

Most debtors own little that officers could take, but have a job. An order takes a share of the pay
above a protected minimum until the debt is paid or the job is lost or changed; then the creditor
has to find the new employer. Firms and the self-employed have no pay to attach.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.rules import kernel, rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim, enforceable
    from sim.agents.debtor.debtor import Debtor, take_money
    from sim.books.accounts import Flow
    from sim.engine.draw import Now, happens
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import Journal, at_row, book, count
    from sim.month.shared.payment import credit, settle
    from sim.month.shared.state import Owned, Setting, State, owned_by, setting_of
    from sim.month.simulation import Simulation
    from sim.parameters import Procedure
    from sim.terms import Kind, Stage

# ---------------------------------------------------------------- declarations

EARNINGS = Mechanism(
    title="Attachment of earnings",
    zh="扣划工资收入",
    summary="An order takes a share of the debtor's pay above a protected minimum each month, "
    "until the debt is paid or the job ends.",
)


@EARNINGS.add_to("sanctions")
class Deducted:
    """The lever that sets how much of the pay is taken."""

    earnings: Annotated[
        float,
        Lever(
            title="Attachment of earnings",
            zh="扣划工资收入",
            unit="share of net pay above the protected minimum, under an attachment of earnings",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R+ H+",
            source="orders usually take a half to two thirds of the excess; off unless given",
        ),
    ] = 0.0


ATTACHED = {"sanctions.earnings": 0.6}
"""Settings, by path, of a world in which the parameters below matter."""


@EARNINGS.add_to("procedure")
class Orders:
    """Who has pay, how fast orders are made and end, and what they leave."""

    earnings_employed: Annotated[
        float,
        Q(
            unit="share of persons who are employed",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ATTACHED,
        ),
    ] = 0.6
    earnings_order: Annotated[
        float,
        Q(
            unit="1/month, rate of orders for an unpaid judgment against an employed debtor",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=ATTACHED,
        ),
    ] = 0.02
    earnings_protected: Annotated[
        float,
        Q(
            unit="protected pay, as a multiple of the debtor's need",
            low=0.0,
            high=5.0,
            source="assumed: the minimum on which the debtor lives",
            bites=ATTACHED,
        ),
    ] = 1.0
    earnings_end: Annotated[
        float,
        Q(
            unit="1/month, rate at which a job under an order is lost or changed",
            low=0.0,
            high=1.0,
            source="assumed: a job lasts about three years",
            bites=ATTACHED,
        ),
    ] = 0.03


@EARNINGS.add_to("claims")
class Order:
    """Whether an order attaches the debtor's earnings for the claim."""

    earnings_attached: bool


deducted_of = EARNINGS.view(Deducted)
orders_of = EARNINGS.view(Orders)
order_of = EARNINGS.view(Order)

EMPLOYED = EARNINGS.decision("employed", 151)
MADE = EARNINGS.decision("earnings_order", 152)
JOB_ENDS = EARNINGS.decision("earnings_end", 153)

PAID = EARNINGS.flow(
    "earnings", Account.DEBTORS, Account.CREDITORS, "earnings attached and paid to creditors"
)
ORDERS = EARNINGS.count("earnings_orders")
ENDED = EARNINGS.count("earnings_ended")
PAID_YUAN = EARNINGS.count("earnings_paid")

# ---------------------------------------------------------------- rules


@rule
def deduction(income: float, need: float, levers: "Levers", procedure: "Procedure") -> float:
    """What an order takes of a month's pay, yuan: θ·(income − protected·need)+ (ODD eq. 174)."""
    protected = orders_of(procedure).earnings_protected * need
    return deducted_of(levers.sanctions).earnings * max(0.0, income - protected)


@rule
def has_pay(debtor: "Debtor", procedure: "Procedure", now: "Now") -> bool:
    """Whether the debtor is an employed person: drawn once per debtor."""
    share = orders_of(procedure).earnings_employed
    return debtor.kind == Kind.PERSON and happens(Now(now.seed, 0), EMPLOYED, debtor.id, share)


@rule
def take_pay(
    debtor: "Debtor", claim: "Claim", at: int, setting: "Setting", journal: "Journal"
) -> None:
    """Pay a claim out of the month's pay, unless the job ends first."""
    procedure, now = setting.parameters.procedure, setting.now
    if happens(now, JOB_ENDS, claim.id, orders_of(procedure).earnings_end):
        order_of(claim).earnings_attached = False
        count(journal, claim, ENDED, 1.0)
        return
    levers = setting.treatments[claim.treatment]
    wanted = min(claim.due, deduction(debtor.income, debtor.need, levers, procedure))
    paid = take_money(debtor, wanted)
    if paid <= 0.0:
        return
    credit(claim, paid, now, journal)
    book(journal, PAID, paid)
    count(journal, claim, PAID_YUAN, paid)
    if claim.due <= 0.005:
        book(journal, Flow.CLAIM_OFF, claim.due)
        claim.due = 0.0
        order_of(claim).earnings_attached = False
        settle(debtor, claim, at, False, procedure, now, journal)


@rule
def attach_pay(debtor: "Debtor", owned: "Owned", setting: "Setting", journal: "Journal") -> None:
    """Take the pay of one month for one claim: the one with an order, or the oldest that gets one.

    One order is served at a time. Claims in a plan are left out.
    """
    procedure, now = setting.parameters.procedure, setting.now
    for j in range(owned.first, owned.last):
        at = owned.order[j]
        stage = owned.stages[at]
        claim = owned.claims[at]
        if not enforceable(stage) or stage == Stage.PLAN:
            continue
        if order_of(claim).earnings_attached:
            take_pay(debtor, claim, at, setting, journal)
            return
        rate = orders_of(procedure).earnings_order
        if deducted_of(setting.treatments[claim.treatment].sanctions).earnings > 0.0 and happens(
            now, MADE, claim.id, rate
        ):
            order_of(claim).earnings_attached = True
            count(journal, claim, ORDERS, 1.0)
            return


@kernel
def attach(state: "State", first: int, last: int) -> None:
    """Attach the earnings of employed debtors."""
    setting = setting_of(state)
    procedure = setting.parameters.procedure
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        if has_pay(debtor, procedure, state.now):
            attach_pay(debtor, owned_by(state, k), setting, journal)


@EARNINGS.phase(after="distribute")
def attach_earnings(simulation: "Simulation") -> None:
    """Employers pay a part of attached earnings to creditors."""
    if (simulation.levers["sanctions"]["earnings"] > 0.0).any():
        simulation.run_kernel(attach, len(simulation.owned.owners))


# ---------------------------------------------------------------- what is reported

EARNINGS.indicator(a_year("earnings_paid", "Earnings attached", "扣划工资收入金额", PAID_YUAN))
EARNINGS.indicator(
    Ratio(
        name="earnings_orders",
        title="Attachments of earnings per judgment",
        zh="扣划工资收入裁定比",
        unit="orders per judgment",
        bounds=NOT_NEGATIVE,
        counted=(ORDERS,),
        numerator=(ORDERS,),
        denominator=(Count.JUDGED,),
        window=12,
    )
)

EARNINGS.payment("earnings", "earnings attached", "扣划工资收入", PAID)

EARNINGS.equation(
    174,
    "attachment of earnings",
    r"""
(`attach_pay`, `deduction`). For a judgment that is unpaid and in no plan, an order is made with
chance `procedure.earnings_order` a month if the debtor is an employed person, which a share
`earnings_employed` of persons are. From the next month on it takes

```math
\min\big(D,\ \theta\,(y-p\,n)^{+}\big),
```

as far as the money above the exempt minimum goes, with $\theta=$ `sanctions.earnings`, $y$ income,
$n$ need, $p$ `earnings_protected` and $D$ the debt, and pays it to the creditor. It ends when the
debt is paid or, with chance `earnings_end` a month, when the job is lost or changed; the creditor
can then get a new one. A debtor has one such order at a time, for its oldest claim that gets one.
It needs no officer. Debtors do not foresee it: the surplus of three months in eq. 1 is the part of
their future pay that enters their ledger.
""",
)

"""Fees by stage (分阶段执行收费): enforcement agents charge the debtor a fixed sum at each stage.

A fee falls due for the notice, for the first visit and for attending a sale, each a fixed sum and,
for the last two, a percentage above a threshold. It is added to what the debtor owes and is paid
out of the first money that comes in; if nothing comes in, the agent goes without. Small debtors
bear the largest share, and whoever pays at the first letter saves the rest.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.engine.record import Byte
from sim.engine.record import Quantity as Q
from sim.indicator import NOT_NEGATIVE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import applied, creditor_paid, fees_to_come
from sim.mechanisms.base.rules import kernel, rule
from sim.mechanisms.private_agents import AGENT

if TYPE_CHECKING:
    from sim.agents.claim import Claim, in_docket
    from sim.books.accounts import Flow
    from sim.engine.draw import Now, happens
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import Journal, at_row, book, count
    from sim.month.shared.state import Setting, State
    from sim.month.simulation import Simulation
    from sim.parameters import Procedure
    from sim.terms import Stage

# ---------------------------------------------------------------- declarations

FEES = Mechanism(
    title="Fees by stage",
    zh="分阶段执行收费",
    summary="Enforcement agents charge the debtor fixed fees for the notice, the visit and the "
    "sale, paid out of the first money that comes in.",
)


@FEES.add_to("sanctions")
class Share:
    """The lever that sets in how many cases fees are charged by stage."""

    stage_fees: Annotated[
        float,
        Lever(
            title="Fees by stage",
            zh="分阶段执行收费",
            unit="share of cases in which the debtor is charged fixed fees by stage",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="C+ H+",
            source="fees for taking control of goods, England and Wales since 2014; share assumed",
        ),
    ] = 0.0


CHARGED = {"sanctions.stage_fees": 1.0, "comprehensive.officers": 0.6}
"""Settings, by path, of a world in which the parameters below matter."""


@FEES.add_to("procedure")
class Scale:
    """The scale of fees."""

    fee_notice: Annotated[
        float,
        Q(
            unit="yuan, fee for the notice to the debtor",
            low=0.0,
            high=100_000.0,
            source="assumed: as in England and Wales, in the same money",
            bites=CHARGED,
        ),
    ] = 75.0
    fee_visit: Annotated[
        float,
        Q(
            unit="yuan, fee for the first visit",
            low=0.0,
            high=100_000.0,
            source="assumed: as in England and Wales, in the same money",
            bites=CHARGED,
        ),
    ] = 235.0
    fee_sale: Annotated[
        float,
        Q(
            unit="yuan, fee for attending a sale",
            low=0.0,
            high=100_000.0,
            source="assumed: as in England and Wales, in the same money",
            bites=CHARGED,
        ),
    ] = 110.0
    fee_above: Annotated[
        float,
        Q(
            unit="share of the debt above the threshold, charged for the visit and for the sale",
            low=0.0,
            high=1.0,
            source="as in England and Wales",
            bites=CHARGED | {"procedure.fee_threshold": 1_000.0},
        ),
    ] = 0.075
    fee_threshold: Annotated[
        float,
        Q(
            unit="yuan, debt above which a percentage is charged",
            low=0.0,
            high=1_000_000.0,
            source="assumed: as in England and Wales, in the same money",
            bites=CHARGED,
        ),
    ] = 1_500.0


@FEES.add_to("claims")
class Charges:
    """Fees that the agent has charged and not received yet, yuan, and a bit for each stage."""

    fees_owed: float
    fees_charged: Byte


share_of = FEES.view(Share)
scale_of = FEES.view(Scale)
charges_of = FEES.view(Charges)

NOTICE, VISIT, SALE = 1, 2, 4
"""Bits of `fees_charged`."""

PAID = FEES.flow(
    "stage_fees", Account.CREDITORS, Account.PROFESSIONALS, "fees by stage, out of payments"
)
CHARGES = FEES.count("stage_fees_charged")
RECEIVED = FEES.count("stage_fees_received")

# ---------------------------------------------------------------- rules


@rule
def fee_of(stage: int, due: float, procedure: "Procedure") -> float:
    """Fee of a stage for a debt, yuan: fixed + share·(due − threshold)+ (ODD eq. 173).

    The notice has no percentage.
    """
    scale = scale_of(procedure)
    if stage == NOTICE:
        return scale.fee_notice
    above = scale.fee_above * max(0.0, due - scale.fee_threshold)
    return above + (scale.fee_visit if stage == VISIT else scale.fee_sale)


@rule
def charged(claim: "Claim", levers: "Levers", now: "Now") -> bool:
    """Whether fees are charged in the case: drawn once per claim.

    The draw is that of private agents, so their cases are among these first.
    """
    return happens(Now(now.seed, 0), AGENT, claim.id, share_of(levers.sanctions).stage_fees)


@rule
def charge(claim: "Claim", stage: int, procedure: "Procedure", journal: "Journal") -> None:
    """Add the fee of a stage to the debt, once."""
    mine = charges_of(claim)
    if mine.fees_charged & stage:
        return
    fee = fee_of(stage, claim.due, procedure)
    mine.fees_charged |= stage
    mine.fees_owed += fee
    claim.due += fee
    book(journal, Flow.CLAIM_COSTS, fee)
    count(journal, claim, CHARGES, fee)


@FEES.at(applied)
def give_notice(
    claim: "Claim", levers: "Levers", procedure: "Procedure", now: "Now", journal: "Journal"
) -> None:
    """Charge for the notice when the creditor applies for enforcement."""
    if charged(claim, levers, now):
        charge(claim, NOTICE, procedure, journal)


@FEES.at(creditor_paid)
def pass_on(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Pay the agent's fees out of the first money that reaches the creditor."""
    mine = charges_of(claim)
    if mine.fees_owed <= 0.0:
        return
    paid = min(mine.fees_owed, amount)
    mine.fees_owed -= paid
    claim.spent += paid
    book(journal, PAID, paid)
    count(journal, claim, RECEIVED, paid)


@FEES.at(fees_to_come)
def notice_and_visit(fees: float, claim: "Claim", setting: "Setting") -> float:
    """Add the fees of a claim that are still to come in an enforcement, yuan (ODD eq. 173).

    Before a case is opened the debtor knows the share of cases in which fees are charged, then
    whether they are charged in its own. It does not expect that the case goes as far as a sale.
    """
    levers, procedure = setting.treatments[claim.treatment], setting.parameters.procedure
    share = share_of(levers.sanctions).stage_fees
    mine = charges_of(claim)
    if share <= 0.0 or mine.fees_charged & VISIT:
        return fees
    visit = fee_of(VISIT, claim.due, procedure)
    if mine.fees_charged & NOTICE:
        return fees + visit
    if in_docket(claim.stage):
        return fees
    return fees + share * (fee_of(NOTICE, claim.due, procedure) + visit)


@kernel
def charge_steps(state: "State", first: int, last: int) -> None:
    """Charge for the first visit in a case, and for attending a sale."""
    procedure = state.parameters[0].procedure
    journal = at_row(state.journal, first)
    for row in range(first, last):
        if not in_docket(state.journal.stages[row]):
            continue
        claim = state.claims[row]
        if claim.worked and charges_of(claim).fees_charged & NOTICE:
            charge(claim, VISIT, procedure, journal)
            if claim.stage == Stage.SEIZED:
                charge(claim, SALE, procedure, journal)


@FEES.phase(after="queueing")
def charge_fees(simulation: "Simulation") -> None:
    """Agents who work on a case charge for the visit or the sale."""
    if (simulation.levers["sanctions"]["stage_fees"] > 0.0).any():
        simulation.run_kernel(charge_steps, len(simulation.claims))


# ---------------------------------------------------------------- what is reported

FEES.indicator(a_year("stage_fees", "Fees by stage received", "分阶段执行收费实收额", RECEIVED))
FEES.indicator(
    Ratio(
        name="stage_fees_received",
        title="Fees by stage that debtors pay",
        zh="分阶段执行收费实收率",
        unit="yuan per yuan charged",
        bounds=NOT_NEGATIVE,
        better="more",
        numerator=(RECEIVED,),
        denominator=(CHARGES,),
        window=12,
    )
)

FEES.payment("stage_fees", "fees by stage", "分阶段执行收费", PAID)

FEES.equation(
    173,
    "fees by stage",
    r"""
(`charge`, `fee_of`, `pass_on`, `notice_and_visit`). In the share $s=$ `sanctions.stage_fees` of
cases, drawn with the number that eq. 60 draws for private agents, the debtor is charged

```math
F_{\text{notice}}=f_n,\qquad F_{\text{visit}}=f_v+\beta\,(D-\theta)^{+},\qquad
F_{\text{sale}}=f_s+\beta\,(D-\theta)^{+}
```

when the creditor applies, when officers first work on the case, and when they work on it while
goods are attached, each once. $D$ is the debt then, $f$ are `procedure.fee_notice`, `fee_visit` and
`fee_sale`, $\beta$ `fee_above`, $\theta$ `fee_threshold`. The fee is added to the debt. The
creditor passes the first money that it receives on to the agent until the fees are paid; fees that
no payment reaches are lost to the agent. So sums received in counts contain them. In the ledger, a
recovery by force costs the debtor in addition to the losses of eq. 5 the share $F/D$ of what is
payable, with $F$ the notice and the visit times $s$ before a case is opened, the visit once the
notice was charged, and 0 after that.
""",
)

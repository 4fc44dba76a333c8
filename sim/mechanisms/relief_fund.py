"""Relief fund (司法救助基金): each district's fund pays creditors in need; the debt remains.

The fund receives public money every month and, if levers set them, shares of fines, enforcement
fees and insurers' premiums. Private creditors who have waited long are paid up to a maximum
per claim, creditors of livelihood claims first. A share of this relief returns to the fund out of
later payments by debtors.
"""

from typing import TYPE_CHECKING, Annotated

import numpy as np

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.engine.record import Short, record
from sim.indicator import NOT_NEGATIVE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import applying_pace, creditor_paid
from sim.mechanisms.base.rules import kernel, rule
from sim.terms import Lender, Stage

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor
    from sim.levers.catalogue import Levers
    from sim.month.shared.journal import (
        DISTRICTS,
        DOMAINS,
        OVERALL,
        Journal,
        at_row,
        book,
        count,
        count_in,
        counted,
    )
    from sim.month.shared.state import State, owned_by
    from sim.month.simulation import Simulation
    from sim.parameters import Protection

# ---------------------------------------------------------------- declarations

FUND = Mechanism(
    title="Relief fund",
    zh="司法救助基金",
    summary="Each district has a fund of public money that pays private creditors who have waited "
    "long, creditors of livelihood claims first.",
)


@record
class Fund:
    """The relief fund of one district.

    Args:
        balance: Money of the fund, yuan.
        livelihood: For livelihood claims, the share of each sum requested that the fund can pay.
        other: The same share for other claims.
    """

    id: int
    district: Short
    balance: float
    livelihood: float
    other: float


@FUND.add_to("comprehensive")
class Money:
    """The levers: public money for the fund, and shares of fines, fees and premiums."""

    relief_fund: Annotated[
        float,
        Lever(
            title="Relief fund for creditors in need",
            zh="司法救助基金",
            unit="yuan per 1,000 debtors and month",
            low=0.0,
            high=1_000_000.0,
            off=0.0,
            reads="court",
            expected="C± H-",
            passage="2.2",
            paid_in_run="money given to the fund",
            source="size assumed; awards as in B23",
        ),
    ] = 0.0
    relief_fines: Annotated[
        float,
        Lever(
            title="Fines for the relief fund",
            zh="罚款划入救助基金",
            unit="share of fines that the state passes on to the fund of the district",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="C± H-",
            passage="2.2",
            paid_in_run="money passed on to the fund",
            bites={"sanctions.fine_rate": 0.1},
            source="several sources of the fund; value assumed",
        ),
    ] = 0.0
    relief_fees: Annotated[
        float,
        Lever(
            title="Enforcement fees for the relief fund",
            zh="执行费划入救助基金",
            unit="share of enforcement fees that the state passes on to the fund of the district",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="court",
            expected="C± H-",
            passage="2.2",
            paid_in_run="money passed on to the fund",
            bites={"comprehensive.officers": 0.6},
            source="several sources of the fund; value assumed",
        ),
    ] = 0.0
    relief_premiums: Annotated[
        float,
        Lever(
            title="Insurers' premiums for the relief fund",
            zh="保险费提取救助基金",
            unit="share of premiums of liability cover that insurers pay to the fund",
            low=0.0,
            high=0.2,
            off=0.0,
            reads="court",
            expected="C± H-",
            passage="2.2",
            source="relief funds for road accidents are financed in this way; value assumed",
        ),
    ] = 0.0


FUNDED = {"comprehensive.relief_fund": 200000.0}
"""Settings, by path, of a world in which the parameters below matter."""


@FUND.add_to("protection")
class Terms:
    """Largest sum of relief, wait before it, share repaid, and its effect on applications."""

    relief_award: Annotated[
        float,
        Q(
            unit="yuan, largest relief per claim",
            low=0.0,
            high=1_000_000.0,
            source="B23: about 24,000 yuan per person",
            bites=FUNDED,
        ),
    ] = 24_000.0
    relief_wait: Annotated[
        float,
        Q(
            unit="months in the docket, or unpaid before it, after which relief can be requested",
            low=0.0,
            high=240.0,
            source="assumed",
            bites=FUNDED,
        ),
    ] = 12.0
    subrogation: Annotated[
        float,
        Q(
            unit="share of relief returned to the fund from later payments",
            low=0.0,
            high=1.0,
            source="assumed: rarely claimed back",
            bites=FUNDED,
        ),
    ] = 0.1
    relief_slack: Annotated[
        float,
        Q(
            unit="share by which applying slows if relief is expected to cover the whole debt",
            low=0.0,
            high=1.0,
            source="assumed; 0 turns this effect off",
            bites=FUNDED,
        ),
    ] = 0.5


@FUND.add_to("claims")
class Relieved:
    """Relief received, and the part of it still to be returned from later payments, yuan."""

    relieved: float
    relief: float


money_of = FUND.view(Money)
terms_of = FUND.view(Terms)
relief_of = FUND.view(Relieved)

FUNDING = FUND.flow("funding", Account.STATE, Account.FUND, "public money for the relief fund")
EARMARKED = FUND.flow(
    "relief_earmarked", Account.STATE, Account.FUND, "fines and fees passed on to the relief fund"
)
LEVY = FUND.flow(
    "relief_levy", Account.INSURERS, Account.FUND, "share of premiums for the relief fund"
)
RELIEF = FUND.flow("relief", Account.FUND, Account.CREDITORS, "relief to creditors in need")
BACK = FUND.flow(
    "relief_back", Account.CREDITORS, Account.FUND, "relief returned from later payments"
)

LIVELIHOOD_YUAN = FUND.count("relief_livelihood")
OTHER_YUAN = FUND.count("relief_other")
CLAIMS = FUND.count("relief_claims")
PAID_YUAN = FUND.count("relief_paid")
BACK_YUAN = FUND.count("relief_back")
EARMARKED_YUAN = FUND.count("relief_earmarked")
LEVY_YUAN = FUND.count("relief_levy")

# ---------------------------------------------------------------- rules


@rule
def wait_is_long(stage: int, docket: int, months: int, protection: "Protection") -> bool:
    """Whether a claim was terminated unpaid, or has waited long in the queue or before it.

    Args:
        stage: Stage of the claim.
        docket: Months in the docket (as an open case of the court).
        months: Months at this stage.
        protection: Months that qualify for relief (`relief_wait`).
    """
    if stage == Stage.TERMINATED:
        return True
    if stage == Stage.QUEUED:
        return docket >= terms_of(protection).relief_wait
    return stage == Stage.UNPAID and months >= terms_of(protection).relief_wait


@rule
def award(claim: "Claim", protection: "Protection") -> float:
    """Relief requested, yuan: the debt, up to what is left of the cap on relief (ODD eq. 49)."""
    had = relief_of(claim).relieved
    return max(0.0, min(claim.due, terms_of(protection).relief_award - had))


@rule
def effort(share: float, award: float, due: float, protection: "Protection") -> float:
    """Factor on the rate of applying for enforcement, if a creditor expects relief (ODD eq. 49).

    1 − slack·(expected relief)/(debt): with relief, a creditor loses less by not applying.

    Args:
        share: Share of each request that the fund can pay.
        award: Relief that the creditor can request, yuan.
        due: Debt, yuan.
        protection: Slack (`relief_slack`).
    """
    if due <= 0.0:
        return 1.0
    return 1.0 - terms_of(protection).relief_slack * share * min(award, due) / due


@rule
def may_wait(stage: int) -> bool:
    """Whether a claim at this stage can qualify for relief."""
    return stage == Stage.TERMINATED or stage == Stage.QUEUED or stage == Stage.UNPAID


@rule
def asks(claim: "Claim", creditor: "Creditor", protection: "Protection") -> bool:
    """Whether the claim's creditor requests relief: if it is private and has waited long."""
    if creditor.kind != Lender.PRIVATE:
        return False
    return wait_is_long(claim.stage, claim.docket, claim.months, protection)


@FUND.at(applying_pace)
def slackened(
    pace: float, claim: "Claim", creditor: "Creditor", fund: "Fund", protection: "Protection"
) -> float:
    """Lower the rate at which a private creditor who expects relief applies (ODD eq. 49)."""
    if creditor.kind != Lender.PRIVATE:
        return pace
    share = fund.livelihood if claim.livelihood else fund.other
    return pace * effort(share, award(claim, protection), claim.due, protection)


@FUND.at(creditor_paid)
def return_relief(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Return the repayable part of relief to the fund, before the creditor keeps any payment."""
    mine = relief_of(claim)
    if mine.relief <= 0.0:
        return
    back = min(mine.relief, amount)
    mine.relief -= back
    claim.spent += back
    book(journal, BACK, back)
    count(journal, claim, BACK_YUAN, back)


# ---------------------------------------------------------------- the phase


@rule
def earmarked(levers: "Levers", district: int, journal: "Journal") -> float:
    """Part of a district's fines and fees this month that goes to its fund, yuan (ODD eq. 160)."""
    shares = money_of(levers.comprehensive)
    money = 0.0
    if shares.relief_fines > 0.0:
        money += shares.relief_fines * counted(journal, DISTRICTS + district, Count.FINED_YUAN)
    if shares.relief_fees > 0.0:
        money += shares.relief_fees * counted(journal, DISTRICTS + district, Count.FEES_YUAN)
    return money


@rule
def levied(levers: "Levers", district: int, journal: "Journal") -> float:
    """Part of a district's premiums this month that insurers pay its fund, yuan (ODD eq. 160)."""
    share = money_of(levers.comprehensive).relief_premiums
    if share <= 0.0:
        return 0.0
    return share * counted(journal, DISTRICTS + district, Count.PREMIUM_YUAN)


@rule
def receive(fund: "Fund", flow: int, what: int, money: float, journal: "Journal") -> None:
    """Pay money from a source other than the budget into a district's fund; book and count it."""
    fund.balance += money
    book(journal, flow, money)
    for cell in (OVERALL, DISTRICTS + fund.district):
        count_in(journal, cell, what, money)


@kernel
def endow(state: "State", first: int, last: int) -> None:
    """Pay public money, and shares from other sources, into each fund (ODD eq. 49, 160)."""
    journal = at_row(state.journal, first)
    for row in range(first, last):
        fund = state.funds[row]
        levers = state.levers[state.courts[row].treatment]
        rate = money_of(levers.comprehensive).relief_fund
        money = rate * len(state.debtors) / (1000.0 * len(state.courts))
        fund.balance += money
        book(journal, FUNDING, money)
        receive(fund, EARMARKED, EARMARKED_YUAN, earmarked(levers, row, journal), journal)
        receive(fund, LEVY, LEVY_YUAN, levied(levers, row, journal), journal)


@kernel
def ask(state: "State", first: int, last: int) -> None:
    """Add up the relief requested, separately for livelihood claims and for other claims."""
    protection = state.parameters[0].protection
    journal = at_row(state.journal, first)
    for k in range(first, last):
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if not may_wait(owned.stages[at]):
                continue
            claim = state.claims[at]
            if not asks(claim, state.creditors[claim.creditor], protection):
                continue
            what = LIVELIHOOD_YUAN if claim.livelihood else OTHER_YUAN
            count(journal, claim, what, award(claim, protection))


@kernel
def grant(state: "State", first: int, last: int) -> None:
    """Pay the share of each request that the fund can pay; the debt is unchanged (ODD eq. 49)."""
    protection = state.parameters[0].protection
    journal = at_row(state.journal, first)
    for k in range(first, last):
        owned = owned_by(state, k)
        for j in range(owned.first, owned.last):
            at = owned.order[j]
            if not may_wait(owned.stages[at]):
                continue
            claim = state.claims[at]
            if not asks(claim, state.creditors[claim.creditor], protection):
                continue
            mine = relief_of(claim)
            fund = state.funds[claim.district]
            share = fund.livelihood if claim.livelihood else fund.other
            amount = share * award(claim, protection)
            if amount <= 0.0:
                continue
            if mine.relieved <= 0.0:
                count(journal, claim, CLAIMS, 1.0)
            mine.relieved += amount
            mine.relief += terms_of(protection).subrogation * amount
            claim.received += amount
            book(journal, RELIEF, amount)
            count(journal, claim, PAID_YUAN, amount)


SOURCES = ("relief_fund", "relief_fines", "relief_fees", "relief_premiums")
"""Levers that bring money into the funds."""


@FUND.phase(after="leaving")
def relieve(simulation: "Simulation") -> None:
    """The relief fund pays creditors in need, those of livelihood claims first."""
    funds = simulation.funds.rows
    sources = [simulation.levers["comprehensive"][name] for name in SOURCES]
    funds["livelihood"] = funds["other"] = 0.0
    if not any((rates > 0.0).any() for rates in sources) and not (funds["balance"] > 0.0).any():
        return
    simulation.run_kernel(endow, len(simulation.funds))
    simulation.run_kernel(ask, len(simulation.owned.owners))
    ration(funds, simulation.totals().counts)
    simulation.run_kernel(grant, len(simulation.owned.owners))


COIN = 0.01
"""The smallest sum that a fund pays, yuan."""


def ration(funds: np.ndarray, sums: np.ndarray) -> None:
    """Set the share of each request that a fund can pay: livelihood claims first, then others.

    Args:
        funds: Rows of the funds.
        sums: The month's counts by cell (group of claims); shape (cells, counts).
    """
    livelihood = sums[DISTRICTS:, LIVELIHOOD_YUAN]
    other = sums[DISTRICTS:, OTHER_YUAN]
    # What sums leave behind after the last coin is no money: claims would count as relieved by it.
    money = np.where(funds["balance"] >= COIN, funds["balance"], 0.0)
    funds["livelihood"] = np.minimum(1.0, money / np.maximum(livelihood, 1.0))
    left = money - funds["livelihood"] * livelihood
    left = np.where(left >= COIN, left, 0.0)
    funds["other"] = np.minimum(1.0, left / np.maximum(other, 1.0))


@FUND.month_end
def settle_accounts(simulation: "Simulation", sums: np.ndarray) -> None:
    """Update funds' balances with payments and repayments, and insurers' reserves with the levy.

    Each insurer contributes in proportion to its premiums of the month.
    """
    districts = sums[DISTRICTS:]
    simulation.funds.rows["balance"] += districts[:, BACK_YUAN] - districts[:, PAID_YUAN]
    given = sums[OVERALL, LEVY_YUAN]
    if given > 0.0:
        insurers = simulation.insurers.rows[:-1]
        premiums = sums[DOMAINS + insurers["domain"], Count.PREMIUM_YUAN]
        insurers["reserve"] -= given * premiums / premiums.sum()


# ---------------------------------------------------------------- what is reported

FUND.indicator(
    Ratio(
        name="relief",
        title="Relief per claim that receives any",
        zh="司法救助金额",
        unit="yuan per claim that receives relief for the first time",
        bounds=NOT_NEGATIVE,
        numerator=(PAID_YUAN,),
        denominator=(CLAIMS,),
        window=12,
    )
)
FUND.indicator(a_year("relief_paid", "Relief paid to creditors", "司法救助发放额", PAID_YUAN))
FUND.indicator(a_year("relief_back", "Relief returned to the funds", "司法救助追回额", BACK_YUAN))

FUND.indicator(
    a_year(
        "relief_sources",
        "Relief money from fines, fees and premiums",
        "救助基金罚款、执行费与保险费来源",
        EARMARKED_YUAN,
        LEVY_YUAN,
        by=("all", "district"),
    )
)

FUND.payment("relief_money", "money for relief funds", "司法救助基金拨款", FUNDING, EARMARKED)
FUND.payment("relief_levy", "premiums for relief funds", "保险费提取救助基金", LEVY)
FUND.payment("relief", "relief from the fund", "司法救助金", RELIEF)
FUND.payment("relief_back", "relief returned", "返还司法救助金", BACK)

FUND.equation(
    49,
    "relief",
    r"""
(`endow`, `ask`, `grant`, `effort`). Each district's fund receives
`comprehensive.relief_fund`·debtors/1000 per month from the state. A private creditor whose claim is
terminated, or has waited `relief_wait` months in the queue or unpaid before it, requests
$`\min(\text{due},\,\text{award}-\text{relief received})`$. Livelihood claims are paid first; within
each class, every request is paid the same share $q$. The debt does not change; a share
`subrogation` of relief returns to the fund, through the creditor, from the debtor's later payments.
A creditor who expects relief has less to lose, so its chance to apply for enforcement is multiplied
by $1-\text{slack}\cdot q\cdot\text{award}/\text{due}$ with last month's $q$; with
`relief_slack` 0 this effect is off.
""",
)

FUND.equation(
    160,
    "sources of the relief fund",
    r"""
(`endow`, `earmarked`, `levied`). In addition to the budget of eq. 49, each month a district's fund
receives

```math
s_{\text{fines}}\cdot\text{fines}+s_{\text{fees}}\cdot\text{enforcement fees}
+s_{\text{premiums}}\cdot\text{premiums}
```

where the sums are those of the district and the shares are `comprehensive.relief_fines`,
`comprehensive.relief_fees` and `comprehensive.relief_premiums` of its court. Fines and fees are
first paid to the state, which passes the share on, so this is a transfer of public money like the
budget.
Insurers pay their share out of their loading, each in proportion to its premiums of the month;
premiums do not rise because of it. If these sources dry up, the fund pays less in the next month;
courts do not fine more to fill it.
""",
)

"""Legal-cost insurance (纠纷保险): creditors buy cover for new claims.

Cover pays the costs of the suit and, once, a share of a judgment that remains unpaid. Later
payments by the debtor first repay the insurer. The insurer is the last row of the table `insurers`.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.engine.record import Quantity as Q
from sim.indicator import UNBOUNDED, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import (
    backed_share,
    claim_due,
    claim_unpaid,
    creditor_paid,
    own_costs,
    suit_filed,
)
from sim.mechanisms.base.rules import rule
from sim.terms import Stage

if TYPE_CHECKING:
    import numpy as np

    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor, hopes_for, suit_costs
    from sim.agents.institutions.insurer import YEAR, Insurer
    from sim.engine.draw import happens
    from sim.engine.record import Records
    from sim.month.shared.journal import OVERALL, Journal, book, count
    from sim.month.shared.state import Setting
    from sim.month.simulation import Simulation
    from sim.parameters import LenderTraits, Procedure, Protection

# ---------------------------------------------------------------- declarations

COVER = Mechanism(
    title="Legal-cost insurance",
    zh="纠纷保险",
    summary="Creditors of new claims are offered cover for the costs of a suit and for a judgment "
    "that remains unpaid; a single insurer bases its premium on its past payouts.",
)


@COVER.add_to("at_source")
class Offer:
    """The lever that sets the share of creditors who are offered cover."""

    dispute_insurance: Annotated[
        float,
        Lever(
            title="Dispute insurance of creditors",
            zh="纠纷保险",
            unit="share of creditors offered cover",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="claim",
            expected="R± B+",
            passage="4.2",
            source="value assumed",
        ),
    ] = 0.0


INSURED = {"at_source.dispute_insurance": 1.0}
"""Settings, by path, of a world in which the parameters below matter."""


@COVER.add_to("protection")
class Terms:
    """The benefit of cover, and the expectations of creditors and insurers."""

    dispute_share: Annotated[
        float,
        Q(
            unit="share of an unpaid judgment that dispute cover pays",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.5
    dispute_rate: Annotated[
        float,
        Q(
            unit="payouts that an insurer without experience expects, as a share of the claim",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.03
    feared_default: Annotated[
        float,
        Q(
            unit="chance that a claim is not paid when due, as expected by creditors",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=INSURED,
        ),
    ] = 0.2


@COVER.add_to("claims")
class Covered:
    """Whether a claim's creditor has cover, and payouts still to be repaid to the insurer, yuan."""

    covered: bool
    subrogated: float


offer_of = COVER.view(Offer)
terms_of = COVER.view(Terms)
cover_of = COVER.view(Covered)

OFFERED = COVER.decision("dispute_offer", 270)

PREMIUM = COVER.flow(
    "dispute_premium", Account.CREDITORS, Account.INSURERS, "premiums of dispute cover"
)
COSTS = COVER.flow(
    "dispute_costs", Account.INSURERS, Account.CREDITORS, "court costs that dispute cover pays"
)
PAID = COVER.flow(
    "dispute_paid", Account.INSURERS, Account.CREDITORS, "unpaid judgments that dispute cover pays"
)
BACK = COVER.flow(
    "dispute_back",
    Account.CREDITORS,
    Account.INSURERS,
    "payouts of dispute cover repaid to the insurer",
)

COVERED = COVER.count("disputes_covered")
COVERED_YUAN = COVER.count("disputes_covered_yuan")
PREMIUM_YUAN = COVER.count("dispute_premium")
FILED = COVER.count("dispute_filed")
COSTS_YUAN = COVER.count("dispute_costs")
PAID_YUAN = COVER.count("dispute_paid")
BACK_YUAN = COVER.count("dispute_back")

# ---------------------------------------------------------------- rules


@rule
def worth_insuring(
    creditor: "Creditor",
    principal: float,
    premium: float,
    traits: "LenderTraits",
    procedure: "Procedure",
    protection: "Protection",
) -> bool:
    """Whether dispute cover is worth its premium to the creditor (ODD eq. 101).

    The condition is premium < o·L + a/2·o(1 − o)·L²/P. L = s·(P − win·hope(P)) + costs is the loss
    that cover avoids if the claim is not paid when due. Here hope(P) is the sum that the creditor
    hopes to recover, and costs are those of the suit.

    Args:
        creditor: The creditor.
        principal: P, yuan.
        premium: Premium of cover, yuan.
        traits: The share of a claim that the creditor's kind expects to recover, and its risk
            aversion a (`risk_aversion`).
        procedure: Chance of winning (`win`) and costs of a suit.
        protection: Share s that cover pays (`dispute_share`), chance o (`feared_default`).
    """
    terms = terms_of(protection)
    fear = terms.feared_default
    hoped = procedure.win * hopes_for(creditor, principal, traits)
    loss = terms.dispute_share * (principal - hoped) + suit_costs(principal, procedure)
    risk = 0.5 * traits.risk_aversion * fear * (1.0 - fear) * loss * loss / principal
    return premium < fear * loss + risk


@COVER.at(claim_due)
def consider_cover(
    claim: "Claim",
    creditor: "Creditor",
    insurers: "Records[Insurer]",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """Offer cover for a new claim; the creditor buys it if it is worth its premium (eq. 101)."""
    offered = offer_of(setting.treatments[claim.treatment].at_source).dispute_insurance
    if not happens(setting.now, OFFERED, claim.id, offered):
        return
    parameters = setting.parameters
    premium = insurers[len(insurers) - 1].premium * claim.principal
    traits = setting.traits.lenders[creditor.kind]
    if not worth_insuring(
        creditor, claim.principal, premium, traits, parameters.procedure, parameters.protection
    ):
        return
    cover_of(claim).covered = True
    claim.spent += premium
    book(journal, PREMIUM, premium)
    count(journal, claim, COVERED, 1.0)
    count(journal, claim, COVERED_YUAN, claim.principal)
    count(journal, claim, PREMIUM_YUAN, premium)


@COVER.at(own_costs)
def left_of_costs(costs: float, claim: "Claim") -> float:
    """Costs of the suit that the creditor bears: none with cover, since the insurer pays them."""
    return 0.0 if cover_of(claim).covered else costs


@COVER.at(backed_share)
def backed_by(share: float, claim: "Claim", protection: "Protection") -> float:
    """Share of the unpaid debt that a third party pays; with cover, at least `dispute_share`."""
    if not cover_of(claim).covered:
        return share
    return max(share, terms_of(protection).dispute_share)


@COVER.at(suit_filed)
def pay_costs(claim: "Claim", costs: float, journal: "Journal") -> None:
    """Pay the costs of a suit from cover; the insurer recovers them if the debtor ever pays."""
    mine = cover_of(claim)
    if not mine.covered:
        return
    claim.received += costs
    mine.subrogated += costs
    book(journal, COSTS, costs)
    count(journal, claim, FILED, 1.0)
    count(journal, claim, COSTS_YUAN, costs)


@COVER.at(claim_unpaid)
def indemnify(claim: "Claim", protection: "Protection", journal: "Journal") -> None:
    """End the cover of an unpaid claim; after a judgment, pay a share of the debt (ODD eq. 103)."""
    mine = cover_of(claim)
    if not mine.covered:
        return
    mine.covered = False
    if claim.stage < Stage.GRACE:
        return
    amount = terms_of(protection).dispute_share * claim.due
    claim.received += amount
    mine.subrogated += amount
    book(journal, PAID, amount)
    count(journal, claim, PAID_YUAN, amount)


@COVER.at(creditor_paid)
def subrogate(claim: "Claim", amount: float, journal: "Journal") -> None:
    """Repay the insurer's payouts from a debtor's payment, before the creditor keeps any of it."""
    mine = cover_of(claim)
    if mine.subrogated <= 0.0:
        return
    back = min(mine.subrogated, amount)
    mine.subrogated -= back
    claim.spent += back
    book(journal, BACK, back)
    count(journal, claim, BACK_YUAN, back)


# ---------------------------------------------------------------- the insurer's year


def dispute_rate(payouts: float, covered: float, months: int, protection: "Protection") -> float:
    """Premium of dispute cover, as a share of the claim (ODD eq. 105).

    (1 + loading)·((1 − z)·r₀ + z·payouts/covered), with credibility z = months/12.

    Args:
        payouts: Payouts of the last twelve months less repayments to the insurer, yuan.
        covered: Claims newly covered in these months, yuan.
        months: How many of the last twelve months had newly covered claims.
        protection: Loading and r₀ (`dispute_rate`).
    """
    expected = terms_of(protection).dispute_rate
    if months == 0:
        return (1.0 + protection.loading) * expected
    z = months / YEAR
    seen = max(0.0, payouts) / covered
    return (1.0 + protection.loading) * ((1.0 - z) * expected + z * seen)


@COVER.start
def first_rate(simulation: "Simulation") -> None:
    """Set the first premium of the insurer of disputes from the payouts that it expects."""
    protection = simulation.inputs.parameters.protection
    simulation.insurers.rows["premium"][-1] = dispute_rate(0.0, 0.0, 0, protection)


@COVER.month_end
def settle_month(simulation: "Simulation", sums: "np.ndarray") -> None:
    """Record the month's payouts of dispute cover and set its next premium (ODD eq. 105)."""
    protection = simulation.inputs.parameters.protection
    settle_disputes(simulation.insurers.rows, sums, simulation.month, protection)


def settle_disputes(
    insurers: "np.ndarray", sums: "np.ndarray", month: int, protection: "Protection"
) -> None:
    """Record a month in the row of the insurer of disputes and set its next premium (ODD eq. 105).

    Args:
        insurers: Rows of the insurers; the last is the insurer of disputes.
        sums: The month's counts by cell (group of claims); shape (cells, counts).
        month: Month of the run.
        protection: Loading (`loading`) and expected payouts r₀ (`dispute_rate`).
    """
    insurer = insurers[-1]
    paid, costs, back, premiums, yuan = (
        float(sums[OVERALL, which])
        for which in (PAID_YUAN, COSTS_YUAN, BACK_YUAN, PREMIUM_YUAN, COVERED_YUAN)
    )
    insurer["payouts"][month % YEAR] = paid + costs - back
    insurer["heads"][month % YEAR] = yuan
    insurer["reserve"] += premiums + back - paid - costs
    insurer["premium"] = dispute_rate(
        float(insurer["payouts"].sum()),
        float(insurer["heads"].sum()),
        int((insurer["heads"] > 0.0).sum()),
        protection,
    )


# ---------------------------------------------------------------- what is reported

COVER.indicator(
    a_year("dispute_premiums", "Premiums of creditors' dispute cover", "纠纷保险保费", PREMIUM_YUAN)
)
COVER.indicator(
    a_year(
        "dispute_paid",
        "Paid by dispute cover, less repayments",
        "纠纷保险净赔付额",
        PAID_YUAN,
        COSTS_YUAN,
        less=(BACK_YUAN,),
        bounds=UNBOUNDED,
    )
)

COVER.payment("dispute_premiums", "premiums of dispute cover", "纠纷保险保费", PREMIUM)
COVER.payment("dispute_paid", "paid out by dispute cover", "纠纷保险赔付", COSTS, PAID)
COVER.payment("dispute_back", "repaid to dispute cover", "返还纠纷保险赔付", BACK)

COVER.equation(
    101,
    "buying dispute cover",
    r"""
(`worth_insuring`, `consider_cover`). A share `at_source.dispute_insurance` of the creditors of new
claims is offered cover (纠纷保险). With $P$ the principal, $h$ the hope of eq. 22, $s$
`dispute_share`, $c$ the suit costs, $o$ `feared_default` and $a$ the kind's `risk_aversion`, a
creditor buys cover if

```math
\text{premium} < o\,L+\tfrac a2\,o(1-o)\,\frac{L^2}{P},\qquad L=s\,(P-\text{win}\cdot h)+c
```

and pays the premium at once. So creditors who trust the courts least are the first to buy. Only the
creditor knows about the cover.
""",
)
COVER.equation(
    103,
    "what cover pays",
    r"""
(`pay_costs`, `indemnify`, `stands_to_get`). Cover pays the costs of the suit when it is brought,
and a share $s$ of the debt once, when the case is terminated or the claim is written off after
judgment. So a covered creditor sues when $\text{win}\,(h+s(D-h))>\text{apply cost}$, applies when
$h+s(D-h)>\text{apply cost}$, and settles for no less than eq. 33 gives with these values. The debt
does not change: later payments by the debtor first repay the insurer. Cover pays nothing for claims
without a judgment.
""",
)
COVER.equation(
    105,
    "rate of dispute cover",
    r"""
(`dispute_rate`, `settle_disputes`). A single insurer covers all disputes; its reserve may be
negative. Next month's premium follows from the last twelve months: their payouts less repayments,
the yuan newly covered, and the share $z$ of these months in which anything was covered. With $r_0$
`dispute_rate`, the premium as a share of the principal is

```math
(1+\text{loading})\Big((1-z)\,r_0+z\,\frac{\text{payouts}^{+}}{\text{yuan covered}}\Big).
```

Claims take longer than a year to end, so in its first years the insurer underestimates its future
payouts.
""",
)

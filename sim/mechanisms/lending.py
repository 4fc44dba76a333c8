"""Lending claim by claim (逐笔授信): lenders weigh the repayment that they expect of each debtor.

In: the share that the creditor itself recovered in the past, the share of claims performed when due
in the district, the debtor's income and, where lenders look at it, the credit record. Out: whether
the credit is refused.
"""

import math
from typing import TYPE_CHECKING, Annotated

import numpy as np

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import SHARE, Ratio
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import credit_refused
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.court.court import Court
    from sim.agents.creditor import Creditor
    from sim.agents.debtor.debtor import Debtor
    from sim.agents.debtor.score import NEUTRAL
    from sim.engine.draw import happens
    from sim.month.debts.obligations import NewClaim, lender_of, looking
    from sim.month.shared.journal import DISTRICTS
    from sim.month.shared.state import Setting
    from sim.month.simulation import Simulation
    from sim.parameters import LenderTraits, Obligations
    from sim.terms import Decision

# ---------------------------------------------------------------- declarations

LENDING = Mechanism(
    title="Lending claim by claim",
    zh="逐笔授信",
    summary="A lender grants credit where the repayment that it expects of this debtor is likely "
    "to cover what it must get back.",
)

WEIGHED = {"obligations.lending_weighs": 1.0}
"""Settings, by path, of a world in which the other parameters below matter."""


@LENDING.add_to("obligations")
class Terms:
    """How many lenders weigh, and what they need to get back."""

    lending_weighs: Annotated[
        float,
        Q(
            unit="share of lenders who weigh the expected repayment of each claim",
            low=0.0,
            high=1.0,
            source="assumed: credit does not depend on expected repayment",
        ),
    ] = 0.0
    lending_term: Annotated[
        float,
        Q(
            unit="months for which money is lent",
            low=0.0,
            high=120.0,
            source="assumed: between credit of some weeks in trade and loans of a year",
            bites=WEIGHED,
        ),
    ] = 6.0
    lending_margin: Annotated[
        float,
        Q(
            unit="charge beyond the cost of capital over the term, yuan per yuan repaid",
            low=0.0,
            high=5.0,
            source="assumed: high, since the loans of the model are those at risk, whose losses it "
            "has to cover",
            bites=WEIGHED,
        ),
    ] = 0.6
    lending_spread: Annotated[
        float,
        Q(
            unit="spread of lenders' judgements of expected repayment (logistic), share of a loan",
            low=0.001,
            high=1.0,
            source="assumed",
            bites=WEIGHED,
        ),
    ] = 0.1
    lending_months: Annotated[
        float,
        Q(
            unit="months of a debtor's income up to which lenders expect it to carry a loan",
            low=0.1,
            high=1_200.0,
            source="derived: half of income, the limit for payments on a home (guideline 银监发 "
            "2004 no. 57, art. 36), over five years; the five years are assumed",
            bites=WEIGHED,
        ),
    ] = 30.0


@LENDING.add_to("courts")
class Record:
    """Claims that fell due in the district, and those paid when due; earlier months count less."""

    known_due: float
    known_kept: float


terms_of = LENDING.view(Terms)
record_of = LENDING.view(Record)

WEIGH = LENDING.decision("lending_weighs", 143)

MEMORY = 11.0 / 12.0
"""Weight of past claims a month later, so that those of about the last year count."""
BEFORE, USUAL = 10.0, 0.5
"""Claims added to what is known of a district, and the share of them performed when due."""

# ---------------------------------------------------------------- rules


@rule
def performed_when_due(court: "Court") -> float:
    """Share of claims performed when due in the district, as its lenders know it (ODD eq. 168)."""
    known = record_of(court)
    return (known.known_kept + BEFORE * USUAL) / (known.known_due + BEFORE)


@rule
def expected_repayment(usual: float, income: float, standing: float, own: float) -> float:
    """Share of a loan that the lender expects to get back: κ + (1 − κ)·t (ODD eq. 168).

    κ is the chance that the debtor performs when due: k·min(1, M·y/P), plus the share `standing` of
    the difference between 1 and this product. t is the share that the lender recovers of claims not
    performed when due.

    Args:
        usual: k, the share of claims performed when due in the district.
        income: M·y/P, the largest loan that lenders expect the debtor to carry (M months of its
            income y), divided by the principal P.
        standing: (2s − 1)+ of a debtor with score s, if the lender looks at the score, or 0.
        own: t, the lender's trust, which moves with the shares that it recovered itself.
    """
    chance = usual * min(1.0, income)
    chance += standing * (1.0 - chance)
    return chance + (1.0 - chance) * min(1.0, max(0.0, own))


@rule
def break_even(traits: "LenderTraits", obligations: "Obligations") -> float:
    """Least share of a loan to get back: (1 + c·T)/(1 + c·T + m) (ODD eq. 168).

    Args:
        traits: Cost of capital c of the creditor's kind, 1/month.
        obligations: Term T, months, and margin m, share of the loan.
    """
    terms = terms_of(obligations)
    cost = 1.0 + traits.capital_cost * terms.lending_term
    return cost / (cost + terms.lending_margin)


@rule
def granting(expected: float, least: float, spread: float) -> float:
    """Share of lenders who grant a loan: 1/(1 + exp(−(p − p*)/σ)) (ODD eq. 168).

    Args:
        expected: p, expected repayment, share of the loan.
        least: p*, break-even, share of the loan.
        spread: σ, spread of lenders' judgements.
    """
    return 1.0 / (1.0 + math.exp(-(expected - least) / spread))


@LENDING.at(credit_refused)
def unpromising(
    refused: bool,
    debtor: "Debtor",
    new: "NewClaim",
    creditor: "Creditor",
    court: "Court",
    setting: "Setting",
) -> bool:
    """Whether the lender refuses, now also for lack of expected repayment (ODD eq. 168).

    A bad record has already been considered (eq. 122). Here a good record speaks for the debtor.
    """
    obligations, now = setting.parameters.obligations, setting.now
    terms = terms_of(obligations)
    if refused or terms.lending_weighs <= 0.0:
        return refused
    standing = 0.0
    seen = looking(new.domain, setting.treatments[debtor.treatment])
    if debtor.score > NEUTRAL and happens(now, Decision.CREDIT_REPORT, new.identity, seen):
        standing = debtor.score / NEUTRAL - 1.0
    carries = terms.lending_months * max(0.0, debtor.income) / new.principal
    expected = expected_repayment(performed_when_due(court), carries, standing, creditor.trust)
    least = break_even(setting.traits.lenders[lender_of(new.domain)], obligations)
    granted = granting(expected, least, terms.lending_spread)
    return happens(now, WEIGH, new.identity, terms.lending_weighs * (1.0 - granted))


@LENDING.month_end
def remember_claims(simulation: "Simulation", sums: np.ndarray) -> None:
    """Add the month's claims, and those performed when due, to what is known in each district."""
    if terms_of(simulation.inputs.parameters.obligations).lending_weighs <= 0.0:
        return
    courts = simulation.courts.rows
    courts["known_due"] = MEMORY * courts["known_due"] + sums[DISTRICTS:, Count.DUE]
    courts["known_kept"] = MEMORY * courts["known_kept"] + sums[DISTRICTS:, Count.DUE_PAID]


# ---------------------------------------------------------------- what is reported

LENDING.indicator(
    Ratio(
        name="credit_unpromising",
        title="Credit refused for lack of expected repayment",
        zh="因预期偿还不足的授信拒绝率",
        unit="share of requested credit that would have fallen due",
        bounds=SHARE,
        numerator=(Count.CREDIT_UNPROMISING,),
        denominator=(Count.CREDIT_SOUGHT,),
        window=12,
    )
)

LENDING.equation(
    168,
    "lending claim by claim",
    r"""
(`expected_repayment`, `break_even`, `granting`, `unpromising`). A request for credit that was not
refused for the list, a lack of means or the credit record (eq. 23, 36, 122) is weighed by the share
$w$ (`obligations.lending_weighs`) of lenders. The lender expects to get back the share

```math
p=\kappa+(1-\kappa)\,t,\qquad \kappa=\kappa_0+(2s-1)^{+}(1-\kappa_0),\qquad
\kappa_0=k\,\min\Big(1,\frac{M\,y}{P}\Big)
```

of the principal $P$. The first term is performance when due: $k$ is the share of claims performed
when due in the debtor's district, of about the last year, to which ten claims are added, of
which half were performed; $y$ is the debtor's income, $M$ `lending_months`; the score $s$
counts only for a lender who looks at the record, drawn as in eq. 36. The second term is what the
lender gets of the rest: $t$ is its trust, which is the moving record of the shares that it
recovered itself (eq. 22, 152), in $[0,1]$. It breaks even at

```math
p^{*}=\frac{1+cT}{1+cT+m}
```

with its cost of capital $c$ (`lenders.*.capital_cost`), term $T$ `lending_term` and margin $m$
`lending_margin`, and it refuses with chance $w\,\big(1-1/(1+e^{-(p-p^{*})/\sigma})\big)$, where
$\sigma$ is `lending_spread`. The draw belongs to the claim, so a rise of $p$ only turns refusals
into grants. Eq. 113 says how much is lent in a domain, this equation to whom; with $w=0$ nobody
weighs. Debtors do not foresee it.
""",
)

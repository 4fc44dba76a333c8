"""Heirs (继承人): the cases against a person who died go on against the heirs, up to the estate.

Heirs answer for the debts of the deceased up to the value of what they inherited. Their own wealth
is safe from creditors. In the estate, livelihood claims come first, and other creditors share in
proportion. The heirs also hold what the deceased moved away within the look-back (the last years in
which transfers can be undone), and avoidance can bring it back.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.indicator import SHARE, Ratio, a_year
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import estate_sold
from sim.mechanisms.base.rules import rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim, is_open
    from sim.agents.debtor.debtor import Debtor
    from sim.agents.debtor.transfer import reachable
    from sim.books.accounts import Flow
    from sim.engine.draw import happens
    from sim.month.endings.estate import NOTHING, pay_in_order
    from sim.month.shared.journal import Journal, book, count
    from sim.month.shared.payment import money_at_hand
    from sim.month.shared.state import Owned, Setting, oldest_of
    from sim.terms import Asset, Kind

# ---------------------------------------------------------------- declarations

HEIRS = Mechanism(
    title="Heirs",
    zh="继承人在遗产范围内清偿",
    summary="Cases against a person who died go on against the heirs, who pay up to what they "
    "inherited, in the order of an estate.",
)


@HEIRS.add_to("rule_of_law")
class Continued:
    """The lever that sets in how many estates cases are continued against the heirs."""

    heirs: Annotated[
        float,
        Lever(
            title="Cases continued against heirs",
            zh="变更继承人为被执行人",
            unit="share of persons' estates in which cases are continued against the heirs",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="R+",
            source="PRC Civil Code (民法典) art. 1159 to 1163; art. 1161 limits liability to the "
            "value of the estate; share assumed",
            bites={
                "economy.exit": 0.05,
                "rule_of_law.avoidance": 0.6,
                "procedure.dissipation": 0.1,
            },
        ),
    ] = 0.0


heirs_of = HEIRS.view(Continued)

CONTINUE = HEIRS.decision("continue_against_heirs", 144)
AVOID = HEIRS.decision("avoid_transfers_to_heirs", 145)

PAID = HEIRS.flow(
    "paid_by_heirs", Account.DEBTORS, Account.CREDITORS, "claims paid by heirs out of estates"
)
RETURNED = HEIRS.flow(
    "heirs_return", Account.THIRD_PARTIES, Account.DEBTORS, "transfers that heirs give back"
)

ESTATES = HEIRS.count("estates_continued")
OWED_YUAN = HEIRS.count("estates_owed")
PAID_YUAN = HEIRS.count("estates_paid")

# ---------------------------------------------------------------- rules


@rule
def give_back(
    debtor: "Debtor", about: "Claim", owed: float, setting: "Setting", journal: "Journal"
) -> None:
    """Heirs return transfers made in the look-back, as far as debts need them (ODD eq. 58, 169).

    Args:
        debtor: The deceased, whose property has been sold.
        about: The claim whose levers determine the law of avoidance.
        owed: Debts, yuan.
        setting: Parameters, traits and levers of the month.
        journal: Where the movement is booked.
    """
    law = setting.treatments[about.treatment].rule_of_law
    within = reachable(debtor, setting.now.month, law.avoidance_lookback)
    returned = min(within, owed - money_at_hand(debtor))
    if returned <= 0.0 or not happens(setting.now, AVOID, debtor.id, law.avoidance):
        return
    debtor.assets[Asset.BANK] += returned
    book(journal, RETURNED, returned)


@rule
def waive_rounding(owned: "Owned", journal: "Journal") -> None:
    """Cancel what rounding leaves of a claim after a payment in proportion."""
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if is_open(claim.stage) and claim.due < NOTHING:
            book(journal, Flow.CLAIM_OFF, claim.due)
            claim.due = 0.0


@HEIRS.at(estate_sold)
def continue_against_heirs(
    debtor: "Debtor", owed: float, owned: "Owned", setting: "Setting", journal: "Journal"
) -> None:
    """Heirs pay the claims on a person's estate in order, up to its value (ODD eq. 169)."""
    share = heirs_of(setting.treatments[debtor.treatment].rule_of_law).heirs
    if share <= 0.0 or debtor.kind != Kind.PERSON:
        return
    if not happens(setting.now, CONTINUE, debtor.id, share):
        return
    about = oldest_of(owned)
    count(journal, about, ESTATES, 1.0)
    for j in range(owned.first, owned.last):
        claim = owned.claims[owned.order[j]]
        if is_open(claim.stage):
            count(journal, claim, OWED_YUAN, claim.due)
    give_back(debtor, about, owed, setting, journal)
    inherited = money_at_hand(debtor)
    pay_in_order(debtor, owned, inherited, PAID, PAID_YUAN, setting.now, journal)
    waive_rounding(owned, journal)


# ---------------------------------------------------------------- what is reported

HEIRS.indicator(a_year("paid_by_heirs", "Money paid by heirs", "继承人清偿额", PAID_YUAN))
HEIRS.indicator(
    Ratio(
        name="estates_recovered",
        title="Share of debts that heirs pay",
        zh="遗产债务清偿率",
        unit="share of the debts on estates continued against heirs",
        bounds=SHARE,
        better="more",
        counted=(ESTATES,),
        numerator=(PAID_YUAN,),
        denominator=(OWED_YUAN,),
        window=12,
    )
)

HEIRS.payment("paid_by_heirs", "claims paid by heirs", "继承人清偿", PAID)
HEIRS.payment("heirs_return", "transfers returned by heirs", "继承人返还财产", RETURNED)

HEIRS.equation(
    169,
    "heirs",
    r"""
(`continue_against_heirs`, `give_back`, `pay_in_order`). When a person dies, the cases are continued
against the heirs in the share `rule_of_law.heirs` of estates, drawn once for each estate. The heirs
answer up to

```math
I=E+a\,\min\big(X,\,(D-E)^{+}\big)
```

(Civil Code 民法典 art. 1161): $E$ is the estate sold at auction prices, exempt minimum included,
$D$ the open debts, $X$ what the deceased moved to others within the look-back of eq. 58, and $a$ is
1 with chance `rule_of_law.avoidance`, drawn once for each estate, otherwise 0. $I$ is paid out in
the month of death: first to livelihood claims, then to all others, in each class in proportion to
what is owed, without an administrator's fee. What is left of $I$ is the heirs', what is left of the
debts is written off. The heirs' own wealth is no part of the model, since creditors cannot reach
it. In other estates the oldest claim is paid first and nothing that was moved away comes back.
Debtors do not foresee it: what happens after death does not enter their ledger. The portion for
heirs who can neither work nor live on means of their own (art. 1159) is not deducted.
""",
)

"""Procuratorial check (检察监督): arbitrary enforcement is undone if the procuracy objects.

The procuracy objects to a share of excessive seizures; what was seized in excess is freed at once.
It also objects to a share of the fines and detentions of debtors who cannot pay. Debtors do not
perceive an act as unfair if it is undone.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import SHARE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import excess_undone, wrongly_sanctioned
from sim.mechanisms.base.rules import rule
from sim.terms import Asset

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.debtor.debtor import Debtor
    from sim.engine.draw import happens
    from sim.month.shared.journal import Journal, book, count
    from sim.month.shared.state import Setting

# ---------------------------------------------------------------- declarations

CHECK = Mechanism(
    title="Procuratorial check of enforcement",
    zh="检察监督",
    summary="The procuracy objects to a share of arbitrary acts of enforcement: property seized "
    "beyond the claim is freed, and sanctions on debtors who cannot pay are undone.",
)


@CHECK.add_to("rule_of_law")
class Objecting:
    """The lever that sets the share of arbitrary acts to which the procuracy objects."""

    procuratorial_check: Annotated[
        float,
        Lever(
            title="Procuratorial check of enforcement",
            zh="检察监督",
            unit="share of excessive seizures and wrong sanctions objected to and undone",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R± H-",
            passage="1.2",
            cost=10.0,
            base="case",
            source="the procuracy supervises enforcement; value assumed",
            bites={"procedure.seize_ratio": 2.0, "collaborative.target_accuracy": 0.0},
        ),
    ] = 0.0


@CHECK.add_to("institutions")
class Pace:
    """How early in a detention an objection comes."""

    days_spared: Annotated[
        float,
        Q(
            unit="share of the days of a detention that an objection spares",
            low=0.01,
            high=1.0,
            source="assumed: an objection comes when half the days have passed",
            bites={
                "rule_of_law.procuratorial_check": 1.0,
                "collaborative.target_accuracy": 0.0,
                "sanctions.detention_rate": 0.3,
            },
        ),
    ] = 0.5


objecting_of = CHECK.view(Objecting)
pace_of = CHECK.view(Pace)

EXCESS = CHECK.decision("object_to_excess", 60)
SANCTION = CHECK.decision("object_to_sanction", 61)

RETURNED = CHECK.flow("fine_returned", Account.STATE, Account.DEBTORS, "wrong fines returned")

SANCTIONS_UNDONE = CHECK.count("sanctions_undone")

# ---------------------------------------------------------------- rules


@rule
def share_checked(debtor: "Debtor", setting: "Setting") -> float:
    """Share of arbitrary acts against a debtor that the procuracy objects to."""
    return objecting_of(setting.treatments[debtor.treatment].rule_of_law).procuratorial_check


@CHECK.at(excess_undone)
def objected_to(undone: bool, debtor: "Debtor", claim: "Claim", setting: "Setting") -> bool:
    """Whether a seizure beyond the claim is undone because the procuracy objects (ODD eq. 157)."""
    return undone or happens(setting.now, EXCESS, claim.id, share_checked(debtor, setting))


@CHECK.at(wrongly_sanctioned)
def undo(
    spared: float,
    debtor: "Debtor",
    about: "Claim",
    fined: float,
    setting: "Setting",
    journal: "Journal",
) -> float:
    """If the procuracy objects, return a wrong fine and shorten a wrong detention (ODD eq. 157)."""
    if not happens(setting.now, SANCTION, debtor.id, share_checked(debtor, setting)):
        return spared
    debtor.assets[Asset.BANK] += fined
    book(journal, RETURNED, fined)
    count(journal, about, Count.FINED_YUAN, -fined)
    count(journal, about, SANCTIONS_UNDONE, 1.0)
    return pace_of(setting.parameters.institutions).days_spared


# ---------------------------------------------------------------- what is reported

CHECK.indicator(
    Ratio(
        name="excess_undone",
        title="Excessive seizures undone at once",
        zh="超标的查封纠正率",
        unit="share of seizures beyond 1.2 times the claim",
        bounds=SHARE,
        better="more",
        numerator=(Count.EXCESS_UNDONE,),
        denominator=(Count.OVER_SEIZURES,),
        window=12,
    )
)

CHECK.payment("fines_returned", "fines returned", "退还罚款", RETURNED)

CHECK.equation(
    157,
    "procuratorial check",
    r"""
(`objected_to`, `undo`). The procuracy objects to the share `rule_of_law.procuratorial_check` of
arbitrary acts in the month in which they happen, and these acts are undone. Goods attached beyond
1.2 times the claim (eq. 53) are freed, and money that an officer seized beyond the need (eq. 82) is
returned: such property is neither frozen nor loses value, and its seizure does not count as unfair
(eq. 10, 11). In the same share of the months in which a debtor who cannot pay is fined or detained
by error (eq. 21), the fine is returned and the share `institutions.days_spared` of the days of
detention is spared. Such a sanction neither counts as a punishment nor is perceived as unfair, but
the days served count as harm. Acts that are undone are still counted as excessive seizures, fines
or detentions. The procuracy makes no errors, and its capacity is unlimited. Other levers reduce
wrong listings and convictions (`comprehensive.list_accuracy`, `special.evidence`).
""",
)

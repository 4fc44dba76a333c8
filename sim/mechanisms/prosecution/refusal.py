"""The offence of refusing to execute a judgment: reports of debtors, and sentences.

In: a debtor with a case in the docket who evades or cannot pay. Out: whether the debtor is
sentenced, which for one who cannot pay is an error.
"""

from typing import TYPE_CHECKING

from sim.books.counts import Count
from sim.indicator import NOT_NEGATIVE, SHARE, Ratio
from sim.mechanisms.base.points import punished_further
from sim.mechanisms.base.rules import rule
from sim.mechanisms.prosecution.declaration import PROSECUTION, REPORTED, quality_of
from sim.mechanisms.prosecution.private import accused
from sim.mechanisms.prosecution.public import charged
from sim.terms import Option

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor
    from sim.agents.debtor.debtor import Debtor
    from sim.engine.draw import happens
    from sim.engine.record import Records
    from sim.levers.catalogue import Levers
    from sim.month.shared.evasion import evasion_of
    from sim.month.shared.journal import Journal, count
    from sim.month.shared.state import District, Setting
    from sim.parameters import Choice, EvasionTraits

REPORT = PROSECUTION.decision("prison", 25)

FALSE_CONVICTIONS = PROSECUTION.count("false_convictions")


@rule
def gravity(debtor: "Debtor", levers: "Levers", evasions: "Records[EvasionTraits]") -> float:
    """Factor on the rate of reports, `sanctions.prison_rate` (ODD eq. 21).

    For a debtor who evades, `crime` of its option, or 1 if the option has no traits. For a debtor
    who cannot pay, the court's chance of error, less the share that good evidence prevents.
    """
    if debtor.option == Option.UNABLE:
        aim = 1.0 - levers.collaborative.target_accuracy
        return aim * (1.0 - quality_of(levers.special).evidence)
    k = evasion_of(debtor.option, evasions)
    if k < 0:
        return 1.0
    return evasions[k].crime


@rule
def sentence(
    debtor: "Debtor", about: "Claim", levers: "Levers", choice: "Choice", journal: "Journal"
) -> None:
    """Count a prison sentence and its felt harm, as a false conviction if the debtor cannot pay."""
    law = levers.sanctions
    count(journal, about, Count.PRISONS, 1.0)
    count(journal, about, Count.PRISON_MONTHS, law.prison_months)
    felt = law.prison_months * debtor.income * choice.prison_weight
    count(journal, about, Count.FELT_HARM, felt)
    if debtor.option == Option.UNABLE:
        count(journal, about, FALSE_CONVICTIONS, 1.0)


@PROSECUTION.at(punished_further)
def prosecute(
    punished: bool,
    debtor: "Debtor",
    about: "Claim",
    creditor: "Creditor",
    district: "District",
    setting: "Setting",
    journal: "Journal",
) -> bool:
    """Draw whether a debtor is reported, charged by prosecutor or creditor, and sentenced."""
    levers = setting.treatments[debtor.treatment]
    grave = gravity(debtor, levers, setting.traits.evasions)
    if not happens(setting.now, REPORT, debtor.id, levers.sanctions.prison_rate * grave):
        return punished
    count(journal, about, REPORTED, 1.0)
    parameters = setting.parameters
    if charged(debtor, district.prosecutor, parameters, setting.now) or accused(
        debtor, about, creditor, setting, journal
    ):
        sentence(debtor, about, levers, parameters.choice, journal)
        return True
    return punished


# ---------------------------------------------------------------- what is reported

PROSECUTION.indicator(
    Ratio(
        name="false_conviction",
        title="Convictions of debtors who cannot pay",
        zh="拒执罪错误定罪率",
        unit="share of convictions",
        bounds=SHARE,
        better="less",
        people="wrongly_convicted",
        numerator=(FALSE_CONVICTIONS,),
        denominator=(Count.PRISONS,),
        window=12,
    )
)
PROSECUTION.indicator(
    Ratio(
        name="wrongly_convicted",
        title="Convicted debtors who cannot pay",
        zh="拒执罪错误定罪人数",
        unit="per 1,000 debtors and year",
        bounds=NOT_NEGATIVE,
        better="less",
        numerator=(FALSE_CONVICTIONS,),
        counted=(FALSE_CONVICTIONS,),
        denominator=(Count.DEBTORS,),
        window=12,
        scale=12_000.0,
    )
)

"""The offence of refusing to execute a judgment: reports of debtors, and sentences.

In: a debtor with a case in the docket (open at court) who evades, or who cannot pay and may be
reported by error; or a debtor found to have declared assets falsely. Out: whether the debtor is
sentenced.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.counts import Count
from sim.indicator import NOT_NEGATIVE, SHARE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.points import found_to_lie, lie_costs, punished_further
from sim.mechanisms.base.rules import rule
from sim.mechanisms.prosecution.declaration import PROSECUTION, REPORTED, quality_of
from sim.mechanisms.prosecution.private import accused
from sim.mechanisms.prosecution.public import charged, expect_charges
from sim.terms import Option

if TYPE_CHECKING:
    from sim.agents.claim import Claim
    from sim.agents.creditor import Creditor
    from sim.agents.debtor.debtor import Debtor, evades
    from sim.engine.draw import happens
    from sim.engine.record import Records
    from sim.levers.catalogue import Levers
    from sim.month.shared.evasion import evasion_of
    from sim.month.shared.journal import Journal, count
    from sim.month.shared.state import District, Setting
    from sim.parameters import Choice, EvasionTraits

REPORT = PROSECUTION.decision("prison", 25)

REFER = PROSECUTION.decision("refer", 59)

REFUSED, LIED = 0, 1
"""Grounds of a report; charges against one debtor on different grounds are drawn independently."""

FALSE_CONVICTIONS = PROSECUTION.count("false_convictions")
REFERRED = PROSECUTION.count("referred")
LIARS_CONVICTED = PROSECUTION.count("liars_convicted")


@PROSECUTION.add_to("special")
class Referral:
    """The lever that sets the share of detected false declarations that are prosecuted."""

    false_declaration: Annotated[
        float,
        Lever(
            title="False declarations prosecuted as refusal",
            zh="虚假报告财产追究拒执罪",
            unit="share of detected false declarations that are referred to prosecution",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+",
            passage="6.2",
            bites={"special.declaration": 1.0, "procedure.false_detected": 0.3},
            source="a false report of assets can constitute the offence of refusal; value assumed",
        ),
    ] = 0.0


referral_of = PROSECUTION.view(Referral)


@rule
def gravity(debtor: "Debtor", levers: "Levers", evasions: "Records[EvasionTraits]") -> float:
    """Factor on the rate of reports, `sanctions.prison_rate` (ODD eq. 21).

    For a debtor who evades, it is `crime` of the debtor's option, or 1 if the option has no traits.
    For one who cannot pay, it is the court's chance of error, less the share that good evidence
    prevents.
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
    """Count a prison sentence, its felt harm and, if the debtor cannot pay, a false conviction."""
    law = levers.sanctions
    count(journal, about, Count.PRISONS, 1.0)
    count(journal, about, Count.PRISON_MONTHS, law.prison_months)
    felt = law.prison_months * debtor.income * choice.prison_weight
    count(journal, about, Count.FELT_HARM, felt)
    if debtor.option == Option.UNABLE:
        count(journal, about, FALSE_CONVICTIONS, 1.0)


@rule
def tried(
    debtor: "Debtor",
    about: "Claim",
    creditor: "Creditor",
    ground: int,
    district: "District",
    setting: "Setting",
    journal: "Journal",
) -> bool:
    """Whether a reported debtor is sentenced on a charge by the prosecutor or the creditor."""
    levers = setting.treatments[debtor.treatment]
    parameters = setting.parameters
    count(journal, about, REPORTED, 1.0)
    expect_charges(debtor, about, levers, parameters, journal)
    if charged(debtor, ground, district.prosecutor, levers, parameters, setting.now) or accused(
        debtor, about, creditor, ground, setting, journal
    ):
        sentence(debtor, about, levers, parameters.choice, journal)
        return True
    return False


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
    return tried(debtor, about, creditor, REFUSED, district, setting, journal) or punished


@PROSECUTION.at(lie_costs)
def prison_for_lying(cost: float, debtor: "Debtor", levers: "Levers", choice: "Choice") -> float:
    """Cost of a detected lie, yuan, with the expected prison sentence added (ODD eq. 153)."""
    share = referral_of(levers.special).false_declaration
    if share <= 0.0:
        return cost
    return cost + share * levers.sanctions.prison_months * debtor.income * choice.prison_weight


@PROSECUTION.at(found_to_lie)
def refer(
    debtor: "Debtor",
    claim: "Claim",
    creditor: "Creditor",
    district: "District",
    setting: "Setting",
    journal: "Journal",
) -> None:
    """Report a share of evading debtors found to have declared assets falsely (ODD eq. 153)."""
    share = referral_of(setting.treatments[debtor.treatment].special).false_declaration
    if not evades(debtor.option) or not happens(setting.now, REFER, claim.id, share):
        return
    count(journal, claim, REFERRED, 1.0)
    if tried(debtor, claim, creditor, LIED, district, setting, journal):
        count(journal, claim, LIARS_CONVICTED, 1.0)


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
PROSECUTION.indicator(
    Ratio(
        name="convicted_liars",
        title="Convictions for a false declaration of assets",
        zh="虚假报告财产定罪比例",
        unit="share of convictions",
        bounds=SHARE,
        numerator=(LIARS_CONVICTED,),
        denominator=(Count.PRISONS,),
        window=12,
    )
)

PROSECUTION.equation(
    153,
    "false declarations as an offence",
    r"""
(`refer`, `tried`, `prison_for_lying`). The share $s$ = `special.false_declaration` of the
false declarations found out (eq. 59) is reported as refusal (拒执罪), in addition to fine and
detention. Such a report is charged like any other (eq. 88, 130) and uses the prosecutor's capacity.
Only a debtor who still evades is referred; one who can no longer pay is not. Debtors know the law
and expect this: a lie found out costs them, in addition to eq. 59,

```math
s\cdot\text{prison months}\cdot y\,m_p
```

where $y$ is monthly income and $m_p$ the weight of prison. Two reports of one debtor in a month,
for refusing and for a false declaration, are decided independently.
""",
)

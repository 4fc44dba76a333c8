"""Private prosecution (自诉): a creditor charges a reported debtor if no prosecutor did."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

from sim.books.accounts import Account
from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import SHARE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.act import Act, named
from sim.mechanisms.base.rules import rule
from sim.mechanisms.prosecution.declaration import (
    PRIVATE_CHARGES,
    PRIVATE_CONVICTIONS,
    PROSECUTION,
    proved,
    quality_of,
)
from sim.terms import Option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.agents.claim import Claim, in_docket
    from sim.agents.creditor import Creditor, hopes_for
    from sim.agents.debtor.debtor import Debtor, evades
    from sim.agents.institutions.institution import inclination
    from sim.engine.draw import happens
    from sim.month.shared.journal import Journal, book, count
    from sim.month.shared.state import Setting, State
    from sim.parameters import Institutions, LenderTraits

# ---------------------------------------------------------------- declarations


@PROSECUTION.add_to("special")
class Right:
    """The lever that sets how often creditors may bring charges themselves."""

    private_prosecution: Annotated[
        float,
        Lever(
            title="Private prosecution of refusal",
            zh="拒执罪自诉",
            unit="share of reports without a public charge in which the creditor may bring one",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="C+ R+ H±",
            passage="6.2",
            bites={"sanctions.prison_rate": 0.02, "institutions.prosecutors": 0.0},
            source="private prosecution in addition to public prosecution; value assumed",
        ),
    ] = 0.0


ACCUSED = {
    "special.private_prosecution": 1.0,
    "sanctions.prison_rate": 0.3,
    "institutions.prosecutors": 0.0,
    "collaborative.target_accuracy": 0.0,
}
"""Settings, by path, of a world in which the parameters below matter."""


@PROSECUTION.add_to("institutions")
class Means:
    """What a creditor's own charge costs, and how often it convicts a debtor who cannot pay."""

    private_cost: Annotated[
        float,
        Q(
            unit="yuan that a creditor spends on evidence for its own charge",
            low=0.0,
            high=1e6,
            source="assumed",
            bites=ACCUSED,
        ),
    ] = 5_000.0
    private_error: Annotated[
        float,
        Q(
            unit="chance that a creditor's charge convicts a debtor who cannot pay",
            low=0.0,
            high=1.0,
            source="assumed: above `institutions.evidence`; creditors know little of means",
            bites=ACCUSED,
        ),
    ] = 0.6


right_of = PROSECUTION.view(Right)
means_of = PROSECUTION.view(Means)

ACCUSE = PROSECUTION.decision("accuse", 56)
VERDICT = PROSECUTION.decision("accused_verdict", 57)

EVIDENCE = PROSECUTION.flow(
    "accusation",
    Account.CREDITORS,
    Account.PROFESSIONALS,
    "evidence for creditors' own charges",
)

# ---------------------------------------------------------------- rules


class Accusation(NamedTuple):
    """What a creditor gains by charging its debtor with refusal, and the cost of evidence, yuan."""

    recovery: float
    gathering: float


@rule
def accusation(
    sure: float, creditor: "Creditor", due: float, traits: "LenderTraits", of: "Institutions"
) -> Accusation:
    """Gain and cost to a creditor of its own charge, yuan (ODD eq. 130).

    The gain is the chance of a conviction, `sure`, times the recovery hoped for. The cost is that
    of gathering evidence.
    """
    hoped = hopes_for(creditor, due, traits)
    return Accusation(sure * hoped, means_of(of).private_cost)


@rule
def accuses(
    sure: float,
    creditor: "Creditor",
    due: float,
    traits: "LenderTraits",
    of: "Institutions",
    noise: float,
) -> float:
    """Chance that a creditor who may bring a charge does so, if no prosecutor did."""
    it = accusation(sure, creditor, due, traits, of)
    return inclination(it.recovery, it.gathering, noise)


@rule
def accused(
    debtor: "Debtor",
    about: "Claim",
    creditor: "Creditor",
    ground: int,
    setting: "Setting",
    journal: "Journal",
) -> bool:
    """Whether the creditor of the oldest case brings a charge (自诉) and the debtor is convicted.

    Good evidence lowers the chance that such a charge convicts a debtor who cannot pay (ODD
    eq. 130).
    """
    levers = setting.treatments[debtor.treatment]
    admitted = right_of(levers.special).private_prosecution
    if admitted <= 0.0:
        return False
    parameters = setting.parameters
    of = parameters.institutions
    traits = setting.traits.lenders[creditor.kind]
    sure = proved(debtor, levers, of)
    willing = accuses(sure, creditor, about.due, traits, of, parameters.choice.noise)
    if not happens(setting.now, ACCUSE, debtor.id, admitted * willing, ground):
        return False
    cost = means_of(of).private_cost
    about.spent += cost
    book(journal, EVIDENCE, cost)
    count(journal, about, PRIVATE_CHARGES, 1.0)
    chance = sure
    if debtor.option == Option.UNABLE:
        chance = means_of(of).private_error * (1.0 - quality_of(levers.special).evidence)
    if not happens(setting.now, VERDICT, debtor.id, chance, ground):
        return False
    count(journal, about, PRIVATE_CONVICTIONS, 1.0)
    return True


# ---------------------------------------------------------------- what is shown and reported


@PROSECUTION.decider("private_prosecutor", before="sanction", table="creditors")
def weighs(state: "State", row: int) -> "Iterator[Act]":
    """The charges that a creditor may bring itself against evading debtors, one per case."""
    parameters = state.parameters[0]
    of, noise = parameters.institutions, parameters.choice.noise
    creditor = state.creditors[row]
    traits = state.traits.lenders[creditor.kind]
    for at in range(len(state.claims)):
        claim = state.claims[at]
        if claim.creditor != row or not in_docket(claim.stage):
            continue
        debtor = state.debtors[claim.debtor]
        levers = state.levers[debtor.treatment]
        admitted = right_of(levers.special).private_prosecution
        if admitted > 0.0 and evades(debtor.option):
            sure = proved(debtor, levers, of)
            terms = accusation(sure, creditor, claim.due, traits, of)._asdict()
            chance = admitted * accuses(sure, creditor, claim.due, traits, of, noise)
            about = f"{named(claim)}, if it is reported and no prosecutor charges"
            yield Act("charge the debtor itself", about, terms, chance)


PROSECUTION.words(
    recovery="gain: money hoped for after a conviction", gathering="gathering evidence"
)

PROSECUTION.indicator(
    Ratio(
        name="private_prosecution",
        title="Charges that creditors bring themselves",
        zh="拒执罪自诉比例",
        unit="share of charges",
        bounds=SHARE,
        numerator=(PRIVATE_CHARGES,),
        denominator=(Count.PRISONS, PRIVATE_CHARGES),
        denominator_less=(PRIVATE_CONVICTIONS,),
        window=12,
    )
)

PROSECUTION.equation(
    130,
    "private prosecution",
    r"""
(`accusation`, `accuses`, `accused`). If $q$ (`special.private_prosecution`) is above 0, the
creditor of the oldest case of a debtor who was reported but not charged may charge the debtor
itself (自诉). It does so with chance $q\,P$, with $P$ as in eq. 80 and

```math
g=\text{evidence}\cdot\text{hope},\qquad k=\text{private cost},
```

where hope is defined in eq. 22. The creditor bears the cost, which is booked. A charge against an
evader leads to a conviction with chance `institutions.evidence`. Against a debtor who cannot pay,
the chance is `private_error`·(1 − `special.evidence`). Good evidence also prevents a share of the
reports of such debtors. A sentence does not depend on who brought the charge. Debtors learn of it
as of any other sanction; a charge alone does not change behaviour. Such charges do not use the
prosecutor's capacity.
""",
)

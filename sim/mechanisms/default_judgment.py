"""Judgments unknown to their debtor (缺席判决不知情): nobody decides about what it never heard of.

A suit that nobody answers ends in a judgment by default. A debtor who has moved or does not open
letters may learn of it only from a later letter, from the officers at the door, from money that is
taken, or from a lender who refuses credit. Until then it makes no choice about the judgment, and
not paying it is neither refusal nor inability.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.indicator import SHARE, Ratio
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import judged, known_to_debtor
from sim.mechanisms.base.rules import kernel, rule

if TYPE_CHECKING:
    from sim.agents.claim import Claim, is_open
    from sim.engine.draw import Now, happens
    from sim.month.shared.journal import Journal, at_row, count
    from sim.month.shared.state import State, owned_by
    from sim.month.simulation import Simulation
    from sim.parameters import Parameters, Procedure

# ---------------------------------------------------------------- declarations

DEFAULT = Mechanism(
    title="Judgments unknown to their debtor",
    zh="债务人不知情的缺席判决",
    summary="A debtor may not know of a judgment by default; it decides about it only after a "
    "letter, a visit, a seizure or a refusal of credit has made it known.",
)

MISSED = {"procedure.unaware": 1.0}
"""Settings, by path, of a world in which the other parameters below matter."""


@DEFAULT.add_to("procedure")
class Awareness:
    """How many judgments by default are unknown to the debtor, and how they become known."""

    unaware: Annotated[
        float,
        Q(
            unit="share of judgments in undisputed suits of which the debtor does not know",
            low=0.0,
            high=1.0,
            source="assumed: every debtor knows of the judgment",
        ),
    ] = 0.0
    learn_by_letter: Annotated[
        float,
        Q(
            unit="1/month, rate of learning of an unknown judgment from letters",
            low=0.0,
            high=1.0,
            source="assumed: about half within a year",
            bites=MISSED,
        ),
    ] = 0.06
    learn_by_visit: Annotated[
        float,
        Q(
            unit="chance per month of learning of an unknown judgment while officers work on it",
            low=0.0,
            high=1.0,
            source="assumed: some letters of officers do not arrive, and some visits fail",
            bites=MISSED,
        ),
    ] = 0.6
    learn_by_refusal: Annotated[
        float,
        Q(
            unit="1/month, rate at which a debtor on the list learns of it when credit is refused",
            low=0.0,
            high=1.0,
            source="assumed: credit is sought about every two years",
            bites=MISSED,
        ),
    ] = 0.04


@DEFAULT.add_to("claims")
class Missed:
    """Whether the debtor does not know of the judgment."""

    unaware: bool


awareness_of = DEFAULT.view(Awareness)
missed_of = DEFAULT.view(Missed)

MISS = DEFAULT.decision("miss_judgment", 147)
LETTER = DEFAULT.decision("learn_by_letter", 148)
VISIT = DEFAULT.decision("learn_by_visit", 149)
REFUSAL = DEFAULT.decision("learn_by_refusal", 150)

BY_DEFAULT = DEFAULT.count("default_judgments")
UNKNOWN = DEFAULT.count("judgments_unknown")
LEARNT = DEFAULT.count("judgments_learnt")
UNKNOWN_MONTHS = DEFAULT.count("judgments_unknown_months")

# ---------------------------------------------------------------- rules


@DEFAULT.at(judged)
def miss_judgment(claim: "Claim", parameters: "Parameters", now: "Now", journal: "Journal") -> None:
    """Draw whether the debtor does not know of a judgment that it did not contest (ODD eq. 172)."""
    if claim.disputed:
        return
    count(journal, claim, BY_DEFAULT, 1.0)
    share = awareness_of(parameters.procedure).unaware
    if happens(Now(now.seed, 0), MISS, claim.id, share):
        missed_of(claim).unaware = True
        count(journal, claim, UNKNOWN, 1.0)


@DEFAULT.at(known_to_debtor)
def knows(known: bool, claim: "Claim") -> bool:
    """Whether the debtor knows of the judgment."""
    return known and not missed_of(claim).unaware


@rule
def learns(claim: "Claim", procedure: "Procedure", now: "Now") -> bool:
    """Whether a debtor learns of a judgment by letter, visit or seizure this month (eq. 172)."""
    terms = awareness_of(procedure)
    if claim.seized or claim.paid > 0.0:
        return True
    if claim.worked and happens(now, VISIT, claim.id, terms.learn_by_visit):
        return True
    return happens(now, LETTER, claim.id, terms.learn_by_letter)


@kernel
def hear(state: "State", first: int, last: int) -> None:
    """Debtors learn of judgments. Who is refused credit learns of all that it was entered for."""
    procedure = state.parameters[0].procedure
    rate = awareness_of(procedure).learn_by_refusal
    journal = at_row(state.journal, first)
    for k in range(first, last):
        debtor = state.debtors[state.by_debtor.owners[k]]
        owned = owned_by(state, k)
        refused = debtor.on_list and happens(state.now, REFUSAL, debtor.id, rate)
        for j in range(owned.first, owned.last):
            claim = owned.claims[owned.order[j]]
            mine = missed_of(claim)
            if not mine.unaware or not is_open(claim.stage):
                continue
            count(journal, claim, UNKNOWN_MONTHS, 1.0)
            if refused or learns(claim, procedure, state.now):
                mine.unaware = False
                debtor.prompted = True
                count(journal, claim, LEARNT, 1.0)


@DEFAULT.phase(after="leaving")
def hear_of_judgments(simulation: "Simulation") -> None:
    """Debtors learn of judgments that they did not know of, and choose next month."""
    if awareness_of(simulation.inputs.parameters.procedure).unaware > 0.0:
        simulation.run_kernel(hear, len(simulation.owned.owners))


# ---------------------------------------------------------------- what is reported

DEFAULT.indicator(
    Ratio(
        name="default_judgments",
        title="Judgments by default",
        zh="未应诉判决占比",
        unit="share of judgments",
        bounds=SHARE,
        numerator=(BY_DEFAULT,),
        denominator=(Count.JUDGED,),
        window=12,
    )
)
DEFAULT.indicator(
    Ratio(
        name="judgments_learnt",
        title="Unknown judgments of which the debtor learns per month",
        zh="不知情判决的月知悉率",
        unit="share of unknown judgments per month",
        bounds=SHARE,
        better="more",
        counted=(UNKNOWN,),
        numerator=(LEARNT,),
        denominator=(UNKNOWN_MONTHS,),
    )
)

DEFAULT.equation(
    172,
    "judgments unknown to their debtor",
    r"""
(`miss_judgment`, `learns`, `hear`). A judgment in a suit that the debtor did not contest is one by
default. With chance `procedure.unaware`, drawn once for each claim, the debtor does not know of it.
It then makes no choice about it: the judgment is in no ledger, plan or payment, and the debtor
counts neither as refusing nor as unable to pay; sanctions on persons, which presuppose one of both,
do not reach it. Grace ends, the entry of eq. 170 is made and a case is opened as for others. In
each month the debtor learns of it with certainty once something was seized or paid on it; otherwise
with chance

```math
1-(1-w\,v)(1-l)(1-m\,c),
```

where $v$ is `learn_by_visit` and $w$ is 1 in a month in which officers work on the case, $l$ is
`learn_by_letter`, $c$ is `learn_by_refusal` and $m$ is 1 while the debtor is on the list; the last
is one draw for all judgments of a debtor. It chooses in the next month. The spell of a debtor who
owes nothing else under judgment begins then.
""",
)

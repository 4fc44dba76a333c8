"""Register of unpaid judgments (未履行判决登记): every judgment unpaid after the time to perform.

The list of the core names debtors whom officers find dishonest. A register asks neither for a case
in enforcement nor for a reason: a judgment not paid in time is entered at once, and the entry lasts
for its term. Payment in time leaves no trace, later payment only marks the entry as satisfied.
"""

from typing import TYPE_CHECKING, Annotated

from sim.books.counts import Count
from sim.engine.record import Quantity as Q
from sim.engine.record import Short
from sim.indicator import SHARE, Ratio
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.points import deadline_missed, entry_at_deadline, entry_kept
from sim.mechanisms.base.rules import kernel, rule

if TYPE_CHECKING:
    from sim.agents.claim import FIRST_MONTH, Claim, is_open
    from sim.agents.debtor.debtor import Debtor
    from sim.engine.draw import Now, happens
    from sim.levers.catalogue import Levers
    from sim.month.sanctions.credit import enter
    from sim.month.shared.journal import Journal, at_row, count
    from sim.month.shared.state import Setting, State
    from sim.month.simulation import Simulation
    from sim.terms import Stage

# ---------------------------------------------------------------- declarations

REGISTER = Mechanism(
    title="Register of unpaid judgments",
    zh="未履行判决登记",
    summary="Every judgment that is not paid in time is entered on the list, whoever owes it and "
    "for whatever reason; later payment only marks the entry as satisfied.",
)

KEPT = {"sanctions.register": 1.0}
"""Settings, by path, of a world in which the others matter."""


@REGISTER.add_to("sanctions")
class Entries:
    """The levers that set which judgments are entered, and what an entry weighs once satisfied."""

    register: Annotated[
        float,
        Lever(
            title="Register of unpaid judgments",
            zh="未履行判决登记",
            unit="share of judgments not paid in time that are entered at once",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C+ R+ H+",
            source="England and Wales enter every judgment not paid within one month, unasked",
        ),
    ] = 0.0
    satisfied_entry: Annotated[
        float,
        Lever(
            title="Weight of a satisfied entry",
            zh="履行后登记的余效",
            unit="share of the restrictions that remains after performance, until the term ends",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            by_case=True,
            expected="C± H+",
            bites=KEPT,
            source="in England and Wales late payment marks the entry as satisfied; share assumed",
        ),
    ] = 0.0


@REGISTER.add_to("procedure")
class Recording:
    """The parameter of how much of what is paid the register shows."""

    recorded: Annotated[
        float,
        Q(
            unit="share of satisfied entries whose satisfaction the register records",
            low=0.0,
            high=1.0,
            source="assumed: the debtor has to apply with proof, so many settled debts stay open",
            bites=KEPT,
        ),
    ] = 0.65


@REGISTER.add_to("claims")
class Entry:
    """Month in which the judgment was entered, counted from `FIRST_MONTH`; 0 if it is not."""

    registered: Short


entries_of = REGISTER.view(Entries)
recording_of = REGISTER.view(Recording)
entry_of = REGISTER.view(Entry)

ENTER = REGISTER.decision("enter_register", 146)

ENTERED = REGISTER.count("register_entries")
ENTERED_MONTHS = REGISTER.count("register_entered_months")
OPEN_FIRST = REGISTER.count("register_open_first")
OPEN_LATER = REGISTER.count("register_open_later")
SATISFIED_FIRST = REGISTER.count("register_satisfied_first")
SATISFIED_LATER = REGISTER.count("register_satisfied_later")
RECORDED_FIRST = REGISTER.count("register_recorded_first")
RECORDED = REGISTER.count("register_recorded")
RECORDED_MONTHS = REGISTER.count("register_recorded_months")

FIRST = 12
"""Last month of an entry's first year; its month of entry is 0."""

# ---------------------------------------------------------------- rules


@REGISTER.at(entry_at_deadline)
def chance_of_entry(chance: float, levers: "Levers") -> float:
    """Chance that a judgment unpaid at the end of the time to perform is entered (ODD eq. 170)."""
    return chance + entries_of(levers.sanctions).register * (1.0 - chance)


@REGISTER.at(entry_kept)
def weight_of_satisfied(share: float, levers: "Levers") -> float:
    """Share κ of the restrictions that remains after performance (ODD eq. 170)."""
    entries = entries_of(levers.sanctions)
    if entries.register <= 0.0:
        return share
    return max(share, entries.satisfied_entry)


@REGISTER.at(deadline_missed)
def enter_judgment(
    debtor: "Debtor", claim: "Claim", levers: "Levers", setting: "Setting", journal: "Journal"
) -> None:
    """Enter a judgment that stays unpaid; its debtor is then on the list (ODD eq. 170).

    A plan in place of payment does not prevent the entry; if it is broken, the entry revives. The
    entry says nothing about the debtor's reasons. So it is no news about how often those who
    keep money back are listed, and neither fair nor unfair. An earlier entry that was satisfied
    gives way to the new one.
    """
    share = entries_of(levers.sanctions).register
    mine = entry_of(claim)
    if share <= 0.0 or not happens(Now(setting.now.seed, 0), ENTER, claim.id, share):
        return
    if mine.registered <= 0:
        mine.registered = setting.now.month - FIRST_MONTH
        count(journal, claim, ENTERED, 1.0)
        count(journal, claim, ENTERED_MONTHS, levers.sanctions.listing_term)
    if debtor.on_list and debtor.repair == 0:
        return
    debtor.on_list = True
    debtor.listed = 0
    debtor.repair = 0
    enter(debtor, -setting.parameters.obligations.score_listing, levers)
    count(journal, claim, Count.LISTINGS, 1.0)


@rule
def follow_entry(
    claim: "Claim", term: float, recorded: float, now: "Now", journal: "Journal"
) -> None:
    """Count a month of an entry: open, satisfied, or satisfied and recorded (ODD eq. 171).

    Args:
        claim: The claim under the judgment, as it is at the end of the month.
        term: Months that an entry lasts.
        recorded: Share of satisfied entries whose satisfaction is recorded.
        now: The month.
        journal: Where the month is counted.
    """
    mine = entry_of(claim)
    age = now.month - FIRST_MONTH - mine.registered
    satisfied = claim.stage == Stage.PAID or claim.stage == Stage.PLAN_COMPLETED
    if age >= term or not (satisfied or is_open(claim.stage)):
        mine.registered = 0
        return
    if age > 0 or satisfied:
        count(journal, claim, OPEN_FIRST if age <= FIRST else OPEN_LATER, 1.0)
    if not satisfied:
        return
    mine.registered = 0
    count(journal, claim, RECORDED, recorded)
    count(journal, claim, RECORDED_MONTHS, recorded * (term - age))
    if age <= FIRST:
        count(journal, claim, SATISFIED_FIRST, 1.0)
        count(journal, claim, RECORDED_FIRST, recorded)
    else:
        count(journal, claim, SATISFIED_LATER, 1.0)


@kernel
def follow_entries(state: "State", first: int, last: int) -> None:
    """Follow every entry through the month."""
    recorded = recording_of(state.parameters[0].procedure).recorded
    journal = at_row(state.journal, first)
    for row in range(first, last):
        claim = state.claims[row]
        if entry_of(claim).registered > 0:
            levers = state.levers[state.debtors[claim.debtor].treatment]
            follow_entry(claim, levers.sanctions.listing_term, recorded, state.now, journal)


@REGISTER.phase(after="leaving")
def keep_register(simulation: "Simulation") -> None:
    """The register counts its entries, and those that were satisfied."""
    if (simulation.levers["sanctions"]["register"] > 0.0).any():
        simulation.run_kernel(follow_entries, len(simulation.claims))


# ---------------------------------------------------------------- what is reported

HAZARD = "share of open entries per month"

REGISTER.indicator(
    Ratio(
        name="register_hazard",
        title="Entries satisfied per month",
        zh="登记判决月履行率",
        unit=HAZARD,
        bounds=SHARE,
        better="more",
        numerator=(SATISFIED_FIRST, SATISFIED_LATER),
        denominator=(OPEN_FIRST, OPEN_LATER),
    )
)
REGISTER.indicator(
    Ratio(
        name="register_hazard_first",
        title="Entries satisfied per month in their first year",
        zh="登记首年月履行率",
        unit=HAZARD,
        bounds=SHARE,
        better="more",
        numerator=(SATISFIED_FIRST,),
        denominator=(OPEN_FIRST,),
    )
)
REGISTER.indicator(
    Ratio(
        name="register_hazard_later",
        title="Entries satisfied per month after their first year",
        zh="登记首年后月履行率",
        unit=HAZARD,
        bounds=SHARE,
        better="more",
        numerator=(SATISFIED_LATER,),
        denominator=(OPEN_LATER,),
    )
)
REGISTER.indicator(
    Ratio(
        name="register_recorded_hazard",
        title="Satisfactions recorded per month",
        zh="登记簿月注记率",
        unit=HAZARD,
        bounds=SHARE,
        better="more",
        numerator=(RECORDED,),
        denominator=(OPEN_FIRST, OPEN_LATER),
    )
)
REGISTER.indicator(
    Ratio(
        name="register_recorded_first",
        title="Entries recorded as satisfied within a year",
        zh="登记一年内注记履行的比例",
        unit="share of entries made in the last twelve months",
        bounds=SHARE,
        better="more",
        numerator=(RECORDED_FIRST,),
        denominator=(ENTERED,),
        window=12,
    )
)
REGISTER.indicator(
    Ratio(
        name="register_recorded_share",
        title="Entries on the register recorded as satisfied",
        zh="登记簿中注记履行的比例",
        unit="share of the register, if as many entries were made and satisfied in every year",
        bounds=SHARE,
        better="more",
        numerator=(RECORDED_MONTHS,),
        denominator=(ENTERED_MONTHS,),
        window=12,
    )
)

REGISTER.equation(
    170,
    "register of unpaid judgments",
    r"""
(`enter_judgment`, `weight_of_satisfied`, `months_for_the_dishonest`, `left_by_performing`). A
judgment that is not paid in full when the time to perform (`procedure.grace`) ends is entered with
chance $e=$ `sanctions.register`, drawn once for each claim. Its debtor is then on the list with all
its restrictions, whether or not a case is open and whether or not the debtor could pay; the entry
is not counted as experience of the hazard of eq. 2. Performance in time leaves no entry. Later
performance only marks it as satisfied: the share $\kappa=$ `sanctions.satisfied_entry` of the
restrictions remains for the rest of the term instead of the wait of eq. 120, and in the same share
lenders who look still refuse (eq. 36). The entry ends with its term. A plan accepted before
enforcement does not prevent it; as after any plan (eq. 120), it weighs like a satisfied one while
the plan is kept. A new entry takes the place of a satisfied one; a debtor with an open entry keeps
its date.

Debtors foresee it. With $\mathrm{PV}(a,T,h)$ the sum of eq. 6, $h_l/(r+x+h+h_l)$ the discounted
chance of being listed in eq. 6 and $d$ the chance that the time to perform ends unused (1 in its
last month, the chance of a judgment before, 0 after), keeping money back costs

```math
\big(\lambda+d\,e\,(1-\lambda)\big)\,y f S^{\varepsilon}\,
\big((1-\kappa)\,\mathrm{PV}(a,T,h)+\kappa\,\mathrm{PV}(a,T,0)\big),\qquad
\lambda=\begin{cases}1&\text{listed}\\ h_l/(r+x+h+h_l)&\text{not listed}\end{cases}
```

and performing costs a listed debtor $y f S^{\varepsilon}\kappa\,\mathrm{PV}(a,T,0)$, a plan, or a
debtor whose assets do not cover the debt before its income does, $d\,e$ times as much with $a=0$.
So the gain from paying is $e\,y f
S^{\varepsilon}\big((1-\kappa)\mathrm{PV}(0,T,h)+\kappa\mathrm{PV}(0,T,0)\big)$ until the deadline
and only $(1-\kappa)\,y f S^{\varepsilon}\mathrm{PV}(a,T,h)$ after it. A debtor who pays a part is
entered too, which is why the cost of eq. 68 contains the entry. A debtor who pays one of several
judgments stays on the list.
""",
)

REGISTER.equation(
    171,
    "what the register records",
    r"""
(`follow_entry`). An observation, not a part of the world: of the entries that are satisfied, the
register shows the share $\rho=$ `procedure.recorded`, since debtors have to apply with proof. If
$s_a$ entries of a month are satisfied at age $a$, $\rho\sum_a s_a$ are recorded. The share of the
register recorded as satisfied is $\rho\sum_a s_a\,(T-a)$ divided by $T$ times the entries made: it
equals the share of all entries on the register in a world in which nothing changes. Hazards are
satisfied entries divided by months of open entries, with the first year (ages up to 12) apart.
""",
)

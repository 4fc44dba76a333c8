"""Output of ``servanda compare`` for people: the conclusion in words, then tables.

In: results of scenarios, money and statements. Out: lines on stdout.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.cli.console.numbers import many, number
from sim.cli.console.writing import MARK, Column, say, table, width

if TYPE_CHECKING:
    from sim.analysis.comparison.compare import Standing
    from sim.analysis.comparison.district import District
    from sim.analysis.comparison.money import Money
    from sim.analysis.comparison.reach import PolicyReach
    from sim.analysis.comparison.statements import Statement
    from sim.analysis.components import Components
    from sim.analysis.paired import Difference

ROOM = 110
"""Width of a line, in columns, from which tables show the titles of indicators."""
COVERS = (
    f"{MARK} the 95 % interval excludes 0. It covers only the random variation between "
    "seeds, not the uncertainty of prices, parameters or the model."
)
"""What an interval covers and what it does not; written below every table with intervals."""
LEFT_OUT = (
    "social_return and net_received leave out payments between other parties: premiums, transfers, "
    "fees, fines, bribes, assets moved to third parties. The table of money shows them."
)
CHANGED = "Rows with a colon are payments that clearly change."
"""How to read the rows of payments in the table of money."""
SUMS = (
    "Rows of parties show what each received less what it paid, and add up to 0; everyday income "
    "and spending are left out."
)
"""How to read the rows of parties in the table of money."""
PAYMENTS = 6
"""Maximum number of payments shown; those that change most are shown."""
NUMBERS = tuple(Column(head, right=True, whole=True) for head in ("baseline", "difference", "95 %"))
NO_INTERVAL = "Too few cases reached: no interval, no conclusion."


SPLIT = (
    "Over an ensemble, intervals cover uncertain parameters too. Share of the variance of a "
    "difference between two runs that parameters cause; the rest is chance:"
)
"""Introduces the split of the variance of differences."""


def show_split(split: "Mapping[str, Mapping[str, Components]]") -> None:
    """Write how much of each difference's variance parameters cause; nothing without an ensemble.

    Args:
        split: By scenario and measure, the components of the variance.
    """
    if not split:
        return
    say(SPLIT)
    measures = [m for m in next(iter(split.values())) if any(m in one for one in split.values())]
    table(
        (Column("measure", whole=True), *(Column(name, right=True) for name in split)),
        [(m, *(_share(one.get(m)) for one in split.values())) for m in measures],
    )


def _share(one: "Components | None") -> str:
    return "–" if one is None or math.isnan(one.share) else f"{one.share:.0%}"


def show(
    standings: "Sequence[Standing]",
    moneys: "Sequence[Money]",
    words: "Sequence[Statement]",
    *,
    district: "District | None",
    precision: float | None,
    months: int,
) -> None:
    """Write the whole comparison.

    Args:
        standings: The scenarios, the baseline first.
        moneys: Payments and net receipts of the parties in these scenarios.
        words: The conclusion.
        district: Sums are also shown for a population of the size of this district; None for no
            district.
        precision: Half-width of an interval, as a share of the baseline's mean. The output says how
            many replicates an interval of this width needs. None to leave this number out.
        months: Measured months of the runs.
    """
    conclude(words, [one.name for one in standings[1:]])
    payments = {one.name: one for one in moneys}
    for one in standings[1:]:
        say()
        say(one.name, bold=True)
        if one.error:
            say(f"failed: {one.error}", indent=2)
            continue
        for reach in one.reach:
            say(f"{reached(reach)}", indent=2)
        say()
        _measures(one, months)
        if one.name in payments and not one.few:
            say()
            _money(payments[one.name], district)
        if precision is not None:
            say()
            _replicates(one, precision)
        say()
        if one.price is not None:
            say(f"Public cost of one more yuan of net_received: {one.price:.3g} yuan.")
        say(place(one))
    say()
    say(LEFT_OUT)


def conclude(words: "Iterable[Statement]", names: Sequence[str]) -> None:
    """Write the conclusion: a sentence per line, then a paragraph per scenario."""
    from sim.analysis.comparison.statements import in_words

    statements = list(words)
    say("Conclusion", bold=True)
    for one in statements:
        if not one.about and one.key != "interval":
            say(f"- {in_words(one)}", indent=2)
    for name in names:
        own = [in_words(one) for one in statements if one.about == name]
        if own:
            say(f"- {name}: {' '.join(own)}", indent=2)
    for one in statements:
        if one.key == "interval":
            say(f"- {in_words(one)}", indent=2)


def reached(one: "PolicyReach") -> str:
    """One line on the months that a policy was in force and the people it reached."""
    named = (("court", one.courts), ("debtor", one.debtors), ("claim", one.claims))
    parts = ", ".join(_mean(what, value) for what, value in named)
    few = "; too few to judge its effect" if one.few else ""
    months = many(round(one.months), "month")
    return (
        f"policy {one.policy}: in force for {months}, reached {parts}, {_mean('case', one.cases)} "
        f"per run; {many(one.in_all, 'claim')} in {many(one.replicates, 'replicate')}{few}"
    )


def _mean(what: str, value: float) -> str:
    return f"{number(value)} {what}{'' if value == 1.0 else 's'}"


def _measures(one: "Standing", months: int) -> None:
    """Write a row per indicator.

    Harms that reach nobody, and indicators that need longer runs, are left out.
    """
    from sim.analysis.comparison.compare import PEOPLE
    from sim.measure.headline import possible, too_short
    from sim.measure.indicators import INDICATORS

    known = {each.name: each for each in INDICATORS}
    wide = width() >= ROOM
    columns = [Column("indicator, unit"), *NUMBERS]
    rows = []
    for name in possible(one.differences, months):
        found = one.differences[name]
        if name in PEOPLE and (not found.pairs or found.base == found.mean == 0.0):
            continue  # nobody can be harmed in this way, or nobody is
        about = known.get(name)
        words = [f"{about.title} ({name})" if wide and about else name]
        words += [about.unit] if about else []
        rows.append([", ".join(words) + _why(found), *cells(found)])
    dose = f" at dose {one.dose:.3g}" if one.dose != 1.0 else ""
    notes = [
        NO_INTERVAL if one.few else COVERS,
        *filter(None, [too_short(one.differences, months)]),
    ]
    table(columns, rows, title=f"What changes under {one.name}{dose}", notes=notes)


def _why(found: "Difference") -> str:
    """Why there is no interval; or how many pairs of runs have a value, if some have none."""
    from sim.analysis.comparison.pairing import TOO_FEW

    if math.isnan(found.low) and found.reason and found.reason != TOO_FEW:
        return f" ({found.reason})"
    return f" ({found.pairs} of {found.pairs + found.dropped} pairs)" if found.dropped else ""


def cells(found: "Difference") -> list[str]:
    """Baseline, difference and interval as texts; a clear difference is marked."""
    if found.mean == found.low == found.high == 0.0:
        return [number(found.base), "0", "no run differed"]
    mark = MARK if found.clear else ""
    span = f"{number(found.low, '+')} to {number(found.high, '+')}"
    return [
        number(found.base),
        number(found.mean, "+") + mark,
        "–" if math.isnan(found.low) else span,
    ]


def _money(one: "Money", district: "District | None") -> None:
    """Write what each party receives minus what it pays, then payments that clearly change."""
    from sim.analysis.comparison.payments import LINES, PARTIES

    columns = [Column("who"), *NUMBERS]
    if district is not None:
        columns.append(Column(f"{district.currency.name} a year", right=True, whole=True))

    def row(title: str, found: "Difference") -> list[str]:
        whole = [number(district.money(found.mean), "+")] if district is not None else []
        return [title, *cells(found), *whole]

    rows = [
        row(PARTIES[party].title, found)
        for party, found in one.parties.items()
        if found.mean or found.base
    ]
    lines = {line.name: line for line in LINES}
    moved = sorted(one.lines.items(), key=lambda item: -abs(item[1].mean))
    clear = [(lines[name], found) for name, found in moved if found.clear][:PAYMENTS]
    for line, found in clear:
        ends = f"{PARTIES[line.payer].title} → {PARTIES[line.receiver].title}"
        rows.append(row(f"{line.title}: {ends}", found))
    title = f"Who pays and who receives under {one.name}, yuan per debtor and year"
    table(columns, rows, title=title, notes=(*([f"{CHANGED} {SUMS}"] if clear else [SUMS]), COVERS))


def _replicates(one: "Standing", precision: float) -> None:
    """Write how many replicates a precision needs, and the variance that common draws save."""
    columns = [
        Column("indicator", whole=True),
        Column("common draws save", right=True),
        Column(f"replicates for ±{precision:.3g} of the baseline", right=True),
    ]
    rows = [
        [
            name,
            "–" if math.isnan(found.saved) else f"{found.saved:.0%}".replace("-", "−"),
            "–" if found.needed is None else f"{found.needed:,}",
        ]
        for name, found in one.differences.items()
    ]
    notes = [
        "Common draws save this share of the variance that runs with separate seeds would have."
    ]
    table(columns, rows, title="Replicates needed", notes=notes)


def place(one: "Standing") -> str:
    """The scenarios that beat this one, and the share of resamples in which none does."""
    if one.few:
        return "Not ranked against the other scenarios: too few cases reached."
    if math.isnan(one.frontier):
        return "Not ranked against the other scenarios: cost, harm or money received has no value."
    share = (
        f"No scenario beats it (cheaper for the public, less harm, more received; what others pay "
        f"is ignored) in {one.frontier:.0%} of resampled replicates."
    )
    return f"Beaten by {', '.join(one.beaten_by)}. {share}" if one.beaten_by else share

"""The page that ``servanda effects --out`` writes, and how its numbers are written."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sim.cli.console.writing import MARK
from sim.cli.inspect.levers import MODES

if TYPE_CHECKING:
    from sim.analysis.comparison.effects import Row
    from sim.analysis.comparison.interventions import Intervention
    from sim.analysis.paired import Difference
    from sim.scenario.scenario import Scenario

HEADS = {
    "performed": "performed in 12 months",
    "voluntary": "without enforcement",
    "months": "months to money",
    "refusal": "refusal",
    "harm": "harm",
    "cost": "public cost",
    "performance": "voluntary performance",
    "recovery": "money recovered",
    "backlog": "backlog",
}
"""What the measures are called in a table."""

DIGITS = 2
"""Significant digits of an interval's half-width; the mean is written as far."""
FARTHEST = 4
"""Decimals at most."""
ROUNDING = 1e-9
"""Share of a mean below which a half-width is a matter of rounding."""


@dataclass(frozen=True)
class Request:
    """What the command line requested of a table.

    Args:
        baseline: The scenario that all is compared with.
        replicates: Number of seeds.
        biting: Whether levers were run where they should bite, too.
        budget: What packs may cost, yuan a year per 1,000 debtors, where one was given.
        command: The command that makes the table again.
    """

    baseline: "Scenario"
    replicates: int
    biting: bool
    budget: float | None
    command: str

    @property
    def title(self) -> str:
        """A line about it."""
        setup = self.baseline
        size, run = setup.population.size, setup.run
        return (
            f"{setup.title}: {size:,} debtors, {run.months} months after {run.burn_in} "
            f"of burn-in, {self.replicates} seeds"
        )


# ---------------------------------------------------------------- numbers and cells


def spread(one: "Difference") -> str:
    """A mean with the half-width of its interval: ``+.012 ± .004``; a dash where it is missing."""
    if math.isnan(one.mean):
        return "–"
    # Where all pairs agree except for rounding, the mean decides how far both are written.
    known = one.half if one.half > abs(one.mean) * ROUNDING else abs(one.mean)
    places = FARTHEST
    if known > 0.0:
        places = min(FARTHEST, max(0, DIGITS - 1 - math.floor(math.log10(known))))
    mean = "0" if one.mean == 0.0 else _short(f"{one.mean:+,.{places}f}")
    half = "0" if one.half <= abs(one.mean) * ROUNDING else _short(f"{one.half:,.{places}f}")
    lost = f" ({one.pairs} of {one.pairs + one.dropped} pairs)" if one.dropped else ""
    return f"{mean} ± {'–' if math.isnan(one.half) else half}{lost}"


def marked(one: "Difference") -> str:
    """A mean with its half-width, with a mark where the interval excludes 0."""
    return f"{spread(one)}{MARK if one.clear else ''}"


def _short(text: str) -> str:
    """A number without the zero before its point, its minus as long as its plus."""
    return re.sub(r"^([+-]?)0\.", r"\1.", text).replace("-", "−")


def measured(rows: "Iterable[Row]") -> list[str]:
    """The measures that rows have, in the order of tables."""
    there = {name for row in rows for name in row.effects}
    return [name for name in HEADS if name in there]


def place(point: "Intervention") -> list[str]:
    """From where to where a point moves its lever, and in which other world."""
    said = []
    if point.number is not None:
        start = "" if point.start is None else f"{point.start:,.10g} "
        said.append(f"{start}→ {point.number:,.10g}")
    if bites := [f"`{path}` {_shown(value)}" for path, value in point.reference.bites]:
        said.append(f"where {', '.join(bites)}")
    return said


def _shown(value: float | bool | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:,.10g}"


def signs(row: "Row") -> str:
    """Which expected signs came: ``C, R as expected; B nil``."""
    letters: dict[str, list[str]] = {}
    for letter, verdict in row.verdicts.items():
        letters.setdefault(verdict, []).append(letter)
    return "; ".join(f"{', '.join(which)} {verdict}" for verdict, which in letters.items())


def lists(rows: "Sequence[Row]") -> Iterator[str]:
    """What is to be mended or explained: levers that do nothing, signs against expectation."""
    from sim.analysis.comparison.effects import against, nil

    silent = list(nil(rows))
    for but_cost, head in ((False, "Nil in all measures"), (True, "Nil except for public cost")):
        names = [
            f"`{one.name}`" + ("" if one.bit else " (not run where it should bite)")
            for one in silent
            if one.but_cost == but_cost
        ]
        if names:
            yield f"**{head}:** {', '.join(names)}."
    surprises = [
        f"`{row.point.name}` ({'; '.join(place(row.point))}): {HEADS[name]} "
        f"{spread(row.effects[name])}, expected {_expected(row, name)}"
        for row, name in against(rows)
    ]
    if surprises:
        yield "**Signs against expectation:**"
        yield from (f"- {one}" for one in surprises)
    failed = [
        f"- `{row.point.name}` ({'; '.join(place(row.point))}): {row.error}"
        for row in rows
        if row.error
    ]
    if failed:
        yield "**Stopped:**"
        yield from failed


def _expected(row: "Row", name: str) -> str:
    """Which way a measure was expected to go at this end of the lever's range."""
    from sim.analysis.comparison.effects import LETTERS

    lever = row.point.lever
    sign = next(w[1:] for w in (lever.expected if lever else "").split() if LETTERS[w[0]] == name)
    return "up" if (sign == "+") == (row.point.end == "high") else "down"


# ---------------------------------------------------------------- the page


INTRODUCTION = """\
# What each lever and each pack changes

Written by `{command}`; nothing on this page is written by hand.

**What was run.** {title}. Each lever is brought to either end of its range, alone, and set against
the baseline; each pack lays its policies over the baseline. A lever is held by one policy from the
first measured month to the last: the burn-in is the baseline's own, and a row shows what such a
policy does within {months} months, not what another history would have made. An end at which the
baseline stands already has no row: nothing changes there. The {replicates} seeds are the same for
every row, and those of `servanda compare` with as many replicates; every draw is keyed by who
decides what and when, so two runs of a seed differ only by what the lever does, directly or
through others.

**How to read it.** A cell is the mean difference from the baseline over the seeds, with the
half-width of its 95 % interval (see [comparing](comparing.md)). It is **bold** where the interval
excludes 0; `0 ± 0` says that not one run differed. Values are over all measured months together:

| column | [indicator](indicators.md) | unit |
|---|---|---|
| performed in 12 months | `performed_12`, of claims by the month they fell due | share |
| without enforcement | `voluntary_12`, likewise | share |
| months to money | `months_to_money`, likewise, 36 at most | months |
| refusal | `refusal`, of debtors able to pay | share |
| harm | `harm` | yuan per debtor and year |
| public cost | `public_outlay`: levers, officers and custody | yuan per debtor and year |
| voluntary performance | `grace_performance`, of all claims leaving grace | share |
| money recovered | `recovery`, on cases closed | share of yuan claimed |
| backlog | `backlog` | cases open per 1,000 debtors |

The first three follow the claims that fell due in a month, whoever is sued or enforced later; they
are left out where the runs are too short for them.

*Signs* says of the effects that a lever declares (C voluntary performance, R money recovered,
B backlog, H harm; see [levers](levers.md)) whether they came at this end of its range: as expected,
nil where the interval holds 0, or against; up or down where the declared sign depends. `C as
expected; R, B nil` says that C came as declared, and that the intervals of R and B hold 0. A
declared sign is an expectation, never an input.{biting}

**With care.**

- The ends of a range are no proposals. They show whether a lever works and which way, not what a
  likely dose brings.
- Of a hundred intervals some five exclude 0 by chance. One that does so narrowly is no finding; one
  far from 0, or the same at both ends, is.
- An interval that holds 0 does not prove that nothing happens, least of all a wide one; `0 ± 0`
  does, for these seeds. Money recovered has the widest: a few large claims carry most of it.
- Voluntary performance, unlike the first three columns, is measured on claims that reach the grace
  period. What is paid when due, settled or preserved before never comes there: a lever that works
  earlier changes who is left. All claims are counted, not those of the able, because many levers
  change who is able.
- Public cost rests on prices that are assumed, and on what a run counts. What the public passes on,
  social benefits and money for relief, is not used up and not in it. A lever that moves nothing
  else is listed apart.
- Levels and sizes rest on parameters that are partly fitted and partly assumed: see
  [baseline](baseline.md).
"""

BITING = """ Where a
lever declares a world in which it should bite, it has rows in that world too (*where …*), set
against a baseline of that world, burn-in included."""


PACKS = """\
Each is a scenario, its policies laid over the baseline; behind an @ stands the dose that all its
policies have, where it is not full strength.{budget}
"""

BUDGET = """ The packs that cost the public
more than {budget:,.10g} yuan a year per 1,000 debtors, transfers apart, stand here again at the
dose at which their mean cost over the seeds of this table is the budget, or misses it by
{missed:.3g} % at most; the others cost no more at full strength. Equal they are over these seeds:
what other seeds would cost at that dose is known as well as the interval of the cost says."""


def _budget(about: Request) -> str:
    """What a budget has to do with doses; nothing without one."""
    from sim.analysis.comparison.dose import TOLERANCE

    if about.budget is None:
        return ""
    return BUDGET.format(budget=about.budget, missed=100.0 * TOLERANCE)


def page(rows: "Sequence[Row]", about: Request) -> str:
    """The whole page.

    Args:
        rows: Levers and packs, in any order.
        about: The request.
    """
    parts = [
        INTRODUCTION.format(
            command=about.command,
            title=about.title,
            months=about.baseline.run.months,
            replicates=about.replicates,
            biting=BITING if about.biting else "",
        )
    ]
    levers = [row for row in together(rows) if row.point.lever is not None]
    for mode, group in groupby(levers, key=_mode):
        parts.append(f"## {' '.join(MODES.get(mode, (mode,)))}\n\n{_grid('lever', group)}\n")
    packs = [row for row in rows if row.point.lever is None]
    if packs:
        doses = PACKS.format(budget=_budget(about))
        parts.append(f"## Packs of policies\n\n{doses}\n{_grid('pack', packs)}\n")
    found = [line if line.startswith("- ") else f"\n{line}\n" for line in lists(rows)]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip()
    said = said or "No lever is nil, and no sign is against expectation."
    parts.append(f"## What is nil, and what surprises\n\n{said}\n")
    return "\n".join(parts)


def _mode(row: "Row") -> str:
    return row.point.name.partition(".")[0]


def together(rows: "Sequence[Row]") -> "list[Row]":
    """Rows of a lever one after the other, levers and modes in the order in which they came."""
    names = list(dict.fromkeys(row.point.name for row in rows))
    modes = list(dict.fromkeys(map(_mode, rows)))
    return sorted(rows, key=lambda row: (modes.index(_mode(row)), names.index(row.point.name)))


def _grid(what: str, rows: "Iterator[Row] | Sequence[Row]") -> str:
    """A table of rows."""
    packs, rows = what == "pack", list(rows)
    names = measured(rows)
    heads = [
        what,
        *(() if packs else ("from → to",)),
        *(HEADS[name] for name in names),
        *(() if packs else ("signs",)),
    ]
    lines = [heads, ["---"] * len(heads)]
    for row in rows:
        cells = [_cell(row, name) for name in names]
        if row.error:
            cells = [row.error.replace("|", "/"), *[""] * (len(names) - 1)]
        where = () if packs else ("; ".join(place(row.point)),)
        lines.append([f"`{row.point.name}`", *where, *cells, *(() if packs else (signs(row),))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: "Row", name: str) -> str:
    if row.error:
        return ""
    one = row.effects[name]
    return f"**{spread(one)}**" if one.clear else spread(one)

"""The page that ``servanda effects --out`` writes, and how its numbers are written."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sim.cli.console.writing import MARK
from sim.words.modes import MODES

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
"""Names of the measures in tables."""

DIGITS = 2
"""Significant digits of an interval's half-width; the mean has as many decimals."""
FARTHEST = 4
"""Maximum number of decimals."""
ROUNDING = 1e-9
"""A half-width below this share of the mean is only a rounding error."""


@dataclass(frozen=True)
class Request:
    """What the command line requests for a table.

    Args:
        baseline: The scenario with which all levers and packs are compared.
        replicates: Number of seeds.
        biting: Whether levers were also run in the worlds in which they should have an effect.
        budget: Budget of packs, yuan a year per 1,000 debtors; None without a budget.
        command: The command that makes the same table again.
    """

    baseline: "Scenario"
    replicates: int
    biting: bool
    budget: float | None
    command: str

    @property
    def title(self) -> str:
        """One line on the runs: scenario, debtors, months and seeds."""
        setup = self.baseline
        size, run = setup.population.size, setup.run
        return (
            f"{setup.title}: {size:,} debtors, {run.months} months after {run.burn_in} "
            f"of burn-in, {self.replicates} seeds"
        )


# ---------------------------------------------------------------- numbers and cells


def spread(one: "Difference") -> str:
    """A mean with the half-width of its interval: ``+.012 ± .004``; a dash for NaN."""
    if math.isnan(one.mean):
        return "–"
    # Where all pairs agree except for rounding, the mean sets the decimals of both.
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
    """A number without the zero before its decimal point, and with a true minus sign."""
    return re.sub(r"^([+-]?)0\.", r"\1.", text).replace("-", "−")


def measured(rows: "Iterable[Row]") -> list[str]:
    """Names of the measures in these rows, in the order of tables."""
    there = {name for row in rows for name in row.effects}
    return [name for name in HEADS if name in there]


def place(point: "Intervention") -> list[str]:
    """The values between which a lever is moved, and the settings of its world, as texts."""
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
    """Whether the expected signs appeared: ``C, R as expected; B nil``."""
    letters: dict[str, list[str]] = {}
    for letter, verdict in row.verdicts.items():
        letters.setdefault(verdict, []).append(letter)
    return "; ".join(f"{', '.join(which)} {verdict}" for verdict, which in letters.items())


def lists(rows: "Sequence[Row]") -> Iterator[str]:
    """Lines on levers without effect, on signs against expectation and on failed runs."""
    from sim.analysis.comparison.effects import against, nil

    silent = list(nil(rows))
    for but_cost, head in ((False, "Nil in all measures"), (True, "Nil except for public cost")):
        names = [
            f"`{one.name}`" + ("" if one.bit else " (not run where it should have an effect)")
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
        yield "**Stopped with an error:**"
        yield from failed


def _expected(row: "Row", name: str) -> str:
    """Expected direction of a measure at this end of the lever's range: up or down."""
    from sim.analysis.comparison.effects import LETTERS

    lever = row.point.lever
    sign = next(w[1:] for w in (lever.expected if lever else "").split() if LETTERS[w[0]] == name)
    return "up" if (sign == "+") == (row.point.end == "high") else "down"


# ---------------------------------------------------------------- the page


INTRODUCTION = """\
# What each lever and each pack changes

Written by `{command}`; nothing on this page is written by hand.

**What was run.** {title}. Each lever is set to either end of its range, alone, and compared with
the baseline; each pack adds its policies to the baseline. One policy sets a lever from the first
measured month to the last. The burn-in is that of the baseline, so a row shows what such a policy
does within {months} months, not what it would do after another history. An end of the range that
is the value of the baseline has no row, since nothing changes there. The {replicates} seeds are the
same for every row, and are those of `servanda compare` with as many replicates. Every draw is keyed
by who decides what and when, so two runs of a seed differ only by what the lever does, directly or
indirectly.

**How to read it.** A cell is the mean difference from the baseline over the seeds, with the
half-width of its 95 % interval (see [comparing](comparing.md)). It is **bold** where the interval
excludes 0; `0 ± 0` means that no run differed. Values are over all measured months together:

| column | [indicator](indicators.md) | unit |
|---|---|---|
| performed in 12 months | `performed_12`, of claims by the month in which they fell due | share |
| without enforcement | `voluntary_12`, of the same claims | share |
| months to money | `months_to_money`, of the same claims, at most 36 | months |
| refusal | `refusal`, of debtors able to pay | share |
| harm | `harm` | yuan per debtor and year |
| public cost | `public_outlay`: levers, officers and custody | yuan per debtor and year |
| voluntary performance | `grace_performance`, of all claims leaving grace | share |
| money recovered | `recovery`, on cases closed | share of yuan claimed |
| backlog | `backlog` | cases open per 1,000 debtors |

The first three follow all claims that fell due in a month, whether or not they are sued on or
enforced later; they are left out if the runs are too short for them.

*Signs* shows whether the effects that a lever declares (C voluntary performance, R money recovered,
B backlog, H harm; see [levers](levers.md)) appeared at this end of its range: as expected, nil if
the interval contains 0, or against expectation; up or down if the lever declares no definite sign.
`C as expected; R, B nil` means that C changed as declared, and that the intervals of R and B
contain 0. A declared sign is an expectation, never an input.{biting}

**With care.**

- The ends of a range are not proposals. They show whether a lever has an effect and in which
  direction, not what a likely dose brings.
- Of a hundred intervals about five exclude 0 by chance. An interval that narrowly excludes 0 is not
  a finding; one that is far from 0, or that agrees at both ends of the range, is.
- An interval that contains 0 does not prove that there is no effect, especially if it is wide;
  `0 ± 0` does, for these seeds. Money recovered has the widest intervals, because most of it comes
  from a few large claims.
- Voluntary performance, unlike the first three columns, is measured on claims that reach the grace
  period. Claims that are paid when due, settled or secured by preservation before do not reach it,
  so a lever that works earlier changes which claims are left. All claims are counted, not only
  those of debtors able to pay, because many levers change who is able.
- Public cost is computed from assumed prices and from what a run counts. It does not include money
  that the public only passes on: social benefits and relief. A lever that changes nothing else is
  listed separately.
- Levels and sizes of effects depend on parameters that are partly fitted and partly assumed: see
  [baseline](baseline.md).
"""

BITING = """ Where a
lever declares a world in which it should have an effect, it also has rows for that world
(*where …*), compared with a baseline of that world, burn-in included."""


PACKS = """\
Each pack is a scenario whose policies are added to the baseline. The number after an @ is the dose
of all its policies, if it is not full strength.{budget}
"""

BUDGET = """ Packs that cost the
public more than {budget:,.10g} yuan a year per 1,000 debtors, not counting transfers, are shown
again at the dose at which their mean cost over the seeds of this table is the budget, or differs
from it by at most {missed:.3g} %; the others cost no more than that at full strength. Costs are
equal over these seeds only; the interval of the cost shows how far they may differ over others."""


def _budget(about: Request) -> str:
    """The paragraph on packs at the dose that costs the budget; empty without a budget."""
    from sim.analysis.comparison.dose import TOLERANCE

    if about.budget is None:
        return ""
    return BUDGET.format(budget=about.budget, missed=100.0 * TOLERANCE)


def page(rows: "Sequence[Row]", about: Request) -> str:
    """The whole page.

    Args:
        rows: Levers and packs, in any order.
        about: The request from the command line.
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
        title = " ".join(MODES[mode].both) if mode in MODES else mode
        parts.append(f"## {title}\n\n{_grid('lever', group)}\n")
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
    """Rows grouped by lever, with levers and modes in the order of their first row."""
    names = list(dict.fromkeys(row.point.name for row in rows))
    modes = list(dict.fromkeys(map(_mode, rows)))
    return sorted(rows, key=lambda row: (modes.index(_mode(row)), names.index(row.point.name)))


def _grid(what: str, rows: "Iterator[Row] | Sequence[Row]") -> str:
    """A table in Markdown, one line per row."""
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

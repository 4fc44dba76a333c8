"""Writes the generated parts of these pages from the code, or checks that they are current.

In: the declarations in `sim/` and the layers in `pyproject.toml`. Out: whatever stands between
``<!-- begin: NAME -->`` and ``<!-- end: NAME -->`` in the pages of this folder.

``python docs/tables.py`` writes; with ``--check`` it exits 1 when a page is out of date.
"""

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from typing import Any, get_args, get_type_hints

from sim import parameters as of
from sim.agents.transitions import TRANSITIONS
from sim.books.accounts import MOVEMENTS, NOWHERE, Account
from sim.engine.record import Quantity, quantity
from sim.experiment.reading.file import load_experiment
from sim.experiment.reading.shipped import shipped as experiments
from sim.levers.catalogue import catalogue, value
from sim.levers.lever import BASES, Lever
from sim.measure.headline import headlines
from sim.measure.indicators import INDICATORS
from sim.mechanisms import MECHANISMS, application_fee
from sim.mechanisms.base.points import POINTS
from sim.month import calendar
from sim.reading import limits as reading_limits
from sim.scenario.checking.sections import EVASIONS, Population, Run
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.terms import Mover, chinese, label
from sim.view.lessons.lesson import lessons as all_lessons
from sim.view.lessons.pages import about
from sim.words.modes import MODES

BASELINE = "china_2016"
"""The scenario in which docs/effects.md measures levers."""

DOCS = Path(__file__).resolve().parent
PYPROJECT = DOCS.parent / "pyproject.toml"

SECTIONS: tuple[tuple[str, type], ...] = (
    ("run", Run),
    ("population", Population),
    ("economy", of.Economy),
    ("obligations", of.Obligations),
    ("choice", of.Choice),
    ("learning", of.Learning),
    ("society", of.Society),
    ("procedure", of.Procedure),
    ("institutions", of.Institutions),
    ("pursuit", of.Pursuit),
    ("protection", of.Protection),
    ("kinds.<kind>", of.KindTraits),
    ("domains.<domain>", of.DomainTraits),
    ("assets.<class>", of.AssetTraits),
    ("lenders.<kind>", of.LenderTraits),
    ("evasions.<name>", of.EvasionTraits),
)
"""Where each declared class stands in a scenario file."""


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell, which would end the cell, becomes a slash."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(c.replace('|', '/') for c in line)} |" for line in lines)


def number(value: float) -> str:
    """A number as a reader writes it: thousands separated, no trailing zeros."""
    return f"{value:,.10g}"


def shown(value: object) -> str:
    """A default as pages show it: words and booleans as in a scenario file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, IntEnum):
        return f'"{label(value)}"'
    return number(value) if isinstance(value, int | float) else str(value)


def first_line(thing: object) -> str:
    """The sentence that a docstring begins with."""
    return (inspect.getdoc(thing) or "").splitlines()[0]


# ---------------------------------------------------------------- the parts


def parameters() -> str:
    """Every parameter of every section, with unit, range, source and standing."""
    heads = ("parameter", "default", "unit", "range", "source", "standing")
    parts = []
    for path, cls in SECTIONS:
        hints = get_type_hints(cls, include_extras=True)
        rows = [_parameter(cls, item.name, item.default, hints[item.name]) for item in fields(cls)]
        parts.append(f"**`[{path}]`** {first_line(cls)}\n\n{grid(heads, rows)}")
    return "\n\n".join(parts)


def _parameter(cls: type, name: str, default: object, hint: Any) -> list[str]:
    declared = quantity(cls, name)
    if isinstance(declared, Quantity):
        limits = f"{number(declared.low)} to {number(declared.high)}"
        standing = declared.standing if declared.source else ""
        return [f"`{name}`", shown(default), declared.unit, limits, declared.source, standing]
    words = get_args(hint)[1:]
    if isinstance(default, IntEnum):
        known = ", ".join(f'"{label(word)}"' for word in type(default))
        return [f"`{name}`", shown(default), "word", known, "specification of the model", ""]
    return [f"`{name}`", shown(default), str(words[0]), "true, false", "", ""]


def options() -> str:
    """The dishonest options of a world that names none."""
    names = [item.name for item in fields(of.EvasionTraits)]
    rows = [[f"`{n}`", *(shown(getattr(e, name)) for name in names)] for n, e in EVASIONS.items()]
    return grid(["name", *(f"`{name}`" for name in names)], rows)


def levers() -> str:
    """Every lever by mode of governance, with passage, price and where it should bite."""
    heads = (
        *(
            "lever",
            "what it is",
            "default",
            f"`{BASELINE}`",
            "range",
            "off",
            "unit",
            "read for",
            "sign",
        ),
        *("passage", "public cost", "bites where", "source"),
    )
    parts, baseline = [], load(BASELINE).levers
    for mode, entries in groupby(catalogue(), key=lambda entry: entry.mode):
        rows = []
        for path, _, _, lever, default in entries:
            limits = f"{number(lever.low)} to {number(lever.high)}"
            what = f"{lever.title} {lever.zh}"
            standing = f"{lever.source} ({lever.standing})"
            if lever.standing in lever.source:
                standing = lever.source
            here = value(baseline, path)
            reader = "debtor, by its oldest case" if lever.by_case else lever.reads
            own = number(here) if here != default else ""
            cells = (number(default), own, limits, number(lever.off), lever.unit, reader)
            bites = ", ".join(f"`{path}` {shown(value)}" for path, value in lever.bites.items())
            more = (lever.passage, price(lever), bites, standing)
            rows.append([f"`{path}`", what, *cells, lever.expected, *more])
        parts.append(f"## {' '.join(MODES[mode].both)}\n\n{grid(heads, rows)}")
    return "\n\n".join(parts)


def price(lever: Lever) -> str:
    """What the public pays for a lever, in a few words."""
    low, high = (lever.cost * factor for factor in (lever.cheapest, lever.dearest))
    span = f"{number(lever.cost)} ({number(low)} to {number(high)})"
    rate = f"{span} per {lever.base}" if lever.base else ""
    return " + ".join(part for part in (rate, lever.paid_in_run) if part)


def bases() -> str:
    """The units by which public cost is counted."""
    return "\n".join(f"- **{name}**: {what}" for name, what in BASES.items())


def shipped_worlds() -> str:
    """Every shipped scenario and what it is."""
    rows = []
    for name in shipped():
        world = load(name)
        rows.append([f"`{name}`", world.title, world.description])
    return grid(("name", "title", "what it is, what to expect"), rows)


def shipped_experiments() -> str:
    """Every shipped experiment, what it asks, and how many runs it is."""
    rows = []
    for name in experiments():
        experiment = load_experiment(name)
        spec = experiment.spec
        kind = spec.design.kind
        runs = f"{len(experiment.design_points):,} × {spec.replicates:,}"
        rows.append([f"`{name}`", spec.title, spec.question, f"`{kind}`", runs])
    return grid(("name", "title", "what it asks", "design", "points × replicates"), rows)


def lessons() -> str:
    """Every lesson: what it is about, its question and its answer, and its notebook."""
    rows = []
    for one in all_lessons():
        texts = one.en
        notebook = f"lessons/{one.number:02}_{one.name}.py"
        named = (f"[{one.number}]({notebook})", f"{texts.title} `{one.name}`", about(one, "en"))
        rows.append([*named, texts.question, texts.answers[texts.right]])
    return grid(("no.", "lesson", "about", "question", "answer"), rows)


def transitions() -> str:
    """The stages of a claim as a Mermaid diagram."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> due"]
    for a, following in TRANSITIONS.items():
        lines += [
            f"    {label(a)} --> {label(b)}: {described(who)}" for b, who in following.items()
        ]
    lines += [f"    {label(a)} --> [*]" for a, after in TRANSITIONS.items() if not after]
    return "\n".join([*lines, "```"])


def described(who: Mover) -> str:
    """Who takes a step, in plain words."""
    return label(who).replace("_", " ")


def stages() -> str:
    """Names of the stages, English and Chinese."""
    return grid(("stage", "Chinese"), [[f"`{label(s)}`", chinese(s)] for s in TRANSITIONS])


def movements() -> str:
    """Every movement of money and of claims."""

    def account(code: int) -> str:
        return "–" if code == NOWHERE else label(Account(code))

    rows = [
        [f"`{flow.name.lower()}`", account(source), account(target), what]
        for flow, (source, target, what) in MOVEMENTS.items()
    ]
    return grid(("movement", "from", "to", "what it is"), rows)


def phases() -> str:
    """The month in order, with the kernels that each phase runs over rows."""
    rows = [
        [str(n), f"`{phase.__name__}`", first_line(phase), ", ".join(_kernels(phase))]
        for n, phase in enumerate(calendar.CALENDAR, 1)
    ]
    return grid(("", "phase", "what happens", "run over rows, in this order"), rows)


def _kernels(phase: Callable[..., object]) -> Iterator[str]:
    source = inspect.getsource(phase)
    for module_name, name in re.findall(r"simulation\.run_kernel\((?:(\w+)\.)?(\w+)", source):
        module = getattr(calendar, module_name).__name__ if module_name else phase.__module__
        yield f"`{module.rpartition('.')[2]}.{name}`"


def indicators() -> str:
    """Every indicator, and what is divided by what."""
    heads = ("indicator", "no.", "title", "unit", "better", "numerator", "denominator", "months")
    rows, headline = [], headlines()
    for one in INDICATORS:
        above, below = one.formula()
        title = f"{one.title} {one.zh}{'*' if one in headline else ''}"
        unit = f"{one.unit}; shown with `{one.people}`" if one.people else one.unit
        months = str(getattr(one, "window", 1))
        rows.append([f"`{one.name}`", one.number, title, unit, one.better, above, below, months])
    return grid(heads, rows)


def mechanisms() -> str:
    """Every mechanism: what it does, what can be set, where the core calls it, its equations."""
    parts = []
    for one in sorted(MECHANISMS, key=lambda one: one.title):
        path = one.module.replace(".", "/") + ("/" if one.files[1:] else ".py")
        lines = [f"#### {one.title} {one.zh}", f"{one.summary} (`{path}`)"]
        points = [(point, rule) for point in POINTS.values() for rule in point.rules]
        called = [
            f"`{rule.__name__}` at `{point.declared.__name__}`"
            for point, rule in points
            if rule.__module__ in one.files
        ]
        called += [
            f"phase `{phase.function.__name__}` after `{phase.after}`" for phase in one.phases
        ]
        called += [f"`{settle.__name__}` at the month's end" for settle in one.month_ends]
        set_by = [f"`{record}.{name}`" for record, cls in one.fields for name in settable(cls)]
        lines.append(f"Set by {', '.join(set_by)}. Called: {', '.join(called)}.")
        lines += [f"**Eq. {n}, {title}** {text}" for n, title, text in sorted(one.equations)]
        parts.append("\n\n".join(lines))
    return "\n\n".join(parts)


def worked_declarations() -> str:
    """What the mechanism that docs/extending.md follows declares."""
    return _worked("FEES = Mechanism(", "@rule")


def worked_rules() -> str:
    """The rules of that mechanism."""
    return _worked("@rule", "FEES.indicator(")


def worked_reports() -> str:
    """What that mechanism reports."""
    return _worked("FEES.indicator(", "FEES.equation(")


def _worked(begin: str, end: str) -> str:
    source = inspect.getsource(application_fee)
    first = source.index(begin)
    return f"```py\n{source[first : source.index(end, first)].strip()}\n```"


def points() -> str:
    """Every call point of the core, and what is attached to it."""
    rows = []
    for point in POINTS.values():
        rules = ", ".join(
            f"`{one.__module__.removeprefix('sim.mechanisms.')}.{one.__name__}`"
            for one in point.rules
        )
        names = ", ".join(inspect.signature(point.declared).parameters)
        rows.append([f"`{point.declared.__name__}({names})`", first_line(point.declared), rules])
    return grid(("call point", "what has happened, or what is asked", "rules attached"), rows)


def settable(cls: type) -> Iterator[str]:
    """Levers and parameters among the fields that a mechanism adds."""
    for name, hint in get_type_hints(cls, include_extras=True).items():
        if any(isinstance(extra, Quantity) for extra in get_args(hint)[1:]):
            yield name


def packages() -> str:
    """The packages as a Mermaid diagram: an arrow points to what may be imported."""
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    lines = ["```mermaid", "flowchart TD"]
    for place, layer in enumerate(layers):
        names = " · ".join(part.strip().removeprefix("sim.") for part in layer.split("|"))
        lines.append(f'    l{place}["{names}"]')
    lines += [f"    l{n} --> l{n + 1}" for n in range(len(layers) - 1)]
    return "\n".join([*lines, "```"])


def limits() -> str:
    """The limits of what is read: a row per constant, with the docstring below it."""
    rows, name = [], ""
    for line in ast.parse(inspect.getsource(reading_limits)).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            name = line.targets[0].id
        elif name and isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant):
            text = str(line.value.value).rstrip(".").replace("``", "`")
            rows.append([text, number(getattr(reading_limits, name))])
            name = ""
    return grid(("what", "at most"), rows)


PARTS: dict[str, Callable[[], str]] = {
    part.__name__: part
    for part in (
        *(parameters, options, levers, transitions, stages),
        *(
            movements,
            phases,
            indicators,
            packages,
            bases,
            shipped_worlds,
            shipped_experiments,
            lessons,
        ),
        *(mechanisms, points, worked_declarations, worked_rules, worked_reports),
        limits,
    )
}

# ---------------------------------------------------------------- the pages

MARKED = re.compile(r"(<!-- begin: (\w+) -->\n).*?(\n?<!-- end: \2 -->)", re.DOTALL)


def renewed(text: str) -> str:
    """A page with its generated parts made again."""
    return MARKED.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}\n{found[3].lstrip()}", text)


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check only look: the exit status is then 1 if a page is stale."""
    stale = []
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (fresh := renewed(text)) != text:
            stale.append(page.name)
            if "--check" not in arguments:
                page.write_text(fresh, encoding="utf-8")
    if "--check" not in arguments:
        print(f"written: {', '.join(stale) or 'nothing had changed'}")
        return 0
    for name in stale:
        print(f"docs/{name} is out of date; run python docs/tables.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

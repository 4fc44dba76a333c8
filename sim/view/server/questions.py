"""The questions that the page asks its worker process: plain functions with plain answers."""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from math import isnan
from typing import Any

import sim.month.calendar  # noqa: F401 defines every kernel
from sim.analysis.paired import difference
from sim.engine.compile import KERNELS, compile_kernels
from sim.errors import RunError, ServandaError
from sim.explain.words import DOES
from sim.levers.catalogue import catalogue
from sim.measure.indicators import KNOWN
from sim.permission import everything_allowed
from sim.scenario.reading.file import load
from sim.terms import Option, label
from sim.view import player
from sim.view.lessons import pages, runs
from sim.view.lessons.lesson import lesson as lesson_of
from sim.view.lessons.lesson import lessons as shipped_lessons
from sim.view.setting.known import Known, Plain
from sim.view.setting.results_folder import report_page
from sim.view.setting.worlds import known as found
from sim.view.tape.recorder import COHORTS, CURVES, over_the_year, record
from sim.view.why.why import whom as whom_of
from sim.view.why.why import why as why_of
from sim.view.words import say
from sim.words.currency import in_currency, money_in
from sim.words.language import LANGUAGES, Language
from sim.words.words import Words
from sim.world import World

_ALLOWED = ExitStack()
"""Keeps the permission to run extensions until the process ends."""
_FOUND: dict[str, Known] = {}
_GIVEN: dict[str, str] = {}
"""What was named on the command line, as ``folder``."""
LEVERS = {entry.path: entry.lever for entry in catalogue()}


SHOWN = tuple(name for name in CURVES if name != "docket_age")
"""The indicators that the page draws, in fourteen pictures: one has both risks of seizure."""
SCATTER = ("received", "harm")
"""The indicators along and up the picture of what each seed gives."""


def warm(
    report: Callable[[int, int], None], given: str | None = None, allow_code: bool = False
) -> None:
    """Compile the model's rules, or load them if that was done before, and run a small month.

    Args:
        report: Called with the number of rules that are ready, and of all rules.
        given: The scenario or folder that the page shows; it is checked first.
        allow_code: Whether the Python files that scenarios name under `extensions` may run.

    Raises:
        ServandaError: If the scenario or folder cannot be used.
    """
    if allow_code:
        _ALLOWED.enter_context(everything_allowed())
    _FOUND["known"] = found(given)
    _GIVEN["folder"] = given or ""
    jobs = [one for one in KERNELS if not one.__name__.startswith("_")]
    report(0, len(jobs))  # to build a world takes long too, the first time
    world = World(load("village", overrides=["population.size=20"]), events=True)
    state = world.simulation.state()
    for done, one in enumerate(jobs):
        report(done, len(jobs))
        compile_kernels([one], state)
    report(len(jobs), len(jobs))
    world.run_for(1)


def known() -> Known:
    """The worlds and levers that the page offers, as `warm` found them."""
    return _FOUND["known"]


def report(lang: str) -> str:
    """The report on the folder of results that the page shows; see `sim.report`.

    Raises:
        ServandaError: If the page shows no such folder.
    """
    if not _FOUND["known"].report:
        raise ServandaError("report", "no folder of results is shown", "servanda view FOLDER")
    return report_page(_GIVEN["folder"], lang)


def tape(scenario: Plain, curves: Sequence[str] | None = None) -> dict[str, Any]:
    """A whole run for the player; see `sim.view.tape.recorder.record`."""
    return record(scenario, curves)


def player_parts() -> Plain:
    """The player's script and style, and its texts and curves in both languages."""
    return {
        "script": player.script(),
        "style": player.style(),
        "four": list(COHORTS),
        "scatter": list(SCATTER),
        "words": {lang: player.words(lang) for lang in LANGUAGES},
        "curves": {lang: player.curves(SHOWN, lang) for lang in LANGUAGES},
    }


def outcome(scenario: Plain, names: Sequence[str]) -> dict[str, float | None]:
    """Indicators at the end of a run, as `over_the_year` gives them; None without a value."""
    world = World(scenario).run()
    return {name: row[-1] for name, row in over_the_year(world, names, world.month).items()}


def differences(worlds: Sequence[Sequence[dict[str, float | None]]]) -> dict[str, Plain]:
    """Each world minus the first, in pairs with the same seed, with a 95 % interval.

    Args:
        worlds: For each world the answers of `outcome`, one for each seed, in the same order.

    Returns:
        For each indicator the ``means`` of all worlds, over the seeds at which it has a value in
        all of them, and for each world but the first the ``gaps``: the mean difference and the ends
        of its interval (None if there is none).
    """
    found: dict[str, Plain] = {}
    for name in worlds[0][0]:
        by_seed = zip(*([one[name] for one in runs] for runs in worlds), strict=True)
        known = [values for values in by_seed if None not in values]
        if known:
            first, *others = zip(*known, strict=True)
            found[name] = {
                "means": [sum(values) / len(values) for values in (first, *others)],
                "gaps": [_gap(name, first, other) for other in others],
            }
    return found


def _gap(name: str, first: Sequence[Any], other: Sequence[Any]) -> dict[str, float | None]:
    """The mean difference between two worlds, and the ends of its interval."""
    gap = difference(list(other), list(first), about=KNOWN.get(name))
    ends = {"low": gap.low, "high": gap.high}
    return {"mean": gap.mean} | {key: None if isnan(end) else end for key, end in ends.items()}


def lessons() -> list[Plain]:
    """The lessons: file of the page, number, minutes, number of runs, and texts in both languages.

    `arms` is the number of worlds, `seeds` are those of each; `links` open the first two worlds on
    this page.
    """
    return [
        {
            "name": one.name,
            "number": one.number,
            "minutes": one.minutes,
            "arms": len(one.arms),
            "seeds": one.seeds,
            "links": [pages.path(one, lang, known()) for lang in LANGUAGES],
            "title": [one.texts(lang).title for lang in LANGUAGES],
            "goal": [one.texts(lang).goal for lang in LANGUAGES],
            "file": [pages.file_name(one, lang) for lang in LANGUAGES],
        }
        for one in shipped_lessons()
    ]


_RUNS: dict[tuple[str, int, int], runs.Outcome] = {}
"""What lessons have shown so far: by lesson, arm and seed."""


def lesson_run(name: str, arm: int, seed: int) -> bool:
    """Run one world of a lesson with one seed, and keep what it shows."""
    if (name, arm, seed) not in _RUNS:
        _RUNS[name, arm, seed] = runs.outcome(lesson_of(name), arm, seed)
    return True


def lesson_waiting(name: str, lang: Language) -> str:
    """The page that waits for the worlds of a lesson."""
    return pages.waiting_page(lesson_of(name), lang)


def lesson_page(name: str, lang: Language, home: str, first: bool = False) -> str:
    """The page of a lesson; runs what has not been run yet.

    Args:
        name: Name of the lesson.
        lang: Its language.
        home: Address of the server, to which links to the page lead.
        first: Whether to run its first seed only; the page then asks for the others itself.
    """
    one = lesson_of(name)
    seeds = one.seeds[:1] if first else one.seeds
    for arm in range(len(one.arms)):
        for seed in seeds:
            lesson_run(name, arm, seed)
    page = pages.first_page if first else pages.lesson_page
    return page(runs.together(one, _RUNS, seeds), lang, known(), home)


def lesson_index(lang: Language, teacher: bool) -> str:
    """The page that lists all lessons, for a class or for its teacher."""
    return pages.listing("teacher.html.j2" if teacher else "index.html.j2", lang, pages.WAIT)


OF_CLAIM = re.compile(r"claim (\d+) of ([\d,]+) yuan")
"""What an actor's decision is about, as explanations say it."""
_STANDING: dict[str, World] = {}
"""The world that was asked last, before its debtors choose; by scenario and month."""


def _standing(scenario: Plain, month: int) -> World:
    """A world just before its debtors choose in a month; it is run only if the last was another."""
    key = repr((scenario, month))
    if key not in _STANDING:
        world = World(scenario, events=True).run_to(month, before="choice")
        _STANDING.clear()
        _STANDING[key] = world
    return _STANDING[key]


def whom(scenario: Plain, month: int) -> Plain:
    """Whom one may ask in a month; see `sim.view.why.asked.whom`."""
    return whom_of(_standing(scenario, month))


def why(scenario: Plain, month: int, who: str, lang: Language, mine: str = "") -> Plain:
    """Why an actor decides as it does; see `sim.view.why.why`, with its words in a language.

    Args:
        scenario: The world.
        month: The month of the decision.
        who: The actor; ``row 17`` is the debtor in row 17 of the table.
        lang: Language of titles.
        mine: Name of the policy of moved levers, if any were moved.

    Raises:
        ServandaError: If there is no such actor, in the language of the page.
    """
    world = _standing(scenario, month)
    kind, _, number = who.partition(" ")
    rows = world.simulation.debtors.rows
    if kind == "row" and int(number) < len(rows):
        who = f"debtor {rows['id'][int(number)]}"
    try:
        data = why_of(world, who, mine=mine)
    except RunError:
        raise
    except ServandaError:  # the month is one of the world's, so it is the actor
        raise ServandaError("", say(lang, "nobody", who=who, month=month)) from None
    with money_in(world.setup.currency):
        _put_into_words(data, lang)
    return {**data, "asked": who}


def _put_into_words(data: Plain, lang: Language) -> None:
    """Replace the English texts in what `why` found by those of a language, in place."""
    words = Words(lang)
    for part in (data.get("weighing") or data, *data.get("acts", ())):
        for term in part.get("terms", ()):
            term["title"] = words.known(term["title"])
    for act in data.get("acts", ()):
        if found := OF_CLAIM.fullmatch(act["about"]):
            act["about"] = say(lang, "of_claim", claim=found[1], yuan=found[2])
    if data.get("means"):
        data["means"] = words.known(data["means"])
    if "decision" in data:
        decision = next(one for one in Option if label(one) == data["decision"])
        data["decided"] = words.known(DOES[decision])
    if on := data.get("weighing"):
        now = label(Option.PAY) if on["honest"] else on["best"]
        on["would"] = words.known(next(text for one, text in DOES.items() if label(one) == now))
    if data.get("flips"):
        flips = data["flips"]
        moves = [*flips["alone"], *(flips["pair"]["levers"] if flips["pair"] else ())]
        for one in moves:
            one["title"] = one["zh"] if lang == "zh" else one["title"]
            lever = LEVERS.get(one["lever"])
            one["unit"] = one["unit"] if lever is None else words.unit(lever)
        del flips["never"]
    if "verdict" in data:
        data["verdict"] = in_currency(data["verdict"])

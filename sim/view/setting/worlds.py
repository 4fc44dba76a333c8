"""The worlds and levers that the page offers, with those of extensions that may run.

In: the scenario or folder named on the command line. Out: `Known`, plain data for the page.
"""

import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sim.errors import ServandaError
from sim.levers.catalogue import catalogue, value
from sim.levers.lever import BASES, Lever
from sim.scenario.reading.draft import draft
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.view.player import curves
from sim.view.setting.known import BASELINE, EXTENSIONS, Known, Plain
from sim.view.setting.results_folder import MONTHS_PATH, SEED_PATH, SIZE_PATH, is_results, points
from sim.view.setting.setting import HEADS
from sim.view.words import say
from sim.words.language import LANGUAGES
from sim.words.words import Words


def known(given: str | None = None) -> Known:
    """The shipped worlds, and those of a file or folder.

    Args:
        given: A scenario's name, a scenario's file, a folder with scenarios, or the folder of a run
            or sweep; the first world is that scenario, or the first one of the folder.

    Raises:
        ServandaError: If the scenario does not exist or is invalid, or the folder contains none.
    """
    worlds = {name: _world(name) for name in shipped()}
    worlds[BASELINE] |= {"debtors": 10_000, "months": 60}
    left_out: list[list[str]] = []
    first = BASELINE
    if given is not None and given in worlds:
        first = given
    elif given is not None and not Path(given).is_dir():
        first = _named(given, worlds)
        worlds = {first: _world(given)} | worlds
    elif given is not None and is_results(given):
        return _of_results(given, worlds)
    elif given is not None:
        own: dict[str, Plain] = {}
        for path in sorted(Path(given).glob("*.toml")):
            try:
                own[_named(str(path), worlds | own)] = _world(str(path))
            except ServandaError as error:
                left_out.append([str(error)] * 2)
        if not own:
            what, hint = "contains no scenario", "name a folder with scenario files (*.toml)"
            raise ServandaError(given, what, left_out[0][0] if left_out else hint)
        first, worlds = next(iter(own)), own | worlds
    return Known(worlds, _levers(), first, left_out)


@cache
def known_shipped() -> Known:
    """The worlds of a page that shows no file or folder."""
    return known()


def _of_results(folder: str, worlds: dict[str, Plain]) -> Known:
    """The worlds of the folder of a run or sweep, before the shipped ones."""
    own: dict[str, Plain] = {}
    left_out: list[list[str]] = []
    found, number = points(folder)
    for point in found:
        try:
            one = _world(point.source)
        except ServandaError as error:
            left_out.append([str(error)] * 2)
            continue
        one["seed"] = point.values.get(SEED_PATH, one["seed"])
        one["debtors"] = point.values.get(SIZE_PATH, one["debtors"])
        one["months"] = point.values.get(MONTHS_PATH, one["months"])
        one["title"] = [
            say(lang, "sized", title=title, debtors=f"{one['debtors']:,}", months=one["months"])
            for lang, title in zip(LANGUAGES, one["title"], strict=True)
        ]
        own[_named(point.name, worlds | own)] = one
    if not own:
        why = left_out[0][0] if left_out else ""
        raise ServandaError(folder, "has no world that can be opened", why)
    if number > len(found):
        counts = {"left": number - len(found), "all": number, "first": len(found)}
        left_out.append([say(lang, "points_left_out", **counts) for lang in LANGUAGES])
    return Known(own | worlds, _levers(), next(iter(own)), left_out, report=Path(folder).name)


def _named(source: str, taken: Iterable[str]) -> str:
    """A short name for a file or a point that no other world has."""
    stem = name = Path(source).stem if source.endswith(".toml") else source
    number = 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name


def _world(source: str | Plain) -> Plain:
    """One world as plain data; its source is empty if it has no file."""
    scenario = load(source)
    zh = Words("zh")
    extension = scenario.added
    added = {
        path: _lever(path, one, EXTENSIONS)
        for path, one in extension.levers.items()
        if _has_slider(path, one)
    }
    return {
        "source": source if isinstance(source, str) else "",
        "title": [scenario.title, zh.titled(scenario.title)],
        "about": [scenario.description, zh.titled(scenario.description)],
        "currency": scenario.currency,
        "seed": scenario.run.seed,
        "debtors": scenario.population.size,
        "months": scenario.run.months,
        "levers": {e.path: value(scenario.levers, e.path) for e in catalogue()}
        | {path: scenario.added_levers[path] for path in added},
        "added": added,
        "curves": {
            lang: curves([one.name for one in extension.indicators], lang, (), extension.indicators)
            for lang in LANGUAGES
        },
        "policies": [
            {"name": one.name, "title": _both(one.title or one.name), "start": one.start}
            | {"end": one.end, "ramp": one.ramp, "decay": one.decay}
            for one in scenario.policies
        ],
        "tree": draft(source).tree,
    }


def _both(title: str) -> list[str]:
    """A policy's title in English and Chinese; it may hold both: ``Special campaigns 专项治理``."""
    at = next((k for k, letter in enumerate(title) if "\u4e00" <= letter <= "\u9fff"), None)
    translated = Words("zh").titled(title)
    if not at:  # there is no English part before a Chinese one
        return [title, translated]
    return [title[:at].strip(), title[at:].strip() if translated == title else translated]


def _levers() -> dict[str, Plain]:
    """What each of the model's levers is, by path."""
    return {entry.path: _lever(entry.path, entry.lever, entry.mode) for entry in catalogue()}


def _lever(path: str, one: Lever, mode: str) -> Plain:
    """What a lever is; texts in English and Chinese."""
    both = Words("en"), Words("zh")
    return {
        "mode": mode,
        "title": [words.title(one) for words in both],
        "unit": [words.unit(one) for words in both],
        "low": one.low,
        "high": one.high,
        "off": one.off,
        "source": [words.source(one.source) for words in both],
        "meaning": [words.meaning(path) for words in both],
        "passage": one.passage,
        "expected": [words.expected(one.expected) for words in both],
        "price": _price(one),
    }


def _has_slider(path: str, one: Lever) -> bool:
    """Whether the page can move a lever of an extension.

    A slider needs two ends, and in a link the groups ``a``, ``c`` and ``d`` are other worlds.
    """
    return math.isfinite(one.low) and math.isfinite(one.high) and not path.startswith(HEADS)


def _price(one: Lever) -> list[str]:
    """What a lever costs the public, in English and Chinese; empty if nothing."""
    if one.base is None:
        return ["", ""]
    base, amount = BASES[one.base], f"{one.cost:,.12g}"
    return [f"{amount} yuan a year per {base}", f"每{Words('zh').known(base)}每年{amount}元"]

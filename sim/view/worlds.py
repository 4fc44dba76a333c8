"""The worlds and levers that the page offers.

In: the scenario or folder named on the command line. Out: `Known`, plain data for the page.
"""

from collections.abc import Iterable
from pathlib import Path

from sim.errors import ServandaError
from sim.levers.catalogue import catalogue, value
from sim.levers.lever import BASES
from sim.report.words import Words
from sim.scenario.reading.draft import draft
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped
from sim.view.known import Known, Plain


def known(given: str | None = None) -> Known:
    """The shipped worlds, and those of a file or folder.

    Args:
        given: A scenario's name, a scenario's file, or a folder with scenarios; the first world is
            that scenario, or the first one of the folder.

    Raises:
        ServandaError: If the scenario does not exist or is invalid, or the folder contains none.
    """
    worlds = {name: _world(name) for name in shipped()}
    left_out: list[str] = []
    first = "china_2016"
    if given is not None and given in worlds:
        first = given
    elif given is not None and not Path(given).is_dir():
        first = _named(given, worlds)
        worlds = {first: _world(given)} | worlds
    elif given is not None:
        own: dict[str, Plain] = {}
        for path in sorted(Path(given).glob("*.toml")):
            try:
                own[_named(str(path), worlds | own)] = _world(str(path))
            except ServandaError as error:
                left_out.append(str(error))
        if not own:
            what, hint = "contains no scenario", "name a folder with scenario files (*.toml)"
            raise ServandaError(given, what, left_out[0] if left_out else hint)
        first, worlds = next(iter(own)), own | worlds
    return Known(worlds, _levers(), first, left_out)


def _named(source: str, taken: Iterable[str]) -> str:
    """A short name for a file that no other world has."""
    stem = name = Path(source).stem
    number = 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name


def _world(source: str) -> Plain:
    """One world as plain data."""
    scenario = load(source)
    zh = Words("zh").name(source, scenario.title)
    return {
        "source": source,
        "title": [scenario.title, zh],
        "about": [scenario.description, ""],
        "debtors": scenario.population.size,
        "months": scenario.run.months,
        "levers": {e.path: value(scenario.levers, e.path) for e in catalogue()},
        "policies": [
            {"name": one.name, "title": _two(one.title or one.name), "start": one.start}
            | {"end": one.end, "ramp": one.ramp, "decay": one.decay}
            for one in scenario.policies
        ],
        "tree": draft(source).tree,
    }


def _two(title: str) -> list[str]:
    """The English and the Chinese part of a title such as ``Special campaigns 专项治理``."""
    at = next((k for k, letter in enumerate(title) if "\u4e00" <= letter <= "\u9fff"), None)
    if at is None or at == 0:
        return [title, title]
    return [title[:at].strip(), title[at:].strip()]


def _levers() -> dict[str, Plain]:
    """What each lever is, by path."""
    found: dict[str, Plain] = {}
    for entry in catalogue():
        one = entry.lever
        price = f"{one.cost:,.12g} yuan a year per {BASES[one.base]}" if one.base else ""
        found[entry.path] = {
            "mode": entry.mode,
            "title": [one.title, one.zh],
            "unit": [one.unit, one.unit],
            "low": one.low,
            "high": one.high,
            "off": one.off,
            "source": [one.source, one.source],
            "standing": one.standing,
            "passage": one.passage,
            "expected": one.expected,
            "price": price,
        }
    return found

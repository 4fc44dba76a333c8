"""Names of scenarios, policies, factors, values and points, in one language.

A title given by the user comes first, then the title in the catalogue of scenarios, policies or
levers. Without a title, the path or the short name is used.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sim.report.material import POLICY, SCENARIO, Material
from sim.report.numbers import number
from sim.report.text import BRIEF, briefs, cut, parted, width
from sim.scenario.policy import levers
from sim.scenario.reading.shipped import shipped
from sim.words.words import Words

MANY = 3
"""If points differ in more factors than this, they get numbers as names. Policies that are switched
on or off do not count."""
LEAST = (8, 7, 6, 5, 4, 3)
"""Smallest widths of a part of a short name. They are tried in turn until the name fits."""
NAMED = 256
"""Number of points beyond which names are shortened only when drawn."""
TITLE = 80
"""Largest width of a title that lists all scenarios, in letters."""


type Titles = dict[str, list[str]]


@cache
def catalogue() -> tuple[Titles, Titles]:
    """Titles of the shipped scenarios, and of their policies, by their short names.

    A policy may have a different title in each scenario that contains it.
    """
    scenarios: Titles = {}
    policies: Titles = {}
    for name, path in shipped().items():
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        scenarios[name] = [str(tree.get("title", name))]
        for policy in tree.get("policies", ()):
            policies.setdefault(str(policy["name"]), []).append(str(policy.get("title", "")))
    return scenarios, policies


class Names:
    """Names of the parts of a run or a sweep.

    Args:
        material: The points and factors.
        words: Texts in the language of the report.
    """

    def __init__(self, material: Material, words: Words) -> None:
        """Read the titles stored in the folder, and name the points."""
        self._words = words
        self._material = material
        titles = material.manifest.get("titles", {}) or _of_run(material)
        self._scenarios: dict[str, str] = dict(titles.get("scenarios", {}))
        self._policies: dict[str, str] = dict(titles.get("policies", {}))
        self._factors = {str(one["path"]): str(one["title"]) for one in material.factors}
        self._briefs: dict[str, str] = {}
        self._parted: dict[int, dict[str, str]] = {}
        named = _points(self, material, words)
        self.points = {point: name for point, (name, _) in named.items()}
        """Full name by point."""
        if len(named) <= NAMED:
            self._shorten(dict(named.values()))

    def scenario(self, slug: str) -> str:
        """Name of a scenario, given its short name or its file."""
        return self._own(slug, self._scenarios, catalogue()[0])

    def part(self, slug: str, most: int) -> str:
        """Name of a scenario, shortened to a width; different scenarios have different names."""
        if most not in self._parted:
            every = (str(one) for one in self._material.points[SCENARIO].unique())
            self._parted[most] = parted(map(self.scenario, every), most)
        return self._parted[most][self.scenario(slug)]

    def policy(self, name: str) -> str:
        """Name of a policy, given its short name."""
        return self._own(name, self._policies, catalogue()[1])

    def _own(self, name: str, titles: Mapping[str, str], known: Titles) -> str:
        """The user's title if there is one, otherwise that of the catalogue."""
        own, ours = titles.get(name, ""), known.get(name, [])
        if own and own not in ours:
            return own
        return self._words.name(name, own or next(iter(ours), ""))

    def factor(self, path: str) -> str:
        """Name of a factor, given its path."""
        words, own, lever = self._words, self._factors.get(path, path), levers().get(path)
        if own not in {path, SCENARIO, lever.title if lever else path}:
            return words.titled(own)
        if path == SCENARIO:
            return words("Scenario")
        if path.startswith(POLICY):
            policy, _, part = path.removeprefix(POLICY).partition(".")
            title = self.policy(policy)
            return f"{title} · {self._part(part)}" if part else title
        return words.lever(path, own)

    def _part(self, part: str) -> str:
        """Name of a value set within a policy: one of its fields, or a lever that it changes."""
        verb, _, path = part.partition(".")
        lever = levers().get(path.strip('"'))
        if lever is not None:
            return self._words.lever(path.strip('"'), lever.title)
        return self._words.known(verb if not path else part)

    def value(self, path: str, value: Any) -> str:
        """A factor's value, short."""
        if path == SCENARIO:
            return self.scenario(str(value))
        if isinstance(value, str):
            return self._words.known(value)
        return shown(value)

    def brief(self, name: str) -> str:
        """A name short enough for a figure. Different names have different short names."""
        if name not in self._briefs:
            self._shorten({name: name})
        return self._briefs[name]

    def key(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Short names of a figure, each with the full name."""
        pairs = ((self.brief(name), name) for name in dict.fromkeys(names))
        return tuple((short, name) for short, name in pairs if short != name)

    def _shorten(self, names: Mapping[str, str]) -> None:
        self._briefs = briefs(self._briefs | dict(names))


def _of_run(material: Material) -> dict[str, dict[str, str]]:
    """Titles of the policies in the scenario of a single run."""
    policies = material.manifest.get("scenario", {}).get("policies", ())
    return {"policies": {str(p["name"]): str(p["title"]) for p in policies if p.get("title")}}


@lru_cache(maxsize=8)
def names(material: Material, words: Words) -> Names:
    """The names of the parts of a run or a sweep."""
    return Names(material, words)


def title(material: Material, words: Words) -> tuple[str, str]:
    """Title and subtitle of the report.

    A comparison without an experiment file is named after its scenarios. If they do not fit in the
    title, the subtitle lists them.
    """
    if material.kind != "scenarios" or material.manifest.get("text"):
        return words.titled(material.title), ""
    named = [names(material, words).scenario(str(name)) for name in material.points[SCENARIO]]
    base, *others = named
    whole = words("{base} compared with {others}", base=base, others=words.listed(others))
    if width(whole) <= TITLE:
        return whole, ""
    short = words("{n} scenarios compared", n=len(named))
    return short, words("{base} compared with {others}", base=base, others=words.listed(others))


def varying(points: pd.DataFrame) -> list[str]:
    """Columns in which points differ."""
    return [
        str(name) for name in points if name != "point" and points[name].nunique(dropna=False) > 1
    ]


def shown(value: Any) -> str:
    """A factor's value, short."""
    if isinstance(value, bool | np.bool_):
        return "✓" if value else "–"
    return number(float(value)) if isinstance(value, int | float) else str(value)


# ---------------------------------------------------------------- points


def _points(named: Names, material: Material, words: Words) -> dict[int, tuple[str, str]]:
    """Full name and short name of each point."""
    points = material.points
    every = [int(point) for point in points["point"]]
    if material.kind == "run" or not varying(points):
        return {point: (words("All runs"),) * 2 for point in every}
    labels = [
        name for name in material.manifest.get("design", {}).get("labels", ()) if name in points
    ]
    if labels:
        rows = points[labels].itertuples(index=False)
        return {p: (words.listed(map(shown, r)),) * 2 for p, r in zip(every, rows, strict=True)}
    columns = varying(points)
    table = points[columns].to_dict("records")
    if material.kind == "one_at_a_time":
        base = table[0]
        moved = [[name for name in columns if row[name] != base[name]] for row in table]
        return {
            point: _row(named, row, which, words) if which else (words("Base"),) * 2
            for point, row, which in zip(every, table, moved, strict=True)
        }
    if len([name for name in columns if not _is_switch(name)]) > MANY:
        return {point: (words("point {n}", n=point),) * 2 for point in every}
    return {p: _row(named, row, columns, words) for p, row in zip(every, table, strict=True)}


def _row(named: Names, row: Mapping[Any, Any], columns: list[str], words: Words) -> tuple[str, str]:
    """Full name and short name of a point."""
    switches = [name for name in columns if _is_switch(name)]
    in_force = [
        named.policy(name.removeprefix(POLICY)) for name in switches if str(row[name]) == "True"
    ]
    valued = [name for name in columns if name not in switches and name != SCENARIO]
    whole = [named.scenario(str(row[SCENARIO]))] if SCENARIO in columns else []
    if len(in_force) > 2 and len(in_force) == len(switches):
        whole, in_force = [*whole, words("All together")], []
    room = (BRIEF + 2) // max(1, len(whole) + len(valued) + len(in_force)) - 2

    def short(least: int) -> str:
        most = max(room, least)
        parts = [cut(name, most) for name in whole]
        if SCENARIO in columns:
            parts[0] = named.part(str(row[SCENARIO]), most)
        for title, path, value in values:
            known = title.rpartition(".")[2] if title == path else title
            parts.append(f"{cut(known, max(room - width(value) - 1, least))} {value}")
        if in_force:
            parts.append(" + ".join(cut(name, most) for name in in_force))
        return words.listed(parts)

    values = [(named.factor(name), name, named.value(name, row[name])) for name in valued]
    tries = [short(least) for least in LEAST]
    brief = next((one for one in tries if width(one) <= BRIEF), tries[-1])
    every = [*whole, *(f"{title} {value}" for title, _, value in values)]
    if in_force:
        every.append(" + ".join(in_force))
    return words.listed(every) or words("None"), brief or words("None")


def _is_switch(path: str) -> bool:
    """Whether a factor switches a policy on and off; others set a number of a policy."""
    return path.startswith(POLICY) and "." not in path.removeprefix(POLICY)

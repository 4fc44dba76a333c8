"""What points are called: by scenario, by the policies in force, or by what is varied."""

from typing import Any

import numpy as np
import pandas as pd

from sim.report.material import POLICY, SCENARIO, Material
from sim.report.style import number
from sim.report.words import Words

MANY = 3
"""Factors beyond which a point goes by its number."""


def labels(material: Material, words: Words) -> dict[int, str]:
    """A short name for each point.

    Args:
        material: Points and what is varied.
        words: In which language.
    """
    points = material.points
    if material.kind == "run" or not varying(points):
        return {int(p): words("All runs") for p in points["point"]}
    if material.kind == "one_at_a_time":
        return _one_at_a_time(material, words)
    told = [
        name for name in material.manifest.get("design", {}).get("labels", ()) if name in points
    ]
    if told:
        rows = points[told].itertuples(index=False)
        names = (words.listed(map(shown, row)) for row in rows)
        return {int(point): name for point, name in zip(points["point"], names, strict=True)}
    return {int(row["point"]): _row(row, material, words) for _, row in points.iterrows()}


def title(material: Material, words: Words) -> str:
    """What the report is called: by its scenarios, where the sweep's title only lists them."""
    if material.kind != "scenarios" or material.manifest.get("text"):
        return material.title
    base, *others = (words.name(str(name)) for name in material.points[SCENARIO])
    return words("{base} beside {others}", base=base, others=words.listed(others))


def varying(points: pd.DataFrame) -> list[str]:
    """Columns in which points differ."""
    return [
        str(name) for name in points if name != "point" and points[name].nunique(dropna=False) > 1
    ]


def factor_title(material: Material, path: str, words: Words) -> str:
    """What a factor is called."""
    if path == SCENARIO:
        return words("Scenario")
    if path.startswith(POLICY):
        policy, _, field = path.removeprefix(POLICY).partition(".")
        return f"{words.name(policy)} · {words.known(field)}" if field else words.name(policy)
    told = {one["path"]: str(one["title"]) for one in material.factors}
    return words.lever(path, told.get(path, path))


def _row(row: "pd.Series[Any]", material: Material, words: Words) -> str:
    switched, told = [], []
    columns = varying(material.points)
    for name in columns:
        value = row[name]
        if name == SCENARIO:
            told.append(words.name(str(value)))
        elif _is_switch(name):
            if str(value) == "True":
                switched.append(words.name(name.removeprefix(POLICY)))
        else:
            told.append(f"{factor_title(material, name, words)} {shown(value)}")
    if len(told) > MANY:
        return words("point {n}", n=int(row["point"]))
    switches = [name for name in columns if _is_switch(name)]
    if len(switched) > 2 and len(switched) == len(switches):
        told.append(words("All together"))
    elif switched:
        told.append(" + ".join(switched))
    return words.listed(told) or words("None")


def _one_at_a_time(material: Material, words: Words) -> dict[int, str]:
    points = material.points.set_index("point")
    base = points.iloc[0]
    found = {}
    for point, row in points.iterrows():
        moved = [str(name) for name in points if row[str(name)] != base[str(name)]]
        told = [f"{factor_title(material, n, words)} {shown(row[n])}" for n in moved]
        found[int(str(point))] = words.listed(told) or words("Base")
    return found


def _is_switch(path: str) -> bool:
    """Whether a factor turns a policy on and off, not one of its numbers."""
    return path.startswith(POLICY) and "." not in path.removeprefix(POLICY)


def shown(value: Any) -> str:
    """A factor's value, short."""
    if isinstance(value, bool | np.bool_):
        return "✓" if value else "–"
    return number(float(value)) if isinstance(value, int | float) else str(value)

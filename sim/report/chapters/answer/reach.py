"""Whom each policy reached, and which policies reached too few to judge their effects."""

from typing import Any

import numpy as np

from sim.analysis.comparison.reach import MIN_CLAIMS, PolicyReach, reached
from sim.report.chapter import Cell, Chapter, Table
from sim.report.material import Material
from sim.report.measures import fewer
from sim.report.names import names
from sim.report.numbers import number
from sim.words.words import Words


def reach(material: Material, words: Words) -> Chapter | None:
    """Whom each policy reached, for each point (world) of the sweep."""
    found = _found(material)
    if not found:
        return None
    named = names(material, words)
    rows: list[tuple[Cell, ...]] = []
    shown: list[str] = []
    for point, one in found:
        policy = named.policy(one.policy)
        whole = named.points[point]
        below = [] if not material.several or whole == policy else [whole]
        shown += [policy, *below]
        counts = (one.months, one.courts, one.debtors, one.claims, one.cases)
        verdict = words("too few") if one.few else words("enough")
        rows.append(
            (
                Cell(named.brief(policy), "".join(map(named.brief, below))),
                *(Cell(number(value)) for value in counts),
                Cell(f"{one.in_all:,}", verdict, "bad" if one.few else ""),
            )
        )
    heads = ("months in force", "courts", "debtors", "claims", "cases", "claims in all runs")
    notes: tuple[str, ...] = ()
    if any(one.few for _, one in found):
        note = words(
            "A policy that reached fewer than {n} claims in all runs together may show no effect "
            "simply because it affected hardly anyone; this does not show that it has none.",
            n=MIN_CLAIMS,
        )
        notes = (note,)
    notes += fewer(material, words, len(material.chosen))
    return Chapter(
        "reach",
        words("Whom each policy reached"),
        words("No person or case is counted twice; means over the runs of a point.")
        if material.replicates > 1
        else words("No person or case is counted twice."),
        (Table("", ("", *map(words, heads)), tuple(rows), key=named.key(shown)),),
        notes,
    )


def _found(material: Material) -> list[tuple[int, PolicyReach]]:
    """Points, each with the reach of one of its policies; policies of the base are left out."""
    if material.sweep is None:
        rows = [_of_run(one) for one in material.manifest.get("reach", ())]
        return [(0, one) for one in rows]
    base = material.base
    theirs: set[str] = set()
    if base is not None and material.several:
        theirs = {one.policy for one in reached(material.sweep, base) if one.months > 0.0}
    points = [point for point in material.chosen if point != base or not material.several]
    return [
        (point, one)
        for point in points
        for one in reached(material.sweep, point, without=theirs)
        if one.months > 0.0
    ]


def _of_run(row: dict[str, Any]) -> PolicyReach:
    numbers = {name: float(row.get(name, np.nan)) for name in ("months", "courts", "debtors")}
    claims, cases = float(row["claims"]), float(row["cases"])
    return PolicyReach(
        policy=str(row["policy"]),
        replicates=1,
        claims=claims,
        cases=cases,
        in_all=int(claims),
        **numbers,
    )

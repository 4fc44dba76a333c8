"""Why they pay or evade: the mean ledgers of able debtors, payers beside evaders."""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.chapter import Chapter, Figure
from sim.report.labels import labels
from sim.report.material import Material
from sim.report.style import INK, canvas, legend_below, shorten
from sim.report.words import Words

GROUPS: dict[str, tuple[tuple[str, ...], str]] = {
    "Late interest and fines": (("late_interest", "fine"), "#1d6fb8"),
    "Seizure and freezing": (("seizure_loss", "freeze_loss", "liquidation"), "#3aa6c9"),
    "Restrictions": (("restrictions",), "#e07b28"),
    "Detention and prison": (("detention", "prison"), "#b3372f"),
    "Concealing": (("concealment",), "#a8841a"),
    "Conscience": (("conscience",), "#1a9476"),
    "Norm, name and relations": (
        ("norm", "stigma", "relation", "reward_forgone"),
        "#7a4eab",
    ),
}
"""Costs of dishonesty as they are drawn: terms of the ledger, and a colour."""


def ledgers(material: Material, words: Words) -> Chapter | None:
    """What the best dishonest option would have cost and gained, in the debtors' own eyes."""
    if not material.chosen or not material.keeps("ledgers"):
        return None
    table = material.query("SELECT * FROM ledgers WHERE breakdown = 'all' AND choices > 0")
    if table.empty:
        return None
    points = material.chosen
    named = labels(material, words)
    drawing = canvas(0.8 + 0.52 * len(points))
    axis = drawing.subplots()
    ticks, names, farthest = [], [], 0.0
    for at, point in enumerate(points):
        for beside, who in enumerate(("payers", "evaders")):
            row = _pooled(table[(table["point"] == point) & (table["group"] == who)])
            if row is None:
                continue
            y = at + (beside - 0.5) * 0.4
            end, below = 0.0, 0.0
            for terms, colour in GROUPS.values():
                width = float(sum(row[term] for term in terms))
                axis.barh(y, width, 0.34, left=end if width > 0 else below, color=colour)
                end, below = end + max(width, 0.0), below + min(width, 0.0)
            axis.plot([row["gain"]] * 2, [y - 0.2, y + 0.2], color=INK, linewidth=2.4)
            farthest = max(farthest, end, float(row["gain"]))
            ticks.append(y)
            label = words("payers") if who == "payers" else words("evaders")
            label = f"{label} ({int(row['choices']):,})"
            names.append(f"{named[point]} · {label}" if material.several else label)
    axis.set_yticks(ticks, names)
    axis.set_ylim(len(points) - 0.45, -0.55)
    axis.set_xlim(right=1.03 * farthest)
    axis.grid(visible=False, axis="y")
    shorten(axis.xaxis)
    axis.set_xlabel(words("yuan a choice"))
    handles: list[object] = [Patch(color=colour) for _, colour in GROUPS.values()]
    titles = [words(name) for name in GROUPS]
    handles.append(Line2D([], [], color=INK, linewidth=2.4))
    legend_below(drawing, handles, [*titles, words("What evading gains")])
    return Chapter(
        "ledgers",
        words("Why they pay, why they evade"),
        words(
            "The ledger of able debtors at the moment of choice: what the best dishonest way out "
            "seems to cost, and what it gains. Who cannot pay has no such choice and is not in it."
        ),
        (
            Figure(
                "ledgers",
                words(
                    "Mean costs of dishonesty, stacked, against its gain (the black mark); behind "
                    "each name how many choices it is the mean of."
                ),
                drawing,
            ),
        ),
        (
            words(
                "Payers and evaders differ in what they owe and who they are: a difference between "
                "the two bars is no effect of anything."
            ),
        ),
    )


def _pooled(rows: pd.DataFrame) -> "pd.Series[float] | None":
    """The mean ledger of all choices of all replicates."""
    weights = rows["choices"].to_numpy(float)
    if weights.sum() == 0.0:
        return None
    terms = ["gain", *(term for terms, _ in GROUPS.values() for term in terms)]
    told = pd.Series(np.average(rows[terms].to_numpy(float), axis=0, weights=weights), index=terms)
    told["choices"] = weights.sum()
    return told

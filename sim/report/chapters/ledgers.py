"""Why debtors pay or evade: mean costs and gains of evading, for able payers and evaders."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.chapter import Chapter, Figure
from sim.report.frame import Frame, legend_below, tall
from sim.report.material import Material
from sim.report.names import Names, names
from sim.report.numbers import shorten
from sim.report.style import INK
from sim.report.text import wrapped
from sim.words.words import Words

GROUPS: dict[str, tuple[tuple[str, ...], str]] = {
    "Late interest and fines": (("late_interest", "fine"), "#1d6fb8"),
    "Seizure and freezing": (("seizure_loss", "freeze_loss", "liquidation"), "#3aa6c9"),
    "Restrictions and credit": (("restrictions", "credit"), "#e07b28"),
    "Detention and prison": (("detention", "prison"), "#b3372f"),
    "Concealing": (("concealment",), "#a8841a"),
    "Conscience": (("conscience",), "#1a9476"),
    "Norm, name and relations": (
        ("norm", "stigma", "relation", "reward_forgone"),
        "#7a4eab",
    ),
}
"""Costs of dishonesty as drawn: by title, the terms (costs that a debtor weighs) and a colour."""


def ledgers(material: Material, words: Words) -> Chapter | None:
    """Perceived cost and gain of the best dishonest option."""
    if not material.chosen or not material.keeps("ledgers"):
        return None
    table = material.query("SELECT * FROM ledgers WHERE breakdown = 'all' AND choices > 0")
    if table.empty:
        return None
    points = material.chosen
    named = names(material, words)

    def draw(frame: Frame) -> Canvas:
        return _bars(frame, material, words, named, table)

    return Chapter(
        "ledgers",
        words("Why they pay, why they evade"),
        words(
            "The ledger of able debtors at the moment of choice: what the best "
            "dishonest option appears to cost, and what it appears to gain. Debtors who "
            "cannot pay have no such choice and are not included."
        ),
        (
            Figure(
                "ledgers",
                words("What evading would cost, and what it gains"),
                words(
                    "Mean costs of dishonesty, stacked, against its gain (the black mark), in "
                    "yuan per decision of one debtor; the number of decisions follows each name."
                ),
                draw,
                named.key(named.points[point] for point in points) if material.several else (),
            ),
        ),
        (
            words(
                "Payers and evaders differ in what they owe and in their traits: a "
                "difference between the two bars is not the effect of a policy."
            ),
        ),
    )


def _bars(
    frame: Frame, material: Material, words: Words, named: Names, table: pd.DataFrame
) -> Canvas:
    """Stacked costs of dishonesty, payers above evaders, a pair of bars per point."""
    rows: list[tuple[str, pd.Series[float]]] = []
    for point in material.chosen:
        for who in ("payers", "evaders"):
            row = _pooled(table[(table["point"] == point) & (table["group"] == who)])
            if row is None:
                continue
            label = words("payers") if who == "payers" else words("evaders")
            label = f"{label} ({int(row['choices']):,})"
            if material.several:
                label = f"{named.brief(named.points[point])} · {label}"
            rows.append((label, row))
    labels = [label for label, _ in rows]
    drawing = frame.canvas(0.7 + tall(labels, frame))
    axis = drawing.subplots()
    farthest = 0.0
    for y, (_, row) in enumerate(rows):
        end, below = 0.0, 0.0
        for terms, colour in GROUPS.values():
            width = float(sum(row[term] for term in terms))
            axis.barh(y, width, 0.7, left=end if width > 0 else below, color=colour)
            end, below = end + max(width, 0.0), below + min(width, 0.0)
        axis.plot([row["gain"]] * 2, [y - 0.42, y + 0.42], color=INK, linewidth=2.4)
        farthest = max(farthest, end, float(row["gain"]))
    axis.set_yticks(range(len(rows)), [wrapped(label, frame.letters) for label in labels])
    axis.set_ylim(len(rows) - 0.4, -0.6)
    axis.set_xlim(right=1.03 * farthest)
    axis.grid(visible=False, axis="y")
    shorten(axis.xaxis)
    axis.set_xlabel(words("yuan per decision"))
    handles: list[object] = [Patch(color=colour) for _, colour in GROUPS.values()]
    titles = [words(name) for name in GROUPS]
    handles.append(Line2D([], [], color=INK, linewidth=2.4))
    legend_below(drawing, handles, [*titles, words("What evading gains")], frame)
    return drawing


def _pooled(rows: pd.DataFrame) -> "pd.Series[float] | None":
    """The mean ledger over all choices of all replicates."""
    weights = rows["choices"].to_numpy(float)
    if weights.sum() == 0.0:
        return None
    terms = ["gain", *(term for terms, _ in GROUPS.values() for term in terms)]
    pooled = pd.Series(
        np.average(rows[terms].to_numpy(float), axis=0, weights=weights), index=terms
    )
    pooled["choices"] = weights.sum()
    return pooled

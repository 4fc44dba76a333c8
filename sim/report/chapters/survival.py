"""How cases end: shares still open and shares of each ending, by months since intake."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from sim.report.chapter import Chapter, Figure
from sim.report.frame import Frame, first, legend_below, whole_numbers
from sim.report.material import Material
from sim.report.names import names
from sim.report.style import FAINT
from sim.words.words import Words

ENDINGS = {
    "paid": ("Paid", "#1a9476"),
    "settled": ("Settled", "#7cc4a8"),
    "bankrupt": ("In insolvency", "#a8841a"),
    "dropped": ("Dropped", "#b9a3d0"),
    "terminated": ("Terminated unpaid", "#c4584f"),
}
"""Title and colour by ending, from the bottom of the figure to its top."""


WORTH = 6
"""Revived cases get a figure if their life table has at least this many months since intake."""


def survival(material: Material, words: Words) -> Chapter | None:
    """How long cases stay open, and how they end."""
    if not material.chosen or not material.keeps("survival"):
        return None
    ends = ", ".join(f"sum(ends_{name}) AS ends_{name}" for name in ENDINGS)
    table = material.query(
        f"""SELECT point, proceeding, months, sum(at_risk) AS at_risk, {ends}
        FROM survival WHERE breakdown = 'all' AND at_risk > 0 GROUP BY ALL ORDER BY ALL"""
    )
    if table.empty:
        return None
    points = material.chosen
    shown = table[table["point"].isin(points)]
    once, again = (shown[shown["proceeding"] == name] for name in ("first", "revived"))
    if once.empty:
        return None
    parts = [_figure(material, words, points, once, "first")]
    if again["months"].nunique() >= WORTH:
        parts.append(_figure(material, words, points, again, "revived"))
    notes = [
        words("Period life table: all cases in the measured months, whenever they began."),
        words("Cases of all replicates pooled; curves end where no case is left at risk.")
        if material.replicates > 1
        else words("Curves end where no case is left at risk."),
        words("n is the number of cases that have ended: curves based on few cases are jagged."),
    ]
    if len(points) < len(material.present):
        notes.append(words("{n} of {all} points are drawn.", n=len(points), all=material.count))
    return Chapter(
        "survival",
        words("How cases end"),
        words(
            "Of a hundred cases, how many are still open by months since intake, and how the "
            "others have ended: endings compete, so more cases of one leave fewer for the others."
        ),
        tuple(parts),
        tuple(notes),
    )


def _figure(
    material: Material, words: Words, points: list[int], table: pd.DataFrame, proceeding: str
) -> Figure:
    named = names(material, words)
    # A point without a case of this kind has no curve and no panel.
    points = [point for point in points if (table["point"] == point).any()]
    last = float(table.loc[table["point"].isin(points), "months"].max())

    def draw(frame: Frame) -> Canvas:
        drawing, axes = frame.grid(len(points), 1.75, 2 if frame.narrow else 4)
        for axis, point in zip(axes, points, strict=True):
            rows = table[table["point"] == point]
            _stack(axis, rows)
            axis.set_xlim(0.0, last + 1.0)
            whole_numbers(axis)
            count = f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{_cases(rows):,.0f}"
            whole = named.points[point]
            axis.set_title(f"{named.brief(whole)} · {count}" if material.several else count)
            if first(axis):
                axis.set_ylabel(words("% of cases"))
            axis.set_xlabel(words("months since intake"))
        handles = [Patch(color=colour) for _, colour in ENDINGS.values()]
        labels = [words(name) for name, _ in ENDINGS.values()]
        legend_below(drawing, [*handles, Patch(color=FAINT)], [*labels, words("Still open")], frame)
        return drawing

    caption = {
        "first": words("Cases enforced for the first time."),
        "revived": words("Cases revived after a termination, by months since first intake."),
    }[proceeding]
    title = {
        "first": words("How cases end, enforced for the first time"),
        "revived": words("How cases end, revived after a termination"),
    }[proceeding]
    key = named.key(named.points[point] for point in points)
    return Figure(f"survival_{proceeding}", title, caption, draw, key)


def incidences(rows: pd.DataFrame) -> pd.DataFrame:
    """Cumulative incidence of each ending, with the cases of all replicates pooled.

    The share of cases with ending j up to month s since intake is F_j(s) =
    Σ_{u≤s} S(u−1)·d_j(u)/n(u). Here n(u) is the number of cases at risk in month u, d_j(u) the
    number with ending j in that month, and S the share still open. Numbers are summed over
    replicates, because a mean of curves would jump where one replicate has no case left.

    Args:
        rows: Life tables of one point and proceeding.

    Returns:
        A row per month since intake, a column per ending.
    """
    ends = [f"ends_{name}" for name in ENDINGS]
    summed = rows.groupby("months")[["at_risk", *ends]].sum()
    hazards = summed[ends].div(summed["at_risk"], axis=0)
    before = (1.0 - hazards.sum(axis=1)).cumprod().shift(fill_value=1.0)
    return hazards.mul(before, axis=0).cumsum().set_axis(list(ENDINGS), axis=1)


def _cases(rows: pd.DataFrame) -> float:
    """Number of cases that have ended, on which a curve is based."""
    return float(rows[[f"ends_{name}" for name in ENDINGS]].to_numpy().sum())


def _stack(axis: Axes, rows: pd.DataFrame) -> None:
    """Stacked cumulative incidences; the rest is still open."""
    curves = incidences(rows)
    heights = 100.0 * curves.to_numpy().T
    hues = [colour for _, colour in ENDINGS.values()]
    months = curves.index.to_numpy()
    # Each month's value extends to the next month, the last one included.
    months, heights = np.append(months, months[-1] + 1), np.hstack([heights, heights[:, -1:]])
    axis.stackplot(months, heights, colors=hues, linewidth=0, step="post")
    top = heights.sum(axis=0)
    axis.fill_between(months, top, 100.0, color=FAINT, linewidth=0, step="post")
    axis.set_ylim(0.0, 100.0)
    axis.grid(visible=False)

"""Who pays: balances of all parties, and all payments, compared with the first point."""

import numpy as np
import pandas as pd

from sim.analysis.comparison.money import by_point, net_of
from sim.analysis.comparison.payments import LINES, PARTIES
from sim.analysis.paired import Difference, difference
from sim.report.chapter import Cell, Chapter, Table
from sim.report.estimate import mean, span
from sim.report.material import Material
from sim.report.measures import fewer
from sim.report.names import names
from sim.report.numbers import number
from sim.report.tones import tone
from sim.words.words import Words

LEAST = 0.5
"""Smallest payment in the table, yuan per debtor and year."""
EXACT = 4
"""Decimals of an amount in yuan; further digits are rounding errors."""


def money(material: Material, words: Words) -> Chapter | None:
    """Who pays and who receives, in yuan per debtor and year."""
    if material.sweep is None or not material.chosen:
        return None
    tables = by_point(material.sweep)
    points = [point for point in material.chosen if point in tables]
    if not points:
        return None
    paid = {point: tables[point] for point in points}
    chinese = words.language == "zh"
    parties = {p: one.zh if chinese else one.title for p, one in PARTIES.items()}
    lines = {
        one.name: (
            one.zh if chinese else one.title,
            words("{payer} → {receiver}", payer=parties[one.payer], receiver=parties[one.receiver]),
        )
        for one in LINES
        if max(abs(float(table[one.name].mean())) for table in paid.values()) >= LEAST
    }
    net = {point: net_of(table) for point, table in paid.items()}
    named = names(material, words)
    columns = [named.points[point] for point in points] if material.several else []
    heads = ("", *(map(named.brief, columns) if columns else [words("mean")]))
    caption = _caption(material, words)
    return Chapter(
        "money",
        words("Who pays, and who receives"),
        words(
            "What each party received minus what it paid, in yuan per debtor and year. "
            "What one party pays, another receives: a policy that costs the public "
            "nothing may cost others a lot."
        ),
        (
            Table(
                caption,
                heads,
                tuple(
                    (Cell(title), *_cells(material, words, net, party))
                    for party, title in parties.items()
                ),
                key=named.key(columns),
            ),
            Table(
                caption,
                heads,
                tuple(
                    (Cell(title, between), *_cells(material, words, paid, name))
                    for name, (title, between) in lines.items()
                ),
                words("Every payment, with its payer and receiver"),
                key=named.key(columns),
            ),
        ),
        (
            words("Prices of policies are assumed: no interval includes this uncertainty."),
            words("Payments of less than half a yuan per debtor and year are left out."),
            *fewer(material, words, len(points)),
        ),
    )


def _caption(material: Material, words: Words) -> str:
    if material.base is None or not material.several:
        return words("Yuan per debtor and year, means over runs.")
    return words(
        "Yuan per debtor and year: the first column gives values, the others give differences from "
        "them, bold where their 95 % interval excludes 0."
    )


def _cells(
    material: Material, words: Words, tables: dict[int, pd.DataFrame], column: object
) -> list[Cell]:
    """A row: the value at the base, and the differences of the other points from it."""
    found = []
    # Amounts that cancel out may leave a rounding error.
    tables = {point: table.round(EXACT) for point, table in tables.items()}
    for point, table in tables.items():
        if material.base is None or point == material.base:
            level = mean(table[column].to_numpy(float))
            found.append(Cell(number(float(level.mean))))
        else:
            gap = _gap(table[column], tables[material.base][column])
            interval = span(gap.low, gap.high, words)
            found.append(Cell(number(gap.mean, "+"), interval, tone(gap.mean, gap.clear, 0)))
    return found


def _gap(one: "pd.Series[float]", base: "pd.Series[float]") -> Difference:
    both = pd.concat([one, base], axis=1).to_numpy(float)
    return difference(both[:, 0], both[:, 1]) if len(both) else difference(*np.empty((2, 0)))

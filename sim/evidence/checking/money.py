"""Money per case within a plausible band, which finds slips between 元, 万元 and 亿元."""

from collections.abc import Iterator

from sim.evidence.catalogue import KNOWN
from sim.evidence.checking.material import Material, Remark, number

BAND = (100.0, 20_000_000.0)
"""Plausible mean money per case, in yuan of the model: in China it was 227,000 recovered and about
460,000 claimed (rows A4 and A1 of the table of facts)."""
HINT = "100 to 20,000,000 is plausible: write money, 万 money or 亿 money"
PER = {"claimed": ("closed", "accepted"), "recovered": ("closed",)}
"""Money, and the cases over which it is spread."""


def money_per_case(material: Material) -> Iterator[Remark]:
    """Money divided by cases is between 100 and 20 million yuan."""
    low, high = BAND
    for row in material.rows:
        if row.status != "known" or KNOWN[row.measure].unit != "money":
            continue
        if row.measure == "mean_claim" and not low <= row.value <= high:
            yield Remark(row, "unit", f"{number(row.value)} yuan per claim", HINT)
        for name in PER.get(row.measure, ()):
            for cases in material.beside(name, row)[:1]:
                each = row.value / cases.value if cases.value else 0.0
                if each and not low <= each <= high:
                    counted = f"{number(cases.value)} cases, line {cases.line}"
                    what = f"{number(each)} yuan per case ({counted})"
                    yield Remark(row, "unit", what, HINT)

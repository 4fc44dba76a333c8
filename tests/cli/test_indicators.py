"""Claims about ``servanda indicators``."""

import json

from sim.measure.indicators import INDICATORS


def test_every_indicator_is_listed_with_what_is_divided_by_what(call):
    rows = json.loads(call("indicators", "--json").stdout)
    assert [row["name"] for row in rows] == [one.name for one in INDICATORS]
    for row, one in zip(rows, INDICATORS, strict=True):
        assert (row["numerator"], row["denominator"]) == one.formula()
        assert all(row[part] for part in ("title", "zh", "unit", "window"))


def test_names_in_the_table_are_whole(call):
    shown = call("indicators").stdout
    assert all(one.name in shown for one in INDICATORS)

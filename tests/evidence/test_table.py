"""Claims about reading figures: units, periods, intervals, and the encodings of spreadsheets."""

from datetime import date

import pytest

from sim.evidence.folder import read_evidence
from sim.evidence.period import Period, period
from sim.evidence.units import converted, unit
from tests.evidence.folders import HEAD, SOUND, folder, row

CHINESE = SOUND.replace("yearbook", "某某法院执行工作年报，第三页")


def values(path):
    return [one.value for one in read_evidence(path).rows]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (
            SOUND.replace("亿元", "M").replace("1.2,M", "120,M money").replace("yearbook", "café"),
            "cp1252",
        ),
    ],
)
def test_encodings_of_spreadsheets_are_recognised(tmp_path, text, encoding):
    data = f"{HEAD}\n{text}".encode(encoding)
    assert values(folder(tmp_path / "it", data)) == [1200, 1100, 300, 400, 1.2e8, 0.41]


def test_semicolons_and_decimal_commas_are_read(tmp_path):
    text = f"{HEAD}\n{SOUND}".replace(",", ";").replace("1.2;", "1,2;")
    assert values(folder(tmp_path / "it", text.encode())) == [1200, 1100, 300, 400, 1.2e8, 0.41]


def test_money_of_another_currency_becomes_yuan_of_the_model(tmp_path):
    data = SOUND.replace("1.2,亿元", "20,M EUR")
    court = 'format = 1\ncurrency = "EUR"\nyuan = 7.5\nname = "a court"\n'
    assert values(folder(tmp_path / "it", data, court=court))[4] == 1.5e8


def test_na_nap_and_suppressed_values_are_different_things(tmp_path):
    data = SOUND + (
        row("fines", 2019, 2019, "NA", "entries")
        + row("listings", 2019, 2019, "NAP", "entries")
        + row("detentions", 2019, 2019, "<5", "entries")
    )
    *_, fines, listings, detentions = read_evidence(folder(tmp_path / "it", data)).rows
    assert (fines.status, listings.status, detentions.status) == ("NA", "NAP", "suppressed")
    assert (detentions.low, detentions.value, detentions.high) == (0.0, 2.0, 4.0)
    assert not fines.known
    assert detentions.known


def test_a_stock_has_only_a_last_day_and_a_flow_may_name_its_period_once(tmp_path):
    rows = read_evidence(
        folder(tmp_path / "it", SOUND + row("fines", "", "2019-Q2", 7, "entries"))
    ).rows
    assert (rows[3].first, rows[3].last) == (None, date(2019, 12, 31))
    assert (rows[-1].first, rows[-1].last) == (date(2019, 4, 1), date(2019, 6, 30))


def test_totals_since_january_become_single_months(tmp_path):
    data = SOUND + "".join(
        row("listings", f"2019-{m:02}", f"2019-{m:02}", total, "entries")
        for m, total in ((1, 10), (2, 25), (4, 60))
    )
    court = 'format = 1\ncumulative = true\nname = "a court"\n'
    rows = read_evidence(folder(tmp_path / "it", data, court=court)).rows[-3:]
    assert [row.value for row in rows] == [10, 15, 35]
    assert (rows[2].first, rows[2].last) == (date(2019, 3, 1), date(2019, 4, 30))


@pytest.mark.parametrize(
    ("text", "begins", "first", "last"),
    [
        ("2019", 1, (2019, 1, 1), (2019, 12, 31)),
        ("2019", 4, (2019, 4, 1), (2020, 3, 31)),
        ("2019-Q4", 4, (2020, 1, 1), (2020, 3, 31)),
        ("2019-02", 1, (2019, 2, 1), (2019, 2, 28)),
        ("2020年2月", 1, (2020, 2, 1), (2020, 2, 29)),
        ("2019/3/31", 1, (2019, 3, 31), (2019, 3, 31)),
    ],
)
def test_periods(text, begins, first, last):
    assert period(text, begins) == Period(date(*first), date(*last))


@pytest.mark.parametrize(
    "text", ["", "19", "2019-13", "2019-02-30", "Mar-19", "2019-Q5", "3019", "合计"]
)
def test_what_is_no_period(text):
    assert period(text) is None


@pytest.mark.parametrize(
    ("text", "base", "factor"),
    [
        ("cases", "cases", 1.0),
        ("万件", "cases", 1e4),
        ("k cases", "cases", 1e3),
        ("亿元", "money", 1e8),
        ("M GBP", "money", 1e6),
        ("%", "share", 0.01),
        ("per_1000", "share", 0.001),
        ("days", "months", 12 / 365),
        ("months", "months", 1.0),
    ],
)
def test_units(text, base, factor):
    assert converted(unit(text, "GBP"), base) == pytest.approx(factor)


def test_what_is_no_unit():
    assert unit("M") is None
    assert unit("billions") is None
    assert converted(unit("persons"), "cases") is None

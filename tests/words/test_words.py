"""Claims about texts in a language: what is found, and what is left as its author wrote it."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.policy import levers
from sim.terms import Ability, Kind, Stage
from sim.words.numbers import amount_in_chinese
from sim.words.words import Words

ZH, EN = Words("zh"), Words("en")


def test_a_lever_is_told_in_the_language_of_the_page():
    path = "comprehensive.officers"
    officers = levers()[path]
    assert (ZH.title(officers), ZH.unit(officers)) == ("执行人员", "每千名债务人的执行人员数")
    assert (EN.title(officers), EN.unit(officers)) == (officers.title, officers.unit)
    assert ZH.source(officers.source).startswith("按人均每年约200件设定")
    assert "工时" in ZH.meaning(path)
    assert ZH.expected("C+ R± B-") == "履行 +、执行到位 ±、积案 −"
    assert EN.expected("C+ R± B-") == "compliance +, recovery ±, backlog −"
    assert EN.expected("Backlog falls") == "Backlog falls"  # an extension's own words


def test_what_a_user_wrote_stays_as_it_is():
    mine = SimpleNamespace(title="Mine", zh="Mine", unit="my unit")
    assert ZH.unit(mine) == "my unit"
    assert ZH.titled("My plan") == "My plan"
    assert ZH.name("my_plan", "My plan") == "My plan"
    assert (ZH.source("my notes"), ZH.meaning("mine.lever")) == ("my notes", "")


def test_a_policy_without_a_short_name_is_called_by_its_title():
    title = "More officers, year by year"
    assert (ZH.name("officers", title), EN.name("officers", title)) == ("执行人员逐年增加", title)


def test_terms_and_months_are_told_in_both_languages():
    assert (ZH.term(Ability.EMPTY), EN.term(Ability.INCOME_ONLY)) == ("无履行能力", "income only")
    assert (ZH.term(Kind.PERSON), EN.term(Kind.PUBLIC_BODY)) == ("自然人", "public body")
    assert (ZH.term(Stage.TERMINATED), ZH.stage(Stage.TERMINATED)) == ("终结本次执行程序", "终本")
    assert (ZH.month(36), EN.month(36)) == ("第36个月", "month 36")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0.4, "0", "0"),
        (-0.4, "0", "0"),
        (9_999.4, "9,999", "9,999"),
        (9_999.6, "1万", "10,000"),
        (122_000, "12.2万", "122,000"),
        (-1_234_567, "−123.5万", "−1,234,567"),
        (99_999_999, "1亿", "99,999,999"),
        (460_000_000, "4.6亿", "460,000,000"),
        (1.5e12, "1.5万亿", "1,500,000,000,000"),
        (3e17, "300,000万亿", "300,000,000,000,000,000"),
        (float("nan"), "–", "–"),
        (float("inf"), "–", "–"),
    ],
)
def test_amounts_are_told_in_the_units_of_the_language(value, zh, en):
    assert (ZH.amount(value), EN.amount(value)) == (zh, en)


@given(st.floats(-1e15, 1e15))
def test_an_amount_in_chinese_is_right_to_four_digits(value):
    told = amount_in_chinese(value).replace(",", "").replace("−", "-")
    size = 1.0
    for unit, times in (("万亿", 1e12), ("亿", 1e8), ("万", 1e4)):
        if told.endswith(unit):
            told, size = told.removesuffix(unit), times
            break
    assert float(told) * size == pytest.approx(value, rel=5.1e-4, abs=0.5001)

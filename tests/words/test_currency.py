"""Claims about the currency of a scenario: where the yuan is replaced, and what stays as it is."""

from pathlib import Path

import pandas as pd
import pytest

from sim.measure.indicators import KNOWN
from sim.report.material import Material
from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.identity import identity
from sim.scenario.reading.file import load
from sim.words.catalogue import chinese
from sim.words.currency import CURRENCIES, in_currency, money_in
from sim.words.words import Words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("yuan per yuan fallen due", "pounds per pound fallen due"),
        ("Owes 1,200 yuan", "Owes 1,200 pounds"),
        ("12 yuan a year per 1,000 debtors", "12 pounds a year per 1,000 debtors"),
        ("one more yuan of received", "one more pound of received"),
        ("元／元到期债权", "英镑／英镑到期债权"),
        ("share of claims", "share of claims"),
    ],
)
def test_the_currency_takes_the_place_of_the_yuan(text, shown):
    assert in_currency(text, "pound") == shown
    assert in_currency(text, "yuan") == in_currency(text) == text
    with money_in("pound"):
        assert in_currency(text) == shown
    assert in_currency(text) == text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_or_unit_of_a_page_keeps_the_yuan(language):
    say = Words(language)
    with money_in("euro"):
        found = [say.known(text) for text in chinese()["texts"]]
        found += [say.unit(one) for one in KNOWN.values()]
    assert not [text for text in found if "yuan" in text or "元" in text.replace("欧元", "")]
    assert any(CURRENCIES["euro"].zh in text or "euro" in text for text in found)


def test_the_word_changes_no_identity():
    one, other = (load("village", overrides=[f"currency={c}"]) for c in ("yuan", "pound"))
    assert one.currency != other.currency
    assert identity(one, 12, 1, "code") == identity(other, 12, 1, "code")


@pytest.mark.parametrize(
    ("manifest", "currency"),
    [
        ({"scenario": {"currency": "pound"}}, "pound"),
        ({"currency": "euro"}, "euro"),
        ({}, "yuan"),
        ({"currency": "groat"}, "yuan"),
    ],
)
def test_a_report_is_in_the_money_that_its_folder_names(manifest, currency):
    nothing = pd.DataFrame()
    about = {"folder": Path(), "title": "", "question": "", "kind": "run", "done": 0}
    found = Material(
        **about,
        manifest=manifest,
        points=nothing,
        runs=nothing,
        failed=nothing,
        query=lambda sql: nothing,
        sweep=None,
    )
    assert found.currency == currency


def test_an_unknown_currency_is_named_with_the_nearest_one():
    with pytest.raises(ScenarioErrors, match=r"currency: unknown word .pouns.; did you mean"):
        load("village", overrides={"currency": "pouns"})
    with pytest.raises(ScenarioErrors, match="format: should be 1, not 2"):
        load({"format": 2, "title": "newer", "extends": "village"})

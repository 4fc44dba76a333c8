"""The player's files fit together: every text that a script asks for exists in both languages."""

import json
import re

import pytest

from sim.agents.debtor.weigh import Ledger
from sim.view.player import SCRIPTS, STATIC, curves, inline, script, words
from sim.view.tape.conduct import Conduct, Place
from sim.view.tape.recorder import CURVES
from sim.words.language import Language

ASKED = re.compile(r"\bwords\.(\w+)")


def test_every_script_is_part_of_the_player() -> None:
    assert sorted(SCRIPTS) == sorted(file.stem for file in STATIC.glob("*.js"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_text_that_the_scripts_ask_for_exists(lang: Language) -> None:
    known = words(lang)
    figures = {"road", "flows", "town", "courts", "ledger"}
    named = {"payers", "evaders", "play", "pause", "risk"}
    assert set(ASKED.findall(script())) | figures | named == set(known)
    ended = Place.GIVEN_UP  # on the road, claims that were not paid are one however they ended
    assert (len(known["places"]), len(known["conduct"])) == (ended + 1, len(Conduct))
    assert len(known["outcomes"]) == len(Place) - Place.PERFORMED


def test_no_text_is_the_same_in_both_languages() -> None:
    english, chinese = words("en"), words("zh")
    assert set(english["terms"]) == set(chinese["terms"]) == set(Ledger._fields)
    english, chinese = english | english["terms"], chinese | chinese["terms"]
    assert not [key for key, text in english.items() if text == chinese[key]]


def test_curves_have_titles_and_units() -> None:
    english, chinese = curves(CURVES, "en", ["refusal"]), curves(CURVES, "zh")
    assert [one["name"] for one in english if one["watched"]] == ["refusal"]
    assert english[0]["unit"].startswith("%")
    assert all(a["title"] != b["title"] for a, b in zip(english, chinese, strict=True))


def test_data_cannot_end_its_script() -> None:
    text = inline({"title": "</script><script>alert(1)</script>"})
    assert "<" not in text
    assert json.loads(text)["title"].startswith("</script>")


def test_the_strokes_of_four_worlds_can_be_seen_and_told_apart() -> None:
    files = (STATIC / f"{name}.js" for name in ("marks", "curves"))
    marks, strokes = (file.read_text("utf-8") for file in files)
    colours = dict(re.findall(r"([A-D])_COLOUR = \"(#\w{6})\"", marks))
    assert len(set(colours.values())) == len(colours) == 4
    assert all(contrast_with_white(one) >= 3 for one in colours.values())
    dashes = re.findall(r"_COLOUR, dash: (\[[^\]]*\])", strokes.partition("];")[0])
    assert len(set(dashes)) == len(dashes) == 4


def contrast_with_white(colour: str) -> float:
    """The contrast of a colour with white, as WCAG 2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)

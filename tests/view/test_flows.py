"""The flows of a year are those of the world's own transitions, in Python and in a browser."""

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sim import World
from sim.terms import Stage
from sim.view.player import inline, script, style, words
from sim.view.tape.conduct import Place, place_of
from sim.view.tape.recorder import Recorder
from sim.words.language import Language
from tests.view.conftest import PHONE, WIDE, Window

if TYPE_CHECKING:
    import pandas as pd

Open = Callable[..., Window]
Flows = Counter[tuple[int, int]]

WALK = """(canvas) => {
    const live = document.querySelector(".sv-live");
    const walk = (key, told = []) => {  // until nothing new is told
        while (told.at(-1) !== live.textContent) {
            told.push(live.textContent);
            canvas.dispatchEvent(new KeyboardEvent("keydown", { key }));
        }
        return told;
    };
    live.textContent = "";
    walk("ArrowLeft");
    return walk("ArrowRight");
}"""
SMALL: dict[str, Any] = {"population.size": 1500, "run.burn_in": 36, "run.months": 16}
FIGURE, LARGEST, NEW = "canvas.sv-figure", 6, len(Place)


@pytest.fixture(scope="module")
def worlds() -> list[tuple[dict[str, Any], "pd.DataFrame"]]:
    """Two small worlds: the tape of each and the log of its transitions."""
    found = []
    for seed in (1, 2):
        world = World("china_2016", events=True, **(SMALL | {"run.seed": seed})).run_to(0)
        tape = Recorder(world).run().tape(["backlog"])
        assert world.transitions is not None
        found.append((tape, world.transitions.frame()))
    return found


def moved(log: "pd.DataFrame") -> dict[int, Flows]:
    """Claims that stand elsewhere at the end of a month than of the one before, by month."""
    ends = log.groupby(["month", "claim"], sort=True)["stage"].last().astype(str)
    stood: dict[int, int] = {}
    found: dict[int, Flows] = {}
    for month, claim, stage in ends.reset_index().to_numpy().tolist():
        place = int(place_of(np.array([Stage[stage.upper()]]))[0])
        was = stood.get(claim, NEW)
        if was != place:
            found.setdefault(month, Counter())[was, place] += 1
        stood[claim] = place
    return found


def of_the_year(log: "pd.DataFrame", month: int) -> Flows:
    months = moved(log)
    since = max(1, month - 11)
    return sum((months.get(m, Counter()) for m in range(since, month + 1)), Counter())


def shown(window: Open, tapes: list[dict], lang: Language, size: tuple[int, int]) -> Window:
    """A window with the player and nothing else, at the flows of month 0."""
    named = [{"title": f"W{k}", "tape": tape} for k, tape in enumerate(tapes)]
    show = {"tapes": named, "words": words(lang), "curves": [], "figure": "flows", "month": 0}
    one = window(size)
    one.page.set_content(f"<!doctype html><style>{style()}</style><main id=root></main>")
    root = "document.getElementById('root')"
    make = f"servanda.player({root}, show).then((made) => (window.made = made));"
    one.page.add_script_tag(content=f"{script()}\nconst show = {inline(show)};\n{make}")
    one.page.wait_for_function("window.made")
    return one


def name(place: int, lang: Language) -> str:
    """The name of a place on one line, as the figure says it."""
    w = words(lang)
    if place == NEW:
        text = w["fresh"]
    elif place >= Place.PERFORMED:
        text = w["outcomes"][place - Place.PERFORMED]
    else:
        text = w["places"][place]
    return str(text.replace("-|", "").replace("|", " " if lang == "en" else ""))


def heard(text: str, lang: Language) -> Flows:
    """The flow that a sentence of the figure is about."""
    known = {name(place, lang): place for place in range(NEW + 1)}
    for key in ("flow", "flow_one"):
        sentence = re.escape(words(lang)[key]).replace(r"\{n\}", "(?P<n>[0-9,]+)")
        sentence = sentence.replace(r"\{from\}", "(?P<was>.+)").replace(r"\{to\}", "(?P<now>.+)")
        if hit := re.fullmatch(sentence, text):
            n = int(hit.groupdict().get("n", "1").replace(",", ""))
            return Counter({(known[hit["was"]], known[hit["now"]]): n})
    raise AssertionError(text)


def said(one: Window, lang: Language, pane: int = 0) -> Flows:
    """All flows as the arrow keys tell them, one after another."""
    told = one.page.locator(FIGURE).nth(pane).evaluate(WALK)
    return sum((heard(text, lang) for text in told), Counter())


def go(one: Window, month: int) -> None:
    one.page.evaluate(f"made.go({month})")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_stages_have_the_same_name(lang: Language) -> None:
    assert len({name(place, lang) for place in range(NEW + 1)}) == NEW + 1


def test_flows_are_those_of_the_transitions_in_every_month(window: Open, worlds: list) -> None:
    (tape, log), _ = worlds
    one = shown(window, [tape], "en", WIDE)
    for month in range(1, 17):
        go(one, month)
        expected = of_the_year(log, month)
        assert said(one, "en") == expected
        assert any(place == NEW for place, _ in expected)
    assert any(to >= Place.GIVEN_UP for _, to in of_the_year(log, 16))
    assert not one.errors


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_label_has_the_largest_flows(window: Open, worlds: list, lang: Language) -> None:
    one = shown(window, [tape for tape, _ in worlds], lang, WIDE)
    go(one, 16)
    for pane, (_, log) in enumerate(worlds):
        expected = of_the_year(log, 16)
        label = one.page.locator(FIGURE).nth(pane).get_attribute("aria-label") or ""
        sizes = [int(n) for n in re.findall(r"(\d+)(?= claims? | 件案件)", label)]
        assert sizes == sorted(expected.values(), reverse=True)[:LARGEST]
        assert said(one, lang, pane) == expected
    note = one.page.locator(".sv-note").inner_text()
    assert re.findall(r"\d+", note)[:2] == ["5", "16"]


COLOURED = """(canvas) => {
    const { width, height } = canvas, n = {};
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 255) continue;
        const key = [0, 1, 2].map((k) => data[i + k].toString(16).padStart(2, "0")).join("");
        n[key] = (n[key] || 0) + 1;
    }
    return n;
}"""
BAR = """(canvas) => {  // the longest run of the colour of a bar, where new claims begin
    const { data } = canvas.getContext("2d").getImageData(24, 0, 1, canvas.height);
    let most = 0, run = 0;
    for (let i = 0; i < data.length; i += 4) {
        run = data[i] === 0x1f && data[i + 1] === 0x29 && data[i + 2] === 0x33 ? run + 1 : 0;
        most = Math.max(most, run);
    }
    return most;
}"""
ENDS = {
    int(Place.PERFORMED): "0439de",
    int(Place.GIVEN_UP): "9b3606",
    int(Place.INSOLVENCY_CLOSED): "106140",
    int(Place.DISMISSED): "6b1255",
}
ONWARD, BACK = "818990", "b78804"


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_flows_are_drawn_in_the_colours_of_their_ends(
    window: Open, worlds: list, size: tuple[int, int]
) -> None:
    """Outcomes and loops have their own colours; in month 0 nothing has moved."""
    one = shown(window, [tape for tape, _ in worlds], "en", size)
    start = one.page.locator(FIGURE).first.evaluate(COLOURED)
    assert not start.keys() & {*ENDS.values(), ONWARD, BACK}
    go(one, 16)
    drawn = [one.page.locator(FIGURE).nth(pane).evaluate(COLOURED) for pane in (0, 1)]
    for pixels, (_, log) in zip(drawn, worlds, strict=True):
        flows = of_the_year(log, 16)
        drawn_ends = {end for end, colour in ENDS.items() if pixels.get(colour, 0) > 10}
        assert drawn_ends == {to for _, to in flows} & ENDS.keys()
        assert pixels[ONWARD] > 1000
        assert any(one[0] > one[1] for one in flows)
        assert pixels[BACK] > 200
    width = one.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]
    assert not one.errors


def test_both_worlds_have_the_scale_of_the_fullest_year(window: Open, worlds: list) -> None:
    """The bar of new claims is as high as their number, in every month and in both panes."""
    one = shown(window, [tape for tape, _ in worlds], "en", WIDE)
    scales = []
    for month in (8, 12, 16):
        go(one, month)
        for pane, (_, log) in enumerate(worlds):
            high = one.page.locator(FIGURE).nth(pane).evaluate(BAR)
            new = sum(n for (was, _), n in of_the_year(log, month).items() if was == NEW)
            scales.append(high / new)
    assert max(scales) == pytest.approx(min(scales), rel=0.03)
    assert min(scales) > 0.2  # pixels per claim


def test_the_pointer_is_told_which_flow_it_is_on(window: Open, worlds: list) -> None:
    (tape, log), _ = worlds
    one = shown(window, [tape], "en", WIDE)
    go(one, 16)
    box = one.page.locator(FIGURE).bounding_box()
    assert box is not None
    told = set()
    for x in range(70, int(box["width"]), 110):
        for y in range(60, int(box["height"]), 16):
            one.page.mouse.move(box["x"] + x, box["y"] + y)
            if one.page.locator(".sv-hint").is_visible():
                told.add(one.page.locator(".sv-hint").inner_text())
    assert len(told) > 8
    numbers = {int(re.match(r"\d+", text)[0]) for text in told}  # type: ignore[index]
    assert numbers <= set(of_the_year(log, 16).values())


@pytest.mark.parametrize("colour", [*ENDS.values(), ONWARD, BACK])
def test_colours_of_flows_stand_out_from_white(colour: str) -> None:
    assert f'"#{colour}"' in script()
    parts = [int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    light = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
    assert 1.05 / (luminance + 0.05) >= 3

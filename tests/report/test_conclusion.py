"""Claims about conclusions of reports: every kind has one, and its numbers are the analyses'."""

import re
import zlib

import pytest

from sim.analysis.optimisation.front import optimum
from sim.analysis.optimisation.optimise import optimise, searching
from sim.analysis.paired import difference
from sim.analysis.sensitivity.sensitivity import sensitivity
from sim.analysis.sensitivity.shapley import attribute
from sim.measure.indicators import KNOWN
from sim.report.chapters.answer.conclusion import conclusion
from sim.report.estimate import paired
from sim.report.material import material
from sim.report.numbers import counted, number
from sim.report.page import written
from sim.words.words import Words
from tests.analysis.filled import UNIT
from tests.experiment.small import Formula
from tests.report.conftest import DESIGNS, OFFICERS, PRESERVATION, TWO, reported

LISTING, MATCHING = "comprehensive.list_rate", "comprehensive.match_rate"
LANGUAGES = ("en", "zh")
BOTH = {LISTING: {"values": [0.0, 1.0]}, MATCHING: {"values": [0.0, 1.0]}}
SENTENCES = 6
"""Most sentences of a conclusion about one sweep, the one on intervals apart."""


def chapter(found, language="en"):
    with counted(language):
        return conclusion(found, Words(language))


def sentences(found, language="en"):
    return [text for one in chapter(found, language).sayings for text in one.sentences]


def about(found, title, language="en"):
    return next(text for text in sentences(found, language) if text.startswith(title))


def answering(effects, *, noise):
    """Answers of runs: measures that are sums of effects of factors, and noise of the run's own."""

    def answer(values, replicate):
        own = zlib.crc32(repr((sorted(values.items()), replicate)).encode()) / 2**32 - 0.5
        level = 0.5 + 0.02 * replicate + noise * own
        return {
            name: level + sum(weight * float(values[path]) for path, weight in of.items())
            for name, of in effects.items()
        }

    return answer


def points(gap):
    """A difference of shares as a conclusion has it."""
    ends = f"({number(100 * gap.low)} to {number(100 * gap.high)})"
    return f"{number(100 * gap.mean, '+')} percentage points {ends}"


def concluded(folder, effects, factors, *kind, replicates=4, noise=0.01, **more):
    """What a report reads of runs whose measures are sums of effects of factors."""
    return reported(
        folder, answering(effects, noise=noise), factors, *kind, replicates=replicates, **more
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DESIGNS)
def test_every_kind_of_design_begins_with_a_conclusion(swept, name, language):
    first = written(material(swept(name)), language).chapters[0]
    assert first.name == "conclusion"
    found = [text for one in first.sayings for text in one.sentences]
    assert found
    if name != "scenarios":
        assert len(found) <= SENTENCES
    for text in (*found, *first.notes):
        assert bool(re.search("[一-鿿]", text)) == (language == "zh"), text
        assert not re.search(r"\bnan\b|\btells?\b|\btold\b", text) or name == "scenarios", text
        assert text.endswith("。" if language == "zh" else ".")


@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "factorial"])
def test_one_run_of_each_point_has_no_intervals_and_says_that_chance_is_not_known(tmp_path, kind):
    effects = {"grace_performance": {OFFICERS: 1.0}}
    found = concluded(tmp_path, effects, {OFFICERS: TWO}, kind, replicates=1)
    for language, unknown in (
        ("en", "how much chance contributes is unknown"),
        ("zh", "偶然成分未知"),
    ):
        assert chapter(found, language).notes == ()
        assert unknown in sentences(found, language)[-1]


def test_a_factorial_says_which_parts_clearly_bring_what_and_which_do_not(tmp_path):
    factors = {
        OFFICERS: {"values": [0.0, 0.1]},
        PRESERVATION: {"values": [0.0, 0.5], "title": "Northern preservation"},
        LISTING: {"values": [0.0, 1.0]},
    }
    effects = {"grace_performance": {PRESERVATION: 0.2, OFFICERS: -2.0}}
    found = concluded(tmp_path, effects, factors, "factorial")
    one = attribute(found.sweep, ["grace_performance"])[0]
    text = about(found, "Voluntary performance")
    clear = [path for path, part in one.parts.items() if part.value.clear]
    assert set(clear) >= {OFFICERS, PRESERVATION}
    assert f"Northern preservation {points(one.parts[PRESERVATION].value)}" in text
    assert f"Enforcement officers {points(one.parts[OFFICERS].value)}" in text
    assert text.index("Enforcement officers") < text.index("Northern preservation")
    assert "Northern preservation" in about(found, "自动履行率", "zh")


@pytest.mark.parametrize(
    ("language", "remark", "titles"),
    [
        ("en", "which is not clear", ("Voluntary performance", "Felt harm")),
        ("zh", "，不明显", ("自动履行率", "感知损害")),
    ],
)
def test_a_difference_within_chance_is_called_not_clear_and_a_clear_one_is_not(
    tmp_path, language, remark, titles
):
    effects = {"grace_performance": {LISTING: 0.3}, "harm": {}}
    found = concluded(tmp_path, effects, BOTH, "factorial", noise=0.05)
    totals = [one.total for one in attribute(found.sweep, ["grace_performance", "harm"])]
    assert [total.clear for total in totals] == [True, False]
    assert [remark in about(found, title, language) for title in titles] == [False, True]


def test_one_at_a_time_names_the_factors_that_clearly_matter_in_order(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.2]}, LISTING: {"values": [0.1, 0.9]}}
    effects = {"grace_performance": {OFFICERS: 0.5, LISTING: 0.4}, "harm": {LISTING: 2.0}}
    found = concluded(tmp_path, effects, factors, "one_at_a_time")
    yuan = lambda gap: f"{number(gap.mean, '+')} yuan"
    for name, title, text in (
        ("grace_performance", "Voluntary performance", points),
        ("harm", "Felt harm", yuan),
    ):
        farthest = max(paired(found, name, 0).values(), key=lambda gap: abs(gap.mean))
        assert f"by {text(farthest)}" in about(found, title).split(";")[0]


def test_a_fraction_of_a_factorial_has_the_difference_of_each_factors_levels(tmp_path):
    factors = {path: {"values": [0.0, 0.5]} for path in (OFFICERS, PRESERVATION, LISTING, MATCHING)}
    effects = {"grace_performance": {OFFICERS: 0.4}, "harm": {LISTING: 3.0}}
    found = concluded(tmp_path, effects, factors, "fractional_factorial", resolution=4)
    table, values = found.points.set_index("point"), found.values("grace_performance")
    high, low = (values[list(table.index[table[OFFICERS] == v])].mean(axis=1) for v in (0.5, 0.0))
    gap = difference(high.to_numpy(), low.to_numpy(), about=KNOWN["grace_performance"])
    assert f"Enforcement officers from 0 to 0.5 by {points(gap)}" in about(found, "Voluntary")
    assert any("fractional design" in text for text in sentences(found))


@pytest.mark.parametrize(
    ("kind", "more", "method"),
    [
        ("morris", {"trajectories": 8}, "morris"),
        ("sobol", {"samples": 64}, "sobol"),
        ("latin_hypercube", {"points": 80}, "pawn"),
    ],
)
def test_factors_that_matter_beyond_chance_stand_in_order_apart_from_the_others(
    tmp_path, kind, more, method
):
    factors = {LISTING: UNIT, PRESERVATION: UNIT | {"title": "My own factor"}, MATCHING: UNIT}
    effects = {"grace_performance": {PRESERVATION: 0.4, LISTING: 0.15}, "harm": {}}
    found = concluded(tmp_path, effects, factors, kind, noise=0.02, **more)
    one = sensitivity(found.sweep, ["grace_performance"])[0]
    assert one.method == method
    text, top = about(found, "Voluntary performance depends"), one.table.iloc[0]
    scale = 100.0 if method == "morris" else 1.0
    assert top["factor"] == PRESERVATION
    assert f"My own factor {number(scale * top[one.rank])}" in text
    assert f"({number(scale * top['low'])} to {number(scale * top['high'])})" in text
    assert text.count("(") == int(one.clear.sum())
    assert "My own factor" in about(found, "自动履行率", "zh")


def test_a_grid_goes_from_its_lowest_to_its_highest_value_and_names_its_jump(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.1, 0.15, 0.2]}}

    def answer(values, replicate):
        high = values[OFFICERS] > 0.12
        own = 0.001 * ((7 * replicate + int(100 * values[OFFICERS])) % 5)
        return {"grace_performance": 0.3 + 0.3 * high + own, "harm": 5.0 + own, "recovery": 0.5}

    found = reported(tmp_path, answer, factors, replicates=6)
    values = found.values("grace_performance")
    gap = difference(values[3].to_numpy(), values[0].to_numpy(), about=KNOWN["grace_performance"])
    text = about(found, "Voluntary performance: as")
    assert f"from {number(100 * values[0].mean())} to {number(100 * values[3].mean())} %" in text
    assert points(gap) in text
    assert "between 0.1 and 0.15 of Enforcement officers: a jump" in " ".join(sentences(found))


def test_a_search_counts_the_unbeaten_and_those_that_hold_on_fresh_seeds(tmp_path):
    design = {"kind": "search", "trials": 40, "confirm": 3, "population": 10}
    design |= {"minimise": ["public_outlay"], "maximise": ["received"]}
    factors = {LISTING: UNIT, MATCHING: UNIT}
    setup = {"base": "village", "replicates": 3, "design": design, "factors": factors}

    def formula(values, task):
        a, b = (values.get(path, 0.0) for path in (LISTING, MATCHING))
        own = (task.seed % 1000) / 1e4
        cost = (a**2 + abs(b - 0.5)) / 1000
        return {"received": a - abs(b - 0.5) + own, "public_outlay": cost, "harm": 2.0 * a + own}

    made = Formula(formula)
    optimise(searching(setup), tmp_path, workers=lambda runs: made)
    found, best = material(tmp_path), optimum(tmp_path)
    ahead = [one for one in best.front if one.point]
    within = int(best.generations["within"].iloc[-1])
    first = sentences(found)[0]
    counts = f"{within} are within the limits, and {len(ahead)} are"
    assert f"tried {best.trials} packages; {counts}" in first
    holds = sum(bool(one.holds) for one in ahead)
    assert any(f"{holds} of these {len(ahead)} packages hold" in text for text in sentences(found))
    top = best.front[0]
    received = top.differences["received"]
    text = next(text for text in sentences(found) if "is best in" in text)
    assert f"point {top.point} is best in" in text
    assert f"fallen due {number(received.mean, '+')} yuan per yuan" in text


@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "factorial"])
def test_harm_stands_beside_recovery_and_where_runs_failed_less_is_concluded(tmp_path, kind):
    effects = {"grace_performance": {LISTING: 0.1}, "recovery": {}, "harm": {}}
    texts = " ".join(sentences(concluded(tmp_path / "whole", effects, BOTH, kind)))
    titles = ("Voluntary performance", "Money recovered per yuan claimed", "Felt harm")
    places = [texts.index(title) for title in titles]
    assert places == sorted(places)
    if kind != "one_at_a_time":
        fails = lambda point, replicate: (point, replicate) == (3, 1)
        texts = sentences(concluded(tmp_path / "failed", effects, BOTH, kind, fails=fails))
        assert texts
        assert not any("all parts together" in text or "steepest" in text for text in texts)

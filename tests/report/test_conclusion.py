"""Claims about conclusions of reports: every kind has one, and its numbers are the analyses'."""

import re
import zlib

import pytest
from typer.testing import CliRunner

from sim.analysis.comparison.statements import Statement, in_words
from sim.analysis.optimisation.front import optimum
from sim.analysis.optimisation.optimise import optimise, searching
from sim.analysis.paired import difference
from sim.analysis.sensitivity.sensitivity import sensitivity
from sim.analysis.sensitivity.shapley import attribute
from sim.analysis.tipping.tipping import tipping
from sim.cli import app
from sim.experiment.spec import KINDS
from sim.measure.indicators import KNOWN
from sim.report.chapters.answer.conclusion import BY_KIND, conclusion
from sim.report.estimate import mean, paired
from sim.report.material import material
from sim.report.measures import measure
from sim.report.numbers import counted, number
from sim.report.page import written
from sim.report.words import Words
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


# ---------------------------------------------------------------- every kind


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_intervals_are_followed_by_what_they_cover(swept, language):
    for name in ("none", "line", "factorial", "one_at_a_time"):
        notes = chapter(material(swept(name)), language).notes
        assert notes == (in_words(Statement("interval"), language),)


@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "factorial"])
def test_one_run_of_each_point_has_no_intervals_and_says_that_chance_is_not_known(tmp_path, kind):
    effects = {"grace_performance": {OFFICERS: 1.0}}
    found = concluded(tmp_path, effects, {OFFICERS: TWO}, kind, replicates=1)
    low = number(100 * float(found.values("grace_performance").mean().min()))
    for language, unknown in (("en", "chance is unknown"), ("zh", "偶然成分未知")):
        assert chapter(found, language).notes == ()
        assert unknown in sentences(found, language)[-1]
        assert low in sentences(found, language)[0]


def test_each_kind_of_design_has_somebody_who_concludes():
    assert set(BY_KIND) == {*KINDS, "run"}


# ---------------------------------------------------------------- one world


def test_a_single_run_says_what_came_out_and_that_it_says_nothing_of_chance(tmp_path):
    call = ["run", "village", "--debtors", "200", "--months", "6", "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(app, call).exit_code == 0
    found = material(tmp_path / "run")
    row = found.runs.iloc[0]
    for words in map(Words, LANGUAGES):
        *texts, last = sentences(found, words.language)
        for name, text in zip(("grace_performance", "unable", "harm"), texts, strict=True):
            shown = measure(name)
            after = text.partition(words.title(shown))[2]
            assert number(shown.factor * row[name]) in re.split("[;；]", after)[0]
        saying = "One run says nothing about chance: another seed would give other numbers."
        assert last == words(saying)
        assert chapter(found, words.language).notes == ()


def test_replicates_of_one_world_have_the_intervals_of_the_headline(swept):
    found = material(swept("none"))
    values = 100.0 * found.values("grace_performance")[0].to_numpy(float)
    level = mean(values)
    middle, low, high = (number(float(part)) for part in level)
    assert f"{middle} % of claims leaving grace ({low} to {high})" in sentences(found)[0]
    people = found.values("wrongly_listed")[0]
    assert ("Debtors wrongly listed" in sentences(found)[2]) == bool((people > 0.0).any())


# ---------------------------------------------------------------- parts


def test_a_factorial_says_which_parts_clearly_bring_what_and_which_do_not(tmp_path):
    factors = {
        OFFICERS: {"values": [0.0, 0.1]},
        PRESERVATION: {"values": [0.0, 0.5], "title": "Northern preservation"},
        LISTING: {"values": [0.0, 1.0]},
    }
    effects = {
        "grace_performance": {PRESERVATION: 0.2, OFFICERS: -2.0},
        "recovery": {OFFICERS: 3.0},
        "harm": {},
    }
    found = concluded(tmp_path, effects, factors, "factorial")
    one = attribute(found.sweep, ["grace_performance"])[0]
    text = about(found, "Voluntary performance")
    clear = [path for path, part in one.parts.items() if part.value.clear]
    assert set(clear) >= {OFFICERS, PRESERVATION}
    assert f"Northern preservation {points(one.parts[PRESERVATION].value)}" in text
    assert f"Enforcement officers {points(one.parts[OFFICERS].value)}" in text
    assert text.index("Enforcement officers") < text.index("Northern preservation")
    unclear = [text for text in sentences(found) if text.startswith("The share of these parts")]
    assert bool(unclear) == (LISTING not in clear)
    assert about(found, "Felt harm")
    assert "Enforcement officers" in about(found, "Money recovered")
    zh = about(found, "自动履行率", "zh")
    assert "Northern preservation" in zh
    assert "个百分点" in zh


def test_policies_go_by_their_own_titles(tmp_path):
    file = tmp_path / "mine.toml"
    head = 'format = 1\ntitle = "My plan"\nextends = "village"\n'
    for name, title, lever in (
        ("north", "A northern desk", LISTING),
        ("south", "A southern desk", MATCHING),
    ):
        head += f'[[policies]]\nname = "{name}"\ntitle = "{title}"\nset = {{ "{lever}" = 0.2 }}\n'
    file.write_text(head, encoding="utf-8")
    effects = {"grace_performance": {"policies.north": 0.3, "policies.south": -0.2}}
    more = {"base": str(file), "policies": "all"}
    found = concluded(tmp_path / "sweep", effects, {}, "factorial", **more)
    one = attribute(found.sweep, ["grace_performance"])[0]
    for language in LANGUAGES:
        text = sentences(found, language)[0]
        for path, title in (("north", "A northern desk"), ("south", "A southern desk")):
            value = one.parts[f"policies.{path}"].value.mean
            assert f"{title} {number(100 * value, '+')}" in text


# ---------------------------------------------------------------- factors


def test_one_at_a_time_names_the_factors_that_clearly_matter_in_order(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.2]}, LISTING: {"values": [0.1, 0.9]}}
    effects = {"grace_performance": {OFFICERS: 0.5, LISTING: 0.4}, "harm": {LISTING: 2.0}}
    found = concluded(tmp_path, effects, factors, "one_at_a_time")
    base, text = found.points.iloc[0], about(found, "Voluntary performance")
    gaps = paired(found, "grace_performance", 0)
    most = {}
    for point, gap in gaps.items():
        path = next(p for p in factors if found.points.iloc[point][p] != base[p])
        if gap.clear and abs(gap.mean) > abs(most[path].mean if path in most else 0.0):
            most[path] = gap
    assert set(most) == set(factors)
    order = sorted(most.values(), key=lambda gap: -abs(gap.mean))
    places = [text.index(f"by {points(gap)}") for gap in order]
    assert places == sorted(places)
    harm = paired(found, "harm", 0)
    farthest = max(harm.values(), key=lambda gap: abs(gap.mean))
    assert f"by {number(farthest.mean, '+')} yuan" in about(found, "Felt harm").split(";")[0]


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
    head = "Not above the level expected by chance"
    weak = [text for text in sentences(found) if text.startswith(head)]
    assert bool(weak) == (not one.clear.all())
    assert "My own factor" in about(found, "自动履行率", "zh")


def test_sensitivity_of_single_runs_does_not_claim_to_know_chance(tmp_path):
    effects, factors = {"grace_performance": {LISTING: 0.4}}, {LISTING: UNIT, MATCHING: UNIT}
    found = concluded(tmp_path, effects, factors, "morris", trajectories=8, replicates=1)
    assert "the share of chance is unknown" in about(found, "Voluntary performance")
    assert chapter(found).notes == ()


# ---------------------------------------------------------------- grids


def test_a_grid_goes_from_its_lowest_to_its_highest_value_and_names_its_jump(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.1, 0.15, 0.2]}}

    def answer(values, replicate):
        high = values[OFFICERS] > 0.12
        own = 0.001 * ((7 * replicate + int(100 * values[OFFICERS])) % 5)
        return {"grace_performance": 0.3 + 0.3 * high + own, "harm": 5.0 + own, "recovery": 0.5}

    found = reported(tmp_path, answer, factors, replicates=6)
    values = found.values("grace_performance")
    gap = difference(values[3].to_numpy(), values[0].to_numpy(), about=KNOWN["grace_performance"])
    text = about(found, "Voluntary performance: with")
    assert f"from {number(100 * values[0].mean())} to {number(100 * values[3].mean())} %" in text
    assert points(gap) in text
    assert "not clear" not in text
    step = about(found, "Voluntary performance: the steepest")
    tip = tipping(found.sweep, "grace_performance").tips[0]
    assert tip.jump
    assert points(tip.change) in step
    assert "between 0.1 and 0.15 of Enforcement officers: a jump" in step
    assert any(text.startswith("Felt harm") for text in sentences(found))


def test_a_grid_on_which_nothing_moves_is_called_chance(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.1, 0.15]}}

    def answer(values, replicate):
        place = round(values[OFFICERS] / 0.05)
        return {"grace_performance": 0.5 + 0.01 * ((replicate + place) % 3)}

    found = reported(tmp_path, answer, factors, replicates=6)
    assert "which is not clear" in sentences(found)[0]
    assert "differ by no more than chance" in sentences(found)[1]


def test_a_grid_of_words_compares_its_points_with_the_first(tmp_path):
    def answer(values, replicate):
        more = (0.1 + 0.01 * replicate) * (values["scenario"] == "rule_of_law")
        return {"grace_performance": 0.3 + more}

    factors = {"scenario": {"values": ["village", "china_2016", "rule_of_law"]}}
    found = reported(tmp_path, answer, factors, base=None, replicates=4)
    gap = paired(found, "grace_performance", 0)[2]
    assert sentences(found)[0].startswith("Voluntary performance: 1 of 2 points clearly differ")
    assert f"Rule of law {points(gap).split(' (')[0]}" in sentences(found)[0]


def test_two_starts_say_where_the_start_decides(swept):
    found = material(swept("starts"))
    one = tipping(found.sweep, "backlog")
    text = about(found, "Cases open")
    if one.bands:
        assert number(one.bands[0].low) in text
    else:
        assert "nowhere" in text


# ---------------------------------------------------------------- searches


@pytest.mark.parametrize("confirm", [0, 3])
def test_a_search_counts_the_unbeaten_and_those_that_hold_on_fresh_seeds(tmp_path, confirm):
    design = {"kind": "search", "trials": 40, "confirm": confirm, "population": 10}
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
    wanted = f"{holds} of these {len(ahead)} hold" if confirm else "None was run on fresh seeds"
    assert any(wanted in text for text in sentences(found))
    top = best.front[0]
    received = top.differences["received"]
    text = next(text for text in sentences(found) if "is best in" in text)
    assert f"point {top.point} is best in" in text
    assert f"fallen due {number(received.mean, '+')} yuan per yuan" in text
    harm = paired(found, "harm", 0)[top.point]
    assert f"Felt harm {number(harm.mean, '+')} yuan a debtor and year" in text
    assert any("On fresh seeds:" in text for text in sentences(found)) == bool(confirm)
    assert len(sentences(found)) <= SENTENCES
    assert all(re.search("[一-鿿]", text) for text in sentences(found, "zh"))


def test_points_of_ones_own_are_held_against_the_first(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(f"world,{OFFICERS}\npoor,0.05\nrich,0.1\nsame,0.05\n", encoding="utf-8")
    effects = {"grace_performance": {OFFICERS: 3.0}}
    more = {"file": str(file), "labels": ["world"]}
    found = concluded(tmp_path / "sweep", effects, {}, "points", **more)
    gap = paired(found, "grace_performance", 0)[1]
    text = f"clearly differ from poor, the farthest first: rich {points(gap)}"
    assert text in sentences(found)[0]


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

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
from sim.experiment.reading.file import load_experiment
from sim.measure.indicators import KNOWN
from sim.report.chapters.answer.conclusion import BY_KIND, conclusion
from sim.report.estimate import mean, paired
from sim.report.material import material
from sim.report.measures import measure
from sim.report.numbers import counted, number
from sim.report.page import written
from sim.report.words import Words
from tests.analysis.filled import filled
from tests.experiment.small import Formula
from tests.report.conftest import DESIGNS, OFFICERS, PRESERVATION

LISTING, MATCHING = "comprehensive.list_rate", "comprehensive.match_rate"
LANGUAGES = ("en", "zh")
SENTENCES = 6
"""Most sentences of a conclusion about one sweep, the one on intervals apart."""


def chapter(found, language="en"):
    with counted(language):
        return conclusion(found, Words(language))


def sentences(found, language="en"):
    return [text for one in chapter(found, language).sayings for text in one.sentences]


def about(found, title, language="en"):
    return next(text for text in sentences(found, language) if text.startswith(title))


def asked(factors, kind="grid", *, base="village", replicates=4, policies=(), **more):
    design = {"kind": kind, **({"policies": policies} if policies else {}), **more}
    return load_experiment(
        {
            "title": "filled",
            "replicates": replicates,
            "design": design,
            "factors": factors,
            **({"base": base} if base else {}),
        }
    )


def answering(effects, *, noise=0.01):
    """Answers of runs: measures that are sums of effects of factors, and noise of the run's own."""

    def answer(values, replicate):
        own = zlib.crc32(repr((sorted(values.items()), replicate)).encode()) / 2**32 - 0.5
        level = 0.5 + 0.02 * replicate + noise * own
        return {
            name: level + sum(weight * float(values[path]) for path, weight in of.items())
            for name, of in effects.items()
        }

    return answer


def points(gap, sign="+"):
    """A difference of shares as a conclusion has it."""
    ends = f"({number(100 * gap.low)} to {number(100 * gap.high)})"
    return f"{number(100 * gap.mean, sign)} percentage points {ends}"


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["grid", "one_at_a_time", "factorial"])
def test_one_run_of_each_point_has_no_intervals_and_says_that_chance_is_not_known(
    tmp_path, kind, language
):
    factors = {OFFICERS: {"values": [0.05, 0.1]}}
    effects = {"grace_performance": {OFFICERS: 1.0}}
    filled(tmp_path, asked(factors, kind, replicates=1), answering(effects))
    found = material(tmp_path)
    assert chapter(found, language).notes == ()
    last = sentences(found, language)[-1]
    assert "chance is unknown" in last or "偶然成分未知" in last
    values = found.values("grace_performance").mean()
    low = number(100 * float(values.min()))
    assert low in sentences(found, language)[0]


def test_each_kind_of_design_has_somebody_who_concludes():
    from sim.experiment.spec import KINDS

    assert set(BY_KIND) == {*KINDS, "run"}


# ---------------------------------------------------------------- one world


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_single_run_says_what_came_out_and_that_it_says_nothing_of_chance(tmp_path, language):
    call = ["run", "village", "--debtors", "200", "--months", "6", "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(app, call).exit_code == 0
    found = material(tmp_path / "run")
    row, words = found.runs.iloc[0], Words(language)
    one, unable, hurt, last = sentences(found, language)
    for name, text in (("grace_performance", one), ("unable", unable), ("harm", hurt)):
        shown = measure(name)
        after = text[text.index(words.title(shown)) + len(words.title(shown)) :]
        assert number(shown.factor * row[name]) in re.split("[;；]", after)[0]
    saying = "One run says nothing about chance: another seed would give other numbers."
    assert last == words(saying)
    assert chapter(found, language).notes == ()


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
    filled(tmp_path, asked(factors, "factorial"), answering(effects))
    found = material(tmp_path)
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
    experiment = asked({}, "factorial", base=str(file), policies="all")
    answer = answering({"grace_performance": {"policies.north": 0.3, "policies.south": -0.2}})
    filled(tmp_path / "sweep", experiment, answer)
    found = material(tmp_path / "sweep")
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
    filled(tmp_path, asked(factors, "one_at_a_time"), answering(effects))
    found = material(tmp_path)
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
    filled(tmp_path, asked(factors, "fractional_factorial", resolution=4), answering(effects))
    found = material(tmp_path)
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
    factors = {
        LISTING: {"low": 0.0, "high": 1.0},
        PRESERVATION: {"low": 0.0, "high": 1.0, "title": "My own factor"},
        MATCHING: {"low": 0.0, "high": 1.0},
    }
    effects = {"grace_performance": {PRESERVATION: 0.4, LISTING: 0.15}, "harm": {}}
    filled(tmp_path, asked(factors, kind, **more), answering(effects, noise=0.02))
    found = material(tmp_path)
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
    factors = {LISTING: {"low": 0.0, "high": 1.0}, MATCHING: {"low": 0.0, "high": 1.0}}
    experiment = asked(factors, "morris", trajectories=8, replicates=1)
    filled(tmp_path, experiment, answering({"grace_performance": {LISTING: 0.4}}))
    found = material(tmp_path)
    assert "the share of chance is unknown" in about(found, "Voluntary performance")
    assert chapter(found).notes == ()


# ---------------------------------------------------------------- grids


def test_a_grid_goes_from_its_lowest_to_its_highest_value_and_names_its_jump(tmp_path):
    factors = {OFFICERS: {"values": [0.05, 0.1, 0.15, 0.2]}}

    def answer(values, replicate):
        high = values[OFFICERS] > 0.12
        own = 0.001 * ((7 * replicate + int(100 * values[OFFICERS])) % 5)
        return {"grace_performance": 0.3 + 0.3 * high + own, "harm": 5.0 + own, "recovery": 0.5}

    filled(tmp_path, asked(factors, replicates=6), answer)
    found = material(tmp_path)
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

    filled(tmp_path, asked(factors, replicates=6), answer)
    found = material(tmp_path)
    assert "which is not clear" in sentences(found)[0]
    assert "differ by no more than chance" in sentences(found)[1]


def test_a_grid_of_words_compares_its_points_with_the_first(tmp_path):
    factors = {"scenario": {"values": ["village", "china_2016", "rule_of_law"]}}
    experiment = asked(factors, base=None)
    filled(
        tmp_path,
        experiment,
        lambda v, r: {
            "grace_performance": 0.3 + (0.1 + 0.01 * r) * (v["scenario"] == "rule_of_law")
        },
    )
    found = material(tmp_path)
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
    design = {
        "kind": "search",
        "trials": 40,
        "confirm": confirm,
        "minimise": ["public_outlay"],
        "maximise": ["received"],
        "population": 10,
    }
    unit = {"low": 0.0, "high": 1.0}
    setup = {"base": "village", "replicates": 3, "design": design}
    setup["factors"] = {LISTING: unit, MATCHING: unit}

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
    experiment = asked({}, "points", file=str(file), labels=["world"])
    effects = {"grace_performance": {OFFICERS: 3.0}}
    filled(tmp_path / "sweep", experiment, answering(effects))
    found = material(tmp_path / "sweep")
    gap = paired(found, "grace_performance", 0)[1]
    assert (
        f"clearly differ from poor, the farthest first: rich {points(gap)}" in sentences(found)[0]
    )


def test_harm_stands_beside_recovery_in_each_kind(tmp_path):
    factors = {LISTING: {"values": [0.0, 1.0]}, MATCHING: {"values": [0.0, 1.0]}}
    effects = {"grace_performance": {LISTING: 0.1}, "recovery": {}, "harm": {}}
    for kind in ("grid", "one_at_a_time", "factorial"):
        filled(tmp_path / kind, asked(factors, kind), answering(effects))
        texts = " ".join(sentences(material(tmp_path / kind)))
        titles = ("Voluntary performance", "Money recovered per yuan claimed", "Felt harm")
        places = [texts.index(title) for title in titles]
        assert places == sorted(places)


@pytest.mark.parametrize("kind", ["grid", "factorial"])
def test_where_runs_failed_nothing_is_concluded_that_needs_them_all(tmp_path, kind):
    factors = {LISTING: {"values": [0.0, 1.0]}, MATCHING: {"values": [0.0, 1.0]}}
    filled(
        tmp_path,
        asked(factors, kind),
        answering({"grace_performance": {LISTING: 0.1}}),
        fails=lambda point, replicate: (point, replicate) == (3, 1),
    )
    texts = sentences(material(tmp_path))
    assert texts
    assert not any("all parts together" in text or "steepest" in text for text in texts)

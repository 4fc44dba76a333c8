"""Claims about what things are called: a user's title wins, a path is the last resort."""

import tomllib

import pytest

from sim.experiment.reading.file import load_experiment
from sim.experiment.reading.shipped import shipped
from sim.report.material import material
from sim.report.names import names, title
from sim.report.words import Words, chinese
from sim.scenario.reading.shipped import shipped as scenarios
from tests.analysis.filled import filled
from tests.report.conftest import OFFICERS

LONG = "A hundred more enforcement officers and a new tracing desk in the northern court"
POLICY = f'[[policies]]\nname = "north"\ntitle = "{LONG}"\n'


def told(tmp_path, factors, *, base="village", design=None, more=None):
    asked = {"title": "filled", "replicates": 2, "design": design or {"kind": "grid"}} | (
        more or {}
    )
    experiment = load_experiment(asked | ({"base": base, "factors": factors} if base else {}))
    filled(tmp_path / "sweep", experiment, lambda values, replicate: {"backlog": 1.0 + replicate})
    return material(tmp_path / "sweep")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", [OFFICERS, "institutions.wage", "policies.special.dose"])
def test_a_users_title_of_a_factor_wins_in_each_language(tmp_path, path, language):
    values = {"values": [0.5, 1.0] if "special" in path else [20.0, 30.0]}
    if path == OFFICERS:
        values = {"values": [0.05, 0.1]}
    found = told(tmp_path, {path: {"title": "My own words", **values}}, base="special")
    assert names(found, Words(language)).factor(path) == "My own words"


def test_without_a_title_of_its_own_a_factor_is_called_after_what_it_moves(tmp_path):
    factors = {
        OFFICERS: {"values": [0.05, 0.1]},
        "institutions.wage": {"values": [20.0, 30.0]},
        "policies.special.dose": {"values": [0.5, 1.0]},
    }
    found = told(tmp_path, factors, base="special")
    english, told_ = names(found, Words()), names(found, Words("zh"))
    assert english.factor(OFFICERS) == "Enforcement officers"
    assert told_.factor("policies.special.dose") == "专项治理 · 力度"
    assert english.factor("institutions.wage") == "institutions.wage"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_own_titles_of_scenarios_and_policies_stand_in_reports(tmp_path, language):
    file = tmp_path / "mine.toml"
    head = f'format = 1\ntitle = "My plan"\nextends = "village"\n{POLICY}'
    file.write_text(head + 'set = { "comprehensive.officers" = 0.2 }\n', encoding="utf-8")
    design = {"kind": "scenarios", "names": ["village", str(file)]}
    found = told(tmp_path, {}, base=None, design=design)
    named = names(found, Words(language))
    assert list(named.points.values()) == ["村庄" if language == "zh" else "A village", "My plan"]
    assert named.policy("north") == LONG


def test_a_point_of_long_factors_keeps_its_values_when_it_is_shortened(tmp_path):
    factors = {
        OFFICERS: {"title": LONG, "values": [0.05, 0.1]},
        "institutions.wage": {"values": [20.0, 30.0]},
    }
    named = names(told(tmp_path, factors), Words())
    brief = named.brief(named.points[3])
    assert "0.1" in brief
    assert "wage 30" in brief
    assert dict(named.key(named.points.values()))[brief] == named.points[3]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_short_names_of_points_of_three_factors_keep_what_tells_them_apart(tmp_path, language):
    factors = {
        "scenario": {"values": ["tipping_from_order", "tipping_from_disorder"]},
        "society.norm": {"title": "Weight of norms", "values": [0.0, 0.8]},
        OFFICERS: {"title": "Officers per 1,000 debtors", "values": [0.2, 0.5]},
    }
    found = told(tmp_path, {}, base=None, design={"kind": "grid"}, more={"factors": factors})
    named = names(found, Words(language))
    starts = ("失序", "守信") if language == "zh" else ("disorder", "order")
    rows = found.points.to_dict("records")
    for row in rows:
        brief = named.brief(named.points[row["point"]])
        start = starts[0] if "disorder" in row["scenario"] else starts[1]
        assert start in brief.split("、" if language == "zh" else ",")[0]
        assert f" {row['society.norm']:g}" in brief
        assert brief.endswith(f" {row[OFFICERS]:g}")


def test_many_scenarios_have_a_short_title_and_stand_below_it(tmp_path):
    listed = ["china_2016", "rule_of_law", "comprehensive", "systemic", "at_source", "special"]
    found = told(tmp_path, {}, base=None, design={"kind": "scenarios", "names": listed})
    head, below = title(found, Words())
    assert head == "6 scenarios compared"
    assert below.startswith("Baseline 2016 compared with Rule of law, Comprehensive")


def test_whatever_is_shipped_has_a_chinese_name():
    assert set(scenarios()) <= set(chinese()["names"])
    for path in shipped().values():
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        texts = [tree["title"], tree["question"]]
        texts += [one["title"] for one in tree.get("factors", {}).values() if "title" in one]
        assert set(texts) <= set(chinese()["titles"]), path.name

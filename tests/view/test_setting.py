"""Claims about settings: a link, a command and a file show the same world as the page."""

import re
import shlex
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.cli.console.options import scenario_from_options
from sim.view.setting import compared
from sim.view.setting import setting as the
from sim.view.setting.compared import Beside
from sim.view.setting.setting import Setting, changed, from_link, to_link
from sim.view.setting.worlds import known as found
from sim.view.words import all_in

KNOWN = found()
MOVED = {"sanctions.fine_rate": 0.05, "comprehensive.officers": 0.9}
CAMPAIGN = Setting("campaign_then_source", 7, 500, 24, levers=MOVED, off=frozenset({"at_source"}))


@st.composite
def any_setting(draw):
    world = draw(st.sampled_from(sorted(KNOWN.worlds)))
    about = KNOWN.worlds[world]
    months = draw(st.integers(1, the.MOST_MONTHS))
    levers = {}
    for path in draw(st.sets(st.sampled_from(sorted(KNOWN.levers)), max_size=4)):
        one = KNOWN.levers[path]
        value = draw(st.floats(one["low"], one["high"], allow_nan=False))
        if value != about["levers"][path]:
            levers[path] = value + 0.0
    names = [one["name"] for one in about["policies"]]
    off = draw(st.sets(st.sampled_from(names))) if names else set()
    return Setting(
        world=world,
        seed=draw(st.integers(0, the.MOST_SEED)),
        debtors=draw(st.integers(1, the.MOST_DEBTORS)),
        months=months,
        lang=draw(st.sampled_from(["en", "zh"])),
        month=draw(st.integers(0, months)),
        figure=draw(st.sampled_from(the.FIGURES)),
        chosen=draw(st.none() | st.from_regex(the.CHOSEN, fullmatch=True)),
        levers=levers,
        off=frozenset(off),
    )


@settings(max_examples=200, deadline=None)
@given(any_setting())
def test_a_link_opens_what_it_was_made_of(setting):
    assert from_link(to_link(setting, KNOWN), KNOWN) == (setting, [])


@settings(max_examples=100, deadline=None)
@given(any_setting(), st.none() | any_setting(), st.lists(any_setting(), max_size=2))
def test_a_link_opens_the_comparison_that_it_was_made_of(setting, first, more):
    beside = Beside(first, tuple(more))
    link = compared.link(beside, setting, KNOWN)
    assert from_link(link, KNOWN) == (setting, [])
    opened, said = compared.from_query(link, KNOWN)
    worlds = compared.side_by_side(beside, setting, KNOWN)
    assert (compared.side_by_side(opened, setting, KNOWN), said) == (worlds, [])
    assert len(worlds) == 2 + len(more)
    assert compared.link(opened, setting, KNOWN) == link


def test_a_comparison_gains_changes_and_loses_worlds():
    now = Setting(seed=9, debtors=500, months=24)
    two = compared.with_one_more(compared.with_one_more(Beside(), now, KNOWN), now, KNOWN)
    names = [one.world for one in compared.side_by_side(two, now, KNOWN)]
    assert len(set(names[1:])) == 3
    changed_d = compared.with_world(two, 3, "village", KNOWN)
    worlds = compared.side_by_side(changed_d, now, KNOWN)
    assert [one.world for one in worlds] == [*names[:3], "village"]
    assert {(one.seed, one.debtors, one.months) for one in worlds} == {(9, 500, 24)}
    assert compared.without(changed_d, 2).more == changed_d.more[1:]
    assert compared.link(changed_d, now, KNOWN).endswith("&d.world=village")


def test_without_a_choice_a_package_stands_beside_the_world_that_it_changes():
    package = compared.side_by_side(Beside(), Setting("special"), KNOWN)
    assert [one.world for one in package] == ["china_2016", "special"]
    moved = compared.side_by_side(Beside(), Setting("special", levers=MOVED), KNOWN)
    assert [(one.world, one.moved) for one in moved] == [("special", False), ("special", True)]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=5), st.text(max_size=60))
def test_no_link_breaks_the_page(pairs, text):
    query = "&".join(f"{key}={value}" for key, value in pairs.items()) + text
    setting, said = from_link(query, KNOWN)
    assert setting.world in KNOWN.worlds
    assert all(isinstance(one, str) and one for one in said)


def test_every_title_of_a_shipped_policy_is_in_both_languages():
    policies = [one for world in KNOWN.worlds.values() for one in world["policies"]]
    titles = [one["title"] for one in policies if one["title"][0] != one["name"]]
    assert ["More officers, year by year", "执行人员逐年增加"] in titles
    assert ["Special campaigns", "专项治理"] in titles
    for english, chinese in titles:
        assert re.search(r"[\u4e00-\u9fff]", chinese), english
        assert not re.search(r"[\u4e00-\u9fff]", english), english


def test_a_link_names_only_what_differs():
    assert to_link(Setting(), KNOWN) == ""
    assert to_link(Setting(seed=2), KNOWN) == "?seed=2"
    own = the.of_world(Setting(), "village", KNOWN)
    assert own.debtors == 400
    assert the.start(KNOWN) == Setting()
    assert to_link(own, KNOWN) == "?world=village"


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("world=nowhere", "nowhere"),
        ("seed=-3", "-3"),
        ("seed=1.5", "1.5"),
        ("months=9999", "9999"),
        ("sanctions.fine_rate=9e9", "9e9"),
        ("sanctions.fine_rate=nan", "nan"),
        ("sanctions.no_such=1", "sanctions.no_such"),
        ("lang=fr", "fr"),
        ("figure=pie", "pie"),
        ("off=campaign", "campaign"),
        ("chosen=Debtor+one", "Debtor one"),
        ("month=61", "61"),
    ],
)
def test_what_a_link_cannot_mean_is_ignored_and_said(query, ignored):
    setting, said = from_link(query, KNOWN)
    assert setting == replace(Setting(), month=60 if query == "month=61" else 0)
    assert len(said) == 1
    assert ignored in said[0]


def test_a_key_that_a_link_has_twice_counts_once_and_is_named():
    setting, said = from_link("seed=1&seed=7&a.seed=2", KNOWN)
    assert setting == Setting(seed=7)
    assert said == ["The link says 'seed' more than once; its last value counts."]


@pytest.mark.parametrize(
    ("query", "worlds", "ignored"),
    [
        ("a.seed=3", 2, "'a.seed'"),
        ("c.month=12", 2, "'c.month'"),
        ("lang=zh&d.lang=en", 2, "“d.lang”"),
        ("c.world=nowhere", 3, "'nowhere'"),
        ("c.world=special&d.sanctions.no_such=1", 3, "'d.sanctions.no_such'"),
        ("c.world=special&d.sanctions.fine_rate=7", 3, "d.sanctions.fine_rate lies between"),
    ],
)
def test_what_a_link_cannot_mean_for_another_world_is_said(query, worlds, ignored):
    beside, said = compared.from_query(query, KNOWN)
    assert len(compared.side_by_side(beside, Setting(), KNOWN)) == worlds
    assert len(said) == 1
    assert ignored in said[0]
    assert from_link(query, KNOWN)[1] == []


def test_a_change_keeps_the_rest():
    now = CAMPAIGN
    moved, said = changed(now, {"sanctions.fine_rate": None, "seed": "9"}, KNOWN)
    assert (moved, said) == (replace(now, seed=9, levers={"comprehensive.officers": 0.9}), [])
    assert changed(now, {"off": None}, KNOWN) == (replace(now, off=frozenset()), [])
    assert changed(replace(now, month=20), {"months": "12"}, KNOWN)[0].month == 12
    elsewhere, _ = changed(replace(now, lang="zh"), {"world": "village"}, KNOWN)
    assert elsewhere == the.of_world(Setting(seed=7, lang="zh"), "village", KNOWN)


@pytest.mark.parametrize("patch", [{"seed": "-3"}, {"seed": ""}, {"sanctions.fine_rate": "2"}])
def test_an_impossible_change_is_said_and_the_old_setting_stands(patch):
    setting, said = changed(CAMPAIGN, patch | {"months": "12"}, KNOWN)
    assert setting == CAMPAIGN
    assert len(said) == 1


def test_moved_levers_are_a_policy_that_begins_in_month_1():
    plain = sim.load(the.scenario(Setting(debtors=500), KNOWN))
    moved = sim.load(the.scenario(Setting(debtors=500, levers=MOVED), KNOWN))
    assert moved.model_dump(exclude={"policies"}) == plain.model_dump(exclude={"policies"})
    assert [(one.start, one.end, dict(one.set)) for one in moved.policies] == [(1, None, MOVED)]


@pytest.mark.parametrize("setting", [Setting(), Setting(levers=MOVED), CAMPAIGN], ids=str)
def test_page_file_and_command_run_the_same_world(setting, tmp_path):
    shown = sim.load(the.scenario(setting, KNOWN))
    assert (shown.run.seed, shown.run.months) == (setting.seed, setting.months)
    assert "at_source" not in [one.name for one in shown.policies]

    path = tmp_path / "mine.toml"
    path.write_text(the.toml(setting, KNOWN), encoding="utf-8")
    assert tomllib.loads(path.read_text(encoding="utf-8"))["title"]
    assert sim.load(path) == shown

    run = shlex.split(the.command(setting, KNOWN))
    assert run[:2] == ["servanda", "run"]
    assert run_as_parsed(run[2:]).policies == shown.policies
    assert run_as_parsed(run[2:]).run == shown.run
    assert run_as_parsed(run[2:]).population == shown.population


def run_as_parsed(words):
    """The scenario that ``servanda run`` understands, by the parser of the command line."""
    import typer

    from sim.cli import app

    run = typer.main.get_command(app).commands["run"]
    asked = run.make_context("run", list(words)).params
    short = {name: asked[name] for name in ("seed", "months", "debtors")}
    return scenario_from_options(asked["scenario"], asked["settings"], **short)


def test_a_file_beside_the_page_is_a_world_of_its_own(tmp_path):
    path = tmp_path / "mine.toml"
    text = 'format = 1\ntitle = "Mine"\nextends = "village"\nrun.seed = 7\n'
    path.write_text(text, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("format = 1\n", encoding="utf-8")
    here = found(str(tmp_path))
    assert here.first == "mine"
    assert (the.start(here).debtors, the.start(here).seed) == (400, 7)
    assert the.of_world(the.start(here), "special", here).seed == 1
    assert len(here.left_out) == 1
    assert "bad.toml" in here.left_out[0][0]
    assert to_link(the.start(here), here) == "?world=mine"
    baseline = the.of_world(the.start(here), "china_2016", here)
    for head in ("", "a.", "d."):
        assert to_link(baseline, here, head) == f"?{head}world=china_2016"
    text = the.toml(replace(the.start(here), levers=MOVED), here)
    assert 'extends = "mine.toml"' in text
    (tmp_path / "moved.toml").write_text(text, encoding="utf-8")
    assert sim.load(tmp_path / "moved.toml").policies[0].name == "yours"


def test_every_text_of_the_page_is_in_both_languages_and_used():
    folder = Path(the.__file__).parents[1]
    files = [*folder.glob("**/*.py"), *folder.glob("parts/*.vue")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for key, english in all_in("en").items():
        fields = [set(re.findall(r"{(\w+)}", text)) for text in (english, all_in("zh")[key])]
        assert fields[0] == fields[1], key
        of_the_model = key in BY_KIND or " " in key or key == "sue"
        if not of_the_model and not key.startswith(("copy_", "from_", "asset_")):
            assert re.search(rf"""w\.{key}\b|["']{key}["']""", source), f"{key} is not used"


def test_what_actors_can_do_has_a_text():
    package = Path(the.__file__).parents[2]
    files = [*package.glob("explain/*.py"), *package.glob("mechanisms/**/*.py")]
    acts = {a for f in files for a in re.findall(r'\bAct\(\s*"([^"]+)"', f.read_text("utf-8"))}
    assert len(acts) > 8
    assert acts <= set(all_in("en"))


BY_KIND = {"court", "bank", "government", "prosecutor", "supervisor"}
BY_KIND |= {"person", "firm", "public_body", "honest", "dishonest", "unknown"}
BY_KIND |= {"largest_debt", "unable", "barely_paying", "listed"}
"""Texts whose keys are words of the model's answers."""

"""Claims about a user's extension on the page: its levers and indicators, as the docs' example."""

import shlex
import signal
import tomllib
from dataclasses import replace

import pytest

import sim
from sim.permission import everything_allowed
from sim.view.parts.compare import differing
from sim.view.server.questions import outcome, tape
from sim.view.setting.setting import command, from_link, of_world, scenario, start, toml
from sim.view.setting.worlds import known as found
from tests.test_extension import CODE, TOML, written
from tests.view.test_page import FIGURE, Window
from tests.view.test_server import MISSING, Running
from tests.view.test_setting import run_as_parsed

LEVER = "bounty.share"
OPEN = "off=bounty&bounty.share=0.4"


@pytest.fixture
def known(tmp_path):
    with everything_allowed():
        yield found(str(written(tmp_path)))


def test_its_levers_are_those_of_its_world_only_as_they_are_declared(known):
    one = known.levers_of("bounty")[LEVER]
    assert one["title"] == ["Bounty for tips", "悬赏执行"]
    assert one["unit"] == ["share of what is found"] * 2  # in English where no Chinese is declared
    assert (one["low"], one["high"], one["off"], one["source"][0]) == (0.0, 0.5, 0.0, "assumed")
    assert known.worlds["bounty"]["levers"][LEVER] == 0.0
    assert LEVER not in known.levers_of("village")
    setting, said = from_link(OPEN, known)
    assert (setting.levers, said) == ({LEVER: 0.4}, [])
    assert len(from_link(f"world=village&{LEVER}=0.4", known)[1]) == 1
    village = of_world(start(known), "village", known)
    rows = differing([village, start(known)], known)
    assert ["Bounty for tips (share of what is found)", "–", "0"] in rows


@pytest.mark.parametrize("query", ["", "bounty.share=0.4", OPEN])
def test_page_file_and_command_run_the_same_extended_world(known, tmp_path, query):
    setting = replace(from_link(query, known)[0], off=frozenset({"bounty"} if query else ()))
    shown = sim.load(scenario(setting, known))
    file = tmp_path / "mine.toml"
    file.write_text(toml(setting, known), encoding="utf-8")
    assert sim.load(file) == shown
    asked = shlex.split(command(setting, known))
    assert asked[-1] == "--allow-code"
    assert run_as_parsed(asked[2:-1]).policies == shown.policies


def test_a_file_names_an_extension_in_a_folder_below_its_own(tmp_path):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "bounty.py").write_text(CODE, encoding="utf-8")
    path = tmp_path / "deep.toml"
    path.write_text(TOML.replace("bounty.py", "code/bounty.py"), encoding="utf-8")
    with everything_allowed():
        deep = found(str(path))
        text = toml(replace(start(deep), off=frozenset({"bounty"})), deep)
    assert text.startswith("# Keep this file in the folder of deep.toml.")
    assert tomllib.loads(text)["extensions"] == ["code/bounty.py"]


def test_its_indicators_are_curves_and_compared_over_seeds(known):
    (one,) = known.curves_of("zh", "village", "bounty", "bounty")
    assert (one["name"], one["title"]) == ("tipped", "悬赏线索案件比例")
    assert known.curves_of("en", "village") == []
    busy = {"obligations": {"intensity": 8.0}}
    world = scenario(replace(from_link(OPEN, known)[0], debtors=600, months=14), known) | busy
    drawn = tape(world)["curves"]["tipped"]
    assert drawn[0] == 0.0 < drawn[-1]
    assert outcome(world, ["tipped"])["tipped"] == drawn[-1]


def test_without_chinese_and_with_other_words_it_is_shown_as_declared(tmp_path):
    code = CODE.replace('zh="悬赏执行"', 'zh=""').replace('"C+ R+"', '"more tips"')
    with everything_allowed():
        known = found(str(written(tmp_path, code)))
    one = known.levers_of("bounty")[LEVER]
    assert one["title"] == ["Bounty for tips"] * 2
    assert one["expected"] == ["more tips"] * 2


def test_a_lever_without_an_end_has_no_slider(tmp_path):
    code = CODE.replace("high=0.5", 'high=float("inf")')
    with everything_allowed():
        known = found(str(written(tmp_path, code)))
    assert known.levers_of("bounty") == known.levers


def test_without_permission_its_code_is_not_run(tmp_path):
    with pytest.raises(sim.ServandaError, match=r"bounty\.py is code and was not run"):
        found(str(written(tmp_path, CODE + "\nraise SystemExit")))


@pytest.mark.skipif(bool(MISSING), reason="the extra 'view' is not installed")
def test_it_is_seen_and_moved_on_the_page(browser, tmp_path):
    server = Running(str(written(tmp_path)), "--allow-code")
    try:
        one = Window(browser, server).open("debtors=300&months=18&off=bounty")
        group = one.page.locator(".pg-group").first
        assert group.locator("summary").first.inner_text().startswith("Your extensions")
        typed = group.get_by_label("Bounty for tips, share of what is found")
        typed.fill("0.4")
        typed.press("Tab")
        one.until_link("bounty.share=0.4")
        one.panes(2)
        one.settle()
        assert one.page.get_by_role("alert").count() == 0
        one.page.get_by_text("Cases tipped off").wait_for(timeout=30_000)
        one.open("debtors=300&months=18&world=bounty&a.world=village", "compare")
        assert one.page.locator(FIGURE).count() == 2
        one.page.get_by_role("row", name="Bounty for tips").wait_for()
        assert not one.wrong
        one.shot("extension")
        one.context.close()
    finally:
        assert server.ended(signal.SIGTERM) == 143

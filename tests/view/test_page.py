"""Claims about the page in a browser: it shows, it answers, it is for everybody, nothing leaves."""

import os
import re
import signal
from pathlib import Path

import numpy as np
import pytest

from sim.view.server.questions import outcome, tape, whom, why
from sim.view.setting import compared
from sim.view.setting.setting import from_link, scenario
from sim.view.setting.worlds import known as found
from sim.view.tape.conduct import GONE, Place
from tests.view.test_server import MISSING, Running
from tests.view.test_tape import Replay

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"the extra 'view' is not installed ({', '.join(MISSING)})"
)

SMALL = "debtors=600&months=24"
FIGURE = "canvas.sv-figure"
MESA_STARTS = 240_000
"""Milliseconds in which Mesa's page has a world; the server loads the model for it."""
SHOTS = os.environ.get("SERVANDA_SHOTS")
"""Folder in which to keep pictures of the page; none are kept without it."""
WATCH = """
import os, socket
def told(kind, where):
    with open(os.environ["SERVANDA_TOLD"], "a", encoding="utf-8") as kept:
        kept.write(f"{kind} {where}\\n")
def is_here(host):
    return host in (None, "", "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost")
class Watched(socket.socket):
    def connect(self, where):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(where[0]):
            told("connect", where)
        return super().connect(where)
look_up = socket.getaddrinfo
def watched(host, *more, **named):
    if not is_here(host):
        told("look up", host)
    return look_up(host, *more, **named)
socket.socket, socket.getaddrinfo = Watched, watched
"""
"""Put before the server's own code: notes each attempt to reach another machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for all tests of this file; its attempts to reach other machines are noted."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    told = folder / "told.txt"
    running = Running(PYTHONPATH=os.pathsep.join((str(folder), str(root))), SERVANDA_TOLD=str(told))
    running.told = told
    yield running
    assert running.ended(signal.SIGTERM) == 143  # with windows that were opened and closed


WAIT = 120_000
"""Longest wait for anything, milliseconds; a busy machine may need it."""


class Window:
    """A window of the browser, with what went wrong in it and what it asked for."""

    def __init__(self, browser, server, width=1440, height=900):
        size = {"width": width, "height": height}
        self.context = browser.new_context(
            viewport=size, permissions=["clipboard-read", "clipboard-write"]
        )
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.server, self.wrong, self.asked = server, [], []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.page.on("response", self._answered)

    def _heard(self, message):
        if message.type == "error":
            self.wrong.append(message.text)

    def _answered(self, answer):
        if answer.status >= 400:
            self.wrong.append(f"{answer.status} {answer.url}")

    def open(self, link="", path=""):
        """Open a link and wait for its figure."""
        self.page.goto(f"{self.server.url}{path}?{link}")
        self.page.wait_for_selector("nav")
        if path in ("", "compare"):
            self.page.wait_for_selector(FIGURE)
            self.settle()
        return self

    def settle(self):
        """Wait until nothing is being run."""
        done = "!document.querySelector('.pg-status').textContent.includes('…')"
        self.page.wait_for_function(done, timeout=60_000)

    def panes(self, number):
        """Wait until there are this many worlds."""
        self.page.wait_for_function(
            f"document.querySelectorAll('{FIGURE}').length === {number}", timeout=60_000
        )

    def label(self, pane=0):
        """What a figure says of itself to those who do not see it."""
        return self.page.locator(FIGURE).nth(pane).get_attribute("aria-label")

    def month(self):
        return int(self.page.locator(".sv-slider").input_value())

    def link(self):
        return self.page.url.partition("?")[2]

    def until_link(self, part):
        self.page.wait_for_function(f"location.search.includes({part!r})")

    def violations(self):
        """What axe finds wrong."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]

    def shot(self, name):
        if SHOTS:
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def window(browser, server):
    """Makes windows; each must end without an error and without having asked anybody else."""
    made = []

    def opened(link=SMALL, path="", **size):
        made.append(Window(browser, server, **size).open(link, path))
        return made[-1]

    yield opened
    for one in made:
        assert not one.wrong
        assert all(url.startswith((server.url, "data:", "blob:")) for url in one.asked)
        one.context.close()


INK = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let n = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i + 3] > 0 && data[i] + data[i + 1] + data[i + 2] < 700) n++;
  return n / (width * height);
}"""


def test_the_first_page_shows_the_baseline_before_anything_is_touched(window):
    one = window("")
    assert one.page.locator(FIGURE).count() == 1
    assert one.page.locator(FIGURE).evaluate(INK) > 0.01
    assert re.search(r"As it is, Month 0\. .*\d", one.label())
    assert one.page.locator(".pg-numbers li").count() == 4
    assert one.page.locator("#pg-debtors").input_value() == "10000"
    one.shot("explore")


def test_play_moves_the_months_and_the_pause_is_in_the_link(window):
    one = window()
    before = one.label()
    one.page.get_by_role("button", name="Play").click()
    one.page.wait_for_function("+document.querySelector('.sv-slider').value >= 3")
    one.page.get_by_role("button", name="Pause").click()
    one.until_link(f"month={one.month()}")
    assert one.label() != before
    again = window(one.link())
    assert (again.month(), again.label()) == (one.month(), one.label())


def test_a_lever_makes_a_second_world_that_differs_from_month_1_on(window):
    one = window()
    lever = one.page.locator("[id='sanctions.fine_rate']")
    lever.focus()
    for _ in range(12):
        one.page.keyboard.press("ArrowRight")
    one.until_link("sanctions.fine_rate=")
    one.panes(2)
    assert one.label(0).partition("Month")[2] == one.label(1).partition("Month")[2]
    one.page.locator(".sv-slider").fill("24")
    assert one.label(0).partition("Month")[2] != one.label(1).partition("Month")[2]
    assert one.page.locator(".pg-gap").count() == 4
    one.page.get_by_role("button", name="Back to this world's own value").click()
    one.panes(1)
    assert "sanctions" not in one.link()


def test_a_typed_number_acts_and_an_impossible_one_is_told(window):
    one = window()
    typed = one.page.get_by_label("Fines for refusing to pay, 1/month")
    typed.fill("0.25")
    typed.press("Tab")
    one.until_link("sanctions.fine_rate=0.25")
    typed.fill("7")
    typed.press("Tab")
    one.page.get_by_role("alert").filter(has_text="between").wait_for()
    seed = one.page.get_by_label("Seed")
    seed.fill("-3")
    seed.press("Tab")
    one.page.get_by_role("alert").filter(has_text="whole number").wait_for()
    assert "sanctions.fine_rate=0.25" in one.link()
    assert "seed" not in one.link()
    assert seed.input_value() == "1"


def test_levers_are_found_by_name_in_both_languages_and_by_what_was_moved(window):
    one = window(f"{SMALL}&sanctions.fine_rate=0.25")
    find = one.page.get_by_label("Find a lever")
    for text in ("officers", "司法拘留", "sanctions.fine_rate"):
        find.fill(text)
        assert 0 < one.page.locator(".pg-lever").count() < 20
    find.fill("no such thing")
    assert one.page.locator(".pg-lever").count() == 0
    find.fill("")
    one.page.get_by_label("Only moved").check()
    assert one.page.locator(".pg-lever").count() == 1


def test_a_policy_can_be_switched_off_and_a_contradiction_is_told(window):
    one = window(f"{SMALL}&world=special&special.publicity=0.1")
    one.page.get_by_role("alert").filter(has_text="sets this lever too").wait_for()
    one.page.get_by_role("checkbox", name="Special campaigns").uncheck()
    one.until_link("off=special")
    one.panes(2)
    assert one.page.get_by_role("alert").count() == 0


def test_the_language_changes_and_all_else_stays(window):
    one = window(f"{SMALL}&month=12&sanctions.fine_rate=0.25")
    one.page.get_by_role("button", name="中文").click()
    one.page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    one.page.wait_for_function(
        "document.querySelector('canvas.sv-figure')?.ariaLabel?.includes('现状')"
    )
    one.panes(2)
    assert one.month() == 12
    assert "sanctions.fine_rate=0.25" in one.link()
    seen = one.page.locator(".pg").inner_text()
    for known in ("Servanda", "English", "China", "2016", "LPR"):
        seen = seen.replace(known, "")
    assert not re.findall(r"[A-Za-z]{3,}", seen)
    one.shot("explore_zh")


def test_two_windows_are_two_worlds(window):
    first, second = window(), window(f"{SMALL}&seed=2")
    assert first.label() != second.label()
    first.page.get_by_label("Seed").fill("2")
    first.page.get_by_label("Seed").press("Tab")
    first.until_link("seed=2")
    first.page.wait_for_function(
        f"document.querySelector('{FIGURE}')?.ariaLabel === {second.label()!r}"
    )
    assert "&month=" not in second.link()


def test_what_is_shown_can_be_copied(window, server):
    one = window(f"{SMALL}&sanctions.fine_rate=0.25")
    copied = {}
    for what in ("link", "command", "scenario file"):
        one.page.get_by_role("button", name=f"Copy {what}").click()
        one.page.get_by_text("Copied.").wait_for()
        one.page.wait_for_timeout(100)
        copied[what] = one.page.evaluate("navigator.clipboard.readText()")
    assert copied["link"] == f"{server.url}?{one.link()}"
    assert copied["command"].startswith(
        "servanda run china_2016 --seed 1 --months 24 --debtors 600"
    )
    assert 'extends = "china_2016"' in copied["scenario file"]


def test_two_worlds_are_compared_in_one_run_and_over_seeds(window):
    one = window(f"{SMALL}&world=special", "compare")
    one.panes(2)
    assert "A: China, 2016" in one.page.locator("main").inner_text()
    assert one.page.get_by_role("row", name="World China, 2016 Special campaigns").count() == 1
    one.page.get_by_role("button", name="Run 4 seeds").click()
    table = one.page.get_by_role("table", name="4 seeds")
    table.wait_for(timeout=60_000)
    assert table.get_by_role("row").count() > 6
    assert re.search(r"[+−][\d.]+ … [+−][\d.]+", table.inner_text())
    one.page.get_by_label("World A").select_option("village")
    one.until_link("a.world=village")
    one.shot("compare")


FOUR = f"{SMALL}&world=special&c.world=at_source&c.sanctions.fine_rate=0.05&d.world=all_six"


def test_four_worlds_are_played_on_one_clock(window):
    one = window(f"{FOUR}&month=12", "compare")
    one.panes(4)
    known = found()
    now, beside = from_link(one.link(), known)[0], compared.from_query(one.link(), known)[0]
    worlds = [tape(scenario(each, known)) for each in compared.side_by_side(beside, now, known)]
    for month in (12, 24):
        one.page.locator(".sv-slider").fill(str(month))
        for pane, expected in enumerate(worlds):
            assert expected["last"] == 24
            title, _, said = one.label(pane).partition(f", Month {month}. ")
            assert title.startswith("ABCD"[pane] + ": ")
            places = [int(n) for n in re.findall(r" (\d+)(?=,|$)", said)]
            assert places == claims_at(expected, month)
        for curve in one.page.locator("canvas.sv-curve").all():
            assert len(curve.get_attribute("aria-label").split(": ", 1)[1].split("; ")) == 5
        received = one.page.locator("canvas.sv-curve[aria-label^='Money received']")
        for expected in worlds:
            value = expected["curves"]["received"][month]
            text = f"{value:.{2 if value < 1 else 3}g}"
            assert f" {float(text):g}" in received.get_attribute("aria-label")
    assert one.page.locator(".sv-legend b").first.inner_text().count(" | ") == 3
    assert one.page.locator(".pg-gap").count() == 12
    again = window(one.link(), "compare")
    again.panes(4)
    assert [again.label(k) for k in range(4)] == [one.label(k) for k in range(4)]


def claims_at(tape, month):
    """Claims at each place in a month of a tape that begins with month 0."""
    replay = Replay(tape)
    for _ in range(month + 1):
        replay.month()
    road = np.minimum(replay.place[replay.place < GONE], Place.GIVEN_UP)
    return np.bincount(road, minlength=Place.GIVEN_UP + 1).tolist()


def test_worlds_are_added_chosen_and_removed(window):
    one = window(f"{SMALL}&world=special", "compare")
    add = one.page.get_by_role("button", name="Add a world")
    add.click()
    one.until_link("c.world=")
    add.click()
    one.panes(4)
    assert add.count() == 0
    one.page.get_by_label("World D", exact=True).select_option("village")
    one.until_link("d.world=village")
    one.settle()
    heads = one.page.get_by_role("table", name="What differs").get_by_role("columnheader")
    assert heads.all_inner_texts() == ["Setting", "A", "B", "C", "D"]
    one.page.get_by_role("button", name="Remove world C").click()
    one.until_link("c.world=village")
    one.panes(3)
    assert "d.world" not in one.link()


def test_four_worlds_over_seeds_are_a_table_and_a_picture(window):
    one = window(FOUR, "compare")
    one.page.get_by_role("button", name="Run 4 seeds").click()
    table = one.page.get_by_role("table", name="4 seeds")
    table.wait_for(timeout=120_000)
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert [text for text in heads if text.endswith("− A")] == ["B − A", "C − A", "D − A"]
    picture = one.page.get_by_role("img", name="Harm beside what creditors receive")
    assert picture.locator("path").count() == 16
    assert picture.locator(".pg-pair").count() == 12
    one.page.get_by_text("The points as a table").click()
    points = one.page.get_by_role("table", name="Harm beside what creditors receive")
    first = points.get_by_role("row").nth(1)
    known = found()
    now, beside = from_link(one.link(), known)[0], compared.from_query(one.link(), known)[0]
    ends = [
        outcome(scenario(each, known), ("received", "harm"))
        for each in compared.side_by_side(beside, now, known)
    ]
    shown = [number(text) for text in first.get_by_role("cell").all_inner_texts()]
    assert shown == pytest.approx([v for end in ends for v in end.values()], rel=0.01)
    assert one.violations() == []
    one.shot("compare_four")


def test_what_a_link_cannot_mean_is_said_on_every_tab(window):
    for path in ("", "why", "compare", "lessons"):
        one = window(f"{SMALL}&a.seed=3", path)
        said = one.page.get_by_role("alert").filter(has_text="'a.seed', which has no effect")
        said.wait_for()


@pytest.mark.parametrize(("path", "said"), [("why/x", 1), ("lessons/", 0)])
def test_a_page_that_does_not_exist_is_named(window, path, said):
    one = window(SMALL, path)
    one.page.get_by_role("heading", level=1).first.wait_for()
    assert one.page.get_by_text("There is no page '/why/x'; Explore is shown.").count() == said


def test_a_mark_is_explained_and_what_would_change_its_mind_can_be_tried(window):
    one = window(f"{SMALL}&month=12")
    one.page.locator(FIGURE).focus()
    for _ in range(3):
        one.page.keyboard.press("ArrowRight")
    one.page.keyboard.press("Enter")
    one.page.get_by_role("heading", name="Why did it decide this way?").wait_for()
    assert re.search(r"chosen=row\+\d+", one.link())
    one.page.locator(".pg-facts").first.wait_for()
    one.open(f"{SMALL}&month=12&debtors=2000", "why")
    one.page.locator(".pg-ledger").wait_for()
    terms = [number(text) for text in one.page.locator(".pg-ledger li b").all_inner_texts()]
    assert abs(sum(terms[:-1]) - terms[-1]) <= len(terms)  # each is rounded to a yuan
    one.page.get_by_role("button", name="Try it").first.click()
    one.page.get_by_role("heading", name="Every mark").wait_for()
    one.panes(2)


def test_who_does_not_choose_this_month_is_said_to_keep_to_its_last_decision(window):
    known = found()
    world = scenario(from_link(f"{SMALL}&month=12", known)[0], known)
    able = [one["who"] for one in whom(world, 12)["debtors"]["evading"]]
    said = (why(world, 12, who, "en") for who in able)
    it = next(one for one in said if one["prompt"] == "none")
    one = window(f"{SMALL}&month=12&chosen={it['asked'].replace(' ', '+')}", "why")
    verdict = one.page.locator(".pg-said")
    verdict.wait_for()
    assert verdict.inner_text() == (
        "It does not choose this month and keeps to its last decision. "
        f"With the same taste it would now choose {it['weighing']['would']}."
    )


def test_who_is_not_in_the_world_is_told_and_another_can_be_chosen(window):
    one = window(f"{SMALL}&month=12", "why")
    absent = ("debtor 99999999", "debtor 9999999999999999999", "debtor 1", "row 99999")
    for who in (*absent, "court 99", "bank 99999", "king 1"):
        one.open(f"{SMALL}&month=12&chosen={who.replace(' ', '+')}", "why")
        told = one.page.get_by_role("alert").filter(has_text=f"There is no '{who}' in month 12")
        told.wait_for()
        one.page.wait_for_function("document.querySelectorAll('#pg-who option').length > 20")
    one.page.get_by_label("Whom").select_option("court 0")
    one.page.get_by_role("heading", name="Leave hours unworked").wait_for()
    assert one.page.get_by_role("alert").count() == 0
    one.open(f"{SMALL}&month=12&lang=zh&chosen=court+99", "why")
    one.page.get_by_role("alert").filter(has_text="该世界第 12 个月没有“court 99”").wait_for()


def test_month_0_and_a_world_in_which_nobody_owes_anything_are_explained_too(window):
    one = window(f"{SMALL}&month=0", "why")
    one.page.locator(".pg-facts").first.wait_for()
    assert one.page.get_by_role("status").inner_text() == "Month 1 of this world"
    one.open("debtors=1&months=1&month=0", "why")
    one.page.get_by_role("heading", name="What it weighs").wait_for()
    assert one.page.get_by_role("alert").count() == 0


def number(text):
    """A number as the page writes it."""
    return float(text.replace(",", "").replace("−", "-"))


def test_an_institution_is_explained(window):
    one = window(f"{SMALL}&month=12&chosen=court+0", "why")
    one.page.get_by_role("heading", name="Accept a bribe").or_(
        one.page.get_by_role("heading", name="Leave hours unworked")
    ).first.wait_for()
    assert one.page.get_by_label("Whom").input_value() == "court 0"


def test_the_lessons_are_listed_in_the_language_of_the_page(window, server):
    one = window("lang=zh", "lessons")
    one.page.get_by_role("heading", name="课程").wait_for()
    for path, status in (("index.zh.html", 200), ("99_nothing.html", 404)):
        answer = one.page.request.get(f"{server.url}lessons/{path}")
        assert (answer.status, answer.headers["referrer-policy"]) == (status, "no-referrer")


def test_tabs_keep_the_setting(window):
    one = window(f"{SMALL}&sanctions.fine_rate=0.25")
    one.page.get_by_role("link", name="Compare").click()
    one.page.get_by_role("heading", name="Two to four worlds").wait_for()
    assert one.page.get_by_role("link", name="Compare").get_attribute("aria-current") == "page"
    one.page.get_by_role("link", name="Explore").click()
    one.panes(2)
    assert one.link() == f"{SMALL}&sanctions.fine_rate=0.25"


@pytest.mark.parametrize("path", ["", "why", "compare", "lessons"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_bars_anybody_from_the_page(window, path, width, height, lang):
    link = f"{SMALL}&lang={lang}&sanctions.fine_rate=0.25&off="
    one = window(link, path, width=width, height=height)
    if path in ("", "compare"):
        one.panes(2)
    wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert one.violations() == []
    one.shot(f"{path or 'explore'}_{width}_{lang}")


def test_a_worker_that_dies_is_replaced(window, server):
    one = window()
    for worker in server.workers:
        os.kill(worker, signal.SIGKILL)
    one.page.get_by_label("Seed").fill("77")
    one.page.get_by_label("Seed").press("Tab")
    one.until_link("seed=77")
    one.page.wait_for_function(
        "document.querySelector('.pg-status').textContent.includes('77')", timeout=60_000
    )
    assert one.page.get_by_role("alert").count() <= 1
    window(f"{SMALL}&seed=78")


def test_the_page_has_a_word_for_every_conduct():
    from sim.view.parts.why import CONDUCT
    from sim.view.tape.conduct import Conduct

    assert tuple(one.name.lower() for one in Conduct) == CONDUCT


def mesa_button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def at_month(page, month):
    page.wait_for_function(f"document.querySelector('.sv-month')?.textContent === '{month}'")


def test_mesas_own_page_steps_and_resets_and_each_window_has_its_world(window):
    one, other = (window("", "mesa") for _ in range(2))
    for each in (one, other):
        each.page.wait_for_selector(FIGURE, timeout=MESA_STARTS)
    sent = []
    one.page.on("websocket", lambda _: pytest.fail("the page opened a second connection"))
    one.page.context.on("response", lambda answer: sent.append(answer.url))
    for month in (1, 2, 3):
        mesa_button(one.page, "Step").click()
        at_month(one.page, month)
    at_month(other.page, 0)
    mesa_button(one.page, "Reset").click()
    at_month(one.page, 0)
    assert sent == []
    assert one.wrong == other.wrong == []


@pytest.mark.parametrize(("lang", "colours"), [("en", "light"), ("zh", "dark")])
def test_mesas_own_page_is_for_everybody(window, lang, colours):
    one = window(f"lang={lang}", "mesa")
    one.page.emulate_media(color_scheme=colours)
    one.page.reload()
    one.page.wait_for_selector(FIGURE, timeout=MESA_STARTS)
    assert one.page.evaluate("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[lang]
    if lang == "zh":
        text = one.page.locator("body").inner_text()
        assert all(word in text for word in ("种子", "罚款", "执行人员"))
    one.shot(f"mesa_{lang}")
    assert one.violations() == []


def test_the_server_reaches_nobody(server, window):
    window()
    assert server.ready()
    assert not server.told.exists() or not server.told.read_text(encoding="utf-8")

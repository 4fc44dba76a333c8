"""The page: its routes and its frame.

Every window has a setting of its own. The frame stays while the tabs change, so that the setting
stays too; the address always names what the window shows.
"""

import time
from importlib import import_module
from pathlib import Path
from typing import Any

import solara
import solara.lab

from sim.view.parts.compare import Compare
from sim.view.parts.explore import Explore
from sim.view.parts.header import Header
from sim.view.parts.lessons import Lessons
from sim.view.parts.notice import Notice
from sim.view.parts.why import Why
from sim.view.server.worker import Desk, shared
from sim.view.setting import compared
from sim.view.setting.known import Known, Plain
from sim.view.setting.setting import Setting, changed, from_link, to_link
from sim.view.words import all_in, say
from sim.words.language import Language

TABS = {"/": "explore", "/why": "why", "/compare": "compare", "/lessons": "lessons"}
STYLE = Path(__file__).with_name("parts") / "page.css"
POLLING_INTERVAL = 0.3
"""Seconds between two looks at the progress of the worker."""


@solara.component
def Frame(children: list[Any]) -> None:
    """The whole page; it draws the tabs itself, so that they share a setting.

    Args:
        children: What the route shows; only Mesa's page is drawn by its route.
    """
    router = solara.use_router()
    if router.path == "/mesa":
        solara.AppLayout(children=children)
    else:
        Prepared()


@solara.component
def Prepared() -> None:
    """The window, as soon as worlds can be run; until then, how far that is."""
    desk = shared()
    router = solara.use_router()
    ready, tell = solara.use_state(desk.progress)

    def prepare() -> tuple[Known, Plain] | None:
        while desk.progress.phase not in ("ready", "failed"):
            tell(desk.progress)
            time.sleep(POLLING_INTERVAL)
        tell(desk.progress)
        return (
            None
            if desk.progress.phase == "failed"
            else (desk.get("known"), desk.get("player_parts"))
        )

    task = solara.lab.use_task(prepare, dependencies=[], raise_error=False)
    solara.Style(STYLE)
    with solara.v.Html(tag="div", class_="pg"):
        if task.finished and task.value is not None:
            Window(desk=desk, known=task.value[0], player_parts=task.value[1])
            return
        lang: Language = "zh" if "lang=zh" in (router.search or "") else "en"
        phase, done, total, error = ready
        if task.error:
            phase, error = "failed", str(task.exception)
        text = say(lang, "starting" if phase == "ready" else phase, error=error)
        text += f" {done} / {total}" if total else ""
        w = all_in(lang)
        Header(
            tab="",
            tabs=[],
            report="",
            link="",
            lang=lang,
            w=w,
            event_go=_nowhere,
            event_change=_nowhere,
        )
        with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
            solara.v.Html(tag="h1", class_="pg-h1", children=[w["preparing"]])
            Notice(said=[], status=text, done=done, total=total)


def _nowhere(_: object) -> None:
    """What cannot be done before worlds can be run."""


@solara.component
def Window(desk: Desk, known: Known, player_parts: Plain) -> None:
    """A window with its own setting, once worlds can be run."""
    router = solara.use_router()
    path = "/" + router.path.strip("/")
    tab = path if path in TABS else "/"
    opened = solara.use_memo(lambda: from_link(router.search or "", known), [])
    beside_opened = solara.use_memo(lambda: compared.from_query(router.search or "", known), [])
    setting = solara.use_reactive(opened[0])
    left_out = [
        say(opened[0].lang, "left_out", error=one[opened[0].lang == "zh"]) for one in known.left_out
    ]
    elsewhere = [] if path in TABS else [say(opened[0].lang, "no_page", path=path[:40])]
    said = solara.use_reactive([*elsewhere, *left_out, *opened[1], *beside_opened[1]])
    beside = solara.use_reactive(beside_opened[0])

    def change(patch: dict[str, Any]) -> None:
        setting.value, said.value = changed(setting.value, patch, known)

    now: Setting = setting.value
    link = compared.link(beside.value, now, known) if tab == "/compare" else to_link(now, known)

    def why(row: int) -> None:
        change({"chosen": f"row {row}"})
        router.push("/why" + to_link(setting.value, known))

    def attempt(levers: dict[str, Any]) -> None:
        change(levers)
        router.push("/" + to_link(setting.value, known))

    w = solara.use_memo(lambda: all_in(now.lang), [now.lang])
    Header(
        tab=tab,
        tabs=[{"path": path, "title": w[key]} for path, key in TABS.items()],
        report=f"/report?lang={now.lang}" if known.report else "",
        link=link,
        lang=now.lang,
        w=w,
        event_go=lambda path: router.push(path + to_link(setting.value, known)),
        event_change=change,
    )
    common: dict[str, Any] = {"desk": desk, "known": known, "player_parts": player_parts}
    common["setting"] = now
    if tab == "/":
        Explore(**common, said=said.value, on_change=change, on_debtor=why)
    elif tab == "/compare":
        Compare(
            **common,
            beside=beside.value,
            link=link,
            said=said.value,
            on_change=change,
            on_beside=beside.set,
        )
    elif tab == "/why":
        Why(**common, said=said.value, on_change=change, on_attempt=attempt)
    else:
        Lessons(desk=desk, lang=now.lang, said=said.value)


@solara.component
def Nothing() -> None:
    """Stands for a tab, which `Frame` draws."""
    solara.v.Html(tag="span")


@solara.component
def Mesa() -> None:
    """Mesa's own page; it runs its world in this process, which imports the model only for it."""
    import_module("sim.view.mesa").MesaPage()


routes = [
    solara.Route("/", component=Nothing, layout=Frame, label="Servanda"),
    solara.Route("mesa", component=Mesa, label="Servanda"),
    *(solara.Route(path[1:], component=Nothing, label="Servanda") for path in TABS if path != "/"),
]

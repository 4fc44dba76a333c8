"""The tab that explains one actor."""

from collections.abc import Callable
from typing import Any

import solara

from sim.view.known import Known
from sim.view.parts.notice import Notice
from sim.view.setting import Setting
from sim.view.words import all_in
from sim.view.worker import Desk


@solara.component
def Why(
    desk: Desk,
    known: Known,
    setting: Setting,
    said: list[str],
    on_change: Callable[[dict[str, Any]], None],
) -> None:
    """One debtor or institution, in the month shown."""
    w = all_in(setting.lang)
    with solara.v.Html(tag="main", class_="pg-wide", attributes={"id": "pg-main"}):
        solara.v.Html(tag="h1", class_="pg-h1", children=[w["why_intro"]])
        Notice(said=said, status="")

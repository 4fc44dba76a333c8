"""The player of tapes as a component: the same script as in lesson files."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets


class _PlayerWidget(ipyvuetify.VuetifyTemplate):
    """Carries the template and what it shows to the browser."""

    template = traitlets.Unicode("").tag(sync=True)
    show = traitlets.Any(None, allow_none=True).tag(sync=True)
    w = traitlets.Dict({}).tag(sync=True)
    four = traitlets.List([]).tag(sync=True)
    on_stopped = traitlets.Any(None, allow_none=True)
    on_figure = traitlets.Any(None, allow_none=True)
    on_debtor = traitlets.Any(None, allow_none=True)

    def vue_stopped(self, month: int) -> None:
        if self.on_stopped is not None:
            self.on_stopped(int(month))

    def vue_chose_figure(self, name: str) -> None:
        if self.on_figure is not None:
            self.on_figure(str(name))

    def vue_chose_debtor(self, row: int) -> None:
        if self.on_debtor is not None:
            self.on_debtor(int(row))


@cache
def _template(script: str) -> str:
    """The template with the player's script in it."""
    text = Path(__file__).with_name("player.vue").read_text(encoding="utf-8")
    return text.replace("/*SCRIPT*/", script)


@solara.component
def Player(
    player_parts: dict[str, Any],
    show: dict[str, Any],
    w: dict[str, str],
    on_stopped: Callable[[int], None],
    on_figure: Callable[[str], None],
    on_debtor: Callable[[int], None] | None = None,
) -> None:
    """One to four worlds, played in the browser.

    Args:
        player_parts: The player's script, style, words and curves, and the indicators of `four`
            large numbers.
        show: What the player is given; it must not be changed afterwards.
        w: Texts of the page.
        on_stopped: Called with the month when the clock stops.
        on_figure: Called with the name of the figure chosen.
        on_debtor: Called with the row of the debtor whose mark was clicked.
    """
    solara.Style(player_parts["style"])
    _PlayerWidget.element(
        template=_template(player_parts["script"]),
        show=show,
        w=w,
        four=player_parts["four"],
        on_stopped=on_stopped,
        on_figure=on_figure,
        on_debtor=on_debtor,
    )

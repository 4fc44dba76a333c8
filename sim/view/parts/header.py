"""The head of the page: its name, the tabs, the language."""

from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("header.vue")
def Header(
    tab: str,
    tabs: list[dict[str, str]],
    report: str,
    link: str,
    lang: str,
    w: dict[str, str],
    event_go: Callable[[str], None],
    event_change: Callable[[dict[str, Any]], None],
) -> None:
    """The head of the page.

    Args:
        tab: Path of the tab that is shown.
        tabs: Path and title of every tab.
        report: Address of the report on the folder of results that is shown, if there is one.
        link: The query that shows the same; it is put into the address.
        lang: Language of the page.
        w: Texts in that language.
        event_go: Called with the path of the tab that was chosen.
        event_change: Called with a change of the setting.
    """

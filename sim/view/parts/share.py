"""Buttons that copy what is shown: as a link, a command, a scenario file."""

import solara


@solara.component_vue("share.vue")
def Share(path: str, link: str, command: str, file: str, w: dict[str, str]) -> None:
    """The buttons.

    Args:
        path: Path of the tab.
        link: Query that shows the same.
        command: Command line that runs the same world.
        file: Scenario file of the same world.
        w: Texts of the page.
    """

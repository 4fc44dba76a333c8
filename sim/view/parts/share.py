"""Buttons that copy what is shown: as a link, a command, a scenario file."""

import solara


@solara.component_vue("share.vue")
def Share(path: str, link: str, command: str, file: str, name: str, w: dict[str, str]) -> None:
    """The buttons.

    Args:
        path: Path of the tab.
        link: Query that shows the same.
        command: Command line that runs the same world.
        file: Scenario file of the same world.
        name: Name under which that file must be saved before the command works; empty if it works
            without.
        w: Texts of the page.
    """

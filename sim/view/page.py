"""The page: its routes and its frame."""

import solara


@solara.component
def Page() -> None:
    """The whole page."""
    solara.Text("Servanda")

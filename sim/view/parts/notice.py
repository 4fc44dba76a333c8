"""What the page has to say: what was ignored, what went wrong, what it is doing."""

import solara


@solara.component_vue("notice.vue")
def Notice(said: list[str], status: str, done: int = 0, total: int = 0) -> None:
    """Sentences above the figure.

    Args:
        said: Sentences on what was ignored or went wrong.
        status: What the page is doing; empty if nothing.
        done: Steps done of something that takes long.
        total: All its steps; 0 if it is not counted.
    """

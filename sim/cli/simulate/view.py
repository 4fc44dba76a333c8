"""``servanda view``: worlds in a browser, served to this machine only."""

from typing import Annotated

import typer

from sim.cli.console.options import AllowCode, Json


def view(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SCENARIO|FOLDER]",
            help="A scenario file, the name of a shipped one, a folder of scenario files, or the "
            "folder of a run or sweep.",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port; by default 8765, or a free one if it is taken."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open a browser.")
    ] = True,
    lang: Annotated[str, typer.Option(help="Language of the page: en or zh.")] = "en",
    allow_code: AllowCode = False,
    as_json: Json = False,
) -> None:
    """Show worlds in a browser: play them, move levers, compare. Ctrl-C ends it."""
    import os

    from sim.cli.console.writing import print_json, say
    from sim.view.server.server import serve
    from sim.words.language import language

    def quiet(_text: str) -> None:
        """Say nothing: with --json, stdout has only the address and the process id."""

    serve(
        source,
        port=port,
        browser=browser,
        lang=language(lang),
        allow_code=allow_code,
        tell=quiet if as_json else say,
        started=(lambda url: print_json({"url": url, "pid": os.getpid()})) if as_json else None,
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(view)

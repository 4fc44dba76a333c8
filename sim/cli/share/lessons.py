"""``servanda lessons``: ten lessons as files for a class, without a server or a network."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console.options import Jobs, Json


def lessons(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LESSON]...", help="Names or numbers; by default all lessons."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the files.")] = Path("results/lessons"),
    lang: Annotated[str, typer.Option(help="Language: en for English, zh for Chinese.")] = "en",
    jobs: Jobs = None,
    as_json: Json = False,
) -> None:
    """Write lessons as HTML files: guess, run, explain; with an index and a page for teachers."""
    from sim.cli.console.progress import counter
    from sim.cli.console.writing import print_data, print_json
    from sim.machine.processors import processors
    from sim.view.lessons.lesson import lesson
    from sim.view.lessons.lesson import lessons as all_lessons
    from sim.view.lessons.pages import write
    from sim.view.lessons.runs import number_of_runs, run_lessons
    from sim.words.language import language

    known = language(lang)
    chosen = [lesson(name) for name in names] if names else list(all_lessons())
    with counter("runs", sum(number_of_runs(one) for one in chosen)) as progress:
        found = run_lessons(chosen, jobs or processors(), progress)
    pages = write(found, out, known)
    if as_json:
        print_json({"lessons": [str(page) for page in pages], "language": known})
    else:
        print_data("".join(f"{page}\n" for page in pages))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(lessons)

"""A report on the disk: one page that works offline, and its figures as SVG and PNG.

In: the folder of a run or a sweep. Out: `report.html` and `figures/`, the same to the last byte
when they are made again from the same runs.
"""

import io
import re
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

import matplotlib as mpl
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from matplotlib.figure import Figure as Canvas

from sim.errors import ServandaError, ServandaWarning
from sim.output.folder import REPORT
from sim.output.lock import alone
from sim.output.sealed import seal
from sim.report.chapter import Figure, Report
from sim.report.chapters import CHAPTERS
from sim.report.chapters.provenance import span
from sim.report.labels import title
from sim.report.material import Material, material
from sim.report.style import chinese_font, styled
from sim.report.words import LANGUAGES, Language, Words
from sim.scenario.fault import meant


def written(found: Material, language: Language = "en") -> Report:
    """A report on what came out.

    Args:
        found: What it is written from.
        language: ``en`` or ``zh``.
    """
    words = Words(language)
    with styled(language), _quiet():
        told = [write(found, words) for write in CHAPTERS]
    return Report(
        title(found, words),
        found.question,
        _facts(found, words),
        tuple(one for one in told if one is not None),
        language,
    )


def _facts(found: Material, words: Words) -> str:
    """A line on what was run."""
    planned = int(found.manifest.get("runs", 1))
    if found.done < planned:
        told = [words("{n} of {all} runs done", n=f"{found.done:,}", all=f"{planned:,}")]
    else:
        told = [words("{n} runs", n=f"{found.done:,}") if planned > 1 else words("1 run")]
    if found.several:
        told.append(words("{n} points", n=f"{found.count:,}"))
    if found.replicates > 1:
        told.append(words("{n} replicates", n=found.replicates))
    debtors, months = (span(found.manifest.get(name)) for name in ("debtors", "months"))
    if debtors is not None:
        told.append(words("{n} debtors", n=debtors))
    if months is not None:
        told.append(words("{n} months", n=months))
    if found.several and found.replicates == 1:
        told.append(words("one run of each: no intervals, and no telling what is chance"))
    return " · ".join(told)


def publish(folder: str | Path, *, out: str | Path | None = None, language: str = "en") -> Path:
    """Write the report on a run or a sweep.

    Args:
        folder: The folder of the run or the sweep.
        out: Where to write; in `REPORT` beneath it unless given.
        language: ``en`` or ``zh``.

    Returns:
        The page.

    Raises:
        ServandaError: If the folder holds nothing to report, the language is unknown, or nothing
            can be written.
    """
    known = next((one for one in LANGUAGES if one == language), None)
    if known is None:
        hint = meant(language, LANGUAGES) or f"known are {', '.join(LANGUAGES)}"
        raise ServandaError("--lang", f"no report in '{language}'", hint)
    report = written(material(folder), known)
    place = Path(folder) / REPORT if out is None else Path(out)
    ending = "" if known == "en" else f".{known}"
    with alone(place, "report", "figures"):
        drawn = {}
        for figure in (one for chapter in report.chapters for one in chapter.figures):
            stem = place / "figures" / f"{figure.name}{ending}"
            drawn[figure.name] = svg(figure, known)
            text = drawn[figure.name].encode()
            seal(stem.with_name(f"{stem.name}.svg"), partial(_put, text))
            if known == "en" or chinese_font() is not None:
                seal(stem.with_name(f"{stem.name}.png"), partial(_png, figure.canvas, known))
        if out is None:  # this folder is ours alone
            _drop_stale(place / "figures", drawn, ending)
        page = place / f"report{ending}.html"
        seal(page, partial(_put, html(report, drawn).encode()))
    if known == "zh" and chinese_font() is None:
        what = "no font with Chinese characters on this machine, so no PNG"
        warnings.warn(ServandaWarning(f"{what}; install one, such as Noto Sans CJK"), stacklevel=2)
    return page


def _drop_stale(folder: Path, drawn: Collection[str], ending: str) -> None:
    """Take away figures of an earlier report in this language that this one does not have."""
    for path in folder.iterdir():
        name, *language = path.stem.split(".")
        if "".join(f".{one}" for one in language) == ending and name not in drawn:
            path.unlink()


def html(report: Report, drawn: dict[str, str]) -> str:
    """The page.

    Args:
        report: What it says.
        drawn: SVG of each figure, by name.
    """
    shelf = Environment(
        loader=PackageLoader("sim.report", "."),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Words("zh" if report.language == "zh" else "en")
    return shelf.get_template("page.html.j2").render(
        report=report, drawn=drawn, words=words, is_figure=lambda part: isinstance(part, Figure)
    )


def svg(figure: Figure, language: Language) -> str:
    """A figure as SVG for a page; nothing in it depends on when it was made."""
    buffer = io.BytesIO()
    with styled(language), mpl.rc_context({"svg.hashsalt": figure.name}), _quiet():
        figure.canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue().decode()
    text = text[text.index("<svg") :]
    # As wide as the page lets it be; several figures on one page need names of their own.
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    return re.sub(r'\bid="([a-z]+_\d+)"', rf'id="{figure.name}_\1"', text)


def _png(drawing: Canvas, language: Language, file: IO[bytes]) -> None:
    with styled(language), _quiet():
        drawing.savefig(file, format="png", metadata={"Software": None})


def _put(text: bytes, file: IO[bytes]) -> None:
    file.write(text)


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Matplotlib be silent about characters that its fonts lack: a browser has others."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield

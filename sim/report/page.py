"""Writes a report: one page that works offline, and its figures as SVG and PNG.

In: the folder of a run or a sweep. Out: `report.html` and `figures/`. The same runs give the same
files, to the last byte.
"""

import io
import re
import warnings
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import IO

import matplotlib as mpl
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from matplotlib.figure import Figure as Canvas

from sim.errors import ServandaWarning
from sim.report.chapter import Figure, Report
from sim.report.chapters import CHAPTERS
from sim.report.chapters.trust.provenance import span
from sim.report.frame import FRAMES, WIDE, Frame
from sim.report.material import Material, material
from sim.report.names import title
from sim.report.numbers import counted
from sim.report.style import chinese_font, quiet, styled
from sim.report.text import CHINESE
from sim.report.tones import SIGNS
from sim.runs.output.atomic import write_whole
from sim.runs.output.folder import REPORT
from sim.runs.output.lock import alone
from sim.runs.output.opened import refuse_link
from sim.words.currency import money_in
from sim.words.language import Language
from sim.words.language import language as known_language
from sim.words.words import Words

type Drawn = dict[str, dict[str, str]]
"""SVG of each figure, by the names of the figure and of the frame (a width of page)."""


def written(found: Material, language: Language = "en") -> Report:
    """Build the report.

    Args:
        found: The results.
        language: ``en`` or ``zh``.
    """
    words = Words(language)
    with counted(language):
        chapters = [write(found, words) for write in CHAPTERS]
    head, below = title(found, words)
    return Report(
        head,
        below,
        words.titled(found.question),
        _facts(found, words),
        tuple(one for one in chapters if one is not None),
        language,
    )


def _facts(found: Material, words: Words) -> str:
    """One line on the runs: numbers of runs, points, replicates, debtors and months."""
    planned = int(found.manifest.get("runs", 1))
    if found.done < planned:
        facts = [words("{n} of {all} runs done", n=f"{found.done:,}", all=f"{planned:,}")]
    else:
        facts = [words("{n} runs", n=f"{found.done:,}") if planned > 1 else words("1 run")]
    if found.several:
        facts.append(words("{n} points", n=f"{found.count:,}"))
    if found.replicates > 1:
        facts.append(words("{n} replicates", n=found.replicates))
    debtors, months = (span(found.manifest.get(name)) for name in ("debtors", "months"))
    if debtors is not None:
        facts.append(words("{n} debtors", n=debtors))
    if months is not None:
        facts.append(words("{n} months", n=months))
    if found.several and found.replicates == 1:
        facts.append(words("one run per point: no intervals, so chance cannot be assessed"))
    return " · ".join(facts)


def publish(folder: str | Path, *, out: str | Path | None = None, language: str = "en") -> Path:
    """Write the report on a run or a sweep.

    Args:
        folder: The folder of the run or the sweep.
        out: Where to write; by default in the subfolder `REPORT`.
        language: ``en`` or ``zh``.

    Returns:
        Path of the page.

    Raises:
        ServandaError: If the folder contains nothing to report, the language is unknown, or the
            report cannot be written.
    """
    known = known_language(language)
    place = Path(folder) / REPORT if out is None else Path(out)
    if out is None:  # a folder from elsewhere may contain links in place of the report
        refuse_link(place)
        refuse_link(place / "figures")
    found = material(folder)
    ending = "" if known == "en" else f".{known}"
    drawn: Drawn = {}
    unreadable = False
    with alone(place, "report", "figures"), money_in(found.currency):
        report = written(found, known)
        for figure in (one for chapter in report.chapters for one in chapter.figures):
            stem = place / "figures" / f"{figure.name}{ending}"
            drawings = {frame.name: _drawn(figure, frame, known) for frame in FRAMES}
            drawn[figure.name] = {
                frame: svg(one, f"{figure.name}_{frame}", known) for frame, one in drawings.items()
            }
            text = drawn[figure.name][WIDE.name]
            write_whole(stem.with_name(f"{stem.name}.svg"), partial(_put, text.encode()))
            if chinese_font() is not None or not CHINESE.search(text):
                write_whole(
                    stem.with_name(f"{stem.name}.png"), partial(_png, drawings[WIDE.name], known)
                )
            else:
                unreadable = True
                stem.with_name(f"{stem.name}.png").unlink(missing_ok=True)
        if out is None:  # this folder contains nothing but reports
            _drop_stale(place / "figures", drawn, ending)
        page = place / f"report{ending}.html"
        write_whole(page, partial(_put, html(report, drawn).encode()))
    if unreadable:
        what = "no PNG was written, since this machine has no font with Chinese characters"
        warnings.warn(ServandaWarning(f"{what}; install one, such as Noto Sans CJK"), stacklevel=2)
    return page


def _drop_stale(folder: Path, drawn: Collection[str], ending: str) -> None:
    """Remove figures of an earlier report in the same language that are not drawn any more."""
    for path in folder.iterdir():
        name, *language = path.stem.split(".")
        if "".join(f".{one}" for one in language) == ending and name not in drawn:
            path.unlink()


def html(report: Report, drawn: Drawn) -> str:
    """Render the page.

    Args:
        report: The report.
        drawn: SVG of each figure, by the name of the figure and the name of the frame.
    """
    templates = Environment(
        loader=PackageLoader("sim.report", "."),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Words("zh" if report.language == "zh" else "en")
    return templates.get_template("page.html.j2").render(
        report=report,
        drawn=drawn,
        words=words,
        signs=SIGNS,
        is_figure=lambda part: isinstance(part, Figure),
    )


def _drawn(figure: Figure, frame: Frame, language: Language) -> Canvas:
    with quiet():
        return figure.drawn(frame, language)


def svg(drawing: Canvas, name: str, language: Language) -> str:
    """A drawing as SVG for a page, independent of the time of writing.

    Args:
        drawing: The drawing.
        name: Prefix of the ids in the drawing; it must differ between drawings on one page.
        language: ``en`` or ``zh``.
    """
    buffer = io.BytesIO()
    with quiet(), styled(language), mpl.rc_context({"svg.hashsalt": name}):
        drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue().decode()
    text = text[text.index("<svg") :]
    # The reader's machine may have none of the fonts.
    text = re.sub(r"(font-family: [^;\"]*)", r"\1, sans-serif", text)
    # Without width and height the drawing is as wide as the page allows.
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}_\1"', text)
    return re.sub(r'(url\(#|href="#)', rf"\1{name}_", text)


def _png(drawing: Canvas, language: Language, file: IO[bytes]) -> None:
    with quiet(), styled(language):
        drawing.savefig(file, format="png", metadata={"Software": None})


def _put(text: bytes, file: IO[bytes]) -> None:
    file.write(text)

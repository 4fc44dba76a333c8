"""Claims about figures: every text has its place, on a desk and on a telephone."""

import re
from dataclasses import replace
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from sim.report.frame import NARROW, WIDE
from sim.report.material import material
from sim.report.page import publish, svg, written
from sim.report.style import name_points, quiet, styled
from tests.report.conftest import LONG, OFFICERS, PRESERVATION, TWO, reported

CHINESE = "由保险公司承担赔偿责任并由法院执行局统一办理财产查控的试点方案第二阶段修订稿含经费预算"
SLACK = 3.0
"""Dots by which a text may touch an edge or another: fonts are measured to about one."""
TELEPHONE = 358.0
"""Width of a figure on a telephone of 390 dots, less the margins of the page."""
READABLE = 9.0
"""Height of the smallest type on it."""


@pytest.fixture
def long(swept):
    """A sweep whose scenarios, policies and factors have titles of eighty letters."""

    def found(name):
        was = material(swept(name))
        titles = was.manifest["titles"]
        told = {
            kind: {one: f"{at}. {(LONG, CHINESE)[at % 2]}" for at, one in enumerate(names)}
            for kind, names in titles.items()
        }
        factors = [{**one, "title": LONG} for one in was.manifest["factors"]]
        if name == "factorial":
            factors = was.manifest["factors"]
        return replace(was, manifest={**was.manifest, "titles": told, "factors": factors})

    return found


def figures(found, chapters, language="en"):
    return [
        figure
        for chapter in written(found, language).chapters
        if chapters is None or chapter.name in chapters
        for figure in chapter.figures
    ]


def shown(drawing):
    """Its texts; of numbers along axes those within the axis, for no others are drawn."""
    texts = set(drawing.findobj(Text))
    for axis in drawing.axes:
        for way in (axis.xaxis, axis.yaxis):
            seen = {label for tick in way._update_ticks() for label in (tick.label1, tick.label2)}
            texts -= {*way.get_ticklabels(which="both")} - seen
            texts -= {t.label1 for t in (*way.majorTicks, *way.minorTicks)} - seen
    return sorted(texts, key=lambda text: text.get_text())


DRAWN = [
    ("scenarios", None),
    ("factorial", {"attribution"}),
    ("map", {"map"}),
    ("line", {"map", "convergence"}),
    ("morris", {"tornado", "convergence"}),
]


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(("name", "chapters"), DRAWN, ids=[name for name, _ in DRAWN])
def test_however_long_names_are_no_text_leaves_a_figure_or_covers_a_heading(
    long, name, chapters, frame
):
    drawn = figures(long(name), chapters)
    assert drawn
    for figure in drawn:
        drawing = figure.drawn(frame)
        with styled("en"), quiet():
            drawing.draw_without_rendering()
            edge = drawing.bbox
            for text in shown(drawing):
                if not text.get_visible() or not text.get_text().strip():
                    continue
                box = text.get_window_extent()
                if text.axes is not None and box.width * box.height == 0.0:
                    continue
                inside = (
                    box.x0 >= edge.x0 - SLACK
                    and box.x1 <= edge.x1 + SLACK
                    and box.y0 >= edge.y0 - SLACK
                    and box.y1 <= edge.y1 + SLACK
                )
                assert inside, (figure.name, text.get_text(), box, edge)
            heads = [axis._left_title for axis in drawing.axes if axis.get_title(loc="left")]
            heads += [axis.xaxis.label for axis in drawing.axes if axis.get_xlabel()]
            heads += [axis.yaxis.label for axis in drawing.axes if axis.get_ylabel()]
            for one, other in combinations([*heads, drawing._suptitle], 2):
                a, b = one.get_window_extent(), other.get_window_extent()
                across = min(a.x1, b.x1) - max(a.x0, b.x0)
                up = min(a.y1, b.y1) - max(a.y0, b.y0)
                assert min(across, up) <= SLACK, (figure.name, one.get_text(), other.get_text())


@pytest.mark.parametrize("name", ["scenarios", "map"])
def test_no_text_of_a_narrow_figure_is_too_small_to_read(long, name):
    for figure in figures(long(name), None):
        text = svg(figure.drawn(NARROW), "x", "en")
        across = float(re.search(r'viewBox="0 0 ([\d.]+) ', text)[1])
        sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", text)]
        assert min(sizes) * TELEPHONE / across >= READABLE, figure.name


def test_what_no_factor_moves_has_no_empty_panel_and_is_named(tmp_path):
    answer = lambda values, seed: {"backlog": 9.0 - 20.0 * values[OFFICERS] + seed, "received": 0.5}
    factors = {OFFICERS: TWO, PRESERVATION: {"values": [0.0, 0.5]}}
    found = reported(tmp_path, answer, factors, "one_at_a_time", replicates=3)
    chapter = next(one for one in written(found).chapters if one.name == "tornado")
    (axis,) = chapter.figures[0].drawn().axes
    assert axis.get_title("left") == "Cases open"
    assert "Money received per yuan fallen due" in chapter.notes[0]


def test_infinite_values_are_shown_as_missing_and_said(tmp_path):
    def answer(values, replicate):
        wild = np.inf if (replicate == 1 and values[OFFICERS] > 0.06) else 0.5
        return {"received": wild, "backlog": 2.0 + replicate, "harm": -np.inf}

    reported(tmp_path / "sweep", answer, {OFFICERS: TWO}, replicates=3)
    text = publish(tmp_path / "sweep", out=tmp_path / "page").read_text(encoding="utf-8")
    assert "Without a value in some runs" in text
    assert not re.search(r"\b(inf|nan)\b", text)


def test_no_name_is_written_over_another_point():
    figure, axis = plt.subplots(figsize=(4.0, 3.0))
    x, y = np.array([0.0, 0.045, 1.0]), np.array([0.0, 0.03, 1.0])
    axis.scatter(x, y)
    name_points(axis, x, y, {0: "1", 1: "2", 2: "3"}, dict.fromkeys(range(3), "black"))
    figure.canvas.draw()
    points = axis.transData.transform(np.column_stack([x, y]))
    for name in axis.texts:
        box = name.get_window_extent()
        assert not any(box.contains(*point) for point in points)
    plt.close(figure)

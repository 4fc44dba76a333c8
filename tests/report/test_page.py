"""Claims about reports: what is in them, in which language, and that they can be made again."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from sim.cli import app
from sim.errors import ServandaError
from sim.report.material import FILLING, material
from sim.report.page import html, publish, svg, written

ALWAYS = {"conclusion", "headline", "money", "series", "survival", "ledgers", "harm", "provenance"}
TOLD_ONE_BY_ONE = {"money", "survival", "ledgers", "harm"}
BESIDE = {
    "scenarios": {"reach", "frontier", "size"},
    "none": set(),
    "factorial": {"reach", "frontier", "attribution"},
    "line": {"frontier", "map", "regimes", "convergence"},
    "map": {"frontier", "map"},
    "one_at_a_time": {"frontier", "tornado"},
    "morris": {"frontier", "tornado"},
    "latin_hypercube": {"frontier", "tornado"},
}


class Page(HTMLParser):
    """What a page refers to, and whether its tags are closed in order."""

    VOID = frozenset({"meta", "br", "path", "use", "rect"})

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.outside = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "section":
            self.ids.append(known["id"])
        if tag == "a":
            self.links.append(known["href"])
        self.outside += [v for k, v in attrs if k in {"src", "href"} and not v.startswith("#")]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", BESIDE)
def test_a_design_has_the_chapters_that_it_can_fill(swept, name):
    report = written(material(swept(name)))
    always = ALWAYS - TOLD_ONE_BY_ONE if name in FILLING else ALWAYS
    assert {one.name for one in report.chapters} == always | BESIDE[name]


@pytest.mark.parametrize("name", ["scenarios", "factorial", "map", "morris"])
def test_a_report_in_chinese_has_the_same_chapters_in_chinese(swept, name):
    found = material(swept(name))
    english, told = written(found), written(found, "zh")
    assert [c.name for c in told.chapters] == [c.name for c in english.chapters]
    for chapter in told.chapters:
        texts = [chapter.title, chapter.lead, *(part.caption for part in chapter.parts)]
        assert all(re.search("[一-鿿]", text) for text in texts if text), chapter.name


def test_a_page_is_whole_stands_alone_and_leads_to_each_chapter(published):
    text = (published("scenarios") / "report.html").read_text(encoding="utf-8")
    told = Page(text)
    assert told.open == []
    assert told.outside == []
    assert told.links == [f"#{one}" for one in told.ids]
    assert "Baseline 2016 compared with Rule of law, Special campaigns" in text
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).lower().split()


def test_each_figure_lies_beside_the_page_as_svg_and_png(swept, published):
    figures = published("scenarios") / "figures"
    report = written(material(swept("scenarios")))
    names = {figure.name for one in report.chapters for figure in one.figures}
    files = {path.name for path in figures.iterdir()}
    assert files == {f"{name}.{kind}" for name in names for kind in ("svg", "png")}
    for path in figures.glob("*.svg"):
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        assert root.get("viewBox")
    for path in figures.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_a_report_made_again_is_the_same_to_the_last_byte(swept, published, tmp_path):
    publish(swept("scenarios"), out=tmp_path)
    ones, others = (
        {path.name: path.read_bytes() for path in place.rglob("*.*")}
        for place in (published("scenarios"), tmp_path)
    )
    assert ones == others


def test_text_in_figures_stays_text_and_what_the_page_says_is_escaped(swept):
    report = written(material(swept("none")))
    figure = next(one for one in report.chapters if one.name == "series").figures[0]
    assert "Voluntary performance" in svg(figure.drawn(), "series", "en")
    drawn = {f.name: {"wide": "", "narrow": ""} for c in report.chapters for f in c.figures}
    assert "<script>" not in html(replace(report, title="<script>"), drawn)


def test_a_page_runs_no_script_loads_nothing_and_is_read_by_those_who_cannot_see_it(published):
    for name in ("map", "scenarios"):
        text = (published(name) / "report.html").read_text(encoding="utf-8")
        assert "default-src 'none'; style-src 'unsafe-inline'" in text
        assert "<script" not in text
        assert "<image" not in text  # in an SVG it would be one that the page may not load
        assert text.count('role="img"') == len(re.findall(r'aria-label="[^"]+">\s*<svg', text))
        for table in re.findall(r"<tbody>.*?</tbody>", text, flags=re.DOTALL):
            for row in re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL):
                assert row.startswith('<th scope="row"')


def test_a_single_run_speaks_of_no_replicates_and_no_intervals(tmp_path):
    asked = ["run", "village", "--debtors", "200", "--months", "6", "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(app, asked).exit_code == 0
    report = written(material(tmp_path / "run"))
    told = [text for one in report.chapters for text in (one.lead, *one.notes)]
    told += [part.caption for one in report.chapters for part in one.parts]
    sayings = [s for one in report.chapters for saying in one.sayings for s in saying.sentences]
    assert sayings[-1].startswith("One run says nothing about chance")
    for text in told + sayings:
        assert not re.search("replicate|interval|95 %", text), text


def test_unknown_languages_and_places_are_refused(swept, tmp_path):
    with pytest.raises(ServandaError, match="unknown language 'de'"):
        publish(swept("none"), language="de")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ServandaError, match="this is a file, not a folder"):
        publish(swept("none"), out=tmp_path / "file")

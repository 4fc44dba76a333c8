"""Writes lessons as HTML files that need neither a server nor a network.

In: lessons that have been run. Out: one page per lesson, an index, and a page for teachers. Each
page holds its style, its script and its tapes. Its content security policy names the hashes of
script and style, so nothing else can run and nothing can be loaded or sent.
"""

import base64
import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

import jinja2
from markupsafe import Markup

from sim.errors import ServandaError
from sim.indicator import Indicator
from sim.measure.indicators import KNOWN
from sim.runs.output.atomic import write_files_whole
from sim.view import player
from sim.view.lessons.lesson import Claim, Lesson, Texts, lessons
from sim.view.lessons.tried import Tried
from sim.view.player import Lang

STATIC = Path(__file__).with_name("static")
HTML_LANG = {"en": "en", "zh": "zh-Hans"}


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("page.toml").read_text(encoding="utf-8"))


def words(lang: Lang) -> dict[str, Any]:
    """The texts around lessons in a language; ``modes`` is a table."""
    at = int(lang == "zh")
    return {
        key: {name: pair[at] for name, pair in both.items()} if isinstance(both, dict) else both[at]
        for key, both in _texts().items()
    }


def language(given: str) -> Lang:
    """The language that a user named.

    Raises:
        ServandaError: If there is none of that name.
    """
    known: dict[str, Lang] = {"en": "en", "zh": "zh"}
    if given not in known:
        raise ServandaError("--lang", f"unknown language '{given}'", "give en or zh")
    return known[given]


def file_name(lesson: Lesson, lang: Lang) -> str:
    """Name of a lesson's file, such as ``06_preservation.html``."""
    return f"{lesson.number:02}_{lesson.name}{_ending(lang)}"


def write(tried: Iterable[Tried], out: Path, lang: Lang) -> list[Path]:
    """Write the pages of lessons, the index and the page for teachers.

    Index and teachers' page list all shipped lessons.

    Returns:
        The files written.
    """
    out.mkdir(parents=True, exist_ok=True)
    pages = {file_name(one.lesson, lang): lesson_page(one, lang) for one in tried}
    pages[f"index{_ending(lang)}"] = listing("index.html.j2", lang)
    pages[f"teacher{_ending(lang)}"] = listing("teacher.html.j2", lang)
    write_files_whole({out / name: partial(_put, text.encode()) for name, text in pages.items()})
    return [out / name for name in pages]


def _put(data: bytes, file: IO[bytes]) -> None:
    file.write(data)


def lesson_page(tried: Tried, lang: Lang) -> str:
    """The page of a lesson."""
    lesson, texts, word = tried.lesson, tried.lesson.texts(lang), words(lang)
    curves = player.curves(lesson.curves, lang, watched=[lesson.watch])
    titles = [texts.arms[arm.key] for arm in lesson.arms]
    data = {
        "show": {
            "tapes": [
                {"title": title, "tape": tape}
                for title, tape in zip(titles, tried.tapes, strict=False)
            ],
            "words": player.words(lang),
            "curves": curves,
            "figures": ["road", "town", "courts", "ledger"],
            "speed": 8,
        },
        "texts": {name: word[name] for name in ("hit", "miss", "shift", "locked")},
        "answers": texts.answers,
        "right": texts.right,
        "watch": next(one for one in curves if one["name"] == lesson.watch),
    }
    script = player.script() + _read("lesson.js")
    return _page(
        "lesson.html.j2",
        lang,
        style=player.style() + _read("lesson.css"),
        script=Markup(script),
        data=Markup(player.inline(data)),
        texts=texts,
        kicker=_kicker(lesson, word),
        every=word["every"].format(n=len(lesson.seeds)),
        tables=[_table(tried, k, texts, word, lang) for k in range(len(lesson.claims))],
        world=word["world"].format(
            debtors=f"{lesson.debtors:,}", months=lesson.months, seed=lesson.seeds[0]
        ),
        link="",
        open_explore=word["open"],
        index=f"index{_ending(lang)}",
    )


def _table(tried: Tried, k: int, texts: Texts, word: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """What every seed shows of a claim: both arms and their difference."""
    claim: Claim = tried.lesson.claims[k]
    one = KNOWN[claim.measure]
    title = one.zh if lang == "zh" else one.title
    first, last = claim.months
    rows = [
        [str(seed), _number(b, one), _number(a, one), _number(a - b, one, signed=True)]
        for seed, (a, b) in zip(tried.lesson.seeds, tried.pairs(k), strict=True)
    ]
    heads = [texts.arms[claim.arms[1]], texts.arms[claim.arms[0]], word["difference"]]
    caption = word["between"].format(
        title=title, first=first, last=last, held=tried.held(k), n=len(rows)
    )
    return {"caption": caption, "heads": heads, "rows": rows}


def _number(value: float, one: Indicator, *, signed: bool = False) -> str:
    """A value as the table shows it: shares in per cent, differences with their sign."""
    sign = "+" if signed else ""
    if one.unit.startswith("share"):
        text = f"{100 * value:{sign}.1f}" + ("" if signed else " %")
    elif abs(value) >= 100:
        text = f"{value:{sign},.0f}"
    else:
        text = f"{value:{sign}.3g}"
    return text.replace("-", "−")


def _kicker(lesson: Lesson, word: dict[str, Any]) -> str:
    """One line above the title: which lesson, what it is about, how long it takes."""
    which = word["lesson"].format(number=lesson.number, all=max(len(lessons()), lesson.number))
    time = word["minutes"].format(minutes=lesson.minutes)
    return " · ".join((which, word["modes"][lesson.mode], time))


def listing(template: str, lang: Lang) -> str:
    """A page that lists all shipped lessons."""
    word = words(lang)
    listed: Sequence[dict[str, Any]] = [
        {
            "number": one.number,
            "file": file_name(one, lang),
            "kicker": _kicker(one, word),
            "texts": one.texts(lang),
        }
        for one in lessons()
    ]
    ending = _ending(lang)
    return _page(
        template,
        lang,
        style=_read("lesson.css"),
        lessons=listed,
        index=f"index{ending}",
        teacher=f"teacher{ending}",
    )


def _page(template: str, lang: Lang, *, style: str, script: str = "", **values: Any) -> str:
    """Fill a template; its policy allows this style and this script only."""
    allowed = [f"default-src 'none'; style-src '{_hash(style)}'"]
    if script:
        allowed.append(f"script-src '{_hash(script)}'")
    policy = "; ".join((*allowed, "base-uri 'none'; form-action 'none'"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(STATIC), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(template).render(
        html_lang=HTML_LANG[lang],
        word=words(lang),
        policy=Markup(policy),
        style=Markup(style),
        script=script,
        **values,
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _ending(lang: Lang) -> str:
    return ".html" if lang == "en" else f".{lang}.html"

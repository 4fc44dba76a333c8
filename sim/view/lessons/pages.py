"""Writes lessons as HTML files that need neither a server nor a network.

In: lessons that have been run. Out: one page per lesson, an index, and a page for teachers. Each
page holds its style, its script and its tapes. Its content security policy names the hashes of
script and style, so nothing else can run and nothing can be loaded or sent.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, NamedTuple

import jinja2
from markupsafe import Markup

from sim.explain.words import DOES
from sim.indicator import Indicator
from sim.measure.indicators import KNOWN
from sim.runs.output.atomic import write_files_whole
from sim.terms import Option
from sim.view import player
from sim.view.lessons.lesson import Lesson, Texts, lessons
from sim.view.lessons.runs import BESIDE, LessonRuns, number_of_runs
from sim.view.setting.compared import SIDES, Beside
from sim.view.setting.compared import link as compared_link
from sim.view.setting.known import Known
from sim.view.setting.worlds import known_shipped
from sim.words.language import Language
from sim.words.modes import MODES
from sim.words.pairs import texts
from sim.words.words import Words

FILE = Path(__file__).with_name("lesson_words.toml")
STATIC = Path(__file__).with_name("static")
HOME = "http://127.0.0.1:8765"
"""Where `servanda view` is, unless another port was asked for."""
WAIT, FIRST = "?wait", "?first"
"""What the live page adds to the address of a lesson: to wait for it, or to see its first seed."""
HTML_LANG = {"en": "en", "zh": "zh-Hans"}


def words(lang: Language) -> dict[str, Any]:
    """The texts around lessons in a language; ``words`` is a table."""
    return texts(FILE, lang)


def about(lesson: Lesson, lang: Language) -> str:
    """What a lesson is about: a mode of governance, or how debt and enforcement work."""
    if lesson.mode in MODES:
        return MODES[lesson.mode].name(lang)
    return str(words(lang)[lesson.mode])


def file_name(lesson: Lesson, lang: Language) -> str:
    """Name of a lesson's file, such as ``06_preservation.html``."""
    return f"{lesson.number:02}_{lesson.name}{_ending(lang)}"


def write(runs: Iterable[LessonRuns], out: Path, lang: Language) -> list[Path]:
    """Write the pages of lessons, the index and the page for teachers.

    Index and teachers' page list all shipped lessons.

    Returns:
        The files written.
    """
    out.mkdir(parents=True, exist_ok=True)
    pages = {file_name(one.lesson, lang): lesson_page(one, lang) for one in runs}
    pages[f"index{_ending(lang)}"] = listing("index.html.j2", lang)
    pages[f"teacher{_ending(lang)}"] = listing("teacher.html.j2", lang)
    write_files_whole({out / name: partial(_put, text.encode()) for name, text in pages.items()})
    return [out / name for name in pages]


def _put(data: bytes, file: IO[bytes]) -> None:
    file.write(data)


class Waits(NamedTuple):
    """The runs for which a part of the live page waits; static/live.js asks for them.

    Args:
        text: What it says meanwhile, with ``{done}`` and ``{all}``.
        start: Number of the first of these runs, from 0.
        until: Number of the run after the last.
        all: Number of all runs of the lesson.
        next: Address to which it goes on; empty if the page only takes its table.
    """

    text: str
    start: int
    until: int
    all: int
    next: str = ""


def lesson_page(
    runs: LessonRuns,
    lang: Language,
    known: Known | None = None,
    home: str = HOME,
    waits: Waits | None = None,
) -> str:
    """The page of a lesson.

    Args:
        runs: The lesson, which has been run.
        lang: Language of the page.
        known: What the live page offers; by default the shipped worlds.
        home: Address of the live page.
        waits: On the live page, the runs for which the table over seeds waits.
    """
    lesson, texts, word = runs.lesson, runs.lesson.texts(lang), words(lang)
    curves = player.curves(lesson.curves, lang, watched=[lesson.watch])
    titles = [texts.arms[arm.key] for arm in lesson.arms]
    data = {
        "show": {
            "tapes": [
                {"title": title, "tape": tape}
                for title, tape in zip(titles, runs.tapes, strict=False)
            ],
            "words": player.words(lang),
            "curves": curves,
            "figure": lesson.figure,
            "speed": 8,
        },
        "texts": {name: word[name] for name in ("hit", "miss", "locked")},
        "answers": texts.answers,
        "right": texts.right,
    }
    script = player.script() + _read("lesson.js") + (_read("live.js") if waits else "")
    return _page(
        "lesson.html.j2",
        lang,
        style=player.style() + _read("lesson.css"),
        script=Markup(script),
        data=Markup(player.inline(data)),
        texts=texts,
        kicker=_kicker(lesson, word, lang),
        shift=_shift(runs, titles, word, lang),
        every=word["every"].format(n=len(lesson.seeds), held=runs.all_held()),
        claims=_shown(runs, texts, word, lang),
        draws=[word["draw"].format(seed=seed) for seed in lesson.seeds],
        world=word["world"].format(
            debtors=f"{lesson.debtors:,}", months=lesson.months, seed=lesson.seeds[0]
        ),
        person=_person(runs, titles, word, lang),
        waits=waits,
        link=home + path(lesson, lang, known or known_shipped()),
        open_explore=word["open"],
        index=f"index{_ending(lang)}",
    )


def waiting_page(lesson: Lesson, lang: Language) -> str:
    """The page that the live page shows until the worlds of the first seed have been run."""
    word, first = words(lang), len(lesson.arms)
    return _page(
        "waiting.html.j2",
        lang,
        style=player.style() + _read("lesson.css"),
        script=Markup(_read("live.js")),
        texts=lesson.texts(lang),
        kicker=_kicker(lesson, word, lang),
        waits=Waits(word["running"], 0, first, first, FIRST),
        index=f"index{_ending(lang)}",
    )


def first_page(runs: LessonRuns, lang: Language, known: Known, home: str) -> str:
    """The page of a lesson on the live page, when only the first seed has been run."""
    every = number_of_runs(runs.lesson)
    waits = Waits(words(lang)["running_seeds"], len(runs.lesson.arms), every, every)
    return lesson_page(runs, lang, known, home, waits)


WIDEST = 300
"""Length of the longest bar in a debtor's ledger, in units of the drawing."""


def _person(
    runs: LessonRuns, titles: Sequence[str], word: dict[str, Any], lang: Language
) -> dict[str, Any] | None:
    """The ledger of the one debtor of a lesson in both worlds; terms that are zero are left out."""
    if not runs.people:
        return None
    say = Words(lang)
    ledgers = [one["weighing"]["terms"] for one in runs.people]
    most = max(abs(term["yuan"]) for terms in ledgers for term in terms)
    rows = []
    for pair in zip(*ledgers, strict=True):
        yuan = [term["yuan"] for term in pair]
        if max(map(abs, yuan)) >= 1.0:
            bars = [round(WIDEST * abs(one) / most, 1) for one in yuan]
            texts = [f"{abs(one):,.0f}" for one in yuan]
            gains = pair[0]["term"] == "gain"
            rows.append((say(pair[0]["title"]), gains, list(zip(bars, texts, strict=True))))
    decided = [DOES[Option[one["decision"].upper()]] for one in runs.people]
    sums = [
        word["ledger_sum"].format(
            cost=f"{one['weighing']['cost']:,.0f}".replace("-", "−"),
            pull=f"{one['weighing']['pull']:,.0f}".replace("-", "−"),
            decision=say(text),
        )
        for one, text in zip(runs.people, decided, strict=True)
    ]
    lesson = runs.lesson.debtor
    assert lesson is not None
    title = word["ledger_title"].format(id=lesson.id, month=lesson.month)
    return {"title": title, "rows": rows, "sums": list(zip(titles, sums, strict=False))}


def _shift(runs: LessonRuns, titles: Sequence[str], word: dict[str, Any], lang: Language) -> str:
    """The watched indicator in both worlds of the run shown, over the months of its first claim."""
    lesson = runs.lesson
    shown = {arm.key for arm in lesson.arms[:BESIDE]}
    k = next(
        k
        for k, claim in enumerate(lesson.claims)
        if claim.measure == lesson.watch and set(claim.arms) == shown
    )
    one, claim, say = KNOWN[lesson.watch], lesson.claims[k], Words(lang)
    values = [_number(value, one) for value in runs.values[:BESIDE, 0, k]]
    return str(
        word["shift"].format(
            title=say.title(one),
            since=claim.months[0],
            until=claim.months[1],
            first=titles[0],
            second=titles[1],
            a=values[0],
            b=values[1],
        )
    )


def _shown(
    runs: LessonRuns, texts: Texts, word: dict[str, Any], lang: Language
) -> list[dict[str, Any]]:
    """What the seeds show of each claim: means of both arms, and the difference in every seed.

    Claims on the same indicator, arms and months share a row.
    """
    lesson, rows, say = runs.lesson, {}, Words(lang)
    for k, claim in enumerate(lesson.claims):
        one = KNOWN[claim.measure]
        pairs = runs.pairs(k)
        first, second = (texts.arms[key] for key in claim.arms)
        key = (claim.measure, claim.arms, claim.months)
        rows[key] = {
            "title": say.title(one),
            "unit": say.axis_unit(one, difference=True),
            "what": word["less"].format(
                first=first, second=second, since=claim.months[0], until=claim.months[1]
            ),
            "means": [_number(value, one) for value in pairs.mean(axis=0)[::-1]],
            "gaps": [_number(a - b, one, signed=True) for a, b in pairs],
        }
    return list(rows.values())


def _number(value: float, one: Indicator, *, signed: bool = False) -> str:
    """A value as the table shows it: shares in per cent, differences with their sign."""
    sign = "+" if signed else ""
    if one.unit.startswith("share"):
        text = f"{100 * value:{sign}.1f}" + ("" if signed else " %")
    elif abs(value) >= 100:
        text = f"{value:{sign},.0f}"
    else:
        text = f"{value:{sign}.{2 if signed else 3}g}"
    return text.replace("-", "−")


def path(lesson: Lesson, lang: Language, known: Known) -> str:
    """Where the live page compares a lesson's worlds, as an address without its host."""
    worlds = (lesson.setting(arm, lesson.seeds[0], lang) for arm in lesson.arms[: len(SIDES)])
    first, second, *more = worlds
    return f"/compare{compared_link(Beside(first, tuple(more)), second, known)}"


def _kicker(lesson: Lesson, word: dict[str, Any], lang: Language) -> str:
    """One line above the title: which lesson, what it is about, how long it takes."""
    which = word["lesson"].format(number=lesson.number, all=max(len(lessons()), lesson.number))
    time = word["minutes"].format(minutes=lesson.minutes)
    return " · ".join((which, about(lesson, lang), time))


def listing(template: str, lang: Language, ask: str = "") -> str:
    """A page that lists all shipped lessons.

    Args:
        template: Name of its template.
        lang: Its language.
        ask: What is added to the address of each lesson.
    """
    word = words(lang)
    listed: Sequence[dict[str, Any]] = [
        {
            "number": one.number,
            "file": file_name(one, lang) + ask,
            "kicker": _kicker(one, word, lang),
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


def _page(template: str, lang: Language, *, style: str, script: str = "", **values: Any) -> str:
    """Fill a template; its policy allows this style and this script only."""
    allowed = [f"default-src 'none'; style-src '{_hash(style)}'"]
    if script:
        allowed.append(f"script-src '{_hash(script)}'")
    if values.get("waits"):
        allowed.append("connect-src 'self'")
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


def _ending(lang: Language) -> str:
    return ".html" if lang == "en" else f".{lang}.html"

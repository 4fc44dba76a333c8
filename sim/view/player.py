"""The player in the browser: its script, its style, and the texts and curves that it is given.

Files of `static` are joined, without their comments: the live page and the lesson files hold the
same script.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sim.explain.words import TERMS
from sim.indicator import Indicator
from sim.measure.indicators import KNOWN
from sim.words.language import Language
from sim.words.pairs import texts
from sim.words.words import Words

FILE = Path(__file__).with_name("player.toml")
STATIC = Path(__file__).with_name("static")
SCRIPTS = (
    *("numbers", "replay", "marks", "road", "flows", "town", "courts", "ledger"),
    *("parts", "clock", "choosing", "curves", "player"),
)
"""Files of the player in the order in which they are joined."""
COMMENT = re.compile(r"^ *(/\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment that has its lines to itself."""

TRUE, PERCEIVED = "true_hazard", "belief_gap"
"""Two indicators in one picture: the true risk, and the log ratio of the perceived risk to it."""


@cache
def script() -> str:
    """The player as one script, which defines ``servanda.player`` and how numbers are written.

    Comments are left out, since every lesson file carries the script.
    """
    parts = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return (
        "const servanda = (() => {\n"
        + COMMENT.sub("", "\n".join(parts))
        + "\nreturn { player, large, apart };\n})();\n"
    )


@cache
def style() -> str:
    """The style sheet of the player."""
    return (STATIC / "player.css").read_text(encoding="utf-8")


def words(lang: Language) -> dict[str, Any]:
    """The texts of the player in a language; some are lists, ``terms`` is a table."""
    say = Words(lang)
    return texts(FILE, lang) | {"terms": {term: say(text) for term, text in TERMS.items()}}


def curves(
    names: Iterable[str],
    lang: Language,
    watched: Sequence[str] = (),
    known: Iterable[Indicator] = (),
) -> list[dict[str, Any]]:
    """What the player draws of each indicator: name, title, unit, whether it is a share.

    Args:
        names: Names of indicators, in the order of the curves.
        lang: Language of titles and units.
        watched: Names of those that are drawn large.
        known: Indicators of extensions.
    """
    there = KNOWN | {one.name: one for one in known}
    wanted, say = list(names), Words(lang)
    found = [
        {
            "name": name,
            "title": say.title(there[name]),
            "unit": say.axis_unit(there[name]),
            "share": there[name].unit.startswith("share"),
            "watched": name in watched,
        }
        for name in wanted
        if name != PERCEIVED or TRUE not in wanted
    ]
    for one in found:
        if one["name"] == TRUE and PERCEIVED in wanted:
            one |= {"title": words(lang)["risk"], "perceived": PERCEIVED}
    return found


def inline(data: object) -> str:
    """Data as JSON that can stand between script tags."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

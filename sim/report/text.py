"""Fitting texts: their width, wrapping, and shortening.

Widths are in letters: a Chinese character counts as two, any other as one.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile

BRIEF = 36
"""Largest width of a name in a figure: two lines of a narrow figure."""
CHINESE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
PIECE = re.compile(f"{CHINESE.pattern}|[^\\s{CHINESE.pattern[1:-1]}]+|\\s+")
"""A piece of a line: a Chinese character, a word, or the space between words."""
CLOSING = frozenset("，。、；：？！）》」』”’")
"""Chinese punctuation that must not begin a line."""


def width(text: str) -> int:
    """Width of a text, in letters."""
    return len(text) + len(CHINESE.findall(text))


def lines(text: str, most: int) -> list[str]:
    """Wrap a text to a width; words that are longer are broken."""
    found, line = [], ""
    for piece in _pieces(text, most):
        if width((line + piece).rstrip()) > most and line and piece not in CLOSING:
            found.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*found, line.rstrip()] if line.strip() or not found else found


def wrapped(text: str, most: int) -> str:
    """Wrap a text to a width, as one text with line breaks."""
    return "\n".join(lines(" ".join(text.split()), most))


def _pieces(text: str, most: int) -> Iterable[str]:
    for piece in PIECE.findall(text):
        yield from (piece[at : at + most] for at in range(0, len(piece), most))


def cut(text: str, most: int) -> str:
    """Shorten a text to a width, with an ellipsis if something is left out."""
    if width(text) <= most:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter) > most - 1:
            break
        kept += letter
    word = kept if text[len(kept)].isspace() else kept.rpartition(" ")[0]
    return f"{word.rstrip() if width(word) > most / 2 else kept.rstrip()}…"


def parted(names: Iterable[str], most: int) -> dict[str, str]:
    """Shorten names to a width. If names would become equal, cut their common beginning instead.

    Args:
        names: Full names.
        most: Largest width of a short name.
    """
    alike: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        alike.setdefault(cut(name, most), []).append(name)
    found = {}
    for brief, group in alike.items():
        pieces = [PIECE.findall(name) for name in group]
        same = 0
        if len(group) > 1:
            begins = zip(*pieces, strict=False)
            same = sum(1 for _ in takewhile(lambda these: len({*these}) == 1, begins))
            same = min(same, *(len(one) - 1 for one in pieces))
        for name, parts in zip(group, pieces, strict=True):
            rest = "".join(parts[same:]).lstrip()
            found[name] = cut(f"…{rest}", most) if same else brief
    return found


def briefs(names: Mapping[str, str], most: int = BRIEF) -> dict[str, str]:
    """A unique short name for each full name.

    Args:
        names: The text to shorten, by full name.
        most: Largest width of a short name.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, wanted in names.items():
        brief, count = cut(wanted, most), 2
        while brief in taken:
            ending = f" ({count})"
            brief, count = f"{cut(wanted, most - len(ending))}{ending}", count + 1
        found[name] = brief
        taken.add(brief)
    return found

"""Texts that must fit: how wide they are, in lines of some width, and short where they are long.

Widths are in letters: a Chinese character is two letters wide, any other one.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile

BRIEF = 36
"""Width of the longest name that a figure writes out: two lines of a narrow one."""
CHINESE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
PIECE = re.compile(f"{CHINESE.pattern}|[^\\s{CHINESE.pattern[1:-1]}]+|\\s+")
"""What a line is made of: a Chinese character, a word, or what is between words."""
CLOSING = frozenset("，。、；：？！）》」』”’")
"""Chinese marks that begin no line."""


def width(text: str) -> int:
    """How many letters wide a text is."""
    return len(text) + len(CHINESE.findall(text))


def lines(text: str, most: int) -> list[str]:
    """A text in lines that are no wider than asked; words that are wider are broken."""
    found, line = [], ""
    for piece in _pieces(text, most):
        if width((line + piece).rstrip()) > most and line and piece not in CLOSING:
            found.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*found, line.rstrip()] if line.strip() or not found else found


def wrapped(text: str, most: int) -> str:
    """The same as one text."""
    return "\n".join(lines(" ".join(text.split()), most))


def _pieces(text: str, most: int) -> Iterable[str]:
    for piece in PIECE.findall(text):
        yield from (piece[at : at + most] for at in range(0, len(piece), most))


def cut(text: str, most: int) -> str:
    """A text that is no wider than asked, with an ellipsis where something is left out."""
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
    """Names cut to a width; where several would read alike, what they begin with alike is left out.

    Args:
        names: Names in full.
        most: How wide a short one may be.
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
    """Short names that differ wherever the names do.

    Args:
        names: By name in full, the name to be shortened.
        most: How wide a short one may be.
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

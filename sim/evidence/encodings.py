"""Recognises the older encodings in which spreadsheets still save tables, by their letters.

In: the bytes of a file. Out: the bytes in UTF-8, or as they were if nothing is certain.
"""

import codecs
from collections.abc import Callable, Iterator


def decoded(data: bytes) -> bytes:
    """The bytes in UTF-8, if they are in an older encoding that its letters identify.

    A text in GB 18030 or in Windows-1252 is recognised if only one of the two gives letters that
    belong together: Chinese characters of everyday use, or Latin letters with accents.
    """
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
            return data
        found = [text for text, fits in _legacy(data) if fits(text)]
        return found[0].encode() if len(found) == 1 else data
    return data


def _legacy(data: bytes) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """The texts that older encodings give, each with the test whether it makes sense."""
    for encoding, fits in (("gb18030", _chinese), ("cp1252", _latin)):
        try:
            yield data.decode(encoding), fits
        except UnicodeDecodeError:
            continue


def _chinese(text: str) -> bool:
    """Whether all letters beyond ASCII are everyday Chinese characters, two or more in a row.

    Everyday characters are those of the first level of GB 2312, which most texts consist of.
    """
    beyond = [one for one in text if not one.isascii()]
    common = [one for one in beyond if _first_level(one)]
    return len(common) >= 0.9 * len(beyond)


def _first_level(letter: str) -> bool:
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return letter in "·—…‘’“”￥"
    return code[0] < 0xD8


def _latin(text: str) -> bool:
    """Whether all letters beyond ASCII are accented letters between ASCII letters, or signs."""
    beyond = [one for one in text if not one.isascii()]
    runs = any(not a.isascii() and not b.isascii() for a, b in zip(text, text[1:], strict=False))
    return not runs and all(one.isalpha() or one in "€£§°–—‘’“”…·" for one in beyond)

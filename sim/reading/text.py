"""Decode the text of a file in UTF-8, with or without a byte order mark.

In: bytes. Out: the text, or a one-line error that names the encoding or format found instead.
"""

import codecs

from sim.reading.file import Unreadable

SAVE = "save it with the encoding UTF-8"

MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
"""Byte order marks of other encodings."""

FORMATS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, such as an Excel workbook"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
)
"""First bytes of files that are not text, and what these files are."""
OFFICE = (
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet"),
    (b"word/", "a Word document"),
)
"""Names found inside ZIP archives that are documents, and what these documents are."""


def decoded(data: bytes, where: str) -> str:
    """Decode UTF-8 text.

    Args:
        data: Contents of the file.
        where: Name of the file, for errors.

    Raises:
        Unreadable: If it is not UTF-8 text; the message names the encoding if it can be detected.
    """
    if (kind := format_of(data)) is not None:
        raise Unreadable(where, f"this is {kind}, not a text file", "name a text file")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            raise Unreadable(where, f"the text is encoded in {encoding}", SAVE)
    try:
        # Editors on Windows begin a file with a byte order mark. TOML does not allow it.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(where, "not UTF-8 text", SAVE, line) from None
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        if utf16_without_mark(data):
            raise Unreadable(where, "the text seems to be encoded in UTF-16", SAVE)
        what = "there is a character with the code 0, which does not occur in text"
        raise Unreadable(where, what, "name a text file", line)
    return text


def format_of(data: bytes) -> str | None:
    """The format of a file that is not text; None if it may be text."""
    kind = next((kind for start, kind in FORMATS if data.startswith(start)), None)
    if kind == "a ZIP archive":
        return next((inside for part, inside in OFFICE if part in data), kind)
    return kind


def utf16_without_mark(data: bytes) -> str | None:
    """The variant of UTF-16 if most bytes at odd or at even places are 0, else None."""
    start = data[:2000]
    for half, encoding in ((start[1::2], "utf-16-le"), (start[0::2], "utf-16-be")):
        if len(half) > 1 and half.count(0) > 0.7 * len(half):
            return encoding
    return None

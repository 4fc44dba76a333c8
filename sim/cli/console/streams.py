r"""Safe output to stdout and stderr, whatever their encoding.

In: texts from any source. Out: the same texts. Control characters become visible, as in ``\x1b``,
so that no terminal interprets them. Characters that the encoding lacks become ASCII. Within
`safe_streams`, no write fails because of the encoding. If a write to stdout fails for another
reason, stdout records the reason.
"""

import codecs
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast

LACKING = {
    **dict.fromkeys("‐‑‒–—−─━┄", "-"),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╞╡╪", "+"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("·•", "."),
    **dict.fromkeys("█▇▆▅▄▃▂▁▉▊▋▌▍▎▏╸╺", "#"),
    "×": "x",
    "÷": "/",
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "±": "+-",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "\u00a0": " ",
    "\u202f": " ",
}
"""ASCII for characters that an encoding may lack; any other character becomes a question mark."""

HANDLER = "servanda"
"""Name under which encoders find `_lacking`."""

ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
    r"\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Characters that a terminal interprets (controls, escapes, text direction), and surrogates."""

MOST_COLUMNS = 1000
"""Largest value of COLUMNS that is accepted; a larger one is ignored as a mistake."""


def escaped(text: str, *, json_style: bool = False) -> str:
    r"""A text with visible control characters: ``\x1b`` for an escape. Line breaks are kept.

    Args:
        text: Any text.
        json_style: Whether to write control characters as JSON does: ``\u001b``.
    """

    def shown(match: re.Match[str]) -> str:
        code = ord(match[0])
        if json_style:
            return f"\\u{code:04x}"
        if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
            code -= 0xDC00
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

    return ACTING.sub(shown, text)


def writes_unicode(stream: TextIO | None = None) -> bool:
    """Whether a stream, by default stdout, can encode every character."""
    return _encoding(stream).startswith("utf")


def legible(text: str, stream: TextIO | None = None) -> str:
    """A text as a stream, by default stdout, can show it. Measure widths only after this."""
    text = escaped(text)
    encoding = _encoding(stream)
    return text if encoding.startswith("utf") else text.encode(encoding, HANDLER).decode(encoding)


def _encoding(stream: TextIO | None) -> str:
    name = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(name).name


def _lacking(error: UnicodeError) -> tuple[str, int]:
    """Replacement for characters that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    ascii_only = escaped("".join(LACKING.get(one, one) for one in lost)).encode("ascii", "replace")
    return ascii_only.decode(), error.end


codecs.register_error(HANDLER, _lacking)


class Watched:
    """A wrapper of a stream that records why a write failed.

    Args:
        stream: The stream to wrap.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.failed: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        """Any other attribute of the stream."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write a text."""
        with self._noting():
            return self._stream.write(text)

    def flush(self) -> None:
        """Flush the stream."""
        with self._noting():
            self._stream.flush()

    def drop(self) -> None:
        """Discard what is buffered, so that Python does not try to write it again at exit."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.failed = error
            raise


@contextmanager
def safe_streams() -> Iterator[Watched]:
    """Make stdout and stderr accept any text. Yields stdout, which records a failed write."""
    kept = sys.stdout
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before the program started
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors=HANDLER)
    columns = os.environ.get("COLUMNS", "")
    if columns and not (columns.isdecimal() and 0 < int(columns) <= MOST_COLUMNS):
        del os.environ["COLUMNS"]
    watched = Watched(sys.stdout)
    sys.stdout = cast("TextIO", watched)
    try:
        yield watched
    finally:
        with suppress(OSError):
            watched.flush()
        if watched.failed:
            watched.drop()
        sys.stdout = kept

"""What a user sees of an error is one line that any terminal can show."""

import pytest

from sim.errors import ServandaError


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\nb", "a b"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202egnp", "\\u202egnp"),
        ("\u1680", "\\u1680"),
        ("x\u00a0y", "x\\xa0y"),
        ("中文 name", "中文 name"),
    ],
)
def test_what_cannot_be_told_apart_or_shown_is_escaped(given: str, shown: str) -> None:
    text = str(ServandaError(given, "is wrong"))
    assert text == f"{shown}: is wrong"
    assert text.isprintable()

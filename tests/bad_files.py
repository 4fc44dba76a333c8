"""Bad files as data: ``tests/bad`` holds texts, each above the lines that are expected about it."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "bad"
EXPECTS = "# expects: "


def bad_files(name):
    """The cases of one file, for `pytest.mark.parametrize`: a text, and the lines expected.

    Above a line of dashes stand the sound lines with which each text begins. Each case is a text,
    then its expectations, then an empty line. Where ``…`` stands, anything may.
    """
    head, _, rest = (FOLDER / name).read_text(encoding="utf-8").partition("# ----\n\n")
    cases, text, expected = [], [], []
    for line in [*rest.splitlines(), ""]:
        if line.startswith(EXPECTS):
            expected.append(line.removeprefix(EXPECTS))
        elif expected:
            label = expected[0].partition(": ")[2].partition("; ")[0][:70]
            cases.append(pytest.param(head + "\n".join(text) + "\n", expected, id=label))
            text, expected = [], []
        else:
            text.append(line)
    assert not text, f"{name}: the last text expects nothing"
    return cases


def agree(told, expected):
    """Whether lines are those expected."""
    if len(told) != len(expected):
        return False
    for line, wanted in zip(told, expected, strict=True):
        begin, more, middle = wanted.partition("…")
        if not (line.startswith(begin) and middle.strip() in line if more else line == wanted):
            return False
    return True

"""Scenario files for tests, and what is said about them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.reading.file import load

SOUND = 'format = 1\ntitle = "T"\n[kinds.person]\nshare = 1.0\n'
"""The least that a file must say, in four lines."""

Write = Callable[..., Path]
Complain = Callable[..., list[str]]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file below the working folder: four sound lines, then the text given."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "w.toml", head: str = SOUND) -> Path:
        Path(name).write_text(head + text, encoding="utf-8")
        return Path(name)

    return written


@pytest.fixture
def complaints(write: Write) -> Complain:
    """The lines that are said about a file with four sound lines and then the text given."""

    def said(text: str, *overrides: str, head: str = SOUND) -> list[str]:
        with pytest.raises(ScenarioErrors) as caught:
            load(write(text, head=head), overrides=overrides)
        assert str(caught.value) == "\n".join(map(str, caught.value.errors))
        return [str(error) for error in caught.value.errors]

    return said

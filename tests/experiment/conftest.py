"""Experiment files for tests, and what is said about them."""

from pathlib import Path

import pytest

from sim.experiment.reading.file import load_experiment
from sim.scenario.checking.check import ScenarioErrors


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file into the working folder."""
    monkeypatch.chdir(tmp_path)

    def written(text, name="e.toml"):
        Path(name).write_text(text, encoding="utf-8")
        return Path(name)

    return written


@pytest.fixture
def complaints(write):
    """What is said about a file."""

    def said(text):
        with pytest.raises(ScenarioErrors) as caught:
            load_experiment(write(text))
        return str(caught.value).splitlines()

    return said

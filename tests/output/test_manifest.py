"""Claims about what a manifest says of files: their names, and nothing of the machine."""

from pathlib import Path

from sim.runs.output.manifest import names_of, without_paths
from sim.scenario.reading.shipped import folder


def test_files_are_told_by_name_and_not_by_where_they_lie():
    paths = ["/data/me/work/mine.toml", "/data/me/other/mine.toml", str(folder() / "village.toml")]
    named = names_of([*paths, paths[0]])
    assert list(named.values()) == ["mine.toml", "mine.toml (2)", "scenarios/village.toml"]
    assert list(named) == paths


def test_what_is_shipped_is_known_wherever_the_working_folder_is(monkeypatch):
    monkeypatch.chdir(folder())
    assert names_of(["village.toml"]) == {"village.toml": "scenarios/village.toml"}


def test_warnings_have_names_too():
    named = names_of(["/data/me/mine.toml", "/data/me/mine.toml.py"])
    told = without_paths("/data/me/mine.toml.py: odd; see /data/me/mine.toml", named)
    assert told == "mine.toml.py: odd; see mine.toml"
    assert str(Path.home()) not in told

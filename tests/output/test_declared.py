"""Claims about manifests: what they must say is there, and what was changed in them is noticed."""

import json
import os
import shutil

import pytest

import sim
from sim.errors import ServandaError
from sim.runs.output import declared
from sim.runs.output.manifest import names_of, without_paths
from sim.runs.output.opened import LARGEST, content
from sim.scenario.reading.shipped import folder
from tests.good_folders import small, small_run


@pytest.fixture(scope="module", params=[small, small_run])
def good(request, tmp_path_factory):
    """The folder of a sweep, and that of a run."""
    return request.param(tmp_path_factory.mktemp("good") / "folder")


@pytest.fixture
def manifest(good, tmp_path):
    """The manifest of a copy of it."""
    (found,) = shutil.copytree(good, tmp_path / "folder").glob("*.json")
    return found


def refusal(manifest, text):
    """What is said when this is written in its place."""
    manifest.write_text(text if isinstance(text, str) else json.dumps(text), "utf-8")
    with pytest.raises(ServandaError) as caught:
        sim.results(manifest.parent)
    assert "\n" not in str(caught.value)
    assert caught.value.where == str(manifest)
    return str(caught.value)


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("schema", 0, "'schema': input should be greater than or equal to 1"),
        ("schema", None, "'schema': input should be a valid integer"),
        ("schema", 2, "written by a newer Servanda, in schema 2"),
        ("title", 7, "'title': input should be a valid string; it is 7"),
        ("cpu", {"a": 1}, "'cpu': input should be a valid string"),
        ("code", "x" * 999 + "\x1b[31m", "was altered"),
    ],
)
def test_a_manifest_with_an_odd_value_is_refused_with_its_key(manifest, key, value, wanted):
    told = json.loads(manifest.read_text("utf-8"))
    assert wanted in refusal(manifest, told | {key: value})


def test_a_manifest_needs_its_keys_but_one_of_an_earlier_version_has_no_seal(manifest):
    told = json.loads(manifest.read_text("utf-8"))
    for key in ("schema", "title", "code", "versions"):
        less = {name: value for name, value in told.items() if name != key}
        assert f"'{key}': field required" in refusal(manifest, less)
    del told[declared.SEAL]
    manifest.write_text(json.dumps(told | {"title": "another"}), "utf-8")
    assert sim.results(manifest.parent).manifest["title"] == "another"


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "\0", '{"schema": NaN}', '{"schema": 1e999}'),
        *("[" * 100_000, '{"a":' * 900 + "1" + "}" * 900, "[]", "null"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_manifest_is_said_in_a_line(manifest, text):
    told = refusal(manifest, text)
    assert "is not a manifest of" in told
    assert told.endswith("it is not a JSON object") == (text in {"[]", "null"})


def test_files_of_results_are_regular_no_links_and_not_without_end(tmp_path):
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert content(tmp_path / "file") == b"text"
    refused = {"link": "is a link", "loop": "is a link", "pipe": "is not a regular file"}
    refused |= {"large": "is larger than", "folder": "is not a regular file|cannot be read"}
    for name, wanted in (refused | {"/dev/zero": "is not a regular file"}).items():
        if (tmp_path / name).exists() or name == "loop":
            with pytest.raises(ServandaError, match=f"{name}: ({wanted})"):
                content(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        content(tmp_path / "none")


def test_files_are_told_by_name_and_not_by_where_they_lie(monkeypatch):
    paths = ["/data/me/work/mine.toml", "/data/me/other/mine.toml", str(folder() / "village.toml")]
    named = names_of([*paths, paths[0]])
    assert list(named.values()) == ["mine.toml", "mine.toml (2)", "scenarios/village.toml"]
    assert list(named) == paths
    monkeypatch.chdir(folder())
    assert names_of(["village.toml"]) == {"village.toml": "scenarios/village.toml"}
    told = without_paths(f"{paths[1]}: odd; see {paths[0]}", names_of(paths))
    assert told == "mine.toml (2): odd; see mine.toml"

"""Claims about manifests: what they must say is there, and what was changed in them is noticed."""

import json
import os

import pytest

import sim
from sim.errors import ServandaError
from sim.runs.output import declared
from sim.runs.output.opened import LARGEST, content
from tests.good_folders import small, small_run


@pytest.fixture(params=["experiment.json", "manifest.json"])
def manifest(request, tmp_path):
    """The manifest of a sweep, and that of a run."""
    make = small if request.param == "experiment.json" else small_run
    return make(tmp_path / "folder") / request.param


def refusal(manifest):
    with pytest.raises(ServandaError) as caught:
        sim.results(manifest.parent)
    assert "\n" not in str(caught.value)
    assert caught.value.where == str(manifest)
    return str(caught.value)


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("schema", 0, "greater than or equal to 1"),
        ("schema", -1, "greater than or equal to 1"),
        ("schema", "1", "valid integer"),
        ("schema", 1.9, "valid integer"),
        ("schema", True, "valid integer"),
        ("schema", None, "valid integer"),
        ("schema", 2, "written by a newer Servanda, in schema 2"),
        ("title", 7, "valid string; it is 7"),
        ("versions", [], "valid dictionary"),
        ("cpu", {"a": 1}, "valid string"),
        ("code", "x" * 999 + "\x1b[31m", "was altered"),
    ],
)
def test_a_manifest_with_an_odd_value_is_refused_with_its_key(manifest, key, value, wanted):
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(told | {key: value}), "utf-8")
    found = refusal(manifest)
    assert wanted in found
    assert "altered" in found or "newer" in found or f"'{key}'" in found


def test_a_manifest_without_a_key_is_refused_with_its_key(manifest):
    told = json.loads(manifest.read_text("utf-8"))
    for key in ("schema", "title", "code", "versions"):
        manifest.write_text(json.dumps({k: v for k, v in told.items() if k != key}), "utf-8")
        assert f"'{key}': field required" in refusal(manifest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "\0",
        '{"schema": Infinity}',
        '{"schema": NaN}',
        '{"schema": 1e999}',
        '{"schema": ' + "1" * 5_000 + "}",
        "[" * 100_000,
        '{"a":' * 900 + "1" + "}" * 900,
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_manifest_is_said_in_a_line(manifest, text):
    manifest.write_text(text, "utf-8")
    assert "is no manifest of" in refusal(manifest)


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "3"])
def test_a_manifest_that_is_no_object_is_refused_in_words(manifest, text):
    manifest.write_text(text, "utf-8")
    assert refusal(manifest).endswith("it is no JSON object")


def test_a_manifest_of_bytes_that_are_no_text_is_said_in_a_line(manifest):
    manifest.write_bytes(b"\xff\xfe\xfa")
    assert "is no manifest of" in refusal(manifest)


def test_a_manifest_without_a_seal_is_one_of_an_earlier_version(manifest):
    told = json.loads(manifest.read_text("utf-8"))
    del told[declared.SEAL]
    manifest.write_text(json.dumps(told | {"title": "another"}), "utf-8")
    assert sim.results(manifest.parent).manifest["title"] == "another"


def test_numbers_that_are_not_finite_are_not_written():
    with pytest.raises(ValueError, match="Out of range"):
        declared.text({"a": float("inf")})


# ---------------------------------------------------------------- files


def test_files_of_results_are_not_read_through_links_nor_are_they_pipes(tmp_path):
    (tmp_path / "file").write_bytes(b"text")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert content(tmp_path / "file") == b"text"
    for name, wanted in {"link": "a link", "loop": "a link", "pipe": "no regular file"}.items():
        with pytest.raises(ServandaError, match=f"{name}: is {wanted}"):
            content(tmp_path / name)
    with pytest.raises(ServandaError, match=r"is no regular file|cannot be read"):
        content(tmp_path / "folder")
    with pytest.raises(FileNotFoundError):
        content(tmp_path / "none")


def test_a_file_of_results_is_not_read_without_end(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ServandaError, match="is larger than"):
        content(tmp_path / "large")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device")  # noqa: PTH110
def test_a_device_is_no_file_of_results(tmp_path):
    with pytest.raises(ServandaError, match="no regular file"):
        content(type(tmp_path)("/dev/zero"))

"""Claims about reading: files, parents, overrides, and what cannot be read."""

import errno
import os
from pathlib import Path

import pytest

from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.reading.file import load, source_text

HEAD = 'format = 1\ntitle = "C"\n'
POLICY = "[[policies]]\nname = '{}'\nadd = {{ sanctions.fine_rate = 0.1 }}\n".format


def said(source, **options) -> str:
    with pytest.raises(ScenarioErrors) as caught:
        load(source, **options)
    return str(caught.value)


def test_a_child_changes_only_what_it_names_and_keeps_the_texts_of_both(write, tmp_path) -> None:
    (tmp_path / "deep").mkdir()
    base = write("# a word\n[run]\nmonths = 5\nseed = 7\n" + POLICY("a"), "deep/base.toml")
    text = 'extends = "base.toml"\n[run]\nmonths = 6\n' + POLICY("b")
    child = write(text, "deep/c.toml", HEAD)
    found = load(child)
    assert (found.run.months, found.run.seed, found.title) == (6, 7, "C")
    assert [p.name for p in found.policies] == ["a", "b"]
    assert source_text(child) == {str(p): p.read_text(encoding="utf-8") for p in (child, base)}


@pytest.mark.parametrize(
    ("text", "head", "line"),
    [
        ('extends = "none.toml"', HEAD, "c.toml:3: extends: there is no file none.toml"),
        ('extends = "china_2061"', HEAD, "c.toml:3: extends: there is no scenario 'china_2061'"),
        ('extends = "b.toml"', HEAD, "b.toml:3: extends: the files extend each other in a circle"),
        ("", "", "c.toml: the file is empty; a scenario file begins with 'format = 1'"),
    ],
)
def test_what_is_wrong_with_a_file_or_its_parent_is_told_where_it_stands(
    write, text, head, line
) -> None:
    write("", "base.toml")
    write('extends = "c.toml"\n', "b.toml", HEAD)
    write(text + "\n", "c.toml", head)
    assert said("c.toml").startswith(line)


def test_what_is_no_readable_text_is_refused_in_a_line(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "w.toml"
    assert said(path) == f"{path}: there is no such file"
    assert said(tmp_path) == f"{tmp_path}: this is a folder, not a scenario file; name another file"
    text = f'{HEAD}author = "判决"\n[kinds.person]\nshare = 1\n'
    path.write_bytes(text.encode("gb18030"))
    assert said(path) == f"{path}:3: not UTF-8 text; save it with the encoding UTF-8"
    path.write_text(text, encoding="utf-8-sig")  # a mark of byte order does no harm
    assert load(path).title == "C"

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Permissions do not hold the superuser, so they are played.
    monkeypatch.setattr(os, "open", refuse)
    line = "permission to read it is denied; change its permissions, or name another file"
    assert said(path) == f"{path}: {line}"


def test_of_several_parents_the_later_holds_and_all_policies_follow_in_order(write) -> None:
    write("[choice]\nnoise = 0.1\nattention = 0.1\n[run]\nmonths = 9\n", "base.toml")
    over = HEAD + 'extends = "base.toml"\n'
    write("[choice]\nnoise = 0.2\nattention = 0.2\n" + POLICY("a"), "a.toml", over)
    write("[choice]\nnoise = 0.3\n" + POLICY("b"), "b.toml", over)
    child = load(write(POLICY("c"), "c.toml", HEAD + 'extends = ["a.toml", "b.toml"]\n'))
    # What both extend stands below both, though it was read between them.
    assert (child.choice.noise, child.choice.attention, child.run.months) == (0.3, 0.2, 9)
    assert [policy.name for policy in child.policies] == ["a", "b", "c"]


def test_files_in_a_row_and_in_all_are_bounded(write) -> None:
    for number in range(30):
        write(f'extends = "c{number + 1}.toml"\n', f"c{number}.toml", HEAD)
    write("", "c30.toml")
    told = "too many files extend each other; at most 20 in a row and 100 in total are allowed"
    assert told in said("c0.toml")
    assert load("c15.toml").kinds.person.share == 1.0


@pytest.mark.parametrize("name", ["/base.toml", "sub/../../base.toml", "link.toml"])
def test_a_parent_lies_beside_its_child_or_below(write, tmp_path: Path, name: str) -> None:
    (tmp_path / "home" / "sub").mkdir(parents=True)
    write("", "base.toml")
    (tmp_path / "home" / "link.toml").symlink_to(tmp_path / "base.toml")
    line = said(write(f'extends = "{name}"\n', "home/c.toml", HEAD))
    assert line.startswith(f'home/c.toml:3: extends: "{name}": ')
    assert line.endswith("a file may only name files in its own folder or below it")


def test_values_of_python_that_no_file_can_hold_are_refused_in_words():
    assert "should be a name, a file or a mapping, not of the type int" in said(5)
    assert "out of range" in said("village", overrides={"population.size": 10**400})
    tables = {"extends": "village"}
    tables["run"] = tables
    assert "nested too deeply" in said(tables)

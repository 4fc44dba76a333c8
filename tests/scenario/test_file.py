"""Claims about reading: files, parents, overrides, and what cannot be read."""

import errno
import os
from pathlib import Path

import pytest

from sim.experiment.reading.file import load_experiment
from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.reading.file import load, source_text

HEAD = 'format = 1\ntitle = "C"\n'


def said(source, **options) -> str:
    with pytest.raises(ScenarioErrors) as caught:
        load(source, **options)
    return str(caught.value)


def test_a_child_changes_only_what_it_names(write) -> None:
    write("[run]\nmonths = 5\nseed = 7\n", "base.toml")
    child = load(write('extends = "base.toml"\n[run]\nmonths = 6\n', "c.toml", HEAD))
    assert (child.run.months, child.run.seed, child.title) == (6, 7, "C")


def test_a_child_s_policies_follow_its_parent_s(write) -> None:
    policy = "[[policies]]\nname = '{}'\nadd = {{ sanctions.fine_rate = 0.1 }}\n"
    write(policy.format("a"), "base.toml")
    text = 'extends = "base.toml"\n' + policy.format("b")
    child = load(write(text, "c.toml", HEAD))
    assert [p.name for p in child.policies] == ["a", "b"]


def test_a_parent_is_found_from_its_child_s_folder(write, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write("", "deep/base.toml")
    assert load(write('extends = "base.toml"\n', "deep/c.toml", HEAD)).kinds.person.share == 1.0


def test_an_error_in_a_parent_names_the_parent_s_line(write) -> None:
    write("[run]\nmonths = 0\n", "base.toml")
    write('extends = "base.toml"\n[choice]\nnoise = -1\n', "c.toml", HEAD)
    lines = said("c.toml").split("\n")
    assert [line.split(" ")[0] for line in lines] == ["c.toml:5:", "base.toml:6:"]


def test_an_error_in_a_later_policy_names_the_child_s_line(write) -> None:
    write("[[policies]]\nname='a'\nadd = {sanctions.fine_rate=0.1}\n", "base.toml")
    write("extends = 'base.toml'\n[[policies]]\nname='b'\nstart=0\n", "c.toml", HEAD)
    assert said("c.toml").startswith("c.toml:6: policies.1.start: 0 is out of range")


def test_a_missing_parent_is_told_where_it_is_named(write) -> None:
    write('extends = "none.toml"\n', "c.toml", HEAD)
    assert said("c.toml") == "c.toml:3: extends: there is no file none.toml"


def test_an_unknown_parent_is_guessed(write) -> None:
    write('extends = "china_2061"\n', "c.toml", HEAD)
    line = "c.toml:3: extends: there is no scenario 'china_2061'; did you mean 'china_2016'?"
    assert said("c.toml") == line


def test_a_circle_is_told_with_its_files(write) -> None:
    write('extends = "b.toml"\n', "a.toml", HEAD)
    write('extends = "a.toml"\n', "b.toml", HEAD)
    line = "b.toml:3: extends: the files extend each other in a circle: a.toml → b.toml → a.toml"
    assert said("a.toml") == line


def test_broken_toml_is_told_with_its_line(complaints) -> None:
    (line,) = complaints("[run]\nmonths 3\n")
    assert line.startswith("w.toml:6: not valid TOML: expected '='")


def test_toml_that_stops_too_early_is_told_with_its_last_line(complaints) -> None:
    (line,) = complaints("[run]\nmonths = [3\n")
    assert line.startswith("w.toml:6: not valid TOML")


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_bytes('format = 1\ntitle = "判决"\n'.encode("gb18030"))
    line = f"{path}:2: not UTF-8 text; save it with the encoding UTF-8"
    assert said(path) == line


def test_a_mark_of_byte_order_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(f"{HEAD}[kinds.person]\nshare = 1\n", encoding="utf-8-sig")
    assert load(path).title == "C"


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.toml"
    path.write_text(text, encoding="utf-8")
    assert said(path) == f"{path}: the file is empty"


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    assert said(tmp_path) == f"{tmp_path}: this is a folder, not a scenario file; name another file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert said(tmp_path / "w.toml") == f"{tmp_path / 'w.toml'}: there is no such file"


def test_a_file_that_may_not_be_read(write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = write("")
    # Permissions do not hold the superuser, so they are played.
    monkeypatch.setattr(os, "open", refuse)
    line = "w.toml: permission to read it is denied; change its mode, or name another file"
    assert said(path) == line


def test_a_file_must_say_its_format_and_title(complaints) -> None:
    assert complaints("[kinds.person]\nshare = 1\n", head="") == [
        "w.toml:1: format: missing; write format = 1 at the top",
        'w.toml:1: title: missing; write title = "…" at the top',
    ]


def test_a_parent_s_title_does_not_do_for_its_child(write) -> None:
    write("", "base.toml")
    write('extends = "base.toml"\n', "c.toml", "format = 1\n")
    assert said("c.toml").startswith("c.toml:1: title: missing")


def test_a_newer_format_is_refused(complaints) -> None:
    (line,) = complaints("new_key = 1\n", head='title = "T"\nformat = 2\n')
    what = "format 2 is newer than this version of Servanda reads, which is 1"
    assert line == f"w.toml:2: format: {what}; install a newer Servanda"


@pytest.mark.parametrize("wrong", ['"1"', "true", "0", "1.5"])
def test_a_wrong_format_is_refused(complaints, wrong: str) -> None:
    (line,) = complaints("[kinds.person]\nshare = 1", head=f'format = {wrong}\ntitle = "T"\n')
    assert line == f"w.toml:1: format: should be 1, not {wrong}"


def test_the_text_of_a_file_and_its_parents_is_kept(write) -> None:
    base = write("# a word\n", "base.toml")
    child = write('extends = "base.toml"\n', "c.toml", HEAD)
    texts = source_text(child)
    assert texts == {str(p): p.read_text(encoding="utf-8") for p in (child, base)}


def test_a_mapping_is_left_as_it_was() -> None:
    given = {"kinds": {"person": {"share": 1.0}}}
    load(given, overrides={"kinds.person.income": 5})
    assert given == {"kinds": {"person": {"share": 1.0}}}


def test_of_several_parents_the_later_holds_and_all_policies_follow_in_order(write) -> None:
    policy = "[[policies]]\nname='{0}'\nadd={{ sanctions.fine_rate = 0.1 }}\n"
    write("[choice]\nnoise = 0.1\nattention = 0.1\n[run]\nmonths = 9\n", "base.toml")
    over = HEAD + 'extends = "base.toml"\n'
    write("[choice]\nnoise = 0.2\nattention = 0.2\n" + policy.format("a"), "a.toml", over)
    write("[choice]\nnoise = 0.3\n" + policy.format("b"), "b.toml", over)
    child = load(write(policy.format("c"), "c.toml", HEAD + 'extends = ["a.toml", "b.toml"]\n'))
    # What both extend stands below both, though it was read between them.
    assert (child.choice.noise, child.choice.attention, child.run.months) == (0.3, 0.2, 9)
    assert [policy.name for policy in child.policies] == ["a", "b", "c"]


def test_a_fault_of_what_is_extended_over_two_ways_is_told_once(write) -> None:
    write("[choice]\nnoise = -1\n", "base.toml", "format = 1\n[kinds.person]\nshare = 1.0\n")
    for name in ("a.toml", "b.toml"):
        write('extends = "base.toml"\n', name, HEAD)
    write('extends = ["a.toml", "b.toml"]\n', "c.toml", HEAD)
    assert said("c.toml").splitlines() == [
        'base.toml:1: title: missing; write title = "…" at the top',
        "base.toml:5: choice.noise: -1 is out of range; give 0 to 2 (share of payable)",
    ]


def test_what_is_extended_over_many_ways_is_read_once_and_stands_below_all(write) -> None:
    write("[run]\nseed = 1\nmonths = 1\n", "root.toml")
    for level in range(12):
        below = [f"{level - 1}a.toml", f"{level - 1}b.toml"] if level else ["root.toml"]
        write(f"extends = {below}\n[run]\nmonths = {level + 10}\n", f"{level}a.toml", HEAD)
        write(f"extends = {below}\n[run]\nseed = {level + 10}\n", f"{level}b.toml", HEAD)
    found = load("11b.toml").run
    assert (found.months, found.seed) == (20, 21)


def test_files_in_a_row_and_in_all_are_bounded(write) -> None:
    for number in range(30):
        write(f'extends = "c{number + 1}.toml"\n', f"c{number}.toml", HEAD)
    write("", "c30.toml")
    assert "too many files extend each other; 20 in a row and 100 in all are read" in said(
        "c0.toml"
    )
    assert load("c15.toml").kinds.person.share == 1.0


@pytest.mark.parametrize("name", ["../base.toml", "/base.toml", "sub/../../base.toml", "link.toml"])
def test_a_parent_lies_beside_its_child_or_below(write, tmp_path: Path, name: str) -> None:
    (tmp_path / "home" / "sub").mkdir(parents=True)
    write("", "base.toml")
    (tmp_path / "home" / "link.toml").symlink_to(tmp_path / "base.toml")
    line = said(write(f'extends = "{name}"\n', "home/c.toml", HEAD))
    assert line.startswith(f'home/c.toml:3: extends: "{name}": ')
    assert line.endswith("a file may only name files in its own folder or below it")


@pytest.mark.parametrize(
    ("source", "overrides", "line"),
    [
        (5, (), "should be a name, a file or a mapping, not of the type int"),
        ("village", [1], "1: should be path=value"),
        ("village", {"population.size": 10**400}, "a number beyond 1e308 is out of range"),
    ],
)
def test_values_of_python_that_no_file_can_hold_are_refused_in_words(source, overrides, line):
    with pytest.raises(ScenarioErrors, match=line):
        load(source, overrides=overrides)


def test_tables_that_hold_themselves_are_refused_in_words():
    tables = {"extends": "village"}
    tables["run"] = tables
    for read in (load, load_experiment):
        with pytest.raises(ScenarioErrors, match="nested without end"):
            read(tables)

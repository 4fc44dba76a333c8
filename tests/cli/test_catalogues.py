"""Claims about the lists: levers, indicators, scenarios, experiments, and all about one of them."""

import json

import pytest
from rich.cells import cell_len

from sim.cli.inspect.levers import MODES
from sim.experiment.reading.shipped import shipped as experiments
from sim.levers.catalogue import catalogue
from sim.measure.indicators import INDICATORS
from sim.scenario.reading.shipped import shipped as scenarios

PATHS = [entry.path for entry in catalogue()]
LISTS = {
    "levers": PATHS,
    "indicators": [one.name for one in INDICATORS],
    "scenarios": list(scenarios()),
    "experiments": list(experiments()),
}


def first_words(text):
    return [line.partition(" ")[0] for line in text.splitlines() if line[:1].strip()]


@pytest.mark.parametrize("command", LISTS)
def test_everything_is_listed_whole_within_80_columns(call, command):
    shown = call(command).stdout
    assert not [name for name in LISTS[command] if name not in first_words(shown)]
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "…" not in shown


@pytest.mark.parametrize("command", LISTS)
def test_everything_is_listed_for_programs(call, command):
    rows = json.loads(call(command, "--json").stdout)
    key = "path" if command == "levers" else "name"
    assert [row[key] for row in rows] == LISTS[command]


def test_the_list_of_levers_has_hardly_more_lines_than_levers(call):
    assert len(call("levers").stdout.splitlines()) < 1.6 * len(PATHS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("comprehensive", "comprehensive.officers"),  # a mode, by its name in files
        ("Special campaigns", "special."),  # and by its title
        ("综合治理", "comprehensive.officers"),  # and by its Chinese one
        ("LIST_RATE", "comprehensive.list_rate"),  # a part of a path, in any case
        ("enforcement officers", "comprehensive.officers"),  # a title
        ("执行人员", "comprehensive.officers"),  # a Chinese title
    ],
)
def test_levers_are_found_by_any_of_their_names(call, text, found):
    rows = [row["path"] for row in json.loads(call("levers", text, "--json").stdout)]
    assert any(path.startswith(found) for path in rows)
    assert len(rows) < len(PATHS)


def test_a_text_that_finds_nothing_is_refused_with_what_is_near(call):
    done = call("levers", "comprehensive.oficers")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean 'comprehensive.officers'?" in done.stderr


def test_every_mode_has_its_names():
    assert not [entry.mode for entry in catalogue() if entry.mode not in MODES]


def test_all_about_a_lever_is_told(call):
    for entry in catalogue():
        shown = "".join(call("lever", entry.path).stdout.split())
        limits = f"{entry.lever.low:g}to{entry.lever.high:g}"
        for part in (entry.path, entry.lever.title, entry.lever.zh, entry.lever.unit, limits):
            assert "".join(part.split()) in shown


def test_a_lever_answers_to_the_part_after_the_dot(call):
    told = json.loads(call("lever", "officers", "--json").stdout)
    assert told["path"] == "comprehensive.officers"


def test_a_lever_that_was_renamed_is_told_so(call):
    done = call("lever", "special.special_subjects")
    assert done.exit_code == 2
    assert "it is called 'special.public_bodies'" in done.stderr


@pytest.mark.parametrize(("command", "name"), [("lever", "oficers"), ("indicator", "refusl")])
def test_a_mistyped_name_is_refused_with_the_nearest(call, command, name):
    done = call(command, name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"there is no {command} '{name}'; did you mean" in done.stderr


def test_what_an_indicator_divides_is_told(call):
    rows = json.loads(call("indicators", "--json").stdout)
    for row, one in zip(rows, INDICATORS, strict=True):
        assert (row["numerator"], row["denominator"]) == one.formula()
        assert all(row[part] for part in ("title", "zh", "unit", "window"))
    shown = " ".join(call("indicator", "recovery").stdout.split())
    assert "numerator closed_recovered denominator closed_claimed" in shown


@pytest.mark.parametrize(
    ("command", "name", "word"),
    [("scenarios", "village", "two courts"), ("experiments", "six_modes", "factorial")],
)
def test_of_a_single_file_all_is_told(call, command, name, word):
    assert word in " ".join(call(command, name).stdout.split())
    assert len(json.loads(call(command, name, "--json").stdout)) == 1

"""Claims about how commands write tables and sentences for people, and values for programs."""

import json
import math

import numpy as np
import pytest
from rich.cells import cell_len

from sim.cli.console.writing import Column, print_json, say, table, width

LONG = "institutions.government_weight"
CHINESE = "有能力而拒不履行率与执行到位率" * 3


def lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_no_line_of_a_table_in_a_pipe_is_longer_than_80_columns_or_ends_with_blanks(capsys):
    rows = [[LONG, "1.25", CHINESE, "a sentence with many words " * 4], ["short", "2", "短", ""]]
    table([Column("lever", whole=True), Column("value", right=True), "zh", "about"], rows)
    found = lines(capsys)
    assert max(map(cell_len, found)) <= 80
    assert not [line for line in found if line != line.rstrip()]
    assert any(line.startswith(f"{LONG}  ") for line in found)


def test_nothing_of_a_cell_is_cut_even_where_whole_columns_do_not_fit(capsys):
    names = ["x" * 60, "y" * 50]
    table([Column("one", whole=True), Column("other", whole=True)], [names])
    found = lines(capsys)[2:]
    assert max(map(cell_len, found)) <= 80
    written = "".join("".join(line.split()) for line in found)
    assert [written.count(letter) for letter in "xy"] == [60, 50]


@pytest.mark.parametrize(
    ("columns", "least", "most"),
    [(text, 40, 120) for text in ("0", "wide", "9" * 11)] + [("60", 60, 60)],
)
def test_a_width_is_kept_if_it_can_be(monkeypatch, capsys, columns, least, most):
    monkeypatch.setenv("COLUMNS", columns)
    assert least <= width() <= most
    say("word " * 40)
    table(["name"], [["something"]])
    found = lines(capsys)
    assert max(map(len, found)) <= most
    assert "something" in found


def test_a_name_cannot_act_on_the_terminal(capsys):
    evil = "red\x1b[31m, bell\x07, eight bits\x9b2J, turned\u202e, byte\udcff"
    table(["name"], [[evil]], title=evil, notes=[evil])
    say(evil)
    found = capsys.readouterr().out
    assert not set(found) & set("\x1b\x07\x9b\u202e\udcff")
    assert found.count(r"red\x1b[31m, bell\x07, eight bits\x9b2J, turned\u202e, byte\xff") == 4


def test_json_suits_a_strict_reader_and_a_terminal(capsys):
    odd = {"nan": math.nan, "inf": np.float64(math.inf), "n": np.int64(3), "many": (1.5, None)}
    text = "中文 \x1b[31m \x9b \x7f \u202e"
    print_json(odd | {text: text})
    said = capsys.readouterr().out

    def refuse(constant):
        raise AssertionError(constant)

    told = json.loads(said, parse_constant=refuse)
    assert told == {"nan": None, "inf": None, "n": 3, "many": [1.5, None], text: text}
    assert "中文" in said
    assert not set(said) & set("\x1b\x9b\x7f\u202e")

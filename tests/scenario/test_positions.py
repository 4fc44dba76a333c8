"""Claims about positions: every path of a TOML text has the line on which it stands."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.reading.positions import positions

TEXT = '''# a comment with [brackets] and = signs
title = "a = b # no comment"   # [not.a.header]
text = """
[not.a.header]
key = 1 \\""" still
"""
raw = \'\'\'
[no]
\'\'\'
"quoted.key" = 1
a.b."c" = 1.5

[levers.sanctions]  # yes
late_interest = 1979-05-27 07:32:00
[[policies]]
name = "one"
[policies.set]
sanctions.fine_rate = 0.5
[[policies]]
set = { "sanctions.fine_rate" = 1, x = { y = [1, 2] } }
districts = [
  0,  # the first
  [1, "]"],
  2,
]
last = ""
'''
LINES = {
    "title": 2, "text": 3, "raw": 7, "quoted.key": 10, "a.b.c": 11, "levers": 13,
    "levers.sanctions": 13, "levers.sanctions.late_interest": 14, "policies": 15, "policies.0": 15,
    "policies.0.name": 16, "policies.0.set": 17, "policies.0.set.sanctions.fine_rate": 18,
    "policies.1": 19, "policies.1.set.sanctions.fine_rate": 20, "policies.1.set.x.y.1": 20,
    "policies.1.districts": 21, "policies.1.districts.0": 22, "policies.1.districts.1.1": 23,
    "policies.1.districts.2": 24, "policies.1.last": 26,
}  # fmt: skip


def test_a_path_stands_on_its_line() -> None:
    found = positions(TEXT)
    assert {path: found[path] for path in LINES} == LINES
    # Carriage returns move no line, and an array of inline tables is numbered.
    assert positions("a = 1\r\n\r\nb = 2\r\n") == {"a": 1, "b": 3}
    assert positions("p = [\n{ a = 1 },\n{ a = 2 }]")["p.1.a"] == 3


keys = st.text("abcdef_-1", min_size=1, max_size=4)
words = st.text("ab #[]{}=,.'", max_size=6).map(lambda text: f'"{text}"')
values = st.recursive(
    st.one_of(st.sampled_from(["1", "-2.5e3", "true", "2016-01-01"]), words),
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda items: f"[{','.join(items)}]"),
        st.dictionaries(keys, below, max_size=3).map(
            lambda table: "{" + ", ".join(f"{k} = {v}" for k, v in table.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@given(st.dictionaries(keys, st.dictionaries(keys, values, max_size=3), max_size=3))
def test_every_path_that_toml_reads_has_a_line(tables: dict[str, dict[str, str]]) -> None:
    lines = []
    for table, pairs in tables.items():
        lines += [f"[{table}]", *(f"{key} = {value}" for key, value in pairs.items())]
    found = positions("\n".join(lines))
    for table, pairs in tomllib.loads("\n".join(lines)).items():
        assert lines[found[table] - 1] == f"[{table}]"
        for key in pairs:
            assert lines[found[f"{table}.{key}"] - 1].startswith(f"{key} = ")

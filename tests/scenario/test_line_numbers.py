"""Claims about positions: every path of a TOML text has the line on which it stands."""

from sim.scenario.reading.line_numbers import positions

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

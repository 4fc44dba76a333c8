"""Claims about tables of text: what can be read in one way is read, in whatever country written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.reading.cells import cells
from sim.reading.file import Unreadable

RIGHT = [["0.06", "0.01"], ["0.08", "0.005"]]
ENGLISH = "a.b,c.d\n0.06,0.01\n0.08,0.005\n"
GERMAN = "a.b;c.d\r\n0,06;0,01\r\n0,08;0,005\r\n"


def rows(data: bytes | str, *words: str) -> list[list[str]]:
    found = cells(data.encode() if isinstance(data, str) else data, "f", words)
    return [row for _, row in found.rows]


def refused(data: bytes | str, *words: str) -> str:
    with pytest.raises(Unreadable) as caught:
        rows(data, *words)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH,
        ENGLISH.replace(",", ";"),
        ENGLISH.replace(",", "\t"),
        GERMAN,
        GERMAN.encode("utf-8-sig"),
        GERMAN.encode("utf-16"),
        GERMAN.replace(";", "\t"),
        f"SEP=;\r\n{GERMAN}",
        "a.b,c.d,,\n0.06,0.01,,\n0.08,0.005,,\n,,,\n",
        '"a.b","c.d"\n"0,06","0,01"\n"0,08","0,005"\n',
    ],
)
def test_the_table_of_any_country_is_the_same_table(data: bytes | str) -> None:
    assert rows(data) == RIGHT
    assert cells(data.encode() if isinstance(data, str) else data, "f").heads == ["a.b", "c.d"]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("a;b\n−0,5;1\n", (), [["-0.5", "1"]]),  # a minus of typography is a minus
        ("a,b\n1.500,2\n", (), [["1.500", "2"]]),  # a point alone begins a fraction
        # texts keep their commas and signs
        ("what;a\nlittle, 1,5;0,5\n−x;1,5\n", ("what",), [["little, 1,5", "0.5"], ["−x", "1.5"]]),
        # all lines decide where the first holds two delimiters
        ("what, in words;a\nx;1\n", ("what, in words",), [["x", "1"]]),
    ],
)
def test_what_has_one_meaning_is_read(text: str, words: tuple[str, ...], found: list) -> None:
    assert rows(text, *words) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a;b\n1,500;2\n", "f:2: a: '1,500' may be 1500 or a fraction"),
        ("a;b\n1.500;0,5\n", "f:2: a: '1.500' may be 1500 or a fraction"),
        ("a;b\n1.234,5;2\n", "f:2: a: '1.234,5' has thousands separators; write it without"),
        ("a;b\n0.5;0,5\n", "f:2: some fractions have a decimal point and some a comma"),
        ("a;b,c\n1;2,3\n", "f:1: the delimiter may be a comma or a semicolon; put"),
        ('a,b\n"1,2\n3,4\n', "cannot be read as a table: unexpected end of data"),
        ("a,b\n1,2\0\n", "f:2: there is a character with the code 0"),
        (f"a\n{'1' * 2000}\n", "f:2: a cell has too many characters"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_its_line(text: str, told: str) -> None:
    assert told in refused(text)


def test_an_older_encoding_is_read_where_a_head_is_known_and_named_where_none_is() -> None:
    data = "说明,a\n基准,1\n".encode("gbk")
    assert rows(data, "说明") == [["基准", "1"]]
    assert refused(data, "what").startswith("f:1: not UTF-8 text, perhaps GBK")


def test_a_workbook_is_called_one() -> None:
    assert "an Excel workbook" in refused(b"PK\x03\x04 xl/worksheets/sheet1.xml")


numbers = st.decimals(-1000, 1000, allow_nan=False, places=2).map(str)


@given(st.lists(st.tuples(numbers, numbers), min_size=1), st.sampled_from([";", "\t"]))
def test_a_comma_for_a_point_changes_no_number(table, delimiter: str) -> None:
    text = "".join(f"{delimiter.join(row)}\n" for row in (("a", "b"), *table))
    assert rows(text.replace(".", ",")) == rows(text) == [list(row) for row in table]

"""Claims about TOML: what is beyond a limit is refused before it is parsed, in linear time."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.reading import limits
from sim.reading.file import Unreadable
from sim.reading.text import decoded
from sim.reading.toml import parse

LIST, TABLE = ("[", "]"), ("{a = ", "}")


def refused(text: str) -> str:
    with pytest.raises(Unreadable) as caught:
        parse(text, "f")
    return str(caught.value)


@pytest.mark.parametrize("depth", [limits.DEPTH + 1, 50_000])
@pytest.mark.parametrize("pair", [LIST, TABLE], ids=["lists", "tables"])
def test_deep_nesting_is_refused(depth: int, pair: tuple[str, str]) -> None:
    text = f"x = 1\ny = {pair[0] * depth}1{pair[1] * depth}\n"
    assert refused(text).startswith("f:2: tables and lists are nested too deeply")


@pytest.mark.parametrize(
    "text",
    [
        *(f"y = {pair[0] * limits.DEPTH}1{pair[1] * limits.DEPTH}\n" for pair in (LIST, TABLE)),
        f'a = "{"9" * 30}"\n{"1" * 30} = 1979-05-27T07:32:00.999999Z # {"9" * 30}\n',
    ],
    ids=["lists", "tables", "digits of texts, keys and dates"],
)
def test_what_is_as_deep_as_may_be_and_what_is_no_number_is_read(text: str) -> None:
    assert parse(text, "f") == tomllib.loads(text)


@pytest.mark.parametrize("form", ["{} = 1", "[[{}]]"])
def test_a_key_of_many_parts_is_refused(form: str) -> None:
    assert "a key has too many parts" in refused(form.format(".".join("a" * 1200)))


@pytest.mark.parametrize("line", ["k{} = 1\n", "[k{}]\n", "[[k]]#{}\n"])
def test_many_keys_and_long_lists_are_refused(line: str) -> None:
    text = "".join(line.format(n) for n in range(limits.KEYS + 2))
    assert f"f:{limits.KEYS + 1}: too many keys" in refused(text)
    assert "too many values in lists" in refused(f"x = [{'1,' * limits.ITEMS}]")


@pytest.mark.parametrize("value", ["9" * 19, "1_000" * 9, "0x" + "f" * 20])
def test_a_number_of_many_digits_is_refused_at_its_line(value: str) -> None:
    assert refused(f"x = 1\ny = [1,\n{value}]\n").startswith("f:3: this number has ")


pieces = st.lists(
    st.sampled_from(
        [
            *("[", "]", "{", "}", "=", ".", ",", "\n", " ", "#", '"', "'", '"""', "'''", "\\"),
            *("a", "1", "-", "+", "true", "1.5", "a = 1\n", "[b]\n", "[[c]]\n", "é", "\r\n", "\t"),
        ]
    ),
    max_size=40,
).map("".join)


@given(pieces)
def test_within_the_limits_it_reads_what_the_parser_reads(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert "not valid TOML" in refused(text)
    else:
        assert parse(text, "f") == wanted


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("é".encode("utf-16"), "the text is encoded in UTF-16"),
        ("format = 1\n".encode("utf-16-le"), "the text seems to be encoded in UTF-16"),
        ("a\nb = '判'".encode("gbk"), "f:2: not UTF-8 text; save it with the encoding UTF-8"),
        (b"a\n\0", "f:2: there is a character with the code 0"),
        (b"PAR1....", "this is a Parquet file"),
    ],
)
def test_what_is_no_text_is_called_what_it_is(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decoded(data, "f")
    assert told in str(caught.value)

"""Claims about inputs of bad will: each is answered, or refused in a few lines that say why."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import texts
from tests.hostile.attempt import attempt
from tests.hostile.corpus import CORPUS, Known
from tests.hostile.inputs import KINDS, Input, made

READ = tuple(kind for kind in KINDS if kind != "folder")
"""Kinds of input that are read; folders of results have claims of their own."""
PART = 50
"""Inputs that one test tries."""


@pytest.mark.parametrize("first", range(0, 400, PART))
def test_no_input_is_mishandled(tmp_path: Path, first: int) -> None:
    wrong = {
        number: found.wrong
        for number in range(first, first + PART)
        if (found := attempt(made(number, READ), tmp_path / str(number))).wrong
    }
    assert wrong == {}


@pytest.mark.parametrize("known", CORPUS, ids=lambda known: known.told[:50])
def test_what_is_known_to_be_bad_is_refused_with_its_line(tmp_path: Path, known: Known) -> None:
    files = {name: text.encode() for name, text in known.files.items()}
    found = attempt(Input("known", known.words, files), tmp_path / "try")
    assert (found.wrong, found.refused) == ("", True)
    assert known.told in found.told


values = st.one_of(
    st.sampled_from(texts.VALUES),
    st.integers().map(str),
    st.floats(width=64).map(repr),
    st.text(max_size=20).map(lambda text: '"' + text.encode("unicode_escape").decode() + '"'),
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(texts.KEYS), values, max_size=4), st.booleans())
def test_any_value_under_any_key_is_read_or_refused(tmp_path_factory, table, of_scenario) -> None:
    text = texts.HEAD + "".join(f"{key} = {value}\n" for key, value in table.items())
    words = ("check", "self.toml") if of_scenario else ("plan", "self.toml", "--no-measure")
    place = tmp_path_factory.mktemp("any") / "try"
    data = text.encode("utf-8", "surrogatepass")
    assert attempt(Input("any", words, {"self.toml": data}), place).wrong == ""

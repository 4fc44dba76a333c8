"""Texts in pairs are read in one language, and what is no pair or no language is refused."""

import pytest

from sim.errors import ServandaError
from sim.words.language import language
from sim.words.pairs import texts


def test_a_file_of_pairs_is_read_in_one_language(tmp_path):
    path = tmp_path / "some.toml"
    path.write_text(
        'a = ["one", "一"]\nb = [["x", "y"], ["子", "丑"]]\n[more]\nc = ["two", "二"]\n'
    )
    assert texts(path, "en") == {"a": "one", "b": ["x", "y"], "more": {"c": "two"}}
    assert texts(path, "zh") == {"a": "一", "b": ["子", "丑"], "more": {"c": "二"}}


@pytest.mark.parametrize("text", ['a = "one"', 'a = ["one"]', '[more]\na = ["1", "2", "3"]'])
def test_what_is_no_pair_is_refused_with_its_place(tmp_path, text):
    path = tmp_path / "some.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"some\.toml.*'a' is not a pair"):
        texts(path, "en")


def test_a_language_that_is_not_known_is_refused():
    assert [language(name) for name in ("en", "zh")] == ["en", "zh"]
    with pytest.raises(ServandaError, match="unknown language 'fr'") as refused:
        language("fr")
    assert "give one of en, zh" in str(refused.value)

"""Claims about the lever catalogue."""

import pytest

from sim.levers.catalogue import Levers, catalogue, value, with_value

ENTRIES = list(catalogue())


@pytest.mark.parametrize("entry", ENTRIES, ids=[e.path for e in ENTRIES])
def test_default_and_off_lie_in_range(entry):
    assert entry.lever.low <= entry.default <= entry.lever.high
    assert entry.lever.low <= entry.lever.off <= entry.lever.high
    assert entry.lever.low < entry.lever.high


def test_every_path_and_title_is_unique_and_titles_are_in_both_languages():
    for words in (
        [e.path for e in ENTRIES],
        [e.lever.title for e in ENTRIES],
        [e.lever.zh for e in ENTRIES],
    ):
        assert len(set(words)) == len(words)
    assert all(e.lever.title.isascii() and not e.lever.zh.isascii() for e in ENTRIES)


def test_expectations_are_written_in_the_four_letters():
    for entry in ENTRIES:
        signs = entry.lever.expected.split()
        assert signs, entry.path
        assert all(s[0] in "CRBH" and s[1:] in ("+", "-", "±") for s in signs), entry.path


@pytest.mark.parametrize("entry", ENTRIES, ids=[e.path for e in ENTRIES])
def test_one_lever_is_changed_without_touching_another(entry):
    moved = with_value(Levers(), entry.path, entry.lever.high)
    for other in ENTRIES:
        expected = entry.lever.high if other.path == entry.path else other.default
        assert value(moved, other.path) == expected

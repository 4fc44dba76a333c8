"""Claims about the lever catalogue."""

from dataclasses import replace

import pytest

from sim.levers.catalogue import Levers, catalogue, value, with_value
from sim.levers.renamed import RENAMED

ENTRIES = list(catalogue())


def test_default_and_off_lie_in_range_and_a_price_counts_from_an_off_value_that_costs_nothing():
    for entry in ENTRIES:
        lever = entry.lever
        assert lever.low < lever.high, entry.path
        assert lever.low <= min(entry.default, lever.off), entry.path
        assert max(entry.default, lever.off) <= lever.high, entry.path
        assert lever.cost == 0.0 or lever.off == lever.low == 0.0, entry.path


def test_every_path_and_title_is_unique_and_titles_are_in_both_languages():
    for words in (
        [e.path for e in ENTRIES],
        [e.lever.title for e in ENTRIES],
        [e.lever.zh for e in ENTRIES],
    ):
        assert len(set(words)) == len(words)
    assert all(e.lever.title.isascii() and not e.lever.zh.isascii() for e in ENTRIES)


def test_one_lever_is_changed_without_touching_another():
    defaults = {entry.path: entry.default for entry in ENTRIES}
    for entry in ENTRIES:
        moved = with_value(Levers(), entry.path, entry.lever.high)
        expected = defaults | {entry.path: entry.lever.high}
        assert {path: value(moved, path) for path in defaults} == expected


def test_a_price_without_a_base_is_refused():
    with pytest.raises(ValueError, match="a cost needs a base, and a base needs a cost"):
        replace(ENTRIES[0].lever, cost=3.0, base=None)
    with pytest.raises(ValueError, match="a lever read for a claim cannot have a cost per officer"):
        replace(ENTRIES[0].lever, cost=3.0, base="officer", reads="claim")


def test_a_renamed_lever_is_gone_and_its_new_name_is_there():
    paths = {e.path for e in ENTRIES}
    assert not paths & RENAMED.keys()
    assert {renamed.now for renamed in RENAMED.values()} <= paths

"""Claims about texts that must fit: nothing is lost, and no two names become one."""

from hypothesis import given
from hypothesis import strategies as st

from sim.report.text import briefs, lines, parted, width

TEXTS = st.text("abc defghi 财产查控，。…", max_size=120)
ROOM = st.integers(2, 40)


@given(TEXTS, ROOM)
def test_a_line_is_no_wider_than_asked_and_no_letter_is_lost(text, room):
    told = lines(text, room)
    # A mark that closes a Chinese clause may hang over: it begins no line.
    assert all(width(line.rstrip("，。 ")) <= room for line in told)
    assert "".join("".join(told).split()) == "".join(text.split())


@given(st.lists(TEXTS, unique=True, max_size=12))
def test_names_that_differ_have_short_names_that_differ(names):
    told = briefs(dict(zip(names, names, strict=True)), 12)
    assert len(set(told.values())) == len(names)
    assert all(width(brief) <= 12 for brief in told.values())


def test_names_that_begin_alike_are_cut_to_what_tells_them_apart():
    names = ["Two regimes, from order", "Two regimes, from disorder", "A village"]
    assert list(parted(names, 10).values()) == ["…order", "…disorder", "A village"]
    assert list(parted(["财产查控试点方案甲", "财产查控试点方案乙"], 8).values()) == ["…甲", "…乙"]


@given(st.lists(TEXTS, min_size=1, unique=True, max_size=6), st.integers(6, 40))
def test_what_tells_names_apart_is_no_wider_than_asked(names, room):
    assert all(width(brief) <= room for brief in parted(names, room).values())

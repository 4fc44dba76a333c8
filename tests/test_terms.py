"""Claims about the words of the field: none overwrites another's name or number."""

from enum import unique

import pytest

from sim.terms import CHINESE, Ability, Decision, Option, Stage, chinese

TITLED = sorted(CHINESE, key=lambda cls: cls.__name__)


def test_every_member_of_a_titled_enumeration_has_a_title_that_no_other_has():
    assert all(list(map(type, CHINESE[cls])) == [cls] * len(cls) for cls in TITLED)
    titles = [chinese(member) for cls in TITLED for member in cls]
    assert all(titles)
    assert len(titles) == len(set(titles))


def test_members_that_are_equal_as_numbers_keep_their_own_titles():
    assert int(Stage.DUE) == int(Option.NONE)
    assert chinese(Stage.DUE) == "到期"
    assert chinese(Option.NONE) == "未作选择"


def test_an_enumeration_without_titles_has_none():
    with pytest.raises(KeyError):
        chinese(Ability.EMPTY)


@pytest.mark.parametrize("cls", [*TITLED, Decision], ids=lambda cls: cls.__name__)
def test_no_number_is_given_to_two_members(cls):
    unique(cls)

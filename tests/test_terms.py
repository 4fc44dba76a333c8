"""Claims about the words of the field: none overwrites another's name or number."""

from enum import unique

import pytest

from sim.terms import CHINESE, Ability, Decision, Option, Stage, chinese

TITLED = sorted(CHINESE, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", TITLED, ids=lambda cls: cls.__name__)
def test_every_member_of_a_titled_enumeration_has_its_own_title(cls):
    titles = [chinese(member) for member in cls]
    assert all(titles)
    assert len(set(titles)) == len(cls)
    assert all(type(member) is cls for member in CHINESE[cls])


def test_no_two_enumerations_share_a_title():
    titles = [title for of_one in CHINESE.values() for title in of_one.values()]
    assert len(titles) == len(set(titles)) == sum(len(cls) for cls in CHINESE)


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

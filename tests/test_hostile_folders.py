"""Claims about folders of strangers: right answers or one line, nothing elsewhere touched."""

import random

import pytest

from tests import hostile_folders
from tests.good_folders import small
from tests.hostile_folders import CHANGES, folders, promise, right


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("room")


@pytest.fixture(scope="module")
def base(room):
    return small(room / "base")


@pytest.fixture(scope="module")
def answers(base):
    return right(base)


@pytest.mark.parametrize("change", dict.fromkeys(CHANGES), ids=lambda change: change.__name__)
def test_a_hostile_folder_is_answered_rightly_or_refused_in_a_line(
    base, answers, tmp_path, monkeypatch, change
):
    monkeypatch.setattr(hostile_folders, "CHANGES", (change,))
    few = zip(range(3), folders(random.Random(5), base, tmp_path), strict=False)
    assert [broken for _, one in few if (broken := promise(one, answers))] == []

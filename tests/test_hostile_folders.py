"""Claims about folders of strangers: right answers or one line, nothing elsewhere touched."""

import random

import pytest

from tests.good_folders import small
from tests.hostile_folders import CHANGES, folders, promise, right


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A good folder and its answers."""
    base = small(tmp_path_factory.mktemp("good") / "base")
    return base, right(base)


@pytest.mark.parametrize("change", dict.fromkeys(CHANGES), ids=lambda change: change.__name__)
def test_a_hostile_folder_is_answered_rightly_or_refused_in_a_line(good, tmp_path, change):
    base, answers = good
    few = zip(range(3), folders(random.Random(5), base, tmp_path, [change]), strict=False)
    assert [broken for _, one in few if (broken := promise(one, answers))] == []

"""Claims about ``servanda channels``."""

import json

import pytest

SMALL = ("--debtors", 300, "--months", 13, "--replicates", 2, "--jobs", 1)
TWO = ("--channel", "personal", "--channel", "restrictions")


def test_the_split_is_shown_and_written_and_its_parts_add_up(told, tmp_path):
    file = tmp_path / "special.json"
    found = told("channels", "special", "--against", "china_2016", *TWO, *SMALL, "--out", file)
    assert json.loads(file.read_text("utf-8")) == found
    names = [one["measure"] for one in found["measures"]]
    assert names[0] == "voluntary_12"
    for one in found["measures"]:
        assert one["untouched"] == ["restrictions"]
        (part,) = one["channels"].values()
        total = part["part"]["mean"] + one["all_else"]["mean"]
        assert total == pytest.approx(one["whole"]["mean"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("special --against special", "--against: the baseline has policies"),
        ("special --channel norms", "did you mean 'norm'?"),
        ("china_2016", "policies: the scenario has none"),
    ],
)
def test_what_cannot_be_split_is_refused_in_a_line_before_anything_runs(refused, words, said):
    assert said in refused("channels", *words.split())

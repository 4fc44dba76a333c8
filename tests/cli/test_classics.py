"""Claims about ``servanda classics``: lists, compares, runs one point, and refuses bad input."""

import pytest

from sim.classics import NAMES


def test_all_models_are_listed_with_their_chinese_titles(shown, told):
    said = shown("classics")
    assert all(name in said for name in NAMES)
    assert "多服务台排队" in said
    listed = told("classics")["classics"]
    assert tuple(one["name"] for one in listed) == NAMES
    assert listed[0]["parameters"]["capacity"]["allowed"] == [0, 1000]
    assert listed[3]["parameters"]["penalty_on"]["allowed"] == ["income", "tax"]


def test_a_name_compares_what_was_published_with_what_is_computed(shown, told):
    said = shown("classics", "allingham_sandmo")
    assert "number published computed s.e. tolerance verdict" in said
    assert "dX/dθ −800 −800 0 8 met" in said
    assert "tax 0.25 (0.001 to 0.99): tax rate θ" in said
    found = told("classics", "allingham_sandmo", "--seed", 4)
    assert found.keys() == {"model", "title", "zh", "seed", "missed", "targets"}
    assert (found["model"], found["seed"], found["missed"]) == ("allingham_sandmo", 4, 0)
    assert list(found["targets"][0]) == [
        *("model", "target", "source", "standing", "published", "computed"),
        *("standard_error", "tolerance", "verdict"),
    ]


def test_a_point_is_run_and_compared_if_it_was_published(shown, told):
    point = ("classics", "bekar_carlaw_eaton", "--set", "periods=4000", "--set")
    found = told(*point, "capacity=43", "--seed", 2)
    assert found["parameters"]["capacity"] == 43
    assert found["standard_errors"]["mean_violations"] > 0.0
    assert found["mean_violations"] == found["targets"][0]["computed"]
    assert [row["published"] for row in found["targets"]] == [18.33, 14.08, 148.74]
    assert told(*point, "capacity=43", "--seed", 2) == found
    assert "Published for these parameters" in shown(*point, "capacity=43")
    assert told(*point, "capacity=42")["targets"] == []
    assert "No number was published for these parameters." in shown(*point, "capacity=42")


def test_a_missed_number_is_a_result(told):
    """A thousand periods from compliance on are too few to see how often it breaks down."""
    short = ("capacity=40", "periods=1000", "warm_up=0")
    found = told("classics", "bekar_carlaw_eaton", *(x for one in short for x in ("--set", one)))
    assert found["targets"][0]["verdict"] == "missed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mm"], "there is no classic 'mm'; did you mean 'mmc'?\n"),
        (["--set", "a=1"], "--set: the model is missing; give its NAME\n"),
        (
            ["mmc", "--set", "servrs=1"],
            "--set: there is no parameter 'servrs'; did you mean 'servers'?\n",
        ),
        (["mmc", "--set", "servers=0"], "servers: 0 is out of range; give 1 to 1,000\n"),
    ],
)
def test_bad_input_is_refused_in_one_line(refused, arguments, said):
    assert refused("classics", *arguments) == said

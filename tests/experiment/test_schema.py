"""Claims about the schema of experiments: an editor sees every design, factor, unit and range."""

import json
import tomllib

import pytest

from sim.experiment.reading.schema import schema
from sim.experiment.reading.shipped import locate, shipped
from sim.experiment.spec import KINDS
from sim.levers.catalogue import catalogue
from sim.measure.indicators import INDICATORS


@pytest.fixture(scope="module")
def made():
    return schema()


def test_every_design_is_offered_by_its_word_with_its_own_keys(made):
    designs = made["$defs"]["Design"]["discriminator"]["mapping"]
    assert set(designs) == set(KINDS)
    morris = made["$defs"]["Morris"]
    assert morris["properties"]["levels"]["default"] == 4
    assert morris["required"] == ["kind", "trajectories"]
    assert not morris["additionalProperties"]


def test_every_lever_is_offered_as_a_factor_with_title_range_and_unit(made):
    factors = made["properties"]["factors"]["properties"]
    for entry in catalogue():
        assert factors[entry.path]["title"] == f"{entry.lever.title} {entry.lever.zh}"
        assert entry.lever.unit in factors[entry.path]["description"]
    assert factors["comprehensive.officers"]["description"].startswith("0 to 10, officers per")


def test_every_path_of_a_shipped_experiment_is_offered(made):
    factors = made["properties"]["factors"]["properties"]
    for name in shipped():
        tree = tomllib.loads(locate(name).read_text(encoding="utf-8"))
        for path in tree.get("factors", {}):
            assert path in factors or path.startswith("policies."), (name, path)
        assert set(tree) <= set(made["properties"])


def test_what_every_run_sets_is_held_against_its_range(made):
    interest = made["properties"]["set"]["properties"]["sanctions.late_interest"]
    assert (interest["type"], interest["minimum"], interest["maximum"]) == ("number", 0.0, 0.05)


def test_the_seed_of_a_run_is_not_offered(made):
    for key in ("set", "factors"):
        assert "run.seed" not in made["properties"][key]["properties"]
        assert "run.months" in made["properties"][key]["properties"]


def test_indicators_are_offered_and_one_may_stand_alone(made):
    many, one = made["properties"]["indicators"]["anyOf"]
    assert many["items"] == one
    assert one["anyOf"][0]["enum"] == [indicator.name for indicator in INDICATORS]


def test_nothing_may_be_null_since_a_file_cannot_say_so(made):
    text = json.dumps(made, allow_nan=False)
    assert '"null"' not in text
    assert ": null" not in text
    refs = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert refs <= set(made["$defs"])
    assert made["required"] == ["format", "title"]

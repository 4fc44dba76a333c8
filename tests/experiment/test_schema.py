"""Claims about the schema of experiments: an editor sees every design, factor, unit and range."""

import json
import tomllib

from sim.experiment.reading.schema import schema
from sim.experiment.reading.shipped import locate, shipped
from sim.experiment.spec import KINDS
from sim.levers.catalogue import catalogue

MADE = schema()
KEYS = MADE["properties"]
FACTORS = KEYS["factors"]["properties"]


def test_every_design_is_offered_by_its_word_with_its_own_keys():
    assert set(MADE["$defs"]["Design"]["discriminator"]["mapping"]) == set(KINDS)


def test_every_lever_and_every_path_of_a_shipped_experiment_is_offered_as_a_factor():
    for entry in catalogue():
        assert FACTORS[entry.path]["title"] == f"{entry.lever.title} {entry.lever.zh}"
        assert entry.lever.unit in FACTORS[entry.path]["description"]
    assert FACTORS["comprehensive.officers"]["description"].startswith("0 to 10, officers per")
    for name in shipped():
        tree = tomllib.loads(locate(name).read_text(encoding="utf-8"))
        for path in tree.get("factors", {}):
            assert path in FACTORS or path.startswith("policies."), (name, path)
        assert set(tree) <= set(KEYS)


def test_nothing_may_be_null_since_a_file_cannot_say_so():
    text = json.dumps(MADE, allow_nan=False)
    assert '"null"' not in text
    assert ": null" not in text

"""Claims about files of field experiments: shipped ones are sound, bad ones are explained."""

import math
import re

import pytest

from sim.analysis.field.reading import load_field, shipped
from sim.analysis.field.spec import Accepted, Target
from sim.analysis.field.trial import trial
from sim.experiment.reading.shipped import shipped as experiments
from sim.scenario.checking.check import ScenarioErrors

GOOD = """format = 1
title = "A letter"
question = "Does a letter help?"
who = "100 debtors"
source = "A paper"
months = 4
[arms.letter]
set = { "at_source.reminder" = 1.0 }
[outcomes.paid]
title = "paid at once"
due = [1, 4]
within = 0
[[targets]]
title = "it helps"
outcome = "paid"
arm = "letter"
accept = "positive"
"""


@pytest.fixture
def written(tmp_path):
    """The file of an experiment in which some texts are replaced."""

    def made(*replaced):
        text = GOOD
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return made


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_experiment_can_be_run_and_says_where_it_comes_from(name):
    read = load_field(name)
    it = read.experiment
    assert it.zh
    assert it.mark in ("found", "recalled")
    assert re.search(r"\b(19|20)\d\d\b", it.source), "a publication has a year"
    made = trial(read, debtors=200)
    assert made.treated.keys() == made.untreated.keys() == it.arms.keys()
    assert {one.outcome for one in it.targets} == it.outcomes.keys(), "an outcome is not used"
    assert {arm for one in it.targets for arm in one.arms()} == it.arms.keys(), "an arm is not used"
    for world in made.worlds.values():
        (policy,) = world.policies
        assert policy.assign is not None
        assert world.run.months == it.months


def test_the_core_of_twelve_is_shipped_and_apart_from_other_experiments():
    numbers = (1, 3, 4, 6, 12, 13, 14, 20, 21, 25, 26, 28)
    assert [name.partition("_")[0] for name in shipped()] == [f"x{n:02}" for n in numbers]
    assert not shipped().keys() & experiments().keys()


@pytest.mark.parametrize(
    ("replaced", "said"),
    [
        (
            ('"at_source.reminder"', '"at_source.remindr"'),
            ":8: arms.letter.set.at_source.remindr: ",
        ),
        (("[1, 4]", "[1, 5]"), ":11: outcomes.paid.due: claims of month 5 are followed to month 5"),
        (("within = 0", "within = -1"), ":12: outcomes.paid.within: -1 is out of range"),
        (('"paid"\narm', '"pad"\narm'), ":15: targets.0.outcome: there is no 'pad'; did you mean"),
        (('arm = "letter"', 'arm = "x"'), ":16: targets.0.arm: there is no 'x'; there are letter"),
        (('"positive"', '"single"'), ":13: targets.0.published: 'single' needs a published number"),
        (('accept = "positive"', ""), ":13: targets.0.accept: one of 'accept' and 'between' is"),
        (('"positive"', '"larger"'), ':17: targets.0.accept: unknown word "larger"'),
        (
            ("within = 0", "withn = 0"),
            ":12: outcomes.paid.withn: unknown key; did you mean 'within'",
        ),
        (("months = 4", 'base = "chna_2016"\nmonths = 4'), ":6: base: there is no scenario"),
        (
            ("[arms.letter]", '[set]\n"learning.optimsm" = 1.0\n[arms.letter]'),
            ":8: set.learning.optimsm: unknown key",
        ),
        (
            ("[arms.letter]", "[arms.letter]\nworld = { learning = { optimism = 99.0 } }"),
            ":8: arms.letter.world.learning.optimism: 99 is out of range",
        ),
        (("[arms.letter]", '[arms.letter]\nname = "x"'), ":8: arms.letter.name: an arm is named"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(written, replaced, said):
    path = written(replaced)
    with pytest.raises(ScenarioErrors) as failed:
        trial(load_field(path))
    assert f"{path}{said}" in str(failed.value)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x01_text_mesages", "did you mean 'x01_text_messages'?"),
        ("none.toml", "none.toml: there is no such file"),
    ],
)
def test_what_does_not_exist_is_refused(source, said):
    with pytest.raises(ScenarioErrors, match=said.replace("?", r"\?")):
        load_field(source)


def test_a_sign_excludes_zero_and_a_size_includes_its_limits():
    sign = Target(title="t", outcome="o", arm="a", accept="positive").accepted
    assert sign.contains(0.01, 0.02)
    assert not sign.contains(0.0, 0.02)
    assert sign.excludes(0.0, 0.0)
    many = Target(title="t", outcome="o", arm="a", accept="many", published=-0.2).accepted
    assert many == pytest.approx(Accepted(-0.26, -0.1))
    assert many.contains(many.low, many.high)
    assert Accepted(0.0, math.inf).contains(0.0, 0.0)

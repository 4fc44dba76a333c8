"""Claims about ``--set``: what it reaches, and how its mistakes are told."""

import numpy as np
import pytest

from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.reading.file import load
from sim.terms import Behaviour

WORLD = {
    "title": "T",
    "kinds": {"person": {"share": 1.0}},
    "policies": [{"name": "amnesty", "set": {"sanctions.fine_rate": 0.0}}],
}


def test_texts_are_read_as_a_file_would_write_them_and_numbers_of_numpy_are_numbers() -> None:
    texts = ["months=36", "choice.noise = 0.2", "choice.behaviour=prospect", "title=A b"]
    world = load(WORLD, overrides=texts)
    assert (world.run.months, world.choice.noise, world.title) == (36, 0.2, "A b")
    assert world.choice.behaviour is Behaviour.PROSPECT
    world = load(WORLD, overrides={"run.months": np.int64(5), "choice.noise": np.float64(0.1)})
    assert (world.run.months, world.choice.noise) == (5, 0.1)
    for path in ("sanctions.fine_rate", "levers.sanctions.fine_rate"):
        assert load(WORLD, overrides={path: 0.5}).levers.sanctions.fine_rate == 0.5


def test_a_policy_is_reached_by_its_name_and_number_changed_and_taken_away() -> None:
    texts = ["start=3", "set.sanctions.fine_rate=0.25"]
    world = load(WORLD, overrides=["policies.0.ramp=2", *(f"policies.amnesty.{t}" for t in texts)])
    (policy,) = world.policies
    assert (policy.start, policy.ramp, policy.set) == (3, 2, {"sanctions.fine_rate": 0.25})
    assert load(WORLD, overrides=["policies=[]"]).policies == ()


def test_what_is_not_named_stays() -> None:
    world = load(WORLD, overrides={"kinds": {"person": {"income": 5}}})
    assert (world.kinds.person.income, world.kinds.person.share) == (5.0, 1.0)
    world = load(WORLD, overrides=["evasions.conceal.cost=0.2"])
    assert list(world.evasions) == ["stall", "conceal", "resist"]
    assert (world.evasions["conceal"].cost, world.evasions["conceal"].hides) == (0.2, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("population.sise=3", "population.sise: unknown key; did you mean 'size'?"),
        ("run.months=abc", 'run.months: should be a whole number, not "abc"'),
        ("sanctions.fine_rate=2", "levers.sanctions.fine_rate: 2 is out of range; give 0 to 1"),
        ("run.months", "run.months: should be path=value; for example run.months=36"),
        ("policies.x.start=1", "policies.x.start: there is no 'x' in policies"),
        ("choice.noise=−0.5", "choice.noise: -0.5 is out of range"),  # a minus of typography
        ("run.months=" + "9" * 20, "run.months: this number has 20 digits"),
        ("title=a\nb", "title: should be one line of at most 10,000 characters"),
    ],
)
def test_a_mistake_is_told_with_its_override(text: str, line: str) -> None:
    with pytest.raises(ScenarioErrors) as caught:
        load(WORLD, overrides=[text])
    (told,) = str(caught.value).splitlines()
    assert told.startswith(f"--set {line}")
